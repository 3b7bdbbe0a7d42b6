"""Chips: small switches that narrow a list, or collect several codes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons
from drillapp.ui.parts.words import restyle

_NAMED = 2
"""So many chosen words are named on the chip; more are counted."""


class ChipMenu(QPushButton):
    """A chip with a menu of codes to tick; it says which are chosen."""

    chosen = Signal(object)
    """frozenset of the codes chosen."""

    def __init__(self, title: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._words = dict(options)
        self.setProperty("role", "chip")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        icons.dress(self, "chevron-down", "faint")
        self._menu = _StayingMenu(self)
        self._actions: dict[str, QAction] = {}
        for code, words in options:
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.toggled.connect(self._on_toggled)
            self._actions[code] = action
        self._menu.addSeparator()
        self._menu.addAction(_("Clear"), lambda: self._choose_and_tell(frozenset()))
        self.setMenu(self._menu)
        self._refresh()

    def codes(self) -> tuple[str, ...]:
        """The codes chosen, in the order of the menu."""
        return tuple(code for code, action in self._actions.items() if action.isChecked())

    def choose(self, codes: frozenset[str]) -> None:
        """Choose these codes without telling it."""
        for code, action in self._actions.items():
            action.blockSignals(True)
            action.setChecked(code in codes)
            action.blockSignals(False)
        self._refresh()

    def _choose_and_tell(self, codes: frozenset[str]) -> None:
        self.choose(codes)
        self.chosen.emit(codes)

    def _on_toggled(self, _on: bool) -> None:
        self._refresh()
        self.chosen.emit(frozenset(self.codes()))

    def _refresh(self) -> None:
        codes = self.codes()
        words = _(", ").join(self._words[code] for code in codes)
        if len(codes) > _NAMED:
            words = _("{count} chosen").format(count=len(codes))
        self.setText(f"{self._title}: {words}" if codes else self._title)
        self.setAccessibleName(self.text())
        self.setCheckable(True)
        self.setChecked(bool(codes))
        restyle(self, "active", "true" if codes else "false")

    def nextCheckState(self) -> None:
        """Stay as the codes say; a click only opens the menu."""


class _StayingMenu(QMenu):
    """A menu that stays open while boxes are ticked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.MouseButtonRelease or (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        )
        action = self.activeAction() if pressed else None
        if action is not None and action.isCheckable():
            action.trigger()
            return True
        return super().eventFilter(watched, event)
