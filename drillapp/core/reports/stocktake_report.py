"""The report of surplus and shortage: what a stocktake found, where the differences come from, who answers for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.database.types import from_thousandths, to_thousandths
from drillapp.core.enumerations import codes, label
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.localtime import local_moment
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.alone import render_alone
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.form import Fact, Form
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Block, Document, Rendered
from drillapp.core.reports.signature import Signature
from drillapp.core.reports.stock_words import number_words, with_days
from drillapp.core.reports.stocktake_words import (
    extent_words,
    item_words,
    moment_words,
    moved_words,
)
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import sentences
from drillapp.core.reports.together import Together
from drillapp.core.supplies.stocktake.explaining import signed
from drillapp.core.supplies.stocktake.queries import stocktake_named, stocktake_view
from drillapp.core.supplies.stocktake.reviewing import counters_of
from drillapp.core.supplies.stocktake.rows import LineRow, StocktakeView

_SIZE = 9.5
_FEW_ROWS = 15
"""So many rows stand on a page together with the signatures."""
Rows = tuple[tuple[str, ...], ...]


class StocktakeReport(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    facts: tuple[Fact, ...]
    outcome: str
    differences: Rows
    reasons: Rows
    moved: Rows
    uncounted: str
    lines: Rows
    signature: Signature


def stocktake_report(office: Office, number: str) -> StocktakeReport:
    """The report of a stocktake; raises NotFound, and InvalidInput while it is still being counted."""
    view = stocktake_view(office, stocktake_named(office, number))
    header = view.header
    if header.state == "counting":
        raise InvalidInput(
            _("The stocktake {number} is still being counted.").format(number=number),
            _("Its report can be written once it is submitted."),
        )
    differing = [line for line in view.lines if line.difference]
    roles = (_("Counted by"), _("Count reviewed by"), _("Keeper"), _("Head of the unit"))
    day = office.as_of if header.posted_at is None else local_moment(header.posted_at).date()
    return StocktakeReport(
        header.unit_name,
        _("{storehouse}: report on surplus and shortage").format(storehouse=header.storehouse_name),
        _facts(view),
        _outcome(view, differing),
        tuple(_difference(line) for line in differing),
        _by_reason(differing),
        tuple(
            (str(line.position), line.name, moved_words(moved))
            for line in view.lines
            if (moved := view.moved_of(line.position))
        ),
        ", ".join(
            _("{number} {name}").format(number=line.position, name=line.name)
            for line in view.lines
            if line.counted is None
        ),
        tuple(_line(line) for line in view.lines),
        Signature(header.unit_name, day, roles, bundled()),
    )


def _facts(view: StocktakeView) -> tuple[Fact, ...]:
    header = view.header
    reviewed = " ".join(
        filter(
            None,
            (
                header.reviewed_by,
                f"{local_moment(header.reviewed_at):%Y-%m-%d}" if header.reviewed_at else "",
            ),
        )
    )
    state = label("stocktake_state", header.state)
    return (
        Fact(_("Number"), header.number),
        Fact(_("State"), f"{state} {header.document or ''}".strip()),
        Fact(_("Storehouse"), header.storehouse_name),
        Fact(_("Keeper"), header.keeper or ""),
        Fact(_("Extent"), extent_words(header)),
        Fact(_("Drawn up at"), moment_words(header)),
        Fact(_("Way"), _("blind") if header.blind else _("with book quantity")),
        Fact(_("Tolerance"), f"{header.tolerance:g} %"),
        Fact(_("Counted by"), ", ".join(counters_of(header, view.lines))),
        Fact(_("Count reviewed by"), reviewed),
        Fact(_("Remark of the review"), header.review_note or "", is_wide=True),
        *(
            (Fact(_("Cancelled because"), header.cancel_reason, is_wide=True),)
            if header.cancel_reason
            else ()
        ),
    )


def _outcome(view: StocktakeView, differing: Sequence[LineRow]) -> str:
    counted = [line for line in view.lines if line.counted is not None]
    more = sum((line.difference or 0) > 0 for line in differing)
    same_login = view.header.reviewed_login in {line.counted_login for line in view.lines}
    return sentences(
        _("{lines} lines were to be counted; {counted} were counted, {uncounted} were not.").format(
            lines=len(view.lines), counted=len(counted), uncounted=len(view.lines) - len(counted)
        ),
        _("{same} of them agree with the book, {more} have a surplus, {less} a shortage.").format(
            same=len(counted) - len(differing), more=more, less=len(differing) - more
        ),
        _("{count} lines were counted twice.").format(
            count=sum(line.first_counted is not None for line in view.lines)
        ),
        _("It was reviewed by a second person at the login at which counts were entered.")
        if view.header.reviewed_by and same_login
        else "",
    )


def _difference(line: LineRow) -> tuple[str, ...]:
    difference = line.difference or 0
    reasons = "\n".join(
        " ".join(
            filter(None, (label("stocktake_reason", part.reason), signed(part.quantity), part.note or ""))
        )
        for part in line.reasons
    )
    return (
        str(line.position), item_words(line), with_days(line.lot, line.expires_on), line.unit_of_measure or "", number_words(line.book),
        number_words(line.counted), number_words(difference) if difference > 0 else "",
        number_words(-difference) if difference < 0 else "", reasons,
    )  # fmt: skip


def _by_reason(lines: Sequence[LineRow]) -> Rows:
    """Sums by reason and item, since pieces and boxes do not add up."""
    sums: dict[tuple[int, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    order = codes("stocktake_reason")
    for line in lines:
        for part in line.reasons:
            key = (order.index(part.reason), part.reason, line.item_name, line.unit_of_measure or "")
            sums[key][part.quantity < 0] += to_thousandths(abs(part.quantity))
    return tuple(
        (label("stocktake_reason", reason), item, unit, *(_sum(one) for one in both))
        for (_order, reason, item, unit), both in sorted(sums.items())
    )


def _sum(thousandths: int) -> str:
    return number_words(from_thousandths(thousandths)) if thousandths else ""


def _line(line: LineRow) -> tuple[str, ...]:
    counted_at = f"{local_moment(line.counted_at):%m-%d %H:%M}" if line.counted_at else ""
    return (
        str(line.position), line.shelf or "", item_words(line), with_days(line.lot, line.expires_on), line.unit_of_measure or "",
        number_words(line.book), number_words(line.first_counted),
        number_words(line.counted) if line.counted is not None else _("(not counted)"),
        signed(line.difference) if line.difference is not None else "", counted_at,
    )  # fmt: skip


def render_stocktake_report(
    data: StocktakeReport,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the report; characters that no font has are named in what comes back."""
    return render_alone(add_stocktake_report, data, target, progress, fonts)


def add_stocktake_report(document: Document, data: StocktakeReport, styles: Styles) -> None:
    """Set it from where the page is."""
    look = table_look(document.fonts, _SIZE)
    document.add(Title(data.title, styles.title))
    document.space(LEADING / 3)
    document.add(Form(data.facts, document.fonts))
    document.space(LEADING / 2)
    parts: list[tuple[str, str, tuple[Column, ...], Rows]] = [
        (_("Result of the count"), data.outcome, (), ()),
        (_("Differences by line"), "" if data.differences else _("There are none."), _of_lines(), data.differences),
        (_("Differences by reason"), "" if data.reasons else _("There are none."), _of_reasons(), data.reasons),
        (_("Booked meanwhile"), "" if data.moved else _("Nothing was booked."), _of_moved(), data.moved),
    ]  # fmt: skip
    if data.uncounted:
        parts.append((_("Not counted"), data.uncounted, (), ()))
    for number, (heading, text, columns, rows) in enumerate(parts, 1):
        blocks: list[Block] = [styles.heading(1, number, heading)]
        blocks += [styles.text(text)] if text else []
        blocks += [Table(columns, rows, look)] if rows else []
        if number == len(parts) and len(rows) <= _FEW_ROWS:
            # Nobody signs an empty page: the last part goes with the signatures.
            document.add(Together(*blocks, data.signature))
            break
        document.add(*blocks)
        if rows:
            document.space(LEADING / 3)
    else:
        document.add(data.signature)
    document.new_page()
    document.add(styles.headline(1, _("Annex: all lines")))
    document.add(Table(_of_all(), data.lines, look))


def _of_lines() -> tuple[Column, ...]:
    return (
        Column(_("No."), 28, "centre"), Column(_("Item and specification")), Column(_("Lot and date"), 78),
        Column(_("Unit of measure"), 34, "centre"), Column(_("Book"), 46, "right"), Column(_("Quantity found"), 46, "right"),
        Column(_("Surplus"), 42, "right"), Column(_("Shortage"), 42, "right"), Column(_("Reasons"), 92),
    )  # fmt: skip


def _of_reasons() -> tuple[Column, ...]:
    return (
        Column(_("Reason of the difference"), 110), Column(_("Item name")), Column(_("Unit of measure"), 60, "centre"),
        Column(_("Surplus"), 60, "right"), Column(_("Shortage"), 60, "right"),
    )  # fmt: skip


def _of_moved() -> tuple[Column, ...]:
    return (
        Column(_("No."), 28, "centre"),
        Column(_("Item and lot"), 160),
        Column(_("Documents, and on which side of the count they stand")),
    )


def _of_all() -> tuple[Column, ...]:
    return (
        Column(_("No."), 26, "centre"), Column(_("Shelf"), 36, "centre"), Column(_("Item and specification")),
        Column(_("Lot and date"), 78), Column(_("Unit of measure"), 34, "centre"), Column(_("Book"), 42, "right"),
        Column(_("First count"), 40, "right"), Column(_("Quantity found"), 42, "right"), Column(_("Difference"), 38, "right"),
        Column(_("Counted at"), 60, "centre"),
    )  # fmt: skip
