"""The fulfilment table: how far each unit has what it must have, its limiting item, and item by item what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.listing import View, keys, rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.list_report import ACROSS
from drillapp.core.reports.page import MM, Document, Rendered
from drillapp.core.reports.plan_source import scope_of
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.stock_words import number_words
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, Style
from drillapp.core.reports.together import Together
from drillapp.core.supplies.levels.listings import SCENARIOS
from drillapp.core.supplies.levels.requirements import (
    REQUIREMENTS,
    UNIT_FULFILMENT,
    RequirementRow,
    UnitFulfilmentRow,
)
from drillapp.core.supplies.levels.rows import ScenarioRow

_SIZE = 9.5
_ITEMS_A_TABLE = 8

Row = tuple[str, ...]


class FulfilmentPaper(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    as_of: date
    note: str
    units: tuple[Row, ...]
    items: tuple[str, ...]
    """Heads of the matrix: each item with its unit of measure."""
    matrix: tuple[tuple[str, Row], ...]
    """A unit, and for each item what is there of what is required, and what is missing."""
    scenarios: tuple[Row, ...]


def fulfilment_paper(office: Office, unit_code: str | None) -> FulfilmentPaper:
    """The levels of a unit and those below it, and its scenarios; raises NotFound for an unknown unit."""
    unit_id, name = scope_of(office, unit_code)
    in_order = (("unit_code", False), ("item", False), ("storehouse", False))
    view = View(unit_id=unit_id, sort=in_order)
    required: list[RequirementRow] = rows(office, REQUIREMENTS, keys(office, REQUIREMENTS, view))
    by_unit = View(unit_id=unit_id, sort=(("unit_code", False),))
    units: list[UnitFulfilmentRow] = rows(office, UNIT_FULFILMENT, keys(office, UNIT_FULFILMENT, by_unit))
    scenarios: list[ScenarioRow] = rows(office, SCENARIOS, keys(office, SCENARIOS, View(unit_id=unit_id)))
    short = sum(row.state == "short" for row in units)
    note = _("{units} units with levels, {short} of them short of something").format(
        units=f"{len(units):,}", short=f"{short:,}"
    )
    items = {row.item: _head(row) for row in sorted(required, key=lambda row: row.item)}
    return FulfilmentPaper(
        office.name, _("{unit}: what must be there and what is").format(unit=name), office.as_of, note,
        tuple(map(_unit_row, units)), tuple(items.values()), tuple(_matrix(required, tuple(items))),
        tuple(map(_scenario_row, scenarios)),
    )  # fmt: skip


def render_fulfilment(
    data: FulfilmentPaper,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the table; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(
        data.title, author=data.office, fonts=fonts, paper=ACROSS, numbering="of", progress=progress
    )
    styles = Styles(fonts)
    day = _("As of {day}").format(day=long_date(data.as_of))
    document.add(Title(data.title, styles.title), Paragraph(f"{data.note}　{day}", styles.subtitle))
    heading = Style(fonts.sans, 13, 21, align="left", before=3 * MM, after=1 * MM)
    look = table_look(fonts, _SIZE)
    if data.units:
        summary = Table(_unit_columns(), data.units, look)
        document.add(Together(Paragraph(_("By unit"), heading), summary))
    if data.scenarios:
        document.add(
            Together(Paragraph(_("By scenario"), heading), Table(_scenario_columns(), data.scenarios, look))
        )
    for columns, lines, words in _parts(data):
        document.add(Together(Paragraph(words, heading), Table(columns, lines, look)))
    if not data.units and not data.scenarios:
        document.add(Paragraph(_("No required levels and no scenarios were entered."), styles.body))
    else:
        document.add(Paragraph(_counted(), styles.note))
    return document.close(target)


def _counted() -> str:
    return _(
        "Counted is what is in date, not in quarantine and present in the unit's own storehouses; for scenarios also in"
        " those of the units below it. In the table by item: there / required, and below it what is missing."
    )


def _head(row: RequirementRow) -> str:
    return f"{row.item_name} ({row.unit_of_measure})" if row.unit_of_measure else row.item_name


def _matrix(required: Sequence[RequirementRow], items: Sequence[str]) -> Iterator[tuple[str, Row]]:
    lines: dict[tuple[str, str], dict[str, str]] = {}
    for row in sorted(required, key=lambda row: (row.unit_code, row.storehouse or "")):
        name = f"{row.unit_name} · {row.storehouse_name}" if row.storehouse_name else row.unit_name
        lines.setdefault((row.unit_code, name), {})[row.item] = _cell(row)
    for (_code, name), cells in lines.items():
        yield name, tuple(cells.get(item, "—") for item in items)


def _cell(row: RequirementRow) -> str:
    words = f"{number_words(row.available)}/{number_words(row.required)}"
    return (
        f"{words}\n{_('missing {quantity}').format(quantity=number_words(row.missing))}"
        if row.missing
        else words
    )


def _unit_row(row: UnitFulfilmentRow) -> Row:
    missing = f"{number_words(row.missing)} {row.unit_of_measure or ''}".strip() if row.missing else "—"
    return (
        row.unit_code, row.unit_name, f"{row.items:,}", f"{row.items - row.short:,}", f"{row.short:,}",
        f"{row.share:.1f}", row.limiting if row.missing else "—", missing,
    )  # fmt: skip


def _unit_columns() -> tuple[Column, ...]:
    return (
        Column(_("Unit code")), Column(_("Unit")), Column(_("Levels in all"), align="right"), Column(_("Met"), align="right"),
        Column(_("Items short"), align="right"), Column(_("Limiting item (%)"), align="right"),
        Column(_("Limiting item")), Column(_("Missing of it"), align="right"),
    )  # fmt: skip


def _scenario_row(row: ScenarioRow) -> Row:
    missing = f"{number_words(row.missing)} {row.unit_of_measure or ''}".strip() if row.missing else "—"
    return (
        row.name, row.unit_name, f"{row.people:,}", f"{row.hours:,}", _whole(row.people_served), _whole(row.hours_lasting),
        f"{row.short:,} / {row.items:,}", (row.limiting if row.missing else "") or "—", missing,
    )  # fmt: skip


def _whole(number: int | None) -> str:
    return "—" if number is None else f"{number:,}"


def _scenario_columns() -> tuple[Column, ...]:
    return (
        Column(_("Supply scenario")), Column(_("Unit")), Column(_("People to supply"), align="right"), Column(_("Hours"), align="right"),
        Column(_("Suffices for people"), align="right"), Column(_("Lasts for hours"), align="right"),
        Column(_("Items short / in all"), align="right"), Column(_("Limiting item")), Column(_("Missing of it"), align="right"),
    )  # fmt: skip


def _parts(data: FulfilmentPaper) -> Iterator[tuple[tuple[Column, ...], list[Row], str]]:
    """The matrix in tables of so many items as a sheet has room for; units that none of them is asked of are left out."""
    for first in range(0, len(data.items), _ITEMS_A_TABLE):
        last = min(first + _ITEMS_A_TABLE, len(data.items))
        columns = (Column(_("Unit")), *(Column(head, align="right") for head in data.items[first:last]))
        lines = [
            (name, *cells[first:last])
            for name, cells in data.matrix
            if any(cell != "—" for cell in cells[first:last])
        ]
        words = _("By item: {first} to {last} of {count}").format(
            first=first + 1, last=last, count=len(data.items)
        )
        yield columns, lines, words
