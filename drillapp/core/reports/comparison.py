"""Two days of a unit and those right below it side by side: figures, charts, what moved and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.formula import formula
from drillapp.core.reports.charts.drawn import Drawn
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Block, Document, Rendered
from drillapp.core.reports.readiness_charts import (
    Group,
    Placed,
    indicator_pairs,
    pairs,
    score_pairs,
)
from drillapp.core.reports.readiness_words import (
    change_words,
    confidence_words,
    coverage_words,
    grade_words,
    moved_words,
    score_words,
)
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences
from drillapp.core.reports.together import Together

_SMALL = 10.5
_MOVED = 9.5


class MovedLine(msgspec.Struct, frozen=True):
    """Duties that moved by one cause, in words."""

    cause: str
    indicator: str
    rule: str
    count: int
    points: str
    """With their sign."""
    gain: str
    """The same for sentences."""
    examples: tuple[str, ...]
    """The first of them."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """All that the paper says."""

    office: str
    unit: str
    before_on: date
    after_on: date
    version: str
    whole: Placed
    below: tuple[Group, ...] = ()
    moved: tuple[MovedLine, ...] = ()
    """What moved the score most first."""
    more: int = 0
    """So many more causes moved it by less and are not listed."""
    more_points: str = ""
    """What those come to together."""
    sum_words: str = ""
    """That all points add up to the change."""


def render_comparison(
    data: Comparison,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the paper; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    title = _("{unit}:\nreadiness on two days compared").format(unit=data.unit)
    document = Document(sentences(*title.splitlines()), author=data.office, fonts=fonts, progress=progress)
    styles = Styles(fonts)
    document.space(LEADING)
    days = _("{before} and {after}").format(before=long_date(data.before_on), after=long_date(data.after_on))
    document.add(Title(title, styles.title), Paragraph(days, styles.subtitle))
    document.add(styles.heading(1, 1, _("In short")), styles.text(in_short(data)))
    _add_figures(document, data, styles)
    number = 3
    if data.below:
        _add_below(document, data, styles, number)
        number += 1
    _add_moved(document, data, styles, number)
    document.add(Signature(data.office, data.after_on, (_("Prepared by"), _("Reviewed by")), fonts))
    return document.close(target)


def in_short(data: Comparison) -> str:
    """How the score moved, and what moved it most, in sentences."""
    now, before = data.whole.now, data.whole.before
    text = _(
        "From {before} to {after} the readiness of {unit} went from {from_score} to {to_score}: {change}."
    )
    first = text.format(
        before=long_date(data.before_on), after=long_date(data.after_on), unit=data.unit,
        from_score=score_words(before.score if before else None), to_score=score_words(now.score),
        change=moved_words(now.score, before.score if before else None),
    )  # fmt: skip
    is_same = before is not None and before.grade == now.grade
    text = _("The grade is still {after}.") if is_same else _("The grade was {before} and is {after}.")
    grades = text.format(before=grade_words(before.grade if before else None), after=grade_words(now.grade))
    up = next((line for line in data.moved if line.points.startswith("+")), None)
    down = next((line for line in data.moved if line.points.startswith("−")), None)
    words = _("{rule}: {cause} {count}, {points}")
    most = [
        words.format(points=line.gain, rule=line.rule, cause=line.cause, count=line.count)
        for line in (up, down)
        if line is not None
    ]
    return sentences(
        first, grades, _("What moved it most: {what}.").format(what=_("; ").join(most)) if most else ""
    )


def _add_figures(document: Document, data: Comparison, styles: Styles) -> None:
    heading = styles.heading(1, 2, _("Figures side by side"))
    table = Table(_figure_columns(data), _figure_rows(data), table_look(styles.fonts, _SMALL))
    document.add(Together(heading, table))
    document.space(LEADING / 3)
    used = formula(data.version)
    chart = pairs(indicator_pairs(data.whole, used), data.before_on, data.after_on)
    document.add(Drawn(chart, styles.fonts))
    document.space(LEADING / 3)


def _figure_columns(data: Comparison) -> tuple[Column, ...]:
    return (
        Column(""), Column(data.before_on.isoformat(), 118, "right"), Column(data.after_on.isoformat(), 118, "right"),
        Column(_("Up or down"), 60, "right"),
    )  # fmt: skip


def _figure_rows(data: Comparison) -> list[tuple[str, ...]]:
    now, before = data.whole.now, data.whole.before
    used = formula(data.version)
    rows: list[tuple[str, ...]] = [
        (
            _("Score"), score_words(before.score if before else None), score_words(now.score),
            change_words(now.score, before.score if before else None),
        ),
        (_("Grade"), grade_words(before.grade if before else None), grade_words(now.grade), ""),
        (
            _("Confidence"), confidence_words(before.confidence if before else None, used),
            confidence_words(now.confidence, used), "",
        ),
        (_("Units of which anything is known"), coverage_words(before) if before else "—", coverage_words(now), ""),
    ]  # fmt: skip
    for one in used.indicator:
        values = [row.indicators.get(one.name) if row else None for row in (before, now)]
        shares = [None if value is None or value.value is None else 100 * value.value for value in values]
        words = [
            "—" if value is None else _("{value} ({met}/{known})").format(
                value=score_words(share), met=f"{value.met:,}", known=f"{value.known:,}"
            )
            for value, share in zip(values, shares, strict=True)
        ]  # fmt: skip
        rows.append((one.title, *words, change_words(shares[1], shares[0])))
    return rows


def _add_below(document: Document, data: Comparison, styles: Styles, number: int) -> None:
    heads: list[Block] = [styles.heading(1, number, _("Units right below"))]
    for serial, group in enumerate(data.below, 1):
        heading = _("{kind} ({count})").format(kind=group.kind, count=len(group.units))
        heads.append(styles.heading(2, serial, heading))
        chart = pairs(score_pairs(group.units), data.before_on, data.after_on)
        document.add(Together(*heads, Drawn(chart, styles.fonts)))
        document.space(LEADING / 3)
        document.add(Table(_unit_columns(), _unit_rows(group.units), table_look(styles.fonts, _SMALL)))
        document.space(LEADING / 3)
        heads = []


def _unit_columns() -> tuple[Column, ...]:
    return (
        Column(_("Unit")), Column(_("Score before"), 56, "right"), Column(_("Score after"), 56, "right"),
        Column(_("Up or down"), 46, "right"), Column(_("Grade before"), 52, "centre"), Column(_("Grade after"), 52, "centre"),
        Column(_("Reported"), 58, "right"),
    )  # fmt: skip


def _unit_rows(units: Sequence[Placed]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for one in units:
        before = one.before
        rows.append((
            one.now.unit_name, score_words(before.score if before else None), score_words(one.now.score),
            change_words(one.now.score, before.score if before else None), (before.grade if before else None) or "—",
            one.now.grade or "—", coverage_words(one.now),
        ))  # fmt: skip
    return rows


def _add_moved(document: Document, data: Comparison, styles: Styles, number: int) -> None:
    heading = styles.heading(1, number, _("What moved, and why"))
    if not data.moved:
        document.add(heading, styles.text(_("Nothing that is asked changed its state between the two days.")))
        return
    document.add(Together(heading, moved_table(data.moved, styles)))
    if data.more:
        text = _("{count} more causes, together {points}, are not listed here.")
        document.add(Paragraph(text.format(count=data.more, points=data.more_points), styles.note))
    if data.sum_words:
        document.add(Paragraph(data.sum_words, styles.note))


def moved_table(moved: Sequence[MovedLine], styles: Styles) -> Table:
    """What moved the score, by how much, with the first records of each."""
    columns = (
        Column(_("Points"), 42, "right"), Column(_("What moved"), 56, "centre"), Column(_("Rule"), 150),
        Column(_("Number of duties"), 46, "right"), Column(_("The first of them")),
    )  # fmt: skip
    rows = [
        (
            line.points,
            line.cause,
            _("{indicator}: {rule}").format(indicator=line.indicator, rule=line.rule),
            f"{line.count:,}",
            "\n".join(line.examples),
        )
        for line in moved
    ]
    return Table(columns, rows, table_look(styles.fonts, _MOVED))
