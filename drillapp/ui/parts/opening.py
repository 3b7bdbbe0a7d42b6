"""Files kept in the office opened with the program that the system has for them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from drillapp.core.attachments.store import content_of
from drillapp.core.files import write_whole
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.ui.parts.file_dialogs import ask_save, file_name
from drillapp.ui.session import Session

_OPENED = frozenset(
    [".pdf", ".docx", ".xlsx", ".pptx", ".doc", ".xls", ".ppt", ".wps", ".png", ".jpg", ".jpeg", ".txt", ".csv", ".mp4", ".mp3"]
)  # fmt: skip
"""Other files, which could be programs, are only saved."""


def open_kept(session: Session, name: str, digest: str, parent: QWidget) -> None:
    """Show a file, or ask where to save one that is better not opened."""
    if Path(name).suffix.lower() not in _OPENED:
        save_kept(session, name, digest, parent)
        return
    session.tasks.run_read(
        lambda office, _progress: _written(office, name, digest),
        lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        owner=parent,
    )


def save_kept(session: Session, name: str, digest: str, parent: QWidget) -> None:
    """Ask where to save a file, and do it."""
    path = ask_save(session, parent, _("Save the file"), name, "", "export")
    if path is not None:
        session.tasks.run_read(
            lambda office, _progress: write_whole(path, content_of(office, digest)),
            lambda _nothing: session.said.emit(_("Saved")),
            owner=parent,
        )


def _written(office: Office, name: str, digest: str) -> Path:
    """The file in a folder of its own, for another program to read."""
    folder = Path(tempfile.mkdtemp(prefix="drillapp-"))
    path = folder / file_name(name)
    path.write_bytes(content_of(office, digest))
    return path
