"""Readiness as the figures of charts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from drillapp.core.charts.radar import Radar, Side
from drillapp.core.charts.ranking import Bar, Ranking, Step
from drillapp.core.charts.tiles import Tile, Tiles
from drillapp.core.charts.trend import Series, Trend
from drillapp.core.i18n import _
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.rows import TrendPoint, UnitReadiness
from drillapp.ui.readiness.said import (
    capped_words,
    coverage_short,
    grade_words,
    known_share,
    share_of,
    value_words,
)
from drillapp.ui.readiness.shown import Shown

_ROW = 26.0
"""Height of a bar's row in pixels: fifteen sub-districts fit into a page of 768."""


def ranking(shown: Shown, units: Sequence[UnitReadiness]) -> Ranking:
    """Units by their score, with that of a quarter earlier; those without a score come last."""
    ranked = sorted(units, key=lambda unit: (unit.score is None, -(unit.score or 0), unit.unit))
    steps = [Step(grade.code, grade.lowest / 100) for grade in formula().grade]
    day = shown.overview.earlier_on.isoformat()
    bars = [_bar(shown, unit) for unit in ranked]
    made = Ranking(bars, steps, earlier_words=day, empty_words=_("No units below."))
    made.row = made.lowest = _ROW
    return made


def tiles(shown: Shown, units: Sequence[UnitReadiness]) -> Tiles:
    """Units as tiles of the map."""
    grades = [grade.code for grade in formula().grade]
    made = [
        Tile(
            unit, unit.unit, unit.unit_name, share_of(unit.score), unit.grade or "", grade_words(unit.grade),
            _earlier_share(shown, unit), bool(unit.units), _confidence(unit), capped_words(unit), coverage_short(unit),
        )
        for unit in units
    ]  # fmt: skip
    return Tiles(made, grades=grades, earlier_words=shown.overview.earlier_on.isoformat())


def radar(shown: Shown) -> Radar:
    """The indicators of the unit in front, now and a quarter earlier."""
    unit, before = shown.unit, shown.earlier(shown.unit)
    sides = []
    for one in formula().indicator:
        value = unit.indicators[one.name]
        earlier = before.indicators[one.name].value if before is not None else None
        side = Side(
            one.name,
            one.title,
            value.value,
            earlier,
            bool(value.asked),
            known_share(value),
            value_words(value),
        )
        sides.append(side)
    day = shown.overview.earlier_on.isoformat()
    return Radar(sides, now_words=shown.as_of.isoformat(), earlier_words=day)


def trend(points: Sequence[TrendPoint], indicators: Collection[str]) -> Trend:
    """The score month by month, and some of the indicators."""
    rows = [point.readiness for point in points]
    days: list[date] = [point.as_of for point in points]
    score = Series(
        _("Score"), tuple(share_of(row.score) for row in rows), tuple(_confidence(row) for row in rows)
    )
    lines = [
        Series(
            one.title,
            tuple(row.indicators[one.name].value for row in rows),
            tuple(known_share(row.indicators[one.name]) for row in rows),
            place,
        )
        for place, one in enumerate(formula().indicator)
        if one.name in indicators
    ]
    return Trend(days, [score, *lines])


def _bar(shown: Shown, unit: UnitReadiness) -> Bar:
    return Bar(
        unit, unit.unit_name, share_of(unit.score), unit.grade or "", grade_words(unit.grade),
        _earlier_share(shown, unit), bool(unit.units), _confidence(unit), capped_words(unit), coverage_short(unit),
    )  # fmt: skip


def _earlier_share(shown: Shown, unit: UnitReadiness) -> float | None:
    earlier = shown.earlier(unit)
    return share_of(earlier.score) if earlier is not None else None


def _confidence(unit: UnitReadiness) -> float:
    return 1.0 if unit.confidence is None else unit.confidence
