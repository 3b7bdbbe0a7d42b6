"""When the drills of a year are held: each in its period, near its hook, in order, evenly over the months."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Protocol

from drillapp.core.drills.programme.hooks import Span, hook_of

RANKS = {"single": 0, "comprehensive": 1}, {"tabletop": 0, "live": 1}
"""Single before comprehensive, tabletop before live (演练指南：先单项后综合、先桌面后实战)."""
_CROWDED = 2.0
"""A hook draws no more drills into a month than so many times what an even month has."""


class Placed(Protocol):
    """A drill that needs a day."""

    @property
    def unit_id(self) -> int: ...
    @property
    def span(self) -> Span: ...
    @property
    def hazard(self) -> str | None: ...
    @property
    def content(self) -> str | None: ...
    @property
    def form(self) -> str | None: ...


def rank(content: str | None, form: str | None) -> tuple[int, int]:
    """The place of a drill among those that may be held in the same period."""
    return RANKS[0].get(content or "", 0), RANKS[1].get(form or "", 0)


class Days:
    """The working days of a year and how many drills each month has."""

    def __init__(self, year: int, is_working: Callable[[date], bool], total: int) -> None:
        self.year = year
        self._working = [day for day in Span(date(year, 1, 1), date(year, 12, 31)).days if is_working(day)]
        self.load = Counter[int]()
        self._most = _CROWDED * total / 12 + 1
        self._ranges: dict[Span, list[tuple[int, float, list[date]]]] = {}
        self._turns = Counter[tuple[int, date]]()

    def take(self, span: Span) -> date:
        """A working day of the month that has the fewest drills so far; of equals, the one nearest the middle."""
        months = self._months(span)
        load = self.load
        month, _far, days = (
            min(months, key=lambda one: (load[one[0]], one[1])) if len(months) > 1 else months[0]
        )
        load[month] += 1
        turn = month, days[0]
        place = self._turns[turn]
        self._turns[turn] = place + 1
        # From the middle of the month's days on, so that one drill alone is not on its first.
        return days[(len(days) // 2 + place) % len(days)]

    def has_room(self, span: Span) -> bool:
        """Whether a hook may draw another drill there."""
        return any(self.load[month] < self._most for month, _far, _days in self._months(span))

    def are_in(self, span: Span) -> bool:
        """Whether a span has any working day."""
        return bisect_left(self._working, span.first) < bisect_right(self._working, span.last)

    def _months(self, span: Span) -> list[tuple[int, float, list[date]]]:
        """The months of a span: each with its distance from the middle, and its days, working ones if it has any."""
        if span not in self._ranges:
            working = self._working
            days = working[bisect_left(working, span.first) : bisect_right(working, span.last)] or [span.last]
            middle = (span.first.month + span.last.month) / 2
            self._ranges[span] = [
                (month, abs(month - middle), list(group))
                for month, group in groupby(days, key=lambda day: day.month)
            ]
        return self._ranges[span]


def spread(drills: Sequence[Placed], days: Days) -> list[date]:
    """A day for each drill, in its span; of a unit's drills with one span the lower ranked are never the later."""
    found = [date.min] * len(drills)
    for group in _together(drills):
        last = drills[group[-1]].span.last
        for place in range(len(group) - 1, -1, -1):
            drill = drills[group[place]]
            last = days.take(_span_for(drill, place, len(group), last, days))
            found[group[place]] = last
    return found


def _together(drills: Sequence[Placed]) -> Iterable[list[int]]:
    """The places of drills of one unit that may be held on the same days, in the order of their ranks."""
    groups: dict[tuple[int, Span], list[int]] = {}
    for place, drill in enumerate(drills):
        groups.setdefault((drill.unit_id, drill.span), []).append(place)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda place: rank(drills[place].content, drills[place].form))
        yield group


def _span_for(drill: Placed, place: int, count: int, last: date, days: Days) -> Span:
    """Where a drill is best held: near its hook, or in its share of the span; not after those ranked higher.

    Where that is a weekend, all of the span up to those may have a working day.
    """
    span = drill.span
    best = _share(span, place, count, last)
    near = _near_hook(drill.hazard, span.first, last, days.year) if drill.hazard else None
    if near is not None and days.has_room(near):
        best = near
    return best if days.are_in(best) else Span(span.first, last)


@lru_cache(maxsize=4096)
def _near_hook(hazard: str, first: date, last: date, year: int) -> Span | None:
    hook = hook_of(hazard)
    return hook.preferred(year).within(Span(first, last)) if hook is not None else None


@lru_cache(maxsize=4096)
def _share(span: Span, place: int, count: int, last: date) -> Span:
    """One of equal parts of a span, up to a last day; the span up to that where the part lies behind it."""
    length = (span.last - span.first).days + 1
    begin = length * place // count
    end = max(length * (place + 1) // count - 1, begin)
    part = Span(span.first + timedelta(days=begin), span.first + timedelta(days=end))
    whole = Span(span.first, last)
    return part.within(whole) or whole
