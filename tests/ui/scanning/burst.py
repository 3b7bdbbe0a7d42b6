"""A scanner's burst whose keys have the moments that a scanner gives them, however busy the machine is."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from drillapp.ui.parts.scanner_keys import FASTEST_FINGERS_MS

_FROM_KEY_TO_KEY_MS = 5


def scan(widget: QWidget, digits: str) -> None:
    """Type digits and Enter into the window of a widget."""
    window = widget.window().windowHandle()
    QTest.qWait(FASTEST_FINGERS_MS + 15)  # no hand scans two labels faster
    moment = int(monotonic() * 1000)
    for sign in (*digits, "\r"):
        moment += _FROM_KEY_TO_KEY_MS
        key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
            event.setTimestamp(moment)
            QCoreApplication.sendEvent(window, event)
