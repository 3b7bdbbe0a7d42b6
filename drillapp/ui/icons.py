"""Our one set of icons, tinted in the colours of the theme and kept once drawn."""

from __future__ import annotations

from functools import cache
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton

from drillapp.core.resources import resource_path
from drillapp.ui import theme

SIZE = 18
"""Side of an icon beside words, in device-independent pixels."""
_OWN_SIZE = b'width="24" height="24"'
"""What every icon's file says of its size."""
_ON_ACCENT = "on_accent"

STATE_ICONS = {
    "problem": "warning",
    "red": "overdue",
    "orange": "due-soon",
    "yellow": "due-later",
    "blue": "info",
    "green": "met",
}
"""The icon that goes with each colour that means something, so that colour is never the only sign."""

_tinted: WeakKeyDictionary[QAbstractButton, tuple[str, str]] = WeakKeyDictionary()


def pixmap(name: str, tone: str = "muted", size: int = SIZE, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture; `tone` is the name of a colour of the palette."""
    return _drawn(name, getattr(theme.current(), tone), size, ratio)


def icon(name: str, tone: str = "muted") -> QIcon:
    """An icon in the colours of now."""
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    made = QIcon(pixmap(name, tone, SIZE, app.devicePixelRatio()))
    if (
        tone == _ON_ACCENT
    ):  # a button that cannot be pressed loses its ground, on which alone this colour is seen
        made.addPixmap(pixmap(name, "faint", SIZE, app.devicePixelRatio()), QIcon.Mode.Disabled)
    return made


def dress(button: QAbstractButton, name: str, tone: str = "muted") -> None:
    """Give a button an icon that follows the theme, and being checked, for as long as the button lives."""
    if button.isCheckable() and button not in _tinted:
        button.toggled.connect(lambda _on: _tint(button))
    _tinted[button] = (name, tone)
    button.setIconSize(QSize(SIZE, SIZE))
    _tint(button)


def retint() -> None:
    """Draw the icons of all living buttons again in the colours of now."""
    for button in list(_tinted):
        if shiboken6.isValid(button):
            _tint(button)


def _tint(button: QAbstractButton) -> None:
    name, tone = _tinted[button]
    button.setIcon(icon(name, "accent_text" if button.isChecked() else tone))


@cache
def _source(name: str) -> bytes:
    return resource_path(f"icons/{name}.svg").read_bytes()


@cache
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    pixels = b'width="%d" height="%d"' % ((round(size * ratio),) * 2)
    source = _source(name).replace(_OWN_SIZE, pixels, 1).replace(b"currentColor", colour.encode())
    # By Qt's reader of SVG pictures: its renderer of them, and a painter, would be two more modules for the start.
    picture = QPixmap()
    picture.loadFromData(source, "SVG")
    picture.setDevicePixelRatio(ratio)
    return picture
