"""The slip with which the papers of a drill go upward, and on which they are taken over."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.reporting.queries import DRILL_REPORTS, report_steps
from drillapp.core.drills.reporting.rows import ReportRow, ReportStepRow
from drillapp.core.enumerations import codes, label
from drillapp.core.i18n import _
from drillapp.core.listing import rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.drill_report import DrillReport, moment, people
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.together import Together

Row = tuple[str, ...]
_EMPTY, _TICKED = "□", "☑"
_STEP_LINES = 2


class ReportSlip(msgspec.Struct, frozen=True):
    """What it says."""

    office: str
    title: str
    facts: tuple[Fact, ...]
    enclosed: tuple[Row, ...]
    """Each paper that is asked for with whether it is there."""
    steps: tuple[Row, ...]
    signature: Signature


def report_slip(office: Office, number: str) -> ReportSlip:
    """The slip of a drill; raises NotFound."""
    drill, drill_id = drill_report(office, number), drill_named(office, number)
    found: list[ReportRow] = rows(office, DRILL_REPORTS, [drill_id])
    missing = found[0].missing_papers if found else tuple(codes("report_paper"))
    due = found[0].due_on if found else None
    return ReportSlip(
        drill.unit,
        _("Slip for reporting a drill"),
        tuple(_facts(drill, long_date(due) if due else "")),
        tuple(
            (str(place), label("report_paper", code), _EMPTY if code in missing else _TICKED, "", "")
            for place, code in enumerate(codes("report_paper"), 1)
        ),
        tuple(_step(step) for step in report_steps(office, drill_id) if step.happened_on <= office.as_of),
        Signature(drill.unit, office.as_of, (_("Handed over by"), _("Taken over by")), bundled()),
    )


def _facts(drill: DrillReport, due: str) -> list[Fact]:
    return [
        Fact(_("Title of the drill"), drill.title, is_wide=True),
        Fact(_("Drill number"), drill.number),
        Fact(_("Rating"), drill.rating),
        Fact(_("Plan drilled"), drill.plan, is_wide=True),
        Fact(_("Content of the drill"), drill.content),
        Fact(_("Form of the drill"), drill.form),
        Fact(_("Started at"), moment(drill.started_at)),
        Fact(_("Ended at"), moment(drill.ended_at)),
        Fact(_("Place"), drill.place, is_wide=True),
        Fact(_("Expected people"), people(drill.expected)),
        Fact(_("People present"), people(drill.participants)),
        Fact(_("To be reported by"), due),
        Fact(_("Reported on"), long_date(drill.reported_on) if drill.reported_on else ""),
    ]


def _step(step: ReportStepRow) -> Row:
    return (
        label("report_step", step.kind), step.happened_on.isoformat(), step.who or "", step.document or "",
        step.note or "",
    )  # fmt: skip


def render_report_slip(
    data: ReportSlip,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the slip; characters that no font has are named in what comes back."""
    return render_alone(add_report_slip, data, target, progress, fonts)


def add_report_slip(document: Document, data: ReportSlip, styles: Styles) -> None:
    """Set it from where the page is."""
    look = table_look(document.fonts, 11)
    document.add(Title(data.title, styles.title))
    document.space(LEADING / 3)
    document.add(Form(data.facts, styles.fonts))
    columns = (
        Column(_("No."), 40, "centre"), Column(_("Paper")), Column(_("Enclosed"), 60, "centre"),
        Column(_("Number of copies"), 60, "centre"), Column(_("Remarks"), 110),
    )  # fmt: skip
    document.add(
        Together(
            styles.headline(3, _("Papers enclosed"), keep_with_next=60), Table(columns, data.enclosed, look)
        )
    )
    steps = (
        Column(_("Step"), 60, "centre"), Column(_("Date"), 76, "centre"), Column(_("Handled by"), 90, "centre"),
        Column(_("Document no."), 96, "centre"), Column(_("Remarks")),
    )  # fmt: skip
    lines = data.steps or (("", "", "", "", ""),) * _STEP_LINES
    heading = styles.headline(3, _("Handed over, returned, accepted"), keep_with_next=60)
    document.add(Together(heading, Table(steps, lines, look)), data.signature)
