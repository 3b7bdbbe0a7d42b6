"""A year with the way to the one before and the one after."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.words import icon_button, label
from drillapp.ui.theme import GRID


class YearSwitch(QWidget):
    """Tells `changed` when another year is wanted."""

    changed = Signal(int)

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = year
        self._title = label(str(year), "heading", parent=self)
        self.back = icon_button("chevron-left", _("The year before"), parent=self)
        self.back.clicked.connect(lambda: self.show_year(self.year - 1))
        self.on = icon_button("chevron-right", _("The year after"), parent=self)
        self.on.clicked.connect(lambda: self.show_year(self.year + 1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for widget in (self.back, self._title, self.on):
            layout.addWidget(widget)

    def show_year(self, year: int) -> None:
        """Go to a year."""
        self.year = year
        self._title.setText(str(year))
        self.changed.emit(year)
