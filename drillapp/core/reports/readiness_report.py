"""How ready a unit is and why: score, the arithmetic behind it, trend, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.charts import trend
from drillapp.core.charts.heat_map import Cell, HeatMap, HeatRow
from drillapp.core.charts.radar import Radar, Side
from drillapp.core.charts.ranking import Bar
from drillapp.core.charts.ranking import Ranking as Bars
from drillapp.core.charts.trend import Trend
from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.charts.beside import Beside
from drillapp.core.reports.charts.drawn import Drawn
from drillapp.core.reports.charts.series import Series, figure, share
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Block, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences, text_width
from drillapp.core.reports.together import Together

RADAR = 172.0  # points high, so that its axes stay legible in half the width
TREND = 150.0
_ROW = 23.0
"""Height of a unit in the ranking, in pixels of the chart: many units are to be on a page."""

BESIDE = 40.0  # points that the longest name may take for bars and radar to stand beside each other


class Gap(msgspec.Struct, frozen=True):
    """One thing that is missing or late."""

    unit: str
    text: str
    due_on: date | None = None
    """By when it was due; None where it must always be so."""


class Lacking(msgspec.Struct, frozen=True):
    """What one rule asks and is not there."""

    asked: str
    article: str
    count: int
    gaps: tuple[Gap, ...]
    """As many of them as are listed."""


class IndicatorScore(msgspec.Struct, frozen=True):
    """One indicator of the unit; the value is 0 to 100, None when nothing is asked of the unit."""

    name: str
    value: float | None
    weight: float
    met: float
    asked: float
    rule: str = ""
    """What is asked, in a sentence."""
    lacking: tuple[Lacking, ...] = ()


class Standing(msgspec.Struct, frozen=True):
    """The place of the unit among those of its kind under the same superior."""

    place: int
    of: int
    kind: str


class Ranking(msgspec.Struct, frozen=True):
    """Units of one kind, the best first: the score, then one value an indicator."""

    kind: str
    units: tuple[Series, ...]


class UnitReadinessReport(msgspec.Struct, frozen=True):
    """All that the paper says; names as words."""

    office: str
    as_of: date
    unit: str
    score: float | None
    grade: str
    indicators: tuple[IndicatorScore, ...]
    peers: Series | None = None
    """The average of comparable units, one value an indicator."""
    standing: Standing | None = None
    trend: tuple[tuple[date, float | None], ...] = ()
    """The score at month ends, the oldest first."""
    below: tuple[Ranking, ...] = ()
    """Units under this one, those of a kind together."""


def render_readiness_report(
    data: UnitReadinessReport,
    target: str | Path | BinaryIO,
    progress: Progress = SILENT,
    *,
    fonts: Fonts | None = None,
) -> Rendered:
    """Write the report; characters that no font has are named in what comes back."""
    fonts = fonts or bundled()
    title = _("{unit}: emergency readiness report").format(unit=data.unit)
    document = Document(title, author=data.office, fonts=fonts, progress=progress)
    styles = Styles(fonts)
    document.space(LEADING)
    document.add(
        Title(title, styles.title),
        Paragraph(_("As of {day}").format(day=long_date(data.as_of)), styles.subtitle),
    )
    number = 1
    for add in (_add_conclusion, _add_indicators, _add_trend, _add_below):
        number += add(document, data, styles, number)
    signature = Signature(data.office, data.as_of, (_("Prepared by"), _("Reviewed by")), fonts)
    _add_gaps(document, data, styles, number, signature.height(document.paper.text_width))
    document.add(signature)
    return document.close(target)


def _add_conclusion(document: Document, data: UnitReadinessReport, styles: Styles, number: int) -> int:
    document.add(styles.heading(1, number, _("Conclusion")), styles.text(conclusion(data)))
    return 1


def conclusion(data: UnitReadinessReport) -> str:
    """Score, grade, change and the indicators that stand out, in sentences."""
    if data.score is None:
        return _("Nothing is asked of {unit} yet, so it has no score.").format(unit=data.unit)
    text = _("By {day} the readiness of {unit} is {score} of 100, grade: {grade}.").format(
        day=long_date(data.as_of), unit=data.unit, score=f"{data.score:.1f}", grade=data.grade
    )
    return sentences(text, _place(data), _change(data), _extremes(data))


def _place(data: UnitReadinessReport) -> str:
    if data.standing is None:
        return ""
    return _("Among {of} units of its kind ({kind}) it takes place {place}.").format(
        of=data.standing.of, kind=data.standing.kind, place=data.standing.place
    )


def _change(data: UnitReadinessReport) -> str:
    earlier = [(day, score) for day, score in data.trend if score is not None and day < data.as_of]
    if not earlier or data.score is None:
        return ""
    day, score = earlier[0]
    difference = f"{abs(data.score - score):.1f}"
    if difference == "0.0":
        return _("It is the same as at {day}.").format(day=long_date(day))
    if data.score > score:
        return _("Since {day} it has risen by {points} points.").format(day=long_date(day), points=difference)
    return _("Since {day} it has fallen by {points} points.").format(day=long_date(day), points=difference)


def _extremes(data: UnitReadinessReport) -> str:
    scored = [(each.value, each.name) for each in data.indicators if each.value is not None]
    if len(scored) < 2:
        return ""
    best, worst = max(scored, key=lambda each: each[0]), min(scored, key=lambda each: each[0])
    if best[0] == worst[0]:
        return ""
    return _("Strongest is {best} ({best_value}), weakest {worst} ({worst_value}).").format(
        best=best[1], best_value=figure(best[0]), worst=worst[1], worst_value=figure(worst[0])
    )


def _add_indicators(document: Document, data: UnitReadinessReport, styles: Styles, number: int) -> int:
    document.add(styles.heading(1, number, _("Indicators and arithmetic")))
    document.space(LEADING / 4)
    columns = (
        Column(_("Indicator")), Column(_("What is asked")), Column(_("Met"), 46, "right"), Column(_("Asked"), 46, "right"),
        Column(_("Value"), 46, "right"), Column(_("Weight"), 46, "right"),
    )  # fmt: skip
    rows = [
        (each.name, each.rule, figure(each.met), figure(each.asked), figure(each.value), figure(each.weight))
        for each in data.indicators
    ]
    document.add(Table(columns, rows, table_look(styles.fonts)))
    document.add(Paragraph(arithmetic(data), styles.note))
    document.add(*charts(data, styles.fonts))
    document.space(LEADING / 3)
    return 1


def charts(data: UnitReadinessReport, fonts: Fonts) -> list[Block]:
    """Bars, and from three indicators on a radar beside them, or below where the names are long."""
    bars = Drawn(
        Bars([Bar(each.name, each.name, share(each.value), is_asked=False) for each in data.indicators]),
        fonts,
    )
    if len(data.indicators) < 3:
        return [bars]
    peers = data.peers.values if data.peers else (None,) * len(data.indicators)
    sides = [
        Side(each.name, each.name, share(each.value), share(peer), is_asked=False)
        for each, peer in zip(data.indicators, peers, strict=True)
    ]
    words = data.peers.name if data.peers else ""
    radar = Drawn(Radar(sides, now_words=_("This unit"), earlier_words=words), fonts, RADAR)
    longest = max(text_width(each.name, fonts.sans, 9) for each in data.indicators)
    return [Beside(bars, radar, 0.5)] if longest <= BESIDE else [bars, radar]


def arithmetic(data: UnitReadinessReport) -> str:
    """How the score comes from the indicators, written out."""
    counted = [each for each in data.indicators if each.value is not None]
    if data.score is None or not counted:
        return _("No indicator applies, so there is nothing to add up.")
    terms = " + ".join(f"{figure(each.value)} × {figure(each.weight)}" for each in counted)
    total = figure(sum(each.weight for each in counted))
    text = _("Value = met ÷ asked × 100. Score = ({terms}) ÷ {total} = {score}.").format(
        terms=terms, total=total, score=f"{data.score:.1f}"
    )
    if len(counted) == len(data.indicators):
        return text
    return sentences(text, _("Indicators under which nothing is asked are not counted."))


def _add_trend(document: Document, data: UnitReadinessReport, styles: Styles, number: int) -> int:
    if len(data.trend) < 2:
        return 0
    text = _("Trend of {months} months").format(months=len(data.trend))
    score = trend.Series(_("Score"), tuple(share(score) for _day, score in data.trend))
    chart = Drawn(Trend([day for day, _score in data.trend], [score]), styles.fonts, TREND)
    document.add(Together(styles.heading(1, number, text), chart))
    document.space(LEADING / 3)
    return 1


def _add_below(document: Document, data: UnitReadinessReport, styles: Styles, number: int) -> int:
    if not data.below:
        return 0
    labels = [_("Score"), *(each.name for each in data.indicators)]
    heads: list[Block] = [styles.heading(1, number, _("Ranking of the units below"))]
    for serial, ranking in enumerate(data.below, 1):
        heading = _("{kind} ({count})").format(kind=ranking.kind, count=len(ranking.units))
        heads.append(styles.heading(2, serial, heading))
        document.add(Together(*heads, Drawn(_heat_map(labels, ranking.units), styles.fonts)))
        heads = []
    return 1


def _heat_map(labels: Sequence[str], units: Sequence[Series]) -> HeatMap:
    rows = [
        HeatRow(
            unit.name, unit.name, tuple(Cell(share(value), is_asked=False) for value in unit.values), mark
        )
        for unit, mark in zip(units, places(units), strict=True)
    ]
    return HeatMap(labels, rows, exact={0}, has_marks=True, row=_ROW)


def places(units: Sequence[Series]) -> list[str]:
    """The place of each, the best first: the same for the same score, a dash without a score."""
    first: dict[float, int] = {}
    scores = [unit.values[0] for unit in units]
    return [
        "—" if score is None else str(first.setdefault(score, place)) for place, score in enumerate(scores, 1)
    ]


def _add_gaps(
    document: Document, data: UnitReadinessReport, styles: Styles, number: int, keep: float
) -> None:
    """The last section; its end stays with the signature that takes the points below it."""
    heads: list[Block] = [styles.heading(1, number, _("What is missing"))]
    lacking = [each for each in data.indicators if each.lacking]
    if not lacking:
        text = styles.text(_("Nothing that is asked is missing."), keep_with_next=keep)
        document.add(Together(*heads, text))
    for place, each in enumerate(lacking, 1):
        count = sum(rule.count for rule in each.lacking)
        heading = _("{indicator}: {count} missing").format(indicator=each.name, count=count)
        heads.append(styles.heading(2, place, heading))
        for serial, rule in enumerate(each.lacking, 1):
            is_last = place == len(lacking) and serial == len(each.lacking)
            heading = _("{asked}: {count} missing").format(asked=rule.asked, count=rule.count)
            heads.append(styles.heading(3, serial, heading))
            _add_lacking(document, data, styles, rule, heads, keep if is_last else 0.0)
            heads = []


def _add_lacking(
    document: Document,
    data: UnitReadinessReport,
    styles: Styles,
    rule: Lacking,
    heads: list[Block],
    keep: float,
) -> None:
    """One rule under the headings that stand before it: by which article, and its gaps."""
    rest = rule.count - len(rule.gaps)
    columns, rows = gap_table(rule.gaps, data.unit)
    below = styles.note.leading if rest else keep
    table = Table(columns, rows, table_look(styles.fonts, 10.5), keep_with_next=below)
    basis = Paragraph(_("By: {article}").format(article=rule.article), styles.basis)
    document.add(Together(*heads, basis, table))
    if rest:
        text = _("{count} more are not listed here; the list of obligations has them all.").format(count=rest)
        document.add(Paragraph(text, styles.note, keep_with_next=keep))
    if not keep:  # the signature brings its own space
        document.space(LEADING / 3)


def gap_table(gaps: Sequence[Gap], unit: str) -> tuple[list[Column], list[list[str]]]:
    """Columns and rows; neither units where all is the unit's own, nor days where none is set."""
    columns = [Column(_("#"), 32, "centre")]
    rows = [[str(serial)] for serial in range(1, len(gaps) + 1)]
    parts = [(Column(_("Missing or to be put right")), [gap.text for gap in gaps])]
    if any(gap.unit != unit for gap in gaps):
        parts.insert(0, (Column(_("Unit"), 148), [gap.unit for gap in gaps]))
    if any(gap.due_on for gap in gaps):
        days = [gap.due_on.isoformat() if gap.due_on else "—" for gap in gaps]
        parts.append((Column(_("Was due on"), 66, "centre"), days))
    for column, texts in parts:
        columns.append(column)
        for row, text in zip(rows, texts, strict=True):
            row.append(text)
    return columns, rows
