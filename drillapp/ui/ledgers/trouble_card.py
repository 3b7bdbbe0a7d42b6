"""One thing that is wrong in some rows, and the line in which it is put right for one of them or for all alike."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.layout import Field
from drillapp.ui.ledgers.cell_editor import CellEditor
from drillapp.ui.ledgers.facts import Trouble
from drillapp.ui.parts.words import button, label, restyle, row
from drillapp.ui.theme import GRID

_NAMED = 4
"""So many rows are named, the others counted."""


class TroubleCard(QFrame):
    """Says what is wrong; opened, it takes what the cells should have said."""

    chosen = Signal(object)
    """This card, when it is clicked."""
    cell_said = Signal(int, str, str)
    alike_said = Signal(str, str, str)
    """Field, what is written, and what it should have been in all such cells."""
    rows_out = Signal(object)
    """Rows to leave out."""

    def __init__(self, trouble: Trouble, field: Field | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = trouble
        self.row = trouble.rows[0]
        """The row that a single correction is for."""
        self.setProperty("ground", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{trouble.label} {trouble.written} {trouble.message}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        layout.addLayout(self._head())
        layout.addWidget(label(_written(trouble), wraps=True, parent=self))
        layout.addWidget(label(trouble.message, "problem", wraps=True, parent=self))
        self.body = self._body(field)
        layout.addWidget(self.body)
        self.open(False)

    def open(self, is_open: bool) -> None:
        """Show or hide the line for the correction."""
        self.body.setVisible(is_open)
        restyle(self, "ground", "card-marked" if is_open else "card")
        if is_open:
            self.line.setFocus()
            self.line.selectAll()

    def aim(self, number: int) -> None:
        """A single correction is for this row from now on."""
        if number in self.trouble.rows:
            self.row = number
            self.one.setText(self._one_words())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit(self)

    def keyPressEvent(self, event: object) -> None:
        if getattr(event, "key", lambda: 0)() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self)
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def _head(self) -> QHBoxLayout:
        count = len(self.trouble.rows)
        words = (
            _("row {row}").format(row=self.trouble.rows[0])
            if count == 1
            else _("{count} rows alike").format(count=f"{count:,}")
        )
        name = self.trouble.label or _("The whole row")
        return row(label(name, "strong", parent=self), 1, label(words, "small", parent=self))

    def _body(self, field: Field | None) -> QWidget:
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(GRID)
        self.line = CellEditor(field, body)
        self.line.setPlaceholderText(_("What it should say"))
        self.line.setText(self.trouble.written)
        self.line.returnPressed.connect(self._on_all)
        self.all = button(self._all_words(), role="primary", parent=body)
        self.one = button(self._one_words(), parent=body)
        self.out = button(self._out_words(), role="link", parent=body)
        for made in (self.all, self.one, self.out):
            made.setAutoDefault(False)
        self.all.clicked.connect(self._on_all)
        self.one.clicked.connect(self._on_one)
        self.out.clicked.connect(lambda: self.rows_out.emit(self.trouble.rows))
        is_many = len(self.trouble.rows) > 1
        self.line.setVisible(bool(self.trouble.field))
        # Rows are told apart by a code, so that no two of them can say the same.
        self.all.setVisible(bool(self.trouble.field) and not (is_many and field is not None and field.key))
        self.one.setVisible(bool(self.trouble.field) and is_many)
        layout.addWidget(self.line)
        layout.addLayout(row(self.all, self.one, 1))
        layout.addLayout(row(self.out, 1))
        return body

    def _all_words(self) -> str:
        count = len(self.trouble.rows)
        return _("Correct") if count == 1 else _("Correct all {count} alike").format(count=f"{count:,}")

    def _one_words(self) -> str:
        return _("Only row {row}").format(row=self.row)

    def _out_words(self) -> str:
        count = len(self.trouble.rows)
        if count == 1:
            return _("Leave row {row} out").format(row=self.row)
        return _("Leave these {count} rows out").format(count=f"{count:,}")

    def _on_all(self) -> None:
        trouble = self.trouble
        if self.all.isHidden():
            self._on_one()
        elif len(trouble.rows) == 1:
            self.cell_said.emit(trouble.rows[0], trouble.field, self.line.text())
        else:
            self.alike_said.emit(trouble.field, trouble.written, self.line.text())

    def _on_one(self) -> None:
        self.cell_said.emit(self.row, self.trouble.field, self.line.text())


def _written(trouble: Trouble) -> str:
    if not trouble.field:
        return _rows_words(trouble.rows)
    text = " ".join(trouble.written[:120].split())
    return _("“{text}”").format(text=text) if text else _("(nothing is written)")


def _rows_words(rows: tuple[int, ...]) -> str:
    named = ", ".join(map(str, rows[:_NAMED])) + (" …" if len(rows) > _NAMED else "")
    return _("Rows {rows}").format(rows=named)
