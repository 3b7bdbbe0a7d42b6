"""Takes pictures of the window without a display: numbered files, dialogs over a dimmed window."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from drillapp.ui.tasks import Tasks
from drillapp.ui.window import Window

_PATIENCE = 60.0
"""Seconds that a page may take to show its figures."""
_QUIET = 0.15
"""Seconds of nothing to do after which everything is shown: longer than what waits for the end of typing."""
_DIM = QColor(10, 12, 18, 110)


class Camera:
    """Waits until everything is shown, then writes `01-name.png`, `02-name.png` ..."""

    def __init__(self, app: QApplication, window: Window, problems: list[BaseException], out: Path) -> None:
        self.window = window
        self.problems = problems
        self._app = app
        self._out = out
        self._taken = 0

    def take(self, name: str, dialog: QWidget | None = None) -> Path:
        """Write a picture of the window, with a dialog before it; raises what went wrong in the window meanwhile."""
        self.settle()
        picture = self.window.grab()
        if dialog is not None:
            front = dialog.grab()
            painter = QPainter(picture)
            painter.fillRect(self.window.rect(), _DIM)
            room = self.window.size() - dialog.size()
            painter.drawPixmap(QPoint(room.width() // 2, max(0, room.height() // 3)), front)
            painter.end()
        return self._written(name, picture)

    def take_alone(self, name: str, window: QWidget, tasks: Tasks) -> Path:
        """Write a picture of a window of its own, once its tasks are done."""
        wait_until_shown(self._app, tasks)
        if self.problems:
            raise self.problems[0]
        return self._written(name, window.grab())

    def _written(self, name: str, picture: QPixmap) -> Path:
        self._taken += 1
        path = self._out / f"{self._taken:02d}-{name}.png"
        picture.save(str(path))
        return path

    def settle(self) -> None:
        """Let the window work until it shows all it has to."""
        wait_until_shown(self._app, self.window.session.tasks)
        if self.problems:
            raise self.problems[0]


def wait_until_shown(app: QApplication, tasks: Tasks) -> None:
    """Let the window work until nothing has been under way for a while; raises TimeoutError if that never comes."""
    busy_until = begun = time.monotonic()
    while time.monotonic() < busy_until + _QUIET:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)
        if not tasks.is_idle:
            busy_until = time.monotonic()
        if busy_until > begun + _PATIENCE:
            raise TimeoutError
