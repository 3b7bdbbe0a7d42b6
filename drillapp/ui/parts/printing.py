"""Reports into the preview: made beside the window, shown as they will be printed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session

Write = Callable[[Office, Path, Progress], Sequence[str]]
"""Writes a PDF; gives the characters that no font has."""


def preview(session: Session, write: Write, title: str, parent: QWidget) -> None:
    """Make a document and show it; `title` also proposes the file's name."""
    session.tasks.run_read(
        lambda office, progress: _content(office, progress, write),
        lambda made: _show(session, made, title, parent),
        owner=parent,
        title=_("Making the document"),
    )


def preview_report(
    session: Session, name: str, title: str, parent: QWidget, *,
    unit_code: str | None = None, number: str | None = None,
) -> None:  # fmt: skip
    """Show one of the program's reports."""

    def write(office: Office, path: Path, progress: Progress) -> Sequence[str]:
        from drillapp.core.reports.registry import write_report  # brings the report kit

        return write_report(office, name, path, unit_code=unit_code, number=number, progress=progress)

    preview(session, write, title, parent)


def preview_cards(
    session: Session, size: str, title: str, parent: QWidget, *,
    numbers: Sequence[str] = (), unit_code: str | None = None, sector: str | None = None,
) -> None:  # fmt: skip
    """Show disposal cards as they will be printed and cut."""

    def write(office: Office, path: Path, progress: Progress) -> Sequence[str]:
        from drillapp.core.reports.registry import write_cards  # brings the report kit

        return write_cards(
            office,
            path,
            numbers=list(numbers),
            unit_code=unit_code,
            size=size,
            sector=sector,
            progress=progress,
        )

    preview(session, write, title, parent)


def _content(office: Office, progress: Progress, write: Write) -> tuple[bytes, Sequence[str]]:
    with tempfile.TemporaryDirectory(prefix="drillapp-") as folder:
        path = Path(folder) / "document.pdf"
        missing = write(office, path, progress)
        return path.read_bytes(), missing


def _show(session: Session, made: tuple[bytes, Sequence[str]], title: str, parent: QWidget) -> None:
    content, missing = made
    if missing:
        session.said.emit(_("No font has these characters: {names}").format(names=", ".join(missing)))
    PdfPreview(session, content, title, f"{title}.pdf", parent).open()
