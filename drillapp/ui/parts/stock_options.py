"""What is asked about a list of stock: which storehouse it is of, as of which day, and whether it was counted or came in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui.parts.date_field import DateField
from drillapp.ui.parts.reference_field import ReferenceField
from drillapp.ui.parts.words import label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

_SILENCE_MS = 700
"""After so long without a key the file is checked again."""


class StockOptions(QWidget):
    """Three fields in a row; they count where no column of the file says it."""

    edited = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.storehouse = ReferenceField(session, "storehouses", self)
        self.day = DateField(self)
        self.day.set_value(session.today)
        self.booked_as = QComboBox(self)
        self.booked_as.addItem(_("Opening count: it lies there"), "count")
        self.booked_as.addItem(_("Receipts: it came in"), "in")
        self._typing = QTimer(self, singleShot=True, interval=_SILENCE_MS)
        self._typing.timeout.connect(self.edited)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        names = (_("Storehouse"), _("As of"), _("Booked as"))
        for column, (name, field) in enumerate(
            zip(names, (self.storehouse, self.day, self.booked_as), strict=True)
        ):
            head = label(name, "label", parent=self)
            head.setBuddy(field)
            getattr(field, "line", field).setAccessibleName(name)
            grid.addWidget(head, 0, column)
            grid.addWidget(field, 1, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 1)
        self.hint = label(_("They count where no column of the file says it."), "small", parent=self)
        grid.addWidget(self.hint, 2, 0, 1, 3)
        self.storehouse.edited.connect(self._typing.start)
        self.day.edited.connect(self._typing.start)
        self.booked_as.activated.connect(lambda _index: self.edited.emit())

    def asks(self) -> str:
        """What is still to be said, for a file that does not say it."""
        if self.storehouse.value():
            return ""
        return _("Choose the storehouse that the list is of, or give it a column.")

    def values(self) -> dict[str, Any]:
        """The fields of a list of stock that are said here."""
        said: dict[str, Any] = {"kind": self.booked_as.currentData()}
        if storehouse := self.storehouse.value():
            said["storehouse"] = storehouse
        try:
            day = self.day.value()
        except ValueError:
            day = None
        return said | ({"occurred_on": day} if day else {})
