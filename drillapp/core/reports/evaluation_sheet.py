"""An evaluator's sheet on paper: row codes, boxes to tick, room for reasons; blank or as it was filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, Style
from drillapp.core.reports.together import Together

_LINES_FOR_REMARKS = 6


class SheetItem(msgspec.Struct, frozen=True):
    """A row to answer."""

    code: str
    text: str
    boxes: str
    """The boxes with what they stand for; those ticked as they were filled in."""
    reason: str = ""
    critical: bool = False


class SheetGroup(msgspec.Struct, frozen=True):
    """Rows on one subject."""

    code: str
    name: str
    items: tuple[SheetItem, ...]


class PaperSheet(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet."""

    number: int | None
    """Its number in the drill; None for one that is nobody's yet."""
    form: str
    standard: str
    evaluator: str
    party: str
    assigned: str
    comment: str
    how: tuple[str, ...]
    """How to fill it in."""
    groups: tuple[SheetGroup, ...]
    submitted_on: date | None


class EvaluationSheets(msgspec.Struct, frozen=True):
    """The sheets of a drill, to be printed one behind the other."""

    office: str
    title: str
    number: str
    drill: str
    when: str
    place: str
    day: date
    sheets: tuple[PaperSheet, ...]


def render_evaluation_sheets(
    data: EvaluationSheets,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the sheets, each beginning on a page of its own."""
    return render_alone(add_evaluation_sheets, data, target, progress, fonts)


def add_evaluation_sheets(document: Document, data: EvaluationSheets, styles: Styles) -> None:
    """Set them from where the page is."""
    for place, sheet in enumerate(data.sheets):
        if place:
            document.new_page()
        _add_sheet(document, data, sheet, styles)


def _add_sheet(document: Document, data: EvaluationSheets, sheet: PaperSheet, styles: Styles) -> None:
    document.add(Title(sheet.form, styles.title))
    document.space(LEADING / 3)
    document.add(Form(_facts(data, sheet), styles.fonts))
    document.add(Paragraph("\n".join(sheet.how), styles.note))
    look = table_look(styles.fonts, 10.5)
    columns = (
        Column(_("Row code"), 58, "centre"), Column(_("What is judged")), Column(_("Answer"), 118),
        Column(_("Reason, where not done"), 128),
    )  # fmt: skip
    for group in sheet.groups:
        heading = Paragraph(f"{group.code}  {group.name}", _heading(styles), keep_with_next=40)
        rows = [(_code(item), item.text, item.boxes, item.reason) for item in group.items]
        document.add(Together(heading, Table(columns, rows, look)))
        document.space(LEADING / 4)
    remarks = sheet.comment or "\n" * _LINES_FOR_REMARKS
    document.add(Form([Fact(_("Comment on the spot"), remarks, is_wide=True)], styles.fonts))
    document.add(Paragraph(_("Form: {standard}").format(standard=sheet.standard), styles.note))
    document.add(Signature(data.office, sheet.submitted_on or data.day, (_("Evaluator"),), styles.fonts))


def _heading(styles: Styles) -> Style:
    return msgspec.structs.replace(styles.levels[0], size=12.0, leading=20.0, indent=0.0, before=2.0)


def _code(item: SheetItem) -> str:
    """The row code; a star where a fault is a serious error."""
    return f"{item.code}★" if item.critical else item.code


def _facts(data: EvaluationSheets, sheet: PaperSheet) -> list[Fact]:
    return [
        Fact(_("Title of the drill"), data.drill, is_wide=True),
        Fact(_("Drill number"), data.number),
        Fact(_("Sheet number"), " " if sheet.number is None else str(sheet.number)),
        Fact(_("Held"), data.when),
        Fact(_("Place"), data.place),
        Fact(_("Evaluator"), sheet.evaluator),
        Fact(_("Party"), sheet.party),
        Fact(_("Groups and place"), sheet.assigned, is_wide=True),
    ]
