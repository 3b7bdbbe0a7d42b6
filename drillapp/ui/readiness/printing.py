"""What can be printed or taken out of readiness: each paper opens in the preview, as it will be handed up."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QMenu, QWidget

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import Progress
from drillapp.ui import icons
from drillapp.ui.parts.file_dialogs import ask_save
from drillapp.ui.parts.print_list import print_list
from drillapp.ui.parts.printing import preview_report
from drillapp.ui.parts.table import Table
from drillapp.ui.readiness.shown import Shown
from drillapp.ui.session import Session


class Paper(NamedTuple):
    """A report about the unit in front."""

    name: str
    """As `reports.registry` knows it."""
    title: str
    number: str | None = None
    """What of it, where the report asks for more than the unit."""


def fill_menu(menu: QMenu, session: Session, shown: Shown, days: str | None, parent: QWidget) -> None:
    """Offer the papers of the unit in front, and its figures; `days` are those that are compared, if others than usual."""
    for paper in _papers(days):
        action = menu.addAction(icons.icon("print"), paper.title)
        action.triggered.connect(lambda _on=False, paper=paper: _print(session, shown, paper, parent))
    menu.addSeparator()
    menu.addAction(icons.icon("export"), _("Figures as .xlsx …"), lambda: take_out(session, shown, parent))


def add_list(menu: QMenu, session: Session, view: QWidget, title: str) -> None:
    """Offer the list of a view as it is shown."""
    table = view.findChild(Table)
    if isinstance(table, Table):
        words = _("The list as shown")
        menu.addAction(icons.icon("print"), words, lambda: print_list(session, table, title))


def take_out(session: Session, shown: Shown, parent: QWidget) -> None:
    """Ask where to, and write the figures of the unit in front and all below it as a workbook."""
    title = _("{unit}: readiness {day}").format(unit=shown.unit.unit_name, day=shown.as_of)
    question, forms = _("Figures as .xlsx …"), _("Excel (*.xlsx)")
    path = ask_save(session, parent, question, f"{title}.xlsx", forms, "export")
    if path is not None:
        write_figures(session, shown, path, parent)


def write_figures(session: Session, shown: Shown, path: Path, parent: QWidget) -> None:
    """Write the figures, and say where they are."""
    unit_id, day = shown.unit.unit_id, shown.as_of

    def write(office: Office, progress: Progress) -> None:
        from drillapp.core.reports.readiness_workbook import write_readiness_workbook

        write_readiness_workbook(office, path, unit_id, on=day, progress=progress)

    session.tasks.run_read(
        write,
        lambda _nothing: session.said.emit(_("Written to {file}").format(file=path.name)),
        owner=parent,
        title=_("Exporting"),
    )


def _papers(days: str | None) -> list[Paper]:
    return [
        Paper("readiness", _("Readiness report of the unit")),
        Paper("bulletin", _("Readiness bulletin (draft)")),
        Paper("comparison", _("Readiness on two days"), days),
        Paper("dossier", _("Dossier of a unit")),
        Paper("reminder", _("Reminder of obligations")),
    ]


def _print(session: Session, shown: Shown, paper: Paper, parent: QWidget) -> None:
    title = _("{unit}: {paper}").format(unit=shown.unit.unit_name, paper=paper.title)
    preview_report(session, paper.name, title, parent, unit_code=shown.unit.unit, number=paper.number)
