"""A line for what a cell should say; a field with fixed words offers them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from drillapp.core import enumerations
from drillapp.core.ledgers.layout import Field


class CellEditor(QLineEdit):
    """One line of text, as one would type it into the spreadsheet."""

    def __init__(self, field: Field | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_field(field)

    def set_field(self, field: Field | None) -> None:
        """Offer the words of this field, and say its name to who cannot see it."""
        words = words_of(field)
        made: QCompleter | None = None
        if words:
            made = QCompleter(words, self)
            made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            made.setFilterMode(Qt.MatchFlag.MatchContains)
            made.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(made)  # type: ignore[arg-type]
        self.setAccessibleName(field.label if field is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # or the dialog took it as its own, and brought the file in


def words_of(field: Field | None) -> list[str]:
    """The words that a field takes; none for fields that take any."""
    if field is None:
        return []
    enumeration = "yes_no" if field.type == "flag" else field.enumeration
    if not enumeration:
        return []
    return [enumerations.label(enumeration, code) for code in enumerations.codes(enumeration)]
