"""Terms in working days: the office's own table first, then the announced calendar, then the law's fixed days."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, select

from drillapp.core.office import Office
from drillapp.core.resources import load_toml
from drillapp.core.workdays.model import SpecialDay

_ONE_DAY = timedelta(days=1)
_BEFORE_NEW_YEAR = timedelta(days=7)
"""The notice of a year may move days of the last week of the year before."""


class Due(NamedTuple):
    """The last day of a term; estimated when it runs into a year whose working days are not announced yet."""

    day: date
    is_estimated: bool


class TableYear(NamedTuple):
    """A year of the office's own table; announced when the table holds its National Day."""

    year: int
    days: int
    is_announced: bool


class KnownYears(NamedTuple):
    """The years of the calendar that comes with the program, and those of the office's own table."""

    first: int
    last: int
    own: tuple[TableYear, ...]


class Calendar:
    """Which days are working days."""

    def __init__(self, special: dict[date, bool]) -> None:
        self._special = special
        self._announced = {day.year for day in special if _is_national_day(day)}
        self._terms: dict[tuple[date, int], Due] = {}

    def is_working(self, day: date) -> bool:
        """Whether it is a working day, as far as that is known."""
        special = self._special.get(day)
        return _is_working(day) if special is None else special

    def is_announced(self, day: date) -> bool:
        """Whether the notice that may move this day is out: a table tells a year when it holds its National Day."""
        year = (day + _BEFORE_NEW_YEAR).year
        return year in self._announced or year in _library_years()

    def after(self, start: date, count: int) -> Due:
        """The so many-th working day after a day, which is not counted (民法典 article 201)."""
        known = self._terms.get((start, count))  # lists ask for the same few days again and again
        return known or self._terms.setdefault((start, count), self._counted(start, count))

    def _counted(self, start: date, count: int) -> Due:
        day, left, announced = start, count, True
        while left > 0:
            day += _ONE_DAY
            announced = announced and self.is_announced(day)
            left -= self.is_working(day)
        return Due(day, not announced)

    def first_start(self, day: date, count: int) -> date:
        """The earliest day from which a term of so many working days is not over before this day.

        Terms never overtake each other, so what began before that day is over, and nothing else.
        """
        start = day
        while self.after(start - _ONE_DAY, count).day >= day:
            start -= _ONE_DAY
        return start

    def last_days(self, first: date, last: date, count: int) -> list[date]:
        """The last days of the terms of so many working days, at least one, that begin on each day from one to another."""
        found: deque[date] = deque()
        ahead: deque[date] = (
            deque()
        )  # the working days of the term that begins on `day`, once there are enough
        day, end = last, last
        while len(ahead) < count:
            end += _ONE_DAY
            if self.is_working(end):
                ahead.append(end)
        while day >= first:
            found.appendleft(ahead[-1])
            if self.is_working(day):
                ahead.appendleft(day)
                ahead.pop()
            day -= _ONE_DAY
        return list(found)


def calendar_of(connection: Connection) -> Calendar:
    """The calendar with the office's own table over it."""
    rows = connection.execute(select(SpecialDay.day, SpecialDay.is_working).order_by(SpecialDay.day))
    return _calendar(tuple((row.day, row.is_working) for row in rows))


@lru_cache(8)
def _calendar(special: tuple[tuple[date, bool], ...]) -> Calendar:
    """One for all who have the same table, with the terms that were counted already."""
    return Calendar(dict(special))


def office_calendar(office: Office) -> Calendar:
    """The calendar of an office."""
    with office.read() as connection:
        return calendar_of(connection)


def known_years(office: Office) -> KnownYears:
    """Of which years the working days are known, and from where."""
    with office.read() as connection:
        days = list(connection.scalars(select(SpecialDay.day)))
    announced = {day.year for day in days if _is_national_day(day)}
    counted = sorted(Counter(day.year for day in days).items())
    own = tuple(TableYear(year, count, year in announced) for year, count in counted)
    return KnownYears(_library_years()[0], _library_years()[-1], own)


def add_working_days(office: Office, start: date, count: int) -> Due:
    """The last day of a term of so many working days; the first day is not counted."""
    return office_calendar(office).after(start, count)


def _is_national_day(day: date) -> bool:
    return (day.month, day.day) == (10, 1)


def _is_working(day: date) -> bool:
    if day.year in _library_years():
        return _library()(day)
    return day.weekday() < 5 and day.strftime("%m-%d") not in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[str]:
    """The law's holidays of a year, as month and day."""
    known = load_toml("holidays.toml")
    return frozenset((*known["fixed"], *known["moving"].get(str(year), ())))


@cache
def _library() -> Callable[[date], bool]:
    from chinese_calendar import is_workday  # 18 ms that most uses of the program do without

    return cache(is_workday)


@cache
def _library_years() -> range:
    from chinese_calendar import holidays

    return range(min(holidays).year, max(holidays).year + 1)
