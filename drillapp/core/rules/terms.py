"""When something that recurs must be done again: in a window of the calendar, or so many months after the last time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from drillapp.core.dates import earliest_begin, months_after, months_before
from drillapp.core.law import Rule

_DAY = timedelta(days=1)


class Term(NamedTuple):
    """How often: the months in which windows of the calendar begin, or the months from one time to the next."""

    begins: tuple[int, ...]
    months: int

    @classmethod
    def of(cls, rule: Rule) -> Term:
        """The term of a rule."""
        return cls(rule.begins, rule.months)


@lru_cache(20_000)
def window_of(term: Term, day: date) -> tuple[date, date]:
    """The first and the last day of the window of the calendar that a day is in."""
    begin = max(begin for begin in _begins(term, day.year - 1, day.year) if begin <= day)
    return begin, min(next_one for next_one in _begins(term, day.year, day.year + 1) if next_one > day) - _DAY


def _begins(term: Term, first: int, last: int) -> Iterator[date]:
    return (date(year, month, 1) for year in range(first, last + 1) for month in term.begins)


def windows_ending_in(term: Term, year: int) -> list[tuple[date, date]]:
    """The windows of the calendar whose last day is in a year."""
    found = [window_of(term, begin) for begin in _begins(term, year - 1, year)]
    return [window for window in found if window[1].year == year]


@lru_cache(100_000)
def due_after(term: Term, done: date | None, begin: date | None) -> date | None:
    """The last day by which it must be done, by the day it was last done and the day from which it is asked.

    Of a window it is asked only when it was so on the window's first day: whoever comes later has until the next.
    """
    days = [day for day in (done, begin and (begin - _DAY if term.begins else begin)) if day is not None]
    if not days:
        return None
    if not term.begins:
        return months_after(max(days), term.months)
    return window_of(term, window_of(term, max(days))[1] + _DAY)[1]


class Limits(NamedTuple):
    """The days that tell the state of something that recurs as of a day."""

    met_from: date
    """Done on this day or later: met."""
    open_from: date
    """Done on this day or later: not late, its window is still open."""
    new_from: date
    """Asked from this day or later: not late, the time never ran out yet."""


def limits(term: Term, as_of: date) -> Limits:
    """The limits as of a day."""
    if not term.begins:
        first = earliest_begin(as_of, term.months)
        return Limits(first, first, first)
    begin, _end = window_of(term, as_of)
    before, _end = window_of(term, begin - _DAY)
    return Limits(begin, before, before + _DAY)


def due_by(term: Term, last: date) -> date:
    """The latest day of having done it after which it must be done again by a day; a few days too late for months."""
    if not term.begins:
        return months_before(last, term.months) + timedelta(days=3)
    begin, end = window_of(term, last)
    return (begin if end <= last else window_of(term, begin - _DAY)[0]) - _DAY
