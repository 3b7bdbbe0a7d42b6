"""The sheet of a stocktake, to count by hand or by scanner; a blind one does not say what the book says."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.code_table import CodeBeside, CodeTable
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import MM, Document, Rendered
from drillapp.core.reports.signature import Signature
from drillapp.core.reports.stock_words import number_words, with_days
from drillapp.core.reports.stocktake_words import (
    extent_words,
    item_words,
    moment_words,
    moved_words,
)
from drillapp.core.reports.table import Column, table_look
from drillapp.core.reports.text import Paragraph
from drillapp.core.supplies.codes import payload_of_lot, payload_of_stocktake
from drillapp.core.supplies.stocktake.queries import stocktake_named, stocktake_view
from drillapp.core.supplies.stocktake.rows import LineRow, MovedRow

_SIZE = 9.5
_SIDE, _SHEET_SIDE = 12 * MM, 20 * MM
_TALL = " \n \n "
"""Three lines: so much room does the code of a row need."""


class StocktakeSheet(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    about: tuple[str, ...]
    code: str
    told: bool
    """Whether it has the book quantity."""
    rows: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...]
    signature: Signature


def stocktake_sheet(office: Office, number: str) -> StocktakeSheet:
    """The sheet of a stocktake; raises NotFound."""
    from drillapp.core.reports.fonts import bundled

    view = stocktake_view(office, stocktake_named(office, number))
    header = view.header
    told = not header.blind
    about = (
        _("Number: {number}").format(number=header.number),
        _("Extent: {extent}").format(extent=extent_words(header)),
        _("Drawn up at {moment}").format(moment=moment_words(header)),
        _("An empty line is not counted; where nothing was found, write 0."),
    )
    roles = (_("Counted by"), _("Recounted by"), _("Counted at"), _("Keeper"))
    return StocktakeSheet(
        header.unit_name,
        _("{storehouse}: stocktake sheet").format(storehouse=header.storehouse_name),
        about,
        payload_of_stocktake(header.uid),
        told,
        tuple(_row(line, view.moved_of(line.position), told) for line in view.lines),
        tuple(payload_of_lot(line.item_uid, line.lot, line.expires_on) for line in view.lines),
        Signature(header.unit_name, office.as_of, roles, bundled()),
    )


def _row(line: LineRow, moved: list[MovedRow], told: bool) -> tuple[str, ...]:
    again = _("count again") if line.state == "again" else ""
    # A recount is made without knowing what the first one found.
    counted = (
        "" if again else number_words(line.counted if line.first_counted is None else line.first_counted)
    )
    recounted = number_words(line.counted) if line.first_counted is not None and not again else ""
    book = (number_words(line.book),) if told else ()
    notes = (again, line.note or "", moved_words(moved) if told else "")
    remarks = "\n".join(filter(None, notes))
    return (
        str(line.position), _TALL, line.shelf or "", item_words(line), with_days(line.lot, line.expires_on),
        line.unit_of_measure or "", *book, counted, recounted, remarks,
    )  # fmt: skip


def render_stocktake_sheet(
    data: StocktakeSheet,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the sheet; characters that no font has are named in what comes back."""
    return render_alone(add_stocktake_sheet, data, target, progress, fonts)


def add_stocktake_sheet(document: Document, data: StocktakeSheet, styles: Styles) -> None:
    """Set it from where the page is."""
    document.add(Title(data.title, styles.title), CodeBeside(data.code, _SHEET_SIDE))
    document.add(
        *(Paragraph(text, msgspec.structs.replace(styles.note, before=0, after=0)) for text in data.about)
    )
    document.space(4 * MM)
    book = (Column(_("Book"), 46, "right"),) if data.told else ()
    columns = (
        Column(_("No."), 26, "centre"), Column(_("Code to scan"), _SIDE + 10), Column(_("Shelf"), 44, "centre"),
        Column(_("Item and specification")), Column(_("Lot and date"), 78), Column(_("Unit of measure"), 34, "centre"), *book,
        Column(_("Count"), 54, "right"), Column(_("Recount"), 54, "right"), Column(_("Remarks"), 62),
    )  # fmt: skip
    look = table_look(document.fonts, _SIZE)
    document.add(CodeTable(columns, data.rows, look, codes=data.codes, place=1, side=_SIDE))
    document.add(data.signature)
