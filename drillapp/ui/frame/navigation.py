"""The destinations at the left edge, with words or, collapsed, only with icons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.destinations import Destination
from drillapp.ui.frame.shortcut import shortcut
from drillapp.ui.parts.words import button, icon_button, label
from drillapp.ui.theme import GRID

_WIDE, _NARROW = 204, 60


class Navigation(QFrame):
    """A column of destinations; exactly one is checked."""

    chosen = Signal(str)
    collapsed = Signal(bool)

    def __init__(self, destinations: tuple[Destination, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self._buttons: dict[str, QPushButton] = {}
        self._words = {place.name: place.label for place in destinations}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(2)
        layout.addLayout(self._head())
        layout.addSpacing(GRID)
        for place in destinations[:-1]:
            layout.addWidget(self._destination(place))
        layout.addStretch(1)
        layout.addWidget(self._destination(destinations[-1]))
        self.set_collapsed(False)

    def choose(self, name: str) -> None:
        """Mark where the person is."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def arm_shortcuts(self) -> None:
        """Let Ctrl with a number go to a destination."""
        for number, name in enumerate(self._buttons, 1):
            shortcut(f"Ctrl+{number}", self, partial(self.chosen.emit, name))

    def set_collapsed(self, collapsed: bool) -> None:
        """Show icons only, or icons and words."""
        self.is_collapsed = collapsed
        self.setFixedWidth(_NARROW if collapsed else _WIDE)
        self._title.setVisible(not collapsed)
        self._mark.setVisible(not collapsed)
        for name, made in self._buttons.items():
            made.setText("" if collapsed else "  " + self._words[name])

    def _head(self) -> QHBoxLayout:
        self._mark = QLabel(self)
        self._mark.setPixmap(icons.pixmap("app", "accent", 26, self.devicePixelRatioF()))
        self._title = label(_("Plans and drills"), parent=self)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        fold = icon_button("sidebar", _("Show or hide the words (Ctrl+B)"), parent=self)
        fold.clicked.connect(self.toggle)
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 6, 0)
        head.setSpacing(GRID)
        head.addWidget(self._mark)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(fold)
        return head

    def _destination(self, place: Destination) -> QPushButton:
        made = button(place.label, role="destination", icon=place.icon, checkable=True, parent=self)
        number = len(self._buttons) + 1
        made.setToolTip(f"{place.label} (Ctrl+{number})")
        made.clicked.connect(lambda: self.chosen.emit(place.name))
        self._group.addButton(made)
        self._buttons[place.name] = made
        return made

    def toggle(self) -> None:
        """Change between words and icons, and tell it."""
        self.set_collapsed(not self.is_collapsed)
        self.collapsed.emit(self.is_collapsed)
