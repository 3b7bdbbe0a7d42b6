"""Garbage is collected in the window's thread alone.

Python collects it in whichever thread happens to make one object too many. What a dialog leaves behind is Qt's too, and
Qt's objects must not be destroyed by another thread: it holds a lock of theirs and waits for Python's, while the window's
thread, which has that, waits for the lock. Then the window stands still for ever.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from drillapp.core.uncollected import Held, is_uncollected

_EVERY_MS = 1000
_HELD = Held()


class Garbage(QObject):
    """As long as it is there nothing is collected but from time to time here, once that has begun."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_left = False
        _HELD.hold()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def begin(self) -> None:
        """Collect from now on."""
        self._timer.start()

    def collect(self) -> None:
        """Collect what is due by Python's own measure; nothing while many rows are being made, none of which is garbage."""
        if is_uncollected() or not self._timer.isActive():
            return
        due = [made > most for made, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        generation = max((i for i, is_due in enumerate(due) if is_due), default=None)
        if generation is not None:
            gc.collect(generation)

    def leave(self) -> None:
        """Let Python collect by itself again, if it did before: no other thread of the window is left."""
        self._timer.stop()
        if not self._is_left:
            _HELD.let_go()
        self._is_left = True
