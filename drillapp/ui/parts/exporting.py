"""Lists and ledgers into files: asks where to, and writes beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.core.list_shown import ListShown
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.ui.parts.file_dialogs import ask_save
from drillapp.ui.session import Session

if TYPE_CHECKING:
    from drillapp.ui.parts.table import Table

_Write = Callable[[Office, Path, Progress], str]
"""Writes the file; returns what is to be said of it."""


def list_shown(session: Session, table: Table, title: str, told: str = "") -> ListShown:
    """What a table shows now; `told` are words for the conditions of its view."""
    scope = session.scope.name or _("All units")
    model = table.model
    return ListShown(title, scope, table.shown_columns(), model.source, model.view, told=told)


def export_shown(session: Session, table: Table, title: str, parent: QWidget, told: str = "") -> None:
    """Ask where to, and write what a table shows: its filter, columns and order."""
    wanted = list_shown(session, table, title, told)

    def write(office: Office, path: Path, progress: Progress) -> str:
        from drillapp.core.list_files import write_list  # brings what writes the forms

        written = write_list(office, path, wanted, progress)
        said = _("{count} rows written to {file}").format(count=written.rows, file=path.name)
        missing = ", ".join(written.missing)
        return (
            f"{said}. " + _("No font has these characters: {names}").format(names=missing)
            if missing
            else said
        )

    _ask_and_write(session, parent, _("Export the list as shown"), title, _forms(paper=True), write)


def export_ledger_file(session: Session, kind: str, title: str, parent: QWidget) -> None:
    """Ask where to, and write the ledger of the scope there, so that it can be brought in again."""
    code = session.scope.code or None

    def write(office: Office, path: Path, progress: Progress) -> str:
        from drillapp.core.ledgers.exporting import export_ledger

        count = export_ledger(office, kind, path, unit_code=code, progress=progress)
        return _("{count} rows written to {file}").format(count=count, file=path.name)

    _ask_and_write(session, parent, _("Export the ledger"), title, _forms(paper=False), write)


def export_form(session: Session, kind: str, parent: QWidget) -> None:
    """Ask where to, and write an empty ledger of a kind for units to fill in."""
    code = session.scope.code or None

    def write(office: Office, path: Path, _progress: Progress) -> str:
        from drillapp.core.ledgers.templates import write_template

        write_template(office, kind, path, unit_code=code)
        return _("The form was written to {file}").format(file=path.name)

    from drillapp.core.ledgers.layout import layout

    title = _("{ledger} (to be filled in)").format(ledger=layout(kind).title)
    _ask_and_write(session, parent, _("Write an empty form"), title, _("Excel (*.xlsx)"), write)


def _ask_and_write(
    session: Session, parent: QWidget, question: str, title: str, forms: str, write: _Write
) -> None:
    proposed = f"{title} {session.as_of.isoformat()}.xlsx"
    path = ask_save(session, parent, question, proposed, forms, "export")
    if path is None:
        return
    session.tasks.run_read(
        lambda office, progress: write(office, path, progress),
        session.said.emit,
        owner=session,
        title=_("Exporting"),
    )


def _forms(*, paper: bool) -> str:
    forms = [_("Excel (*.xlsx)"), _("Text (*.csv)"), *([_("Paper (*.pdf)")] if paper else [])]
    return ";;".join(forms)
