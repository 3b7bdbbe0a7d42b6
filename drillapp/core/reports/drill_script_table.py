"""The script of a drill as a table: every inject with its time and the action expected, those in reserve behind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.drills.evaluation.words import span_in_words
from drillapp.core.drills.injects.offsets import show_offset
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.drills.naming import drill_named
from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.drill_report import DrillReport
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.list_report import ACROSS
from drillapp.core.reports.page import MM, Document, Rendered
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph

Row = tuple[str, ...]
_SIZE = 9.5


class ScriptTable(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    about: str
    planned: tuple[Row, ...]
    reserve: tuple[Row, ...]


def script_table(office: Office, number: str) -> ScriptTable:
    """The script of a drill; raises NotFound for a number that no drill has."""
    drill = drill_report(office, number)
    injects = injects_of(office, drill_named(office, number))
    return ScriptTable(
        drill.unit,
        _("{drill}: script of injects").format(drill=drill.title),
        heading_line(drill),
        tuple(_row(inject) for inject in injects if not _is_reserve(inject)),
        tuple(_row(inject) for inject in injects if _is_reserve(inject)),
    )


def heading_line(drill: DrillReport) -> str:
    """Number, day, place and leader of a drill in a line below the title."""
    day = long_date(drill.started_at.date() if drill.started_at else drill.planned_on)
    leader = _("Drill leader: {name}").format(name=drill.leader) if drill.leader else ""
    number = _("No. {number}").format(number=drill.number)
    return "　".join(filter(None, (number, drill.unit, day, drill.place, leader)))


def inject_time(inject: InjectRow) -> str:
    """When an inject is planned: by the drill's clock, behind another, or in reserve."""
    after = _("after {number} is done").format(number=inject.after_number) if inject.after_number else ""
    time = show_offset(inject.offset_seconds) if inject.offset_seconds is not None else ""
    return "\n".join(filter(None, (time, after))) or label("inject_state", "reserve")


def _is_reserve(inject: InjectRow) -> bool:
    return inject.offset_seconds is None and inject.after_id is None


def _row(inject: InjectRow) -> Row:
    limit = "" if inject.within_seconds is None else span_in_words(inject.within_seconds)
    return (
        inject.number, inject.stage or "", inject_time(inject), inject.content, inject.sender or "",
        inject.addressee or "", label("inject_means", inject.means), inject.expected_action or "", limit,
        inject.section_title or "",
    )  # fmt: skip


def render_script_table(
    data: ScriptTable,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the table; characters that no font has are named in what comes back."""
    return render_alone(add_script_table, data, target, progress, fonts, paper=ACROSS)


def add_script_table(document: Document, data: ScriptTable, styles: Styles) -> None:
    """Set it from where the page is."""
    document.add(Title(data.title, styles.title), Paragraph(data.about, styles.note))
    if not data.planned and not data.reserve:
        document.add(styles.text(_("No injects are planned.")))
    if data.planned:
        document.add(_table(document, data.planned))
    if data.reserve:
        document.space(5 * MM)
        document.add(
            styles.headline(1, _("Injects in reserve, released when they are wanted"), keep_with_next=60)
        )
        document.add(_table(document, data.reserve))


def _table(document: Document, rows: Sequence[Row]) -> Table:
    columns = (
        Column(_("Inject no."), 38, "centre"), Column(_("Stage"), 56, "centre"), Column(_("Planned time"), 64, "centre"),
        Column(_("Situation and message")), Column(_("Released by"), 62, "centre"), Column(_("Addressed to"), 66, "centre"),
        Column(_("Conveyed by"), 58, "centre"), Column(_("Expected action")), Column(_("Limit"), 50, "centre"),
        Column(_("Section of the plan"), 80),
    )  # fmt: skip
    return Table(columns, rows, table_look(document.fonts, _SIZE))
