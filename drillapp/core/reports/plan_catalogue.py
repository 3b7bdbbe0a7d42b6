"""The catalogue of plans: how many of which tier and kind, then each with its version, state and filing, by groups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.list_report import ACROSS
from drillapp.core.reports.page import MM, Document, Rendered
from drillapp.core.reports.signature import long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, Style
from drillapp.core.reports.together import Together

_SIZE = 9.5


class CatalogueLine(msgspec.Struct, frozen=True):
    """A plan; enumerations as words."""

    number: str
    title: str
    unit: str
    kind: str
    """Tier and kind."""
    version: str
    state: str
    published_on: date | None = None
    filed_on: date | None = None
    filing_number: str = ""


class CatalogueGroup(msgspec.Struct, frozen=True):
    """The plans of one territory or sector."""

    name: str
    plans: tuple[CatalogueLine, ...]


class Matrix(msgspec.Struct, frozen=True):
    """How many plans there are of each tier and kind."""

    kinds: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    """A tier and the counts of its kinds."""


class PlanCatalogue(msgspec.Struct, frozen=True):
    """What the paper says."""

    office: str
    title: str
    as_of: date
    count: int
    matrix: Matrix
    groups: Iterable[CatalogueGroup]
    note: str = ""


def render_plan_catalogue(
    data: PlanCatalogue,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the catalogue; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    document = Document(
        data.title, author=data.office, fonts=fonts, paper=ACROSS, numbering="of", progress=progress
    )
    styles = Styles(fonts)
    facts = (
        _("{count} plans in all").format(count=data.count),
        _("As of {day}").format(day=long_date(data.as_of)),
    )
    document.add(Title(data.title, styles.title), Paragraph("　".join(facts), styles.subtitle))
    if data.note:
        document.add(Paragraph(data.note, styles.note))
    document.add(_matrix(data.matrix, fonts))
    heading = Style(fonts.sans, 12, 20, align="left", before=5 * MM, after=1.5 * MM)
    for group in data.groups:
        name = _("{group} ({count})").format(group=group.name, count=len(group.plans))
        document.add(Together(Paragraph(name, heading), _table(group, fonts)))
    return document.close(target)


def _matrix(matrix: Matrix, fonts: Fonts) -> Table:
    columns = [Column(_("Tier"), 90, "centre")]
    columns += [Column(kind, align="centre") for kind in (*matrix.kinds, _("Together"))]
    rows = [(tier, *_counts(counts)) for tier, counts in matrix.rows]
    sums = [sum(column) for column in zip(*(counts for _tier, counts in matrix.rows), strict=True)]
    rows.append((_("Together"), *_counts(sums)))
    return Table(columns, rows, table_look(fonts, 10.5))


def _counts(counts: Iterable[int]) -> list[str]:
    found = list(counts)
    return [str(count) if count else "—" for count in (*found, sum(found))]


def _table(group: CatalogueGroup, fonts: Fonts) -> Table:
    columns = (
        Column(_("#"), 32, "centre"), Column(_("Plan number"), 114), Column(_("Plan title")), Column(_("Made by"), 106),
        Column(_("Tier and kind"), 74, "centre"), Column(_("Version"), 48, "centre"), Column(_("State"), 50, "centre"),
        Column(_("Published on"), 62, "centre"), Column(_("Filing"), 122, "centre"),
    )  # fmt: skip
    rows = [_row(place, plan) for place, plan in enumerate(group.plans, 1)]
    return Table(columns, rows, table_look(fonts, _SIZE))


def _row(place: int, plan: CatalogueLine) -> tuple[str, ...]:
    published = plan.published_on.isoformat() if plan.published_on else ""
    filed = (plan.filed_on.isoformat() if plan.filed_on else "", plan.filing_number)
    return (
        str(place), plan.number, plan.title, plan.unit, plan.kind, plan.version, plan.state, published,
        "\n".join(filter(None, filed)),
    )  # fmt: skip
