"""Keys that do something anywhere in the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget


def shortcut(keys: str, owner: QWidget, done: Callable[[], object]) -> None:
    """Let keys, written as in `Ctrl+K`, do something in the window of this widget."""
    made = QShortcut(owner)
    # As a property, since the type of key sequences with all the standard ones would be a hundredth of the start.
    made.setProperty("key", keys)
    made.activated.connect(lambda: done())
