"""A file without codes: its rows are known by their names, and new ones may be given the office's next numbers."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.core.ledgers.layout import Field
from drillapp.ui.parts.words import label
from drillapp.ui.theme import GRID


class Numbering(QFrame):
    """One tick, never set by itself: a number that nobody gave must not come silently."""

    said = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "banner")
        self.tick = QCheckBox(_("Give new records the next numbers"), self)
        self.tick.toggled.connect(self.said)
        self._words = label("", wraps=True, parent=self)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 10, 12, 12)
        inside.setSpacing(GRID)
        inside.addWidget(self._words)
        inside.addWidget(self.tick)
        self.hide()

    def show_code(self, code: Field | None, number: bool) -> None:
        """Say which code the file does not have (None when it has it, or needs none) and what was said of numbers."""
        with QSignalBlocker(self.tick):
            self.tick.setChecked(number)
        self.setVisible(code is not None)
        if code is not None:
            words = _("The file has no column {field}: rows are known by their names within the unit.")
            self._words.setText(words.format(field=code.label))
