"""How ready a unit is and why: score, the arithmetic behind it, trend, and what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from drillapp.core.i18n import _
from drillapp.core.progress import SILENT, Progress
from drillapp.core.reports.charts.bars import Bars
from drillapp.core.reports.charts.heat import HeatMap
from drillapp.core.reports.charts.ink import Series, figure
from drillapp.core.reports.charts.radar import Radar
from drillapp.core.reports.charts.trend import Trend
from drillapp.core.reports.fonts import Fonts, bundled
from drillapp.core.reports.headings import Styles, Title
from drillapp.core.reports.page import LEADING, Document, Rendered
from drillapp.core.reports.signature import Signature, long_date
from drillapp.core.reports.table import Column, Table, table_look
from drillapp.core.reports.text import Paragraph, sentences


class IndicatorScore(msgspec.Struct, frozen=True):
    """One indicator of the unit; the value is 0 to 100, None when nothing is asked of the unit."""

    name: str
    value: float | None
    weight: float
    met: float
    asked: float
    rule: str = ""
    """What is asked, in a sentence."""
    gaps: tuple[str, ...] = ()
    """What is missing, one entry each."""


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
    trend: tuple[tuple[date, float | None], ...] = ()
    """The score at month ends, the oldest first."""
    below: tuple[Series, ...] = ()
    """Units under this one: the score, then one value an indicator."""


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
    return sentences(text, _change(data), _extremes(data))


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
    labels = [each.name for each in data.indicators]
    document.add(Bars([(each.name, each.value) for each in data.indicators], styles.fonts))
    if len(labels) > 2:
        own = Series(data.unit, tuple(each.value for each in data.indicators))
        series = (own, data.peers) if data.peers else (own,)
        document.space(LEADING / 2)
        document.add(Radar(labels, series, styles.fonts))
    return 1


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
    document.add(styles.heading(1, number, text))
    points = [(f"{day:%Y-%m}", score) for day, score in data.trend]
    document.add(Trend(points, styles.fonts))
    document.space(LEADING / 3)
    return 1


def _add_below(document: Document, data: UnitReadinessReport, styles: Styles, number: int) -> int:
    if not data.below:
        return 0
    document.add(styles.heading(1, number, _("Units below")))
    labels = [_("Score"), *(each.name for each in data.indicators)]
    document.add(HeatMap(labels, data.below, styles.fonts))
    document.add(Paragraph(_("The darker a cell, the further it is from 100."), styles.note))
    return 1


def _add_gaps(
    document: Document, data: UnitReadinessReport, styles: Styles, number: int, keep: float
) -> None:
    """The last section; its end stays with the signature that takes the points below it."""
    document.add(styles.heading(1, number, _("What is missing")))
    lacking = [each for each in data.indicators if each.gaps]
    if not lacking:
        document.add(styles.text(_("Nothing that is asked is missing."), keep_with_next=keep))
    columns = (Column(_("#"), 36, "centre"), Column(_("Missing or to be put right")))
    for place, each in enumerate(lacking, 1):
        heading = _("{indicator}: {count} missing").format(indicator=each.name, count=len(each.gaps))
        document.add(styles.heading(2, place, heading))
        rows = [(str(serial), gap) for serial, gap in enumerate(each.gaps, 1)]
        below = keep if place == len(lacking) else 0.0
        document.add(Table(columns, rows, table_look(styles.fonts), keep_with_next=below))
        document.space(LEADING / 3)
