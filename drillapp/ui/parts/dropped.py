"""Files that are dragged onto a widget and let go there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QDropEvent


def welcome_files(event: QDragEnterEvent) -> None:
    """Let files be dropped; other things are not."""
    if files_of(event.mimeData()):
        event.acceptProposedAction()


def dropped_files(event: QDropEvent) -> list[Path]:
    """Take the files that were let go."""
    found = files_of(event.mimeData())
    if found:
        event.acceptProposedAction()
    return found


def files_of(data: QMimeData) -> list[Path]:
    """The files and folders of this machine that are held."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
