"""Controllers' sheets: to each who releases injects his own, with room for the actual times, to be typed off later."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.drills.evaluation.words import span_in_words
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.drills.naming import drill_named
from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.drill_script_table import heading_line, inject_time
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.list_report import ACROSS
from drillapp.core.reports.page import MM, Document, Rendered
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph

Row = tuple[str, ...]
_SIZE = 10.0
_FREE_LINES = 6


class ControllerSheet(msgspec.Struct, frozen=True):
    """The injects of one controller."""

    controller: str
    rows: tuple[Row, ...]


class ControllerSheets(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    about: str
    sheets: tuple[ControllerSheet, ...]


def controller_sheets(office: Office, number: str) -> ControllerSheets:
    """A sheet for each who releases injects, those without a name last; raises NotFound."""
    drill = drill_report(office, number)
    by_sender: dict[str, list[Row]] = defaultdict(list)
    for inject in injects_of(office, drill_named(office, number)):
        by_sender[inject.sender or ""].append(_row(inject))
    names = sorted(by_sender, key=lambda name: not name) or [""]
    return ControllerSheets(
        drill.unit,
        _("{drill}: controllers' sheets").format(drill=drill.title),
        heading_line(drill),
        tuple(ControllerSheet(name, tuple(by_sender[name])) for name in names),
    )


def _row(inject: InjectRow) -> Row:
    limit = "" if inject.within_seconds is None else span_in_words(inject.within_seconds)
    box = "___:___:___"
    done = box if inject.awaits_action else "—"
    return (
        inject.number, inject_time(inject), box, inject.content, inject.addressee or "",
        label("inject_means", inject.means), inject.expected_action or "", limit, done, "",
    )  # fmt: skip


def render_controller_sheets(
    data: ControllerSheets,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the sheets, each beginning on a page of its own."""
    return render_alone(_add_sheets, data, target, progress, fonts, paper=ACROSS)


def _add_sheets(document: Document, data: ControllerSheets, styles: Styles) -> None:
    for place, sheet in enumerate(data.sheets):
        if place:
            document.new_page()
        _add_sheet(document, data, sheet, styles)


def _add_sheet(document: Document, data: ControllerSheets, sheet: ControllerSheet, styles: Styles) -> None:
    who = sheet.controller or "________________"
    start = _("Controller: {name}    Start of the drill: ____-__-__ ___:___:___").format(name=who)
    document.add(
        Title(data.title, styles.title),
        Paragraph(data.about, styles.note),
        Paragraph(start, styles.note),
        Paragraph(
            _(
                "Write down the actual times by the clock on the wall. What is written here is entered afterwards by "
                "its row code."
            ),
            styles.note,
        ),
    )
    document.add(
        Table(_columns(), sheet.rows or [("",) * 10] * _FREE_LINES, table_look(document.fonts, _SIZE))
    )
    document.space(4 * MM)
    document.add(styles.headline(3, _("What else happened"), keep_with_next=90))
    columns = (
        Column(_("Time of day"), 104, "centre"), Column(_("What happened")), Column(_("Who"), 110),
    )  # fmt: skip
    look = msgspec.structs.replace(table_look(document.fonts, _SIZE), padding=7.0)
    document.add(Table(columns, [("___:___:___", "", "")] * _FREE_LINES, look))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Row code"), 44, "centre"), Column(_("Planned time"), 64, "centre"),
        Column(_("Actual time"), 78, "centre"), Column(_("Situation and message")),
        Column(_("Addressed to"), 68, "centre"), Column(_("Conveyed by"), 56, "centre"), Column(_("Expected action")),
        Column(_("Limit"), 50, "centre"), Column(_("Done at"), 78, "centre"), Column(_("Remarks"), 70),
    )  # fmt: skip
