"""A version as a document: to print, as PDF, as Word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.document import plan_document
from drillapp.core.plans.versions import VersionRow
from drillapp.core.progress import Progress
from drillapp.ui.parts.file_dialogs import ask_save
from drillapp.ui.parts.printing import preview
from drillapp.ui.plans.version_tab import version_name
from drillapp.ui.session import Session


def preview_version(session: Session, plan: Any, version: VersionRow, parent: QWidget) -> None:
    """Show a version as it will be printed."""
    key = version.id

    def write(office: Office, path: Path, progress: Progress) -> Sequence[str]:
        from drillapp.core.reports.plan_document import render_plan_document  # brings the report kit

        return render_plan_document(plan_document(office, key), path, progress).missing

    preview(session, write, _title(plan, version), parent)


def save_as_word(session: Session, plan: Any, version: VersionRow, parent: QWidget) -> None:
    """Ask where to, and write a version there as a Word document."""
    key = version.id
    save_word(session, _title(plan, version), lambda office, path: _write(office, key, path), parent)


def save_word(
    session: Session, title: str, write: Callable[[Office, Path], Sequence[str]], parent: QWidget
) -> None:
    """Ask where to, and have a Word document written there; `write` returns what could not be written."""
    forms = _("Word documents (*.docx)")
    path = ask_save(session, parent, _("Save as Word"), f"{title}.docx", forms, "word")
    if path is None:
        return
    session.tasks.run_read(
        lambda office, _progress: write(office, path),
        lambda told: session.said.emit(" ".join((_("{file} is written.").format(file=path.name), *told))),
        owner=session,
        title=_("Writing the document"),
    )


def _write(office: Office, version_id: int, path: Path) -> tuple[str, ...]:
    from drillapp.core.plans.word.writing import write_word

    return write_word(plan_document(office, version_id), path)


def _title(plan: Any, version: VersionRow) -> str:
    return f"{plan.title} {version_name(version)}"
