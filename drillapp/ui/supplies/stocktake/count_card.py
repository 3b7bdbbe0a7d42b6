"""The line that is being counted, large, with a field for its code and one for the quantity."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.supplies.stocktake.rows import LineRow
from drillapp.ui.parts.cells import number_words
from drillapp.ui.parts.editors import NumberEditor, TextEditor
from drillapp.ui.parts.words import button, label, restyle
from drillapp.ui.theme import GRID

_FIELD = 46
"""Height of the two fields, in pixels: read and hit from where the goods stand."""


class CountCard(QFrame):
    """Enter in the code field goes to the quantity; Enter there saves it."""

    asked = Signal(str)
    """A code or a line's number was typed; empty: the line that is shown."""
    counted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self.line: LineRow | None = None
        self.place = label("", "label", parent=self)
        self.name = label("", "title", wraps=True, parent=self)
        self.details = label("", wraps=True, parent=self)
        self.code = QLineEdit(self)
        self.code.setProperty("role", "scan")
        self.code.setPlaceholderText(_("Scan, or the line's number"))
        self.code.setAccessibleName(_("Code or number of the line"))
        self.quantity = NumberEditor(self)
        self.quantity.setAccessibleName(_("Quantity found"))
        self.note = TextEditor(self)
        self.note.setAccessibleName(_("Remark"))
        self.save = button(_("Save"), role="primary", parent=self)
        self.save.setAutoDefault(False)
        self.told = label("", parent=self, wraps=True)
        self._lay_out()
        self.code.returnPressed.connect(lambda: self.asked.emit(self.code.text()))
        self.quantity.returnPressed.connect(self._on_quantity)
        self.note.returnPressed.connect(self._on_quantity)
        self.save.clicked.connect(self._on_quantity)
        self.show_line(None)

    def show_line(self, line: LineRow | None) -> None:
        """Show the line that is counted next; None when nothing is left."""
        self.line = line
        self.quantity.clear()
        self.note.set_value(None if line is None else line.note)
        self.quantity.setEnabled(line is not None)
        self.note.setEnabled(line is not None)
        self.save.setEnabled(line is not None)
        if line is None:
            self.place.setText("")
            self.name.setText(_("Nothing is left to be counted"))
            self.details.setText("")
            return
        place = _("Line {number}").format(number=line.position)
        again = _("count again; first count: by {name}").format(name=line.counted_by or "")
        self.place.setText(f"{place} · {again}" if line.state == "again" else place)
        self.name.setText(line.item_name)
        expires = _("expires {day}").format(day=line.expires_on) if line.expires_on else ""
        lot = _("lot {lot}").format(lot=line.lot) if line.lot else ""
        shelf = _("shelf {shelf}").format(shelf=line.shelf) if line.shelf else ""
        unit = _("counted in {unit}").format(unit=line.unit_of_measure) if line.unit_of_measure else ""
        book = _("book {quantity}").format(quantity=number_words(line.book)) if line.book is not None else ""
        self.details.setText("   ".join(filter(None, (line.spec or "", lot, expires, shelf, unit, book))))

    def go_to_quantity(self) -> None:
        """Type how much was found."""
        self.code.clear()
        self.quantity.setFocus()
        self.quantity.selectAll()

    def go_to_code(self) -> None:
        """Scan the next."""
        self.code.clear()
        self.code.setFocus()

    def tell(self, words: str, *, is_wrong: bool = False) -> None:
        """Say what became of the last entry."""
        restyle(self.told, "type", "problem" if is_wrong else "muted")
        self.told.setText(words)

    def _on_quantity(self) -> None:
        try:
            quantity = self.quantity.value()
        except ValueError as error:
            self.tell(str(error), is_wrong=True)
            return
        if quantity is None:
            self.tell(_("Type how much was found; 0 where nothing was."), is_wrong=True)
            self.quantity.setFocus()
            return
        self.counted.emit(quantity)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        for widget in (self.place, self.name, self.details):
            words.addWidget(widget)
        fields = QHBoxLayout()
        fields.setSpacing(2 * GRID)
        for caption, field, width in (
            (_("Code or number of the line"), self.code, 220),
            (_("Quantity found"), self.quantity, 120),
            (_("Remark"), self.note, 150),
        ):
            column = QVBoxLayout()
            column.setSpacing(GRID // 2)
            field.setFixedSize(width, _FIELD)
            field.setStyleSheet("font-size: 20px;")
            column.addWidget(label(caption, "label", parent=self))
            column.addWidget(field)
            fields.addLayout(column)
        self.save.setStyleSheet(f"min-height: {_FIELD - 18}px;")
        fields.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        upper = QHBoxLayout()
        upper.setSpacing(3 * GRID)
        upper.addLayout(words, 1)
        upper.addLayout(fields)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        layout.addLayout(upper)
        layout.addWidget(self.told)
