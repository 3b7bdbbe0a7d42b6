"""The record form of a drill: what standardised safety management files of each, its course line by line."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.rows import DrillRecord
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.drill_report import (
    DrillReport,
    clock,
    elapsed,
    finding_state,
    moment,
    turnout,
)
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.together import Together

Row = tuple[str, ...]
_LABEL_SHARE = Form.label_share
_SIZE = 11.0


class RecordForm(msgspec.Struct, frozen=True):
    """What the form says."""

    office: str
    title: str
    facts: tuple[Fact, ...]
    before: tuple[Row, ...]
    """What was made ready, label and text."""
    course: tuple[Row, ...]
    review: tuple[Row, ...]
    """The review, label and text with boxes to tick."""
    findings: tuple[Row, ...]
    signature: Signature


def record_form(office: Office, number: str) -> RecordForm:
    """The form of a drill as far as its record fills it; raises NotFound."""
    drill = drill_report(office, number)
    record = drill_record(office, drill_named(office, number))
    start = drill.started_at or (drill.log[0].at if drill.log else None)
    course = (
        ()
        if start is None
        else tuple((clock(start, one.at), elapsed(start, one), one.text, one.who) for one in drill.log)
    )
    roles = (_("Recorded by"), _("Head of the review"))
    return RecordForm(
        drill.unit,
        _("Record form of an emergency drill"),
        tuple(_facts(drill, record)),
        _before(record),
        course,
        _review(drill),
        tuple(
            (
                str(place), one.text, one.action, one.owner, one.due_on.isoformat() if one.due_on else "",
                finding_state(one, office.as_of),
            )
            for place, one in enumerate(drill.findings, 1)
        ),
        Signature(drill.unit, office.as_of, roles, bundled()),
    )  # fmt: skip


def _facts(drill: DrillReport, record: DrillRecord) -> list[Fact]:
    when = " – ".join(filter(None, (moment(drill.started_at), moment(drill.ended_at))))
    names = _(", ").join(dict.fromkeys(party.name for party in record.parties))
    return [
        Fact(_("Title of the drill"), drill.title, is_wide=True),
        Fact(_("Drill number"), drill.number),
        Fact(_("Drill leader"), drill.leader),
        Fact(_("Plan drilled"), drill.plan, is_wide=True),
        Fact(_("Content of the drill"), drill.content),
        Fact(_("Form of the drill"), drill.form),
        Fact(_("Organised by"), record.design.organiser or drill.unit, is_wide=True),
        Fact(_("Time"), when or long_date(drill.planned_on), is_wide=True),
        Fact(_("Place"), drill.place, is_wide=True),
        Fact(
            _("Units and people"),
            "\n".join(filter(None, (names, turnout(drill)))),
            is_wide=True,
        ),
    ]


def _before(record: DrillRecord) -> tuple[Row, ...]:
    supplies = _("; ").join(
        f"{row.item_name} {row.reserved:g} {row.unit_of_measure or ''}".strip() for row in record.supplies
    )
    return (
        (_("Scenario"), record.design.scenario or ""),
        (_("Subjects"), _("; ").join(record.subjects)),
        (_("Supplies made ready"), supplies),
        (_("Training before"), "\n\n"),
    )


def _review(drill: DrillReport) -> tuple[Row, ...]:
    present = "" if drill.participants is None else turnout(drill) + "\n"
    return (
        (
            _("Does the plan suit?"),
            _("□ all of it can be carried out   □ with difficulty   □ clearly unsuitable"),
        ),
        (
            _("Is the plan enough?"),
            _("□ fully meets the need   □ mostly, to be completed   □ not, must be revised"),
        ),
        (
            _("People in place"),
            present + _("□ fast and exact   □ mostly in time   □ some missing   □ key posts missing"),
        ),
        (_("Supplies in place"), _("□ enough and working   □ not enough   □ badly short")),
        (
            _("Command and coordination"),
            _("□ exact and efficient   □ mostly smooth   □ to be improved   □ inefficient"),
        ),
        (_("Effect"), _("□ goals reached   □ mostly reached   □ not reached, to be drilled again")),
        (_("Support from outside"), _("□ not asked   □ in time   □ late   □ none")),
        (_("Rating"), _result(drill)),
    )


def _result(drill: DrillReport) -> str:
    rating = _("The drill is rated {rating}.").format(rating=drill.rating) if drill.rating else ""
    return "\n".join(filter(None, (rating, drill.evaluation)))


def render_record_form(
    data: RecordForm,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the form; characters that no font has are named in what comes back."""
    return render_alone(add_record_form, data, target, progress, fonts)


def add_record_form(document: Document, data: RecordForm, styles: Styles) -> None:
    """Set it from where the page is."""
    document.add(Title(data.title, styles.title))
    document.space(LEADING / 3)
    document.add(Form(data.facts, styles.fonts), _texts(document, data.before))
    _add_course(document, data, styles)
    review = styles.headline(3, _("Review"), keep_with_next=60)
    document.add(Together(review, _texts(document, data.review)))
    _add_findings(document, data, styles)
    document.add(data.signature)


def _texts(document: Document, rows: tuple[Row, ...]) -> Table:
    columns = (Column("", _LABEL_SHARE * document.paper.text_width, "centre"), Column(""))
    look = msgspec.structs.replace(table_look(document.fonts, 12), leading=18.0, padding=5.0)
    return Table(columns, rows, look)


def _add_course(document: Document, data: RecordForm, styles: Styles) -> None:
    document.add(styles.headline(3, _("Course of the drill"), keep_with_next=60))
    if not data.course:
        document.add(_texts(document, ((_("Course"), "\n" * 8),)))
        return
    columns = (
        Column(_("Time of day"), 56, "centre"), Column(_("Elapsed"), 56, "centre"), Column(_("What happened")),
        Column(_("Logged by"), 66, "centre"),
    )  # fmt: skip
    document.add(Table(columns, data.course, table_look(document.fonts, _SIZE)))
    document.space(LEADING / 3)


def _add_findings(document: Document, data: RecordForm, styles: Styles) -> None:
    heading = styles.headline(3, _("Problems and measures"), keep_with_next=60)
    if not data.findings:
        document.add(heading, _texts(document, ((_("Problems"), "\n" * 3), (_("Measures"), "\n" * 3))))
        return
    columns = (
        Column(_("#"), 26, "centre"), Column(_("Problem")), Column(_("Corrective action")), Column(_("Owner"), 60, "centre"),
        Column(_("To be done by"), 64, "centre"), Column(_("State"), 62, "centre"),
    )  # fmt: skip
    document.add(Together(heading, Table(columns, data.findings, table_look(document.fonts, 10.5))))
