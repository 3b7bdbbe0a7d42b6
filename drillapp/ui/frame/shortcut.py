"""Keys that do something, anywhere in the window or where the focus is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import Qt  # the first look at it costs a tenth of the start


def shortcut(
    keys: str, owner: QWidget, done: Callable[[], object], within: Qt.ShortcutContext | None = None
) -> None:
    """Let keys, written as in `Ctrl+K`, do something in the window of this widget, or only within it.

    PySide's own constructor drops the context when it is given something to call: the keys would then work
    in the whole window, and take Enter from every text field.
    """
    made = QShortcut(owner)
    # As a property, since the type of key sequences with all the standard ones would be a hundredth of the start.
    made.setProperty("key", keys)
    if within is not None:
        made.setContext(within)
    made.activated.connect(lambda: done())
