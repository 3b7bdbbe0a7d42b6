"""Readiness of units as the charts of papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from drillapp.core.charts.heat_map import Cell, HeatMap, HeatRow
from drillapp.core.charts.pairs import Pair, Pairs
from drillapp.core.charts.ranking import Bar, Ranking, Step
from drillapp.core.charts.tiles import Tile, Tiles
from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.readiness.formula import Formula, Value
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.reports.charts.series import share
from drillapp.core.reports.readiness_words import capital, coverage_words, floor_titles, grade_words

ROW = 23.0
"""Height of a row in pixels of a chart: many units are to be on a page."""


class Placed(NamedTuple):
    """A unit on the day of the paper, and on the day that it is compared with."""

    now: UnitReadiness
    before: UnitReadiness | None = None

    @property
    def change(self) -> float | None:
        """Points that the score rose or fell; None where it had none on one of both days."""
        if self.before is None or self.before.score is None or self.now.score is None:
            return None
        return round(self.now.score - self.before.score, 1)


class Group(NamedTuple):
    """Units of one kind, the best first."""

    kind: str
    """In words."""
    units: tuple[Placed, ...]


def grouped(units: Iterable[Placed]) -> tuple[Group, ...]:
    """Like is ranked among like, those without a score last; the kind with the most units first."""
    kinds: dict[str, list[Placed]] = {}
    for unit in sorted(
        units, key=lambda unit: (unit.now.score is None, -(unit.now.score or 0), unit.now.unit)
    ):
        kinds.setdefault(unit.now.kind, []).append(unit)
    largest_first = sorted(kinds, key=lambda kind: (-len(kinds[kind]), kind))
    return tuple(Group(capital(label("unit_kind", kind)), tuple(kinds[kind])) for kind in largest_first)


def known_share(value: Value) -> float:
    """The share that is known of what is asked, 0 to 1; 1 where nothing is asked."""
    return value.known / value.asked if value.asked else 1.0


def ranking(units: Sequence[Placed], used: Formula, earlier_on: date | None = None) -> Ranking:
    """Units by their score, in the order given, with that of the earlier day."""
    bars = [
        Bar(
            one.now.unit, one.now.unit_name, share(one.now.score), one.now.grade or "", one.now.grade or "",
            share(one.before.score) if one.before else None, bool(one.now.units), _sure(one.now),
            _capped(one.now, used), coverage_words(one.now) if one.now.units > 1 else "",
        )
        for one in units
    ]  # fmt: skip
    steps = [Step(one.code, one.lowest / 100) for one in used.grade]
    made = Ranking(bars, steps, earlier_words=earlier_on.isoformat() if earlier_on else "")
    made.row = made.lowest = ROW
    return made


def tiles(units: Sequence[Placed], used: Formula, earlier_on: date | None = None) -> Tiles:
    """Units in their rough place on the map."""
    made = [
        Tile(
            one.now.unit, one.now.unit, one.now.unit_name, share(one.now.score), one.now.grade or "",
            grade_words(one.now.grade), share(one.before.score) if one.before else None, bool(one.now.units),
            _sure(one.now), _capped(one.now, used), coverage_words(one.now) if one.now.units > 1 else "",
        )
        for one in units
    ]  # fmt: skip
    grades = [one.code for one in used.grade]
    return Tiles(made, grades=grades, earlier_words=earlier_on.isoformat() if earlier_on else "")


def heat_map(units: Sequence[Placed], used: Formula, marks: Sequence[str] = ()) -> HeatMap:
    """The score of units and each of their indicators; `marks` are their places."""
    columns = [_("Score"), *(one.title for one in used.indicator)]
    rows = [
        HeatRow(one.now.unit, one.now.unit_name, _cells(one.now, used), marks[place] if marks else "")
        for place, one in enumerate(units)
    ]
    return HeatMap(columns, rows, exact={0}, has_marks=bool(marks), row=ROW)


def pairs(rows: Sequence[Pair], before: date, after: date) -> Pairs:
    """Values of two days beside each other."""
    made = Pairs(rows, before_words=before.isoformat(), after_words=after.isoformat())
    made.row = made.lowest = ROW
    return made


def indicator_pairs(placed: Placed, used: Formula) -> list[Pair]:
    """Score and indicators of a unit on both days."""
    before, now = placed.before, placed.now
    score = Pair(
        "score", _("Score"), share(before.score) if before else None, share(now.score),
        was_asked=bool(before and before.units), is_asked=bool(now.units),
    )  # fmt: skip
    return [score, *(_indicator_pair(one.name, one.title, placed) for one in used.indicator)]


def score_pairs(units: Sequence[Placed]) -> list[Pair]:
    """The scores of units on both days."""
    return [
        Pair(
            one.now.unit, one.now.unit_name, share(one.before.score) if one.before else None, share(one.now.score),
            was_asked=bool(one.before and one.before.units), is_asked=bool(one.now.units),
        )
        for one in units
    ]  # fmt: skip


def places(scores: Sequence[float | None]) -> list[str]:
    """The place of each, the best first: the same for the same score, a dash without a score."""
    first: dict[float, int] = {}
    return [
        "—" if score is None else str(first.setdefault(score, place)) for place, score in enumerate(scores, 1)
    ]


def _indicator_pair(name: str, title: str, placed: Placed) -> Pair:
    before = placed.before.indicators.get(name) if placed.before else None
    now = placed.now.indicators.get(name)
    return Pair(
        name, title, before.value if before else None, now.value if now else None,
        was_asked=bool(before and before.asked), is_asked=bool(now and now.asked),
    )  # fmt: skip


def _cells(unit: UnitReadiness, used: Formula) -> tuple[Cell, ...]:
    values = (unit.indicators[one.name] for one in used.indicator)
    return (
        Cell(share(unit.score), bool(unit.units), _sure(unit)),
        *(Cell(one.value, bool(one.asked), known_share(one)) for one in values),
    )


def _sure(unit: UnitReadiness) -> float:
    return 1.0 if unit.confidence is None else unit.confidence


def _capped(unit: UnitReadiness, used: Formula) -> str:
    return _("; ").join(floor_titles(unit.broken, used))
