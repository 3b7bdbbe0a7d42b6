"""A file dropped anywhere on the window is brought in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from drillapp.core.i18n import _
from drillapp.ui import icons, theme
from drillapp.ui.parts.dropped import files_of
from drillapp.ui.parts.words import card, label
from drillapp.ui.session import Session
from drillapp.ui.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

_ICON = 40
_WORD = frozenset({".docx", ".docm"})
"""Documents, which may be the record of a drill."""
_VEIL = 225
"""How much of the window the curtain hides, of 255."""


class FileDrop(QObject):
    """Watches the window; while a file is held over it, a curtain says what letting go will do."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._waiting: list[Path] = []
        self.curtain = _Curtain(window, self)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            return self.enter(event)
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self.drop(event)
        return super().eventFilter(watched, event)

    def enter(self, event: QDragEnterEvent | QDragMoveEvent) -> bool:
        """Take files in, while an office is open."""
        files = _files(event.mimeData())
        if not files or self._session.office is None:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.curtain.draw(files, read_only=self._session.is_read_only)
        return True

    def drop(self, event: QDropEvent) -> bool:
        """Bring in the files, one after the other."""
        self.curtain.hide()
        files = _files(event.mimeData())
        if not files or self._session.office is None:
            return False
        event.acceptProposedAction()
        if self._session.is_read_only:
            self._session.said.emit(_("This office is open read-only here."))
            return True
        self._waiting = sorted(files, key=_is_word)  # nobody says when one of those is done with
        QTimer.singleShot(0, self, self._next)  # the program that the file came from waits for us to return
        return True

    def _next(self) -> None:
        if not self._waiting:
            return
        path = self._waiting.pop(0)
        if path.is_dir():
            from drillapp.ui.ledgers.folder_dialog import open_folder

            folder = open_folder(self._session, path, self._window)
            folder.finished.connect(lambda _result: QTimer.singleShot(0, self, self._next))
            return
        if _is_word(path):
            from drillapp.ui.drills.word_record import open_word_record

            open_word_record(self._session, path, self._window)
            self._next()
            return
        from drillapp.ui.ledgers.bring_in import open_assistant

        dialog = open_assistant(self._session, path, self._window)
        dialog.finished.connect(lambda _result: QTimer.singleShot(0, self, self._next))


class _Curtain(QFrame):
    """Lies over the whole window, so that no text field below takes the file for a text."""

    def __init__(self, window: QWidget, drop: FileDrop) -> None:
        super().__init__(window)
        self._drop = drop
        self.setAcceptDrops(True)
        frame, inside = card(self, 4 * GRID)
        self._picture = QLabel(frame)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = label("", "heading", parent=frame)
        self._hint = label("", "muted", parent=frame)
        for line in (self._picture, self._words, self._hint):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inside.addWidget(line)
        outer = QVBoxLayout(self)
        outer.addWidget(frame, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def draw(self, files: Sequence[Path], *, read_only: bool) -> None:
        """Cover the window and say what will come of these files."""
        name = files[0].name if len(files) == 1 else _("{count} files").format(count=len(files))
        words = _("This office is open read-only here.") if read_only else _("Let go to bring in {file}")
        self._words.setText(words.format(file=name))
        self._hint.setText(_("Nothing is written before you have seen what it is taken for."))
        self._picture.setPixmap(icons.pixmap("import", "accent", _ICON, self.devicePixelRatioF()))
        self.setGeometry(self.window().rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground = theme.colour("window")
        ground.setAlpha(_VEIL)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drop.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: object) -> None:
        super().dragLeaveEvent(event)  # type: ignore[arg-type]
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.drop(event)


def _is_word(path: Path) -> bool:
    return path.suffix.lower() in _WORD


def _files(data: QMimeData) -> list[Path]:
    """The files and folders on this machine that are held."""
    return [path for path in files_of(data) if path.exists()]
