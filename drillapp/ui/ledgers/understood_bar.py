"""Above the grid: which ledger, sheet and header a file is taken for, each to be said otherwise; and why."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QWidget

from drillapp.core.i18n import _
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.shapes import Glance, Guess
from drillapp.ui.ledgers.file_model import shown
from drillapp.ui.ledgers.reasons_popup import ReasonsPopup
from drillapp.ui.parts.words import button, label
from drillapp.ui.theme import GRID

_HEADERS = 12
"""So many rows are offered as the header."""


class UnderstoodBar(QWidget):
    """Three choices in a row."""

    kind_said = Signal(str)
    sheet_said = Signal(str)
    header_said = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glance = Glance("", [])
        self._guess = Guess(None, "", (0, 0), {}, {})
        self.kind = QComboBox(self)
        self.kind.setMinimumWidth(168)
        self.kind.addItem(_("Which ledger is it?"), "")
        for name in KINDS:
            self.kind.addItem(layout(name).title, name)
        self.sheet = QComboBox(self)
        self.header = button("", role="field", parent=self)
        self.why = button(_("Why?"), role="link", parent=self)
        self._sheet_label = label(_("Sheet"), "muted", parent=self)
        self._sheets: tuple[tuple[str, bool], ...] = ()
        self.kind.setAccessibleName(_("Which ledger"))
        self.sheet.setAccessibleName(_("Sheet"))
        bar = QHBoxLayout(self)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(GRID)
        for widget in (
            label(_("Which ledger"), "muted", parent=self),
            self.kind,
            self._sheet_label,
            self.sheet,
        ):
            bar.addWidget(widget)
        bar.addWidget(label(_("Header"), "muted", parent=self))
        bar.addWidget(self.header)
        bar.addWidget(self.why)
        bar.addStretch(1)
        self.kind.activated.connect(lambda _i: self.kind_said.emit(self.kind.currentData()))
        self.sheet.activated.connect(lambda _i: self.sheet_said.emit(self.sheet.currentData()))
        self.header.clicked.connect(self._on_header)
        self.why.clicked.connect(self._on_why)

    def show_guess(self, glances: list[Glance], guess: Guess) -> None:
        """Show how a file is understood."""
        self._guess = guess
        self._glance = next((one for one in glances if one.sheet == guess.sheet), Glance("", []))
        self._fill_sheets(tuple((one.sheet, one.is_hidden) for one in glances))
        self.kind.setCurrentIndex(max(self.kind.findData(guess.kind or ""), 0))
        self.sheet.setCurrentIndex(max(self.sheet.findData(guess.sheet), 0))
        self.header.setText(_header_words(*guess.header))
        self.header.setAccessibleName(f"{_('Header')}: {self.header.text()}")
        self.why.setVisible(bool(guess.because))

    def _fill_sheets(self, sheets: tuple[tuple[str, bool], ...]) -> None:
        for widget in (self.sheet, self._sheet_label):
            widget.setVisible(len(sheets) > 1)
        if sheets == self._sheets:
            return
        self._sheets = sheets
        self.sheet.clear()
        for name, is_hidden in sheets:
            words = _("{sheet} (hidden)").format(sheet=name) if is_hidden else name
            self.sheet.addItem(words, name)

    def _on_header(self) -> None:
        menu = QMenu(self)
        for number, cells in enumerate(self._glance.rows[:_HEADERS], 1):
            words = [text for cell in cells if (text := shown(cell))]
            if words:
                text = f"{number}   {'  ·  '.join(word[:12] for word in words[:5])}"
                menu.addAction(text.replace("&", "&&"), partial(self.header_said.emit, number, number))
        menu.addSeparator()
        menu.addAction(_("There is no header"), lambda: self.header_said.emit(0, 0))
        self._pop_up(menu, self.header)

    def _on_why(self) -> None:
        ReasonsPopup(self._guess, self.why).open_below()

    def _pop_up(self, menu: QMenu, below: QWidget) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))


def _header_words(first: int, last: int) -> str:
    if not last:
        return _("None")
    if first == last:
        return _("Row {row}").format(row=first)
    return _("Rows {first} to {last}").format(first=first, last=last)
