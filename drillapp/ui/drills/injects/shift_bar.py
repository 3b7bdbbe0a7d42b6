"""Shifting a script: by how long, and which injects."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from drillapp.core.i18n import _
from drillapp.ui.drills.injects.cells import typed_offset
from drillapp.ui.parts.words import button, label, restyle
from drillapp.ui.theme import GRID


class ShiftBar(QWidget):
    """+5 min is later, -5 min earlier."""

    wanted = Signal(int, bool)
    """Seconds, and whether only from the cursor on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.length = QLineEdit("+0:05", self)
        self.length.setAccessibleName(_("Shift by"))
        self.length.setFixedWidth(90)
        self.length.setToolTip(_("Later: +0:05 or 5 min. Earlier: -0:05."))
        self.all = button(_("Shift all"), role="ghost", parent=self)
        self.all.clicked.connect(lambda: self._shift(from_current=False))
        self.here = button(_("Shift from here"), role="ghost", parent=self)
        self.here.clicked.connect(lambda: self._shift(from_current=True))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(label(_("Shift by"), "label", parent=self))
        for widget in (self.length, self.all, self.here):
            layout.addWidget(widget)
        for made in (self.all, self.here):
            made.setAutoDefault(False)

    def _shift(self, *, from_current: bool) -> None:
        try:
            seconds = typed_offset(self.length.text())
        except ValueError:
            seconds = None
        restyle(self.length, "wrong", "false" if seconds else "true")
        if seconds:
            self.wanted.emit(seconds, from_current)
