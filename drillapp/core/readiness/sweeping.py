"""Duties swept over many days: read once, each counted from the day it is met or missed to the day it no longer is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, SQLColumnExpression, and_, select

from drillapp.core.database.base import AnySelect
from drillapp.core.dates import months_before
from drillapp.core.law import Rule, Settlement
from drillapp.core.plans.completeness import incomplete_versions
from drillapp.core.rules.book import RuleBook
from drillapp.core.rules.concerning import concerns, has_conditions
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope
from drillapp.core.workdays.calendar import Calendar

Places = tuple[int, int]
"""From a place among the days up to another, which is not counted."""


class Span(NamedTuple):
    """A unit's duty from one of the days up to another, which is not counted; `worth` is a packed number."""

    unit_id: int
    begin: int
    end: int
    worth: int


class Standing(NamedTuple):
    """A version of a plan while it is in force."""

    plan_id: int
    id: int
    unit_id: int
    kind: str | None
    published_on: date | None
    begin: int
    end: int


class Sweep:
    """What the sweeps of an office over some days share."""

    def __init__(
        self,
        connection: Connection,
        days: Sequence[date],
        book: RuleBook,
        calendar: Calendar,
        top: int | None = None,
    ) -> None:
        self.connection, self.days, self.book, self.calendar = connection, days, book, calendar
        self.top = top
        """Only this unit and those below it; None: all."""
        self.versions: list[Standing] | None = None
        """Once they are read."""
        self._whole: Sweep | None = None
        self._keys: Places | None = None

    def parts(self, units: int) -> Iterator[Sweep]:
        """The same sweep of so many units after so many: what is read of them is not all in memory at once."""
        keys = self.connection.scalars(select(Unit.id).where(self._has(Unit.id)).order_by(Unit.id)).all()
        for start in range(0, len(keys), units):
            part = Sweep(self.connection, self.days, self.book, self.calendar, self.top)
            part._whole = self
            part._keys = keys[start], keys[min(start + units, len(keys)) - 1]
            yield part

    @cached_property
    def incomplete(self) -> frozenset[int]:
        """The versions whose text lacks what its outline asks for; told of all units at once."""
        if self._whole is not None:
            return self._whole.incomplete
        return incomplete_versions(self.connection, self.top)

    def has_the_same_rules(self, settled_by: Settlement) -> bool:
        """Whether on all the days the same rules are asked that one kind of fact settles."""
        return (
            len({tuple(rule.id for rule in self.book.settled_by(settled_by, day)) for day in self.days}) == 1
        )

    def rules(self, settled_by: Settlement) -> list[Rule]:
        """The rules asked on all of the days."""
        return self.book.settled_by(settled_by, self.days[0])

    def rows(self, statement: AnySelect, unit_id: SQLColumnExpression[int]) -> Iterable[Any]:
        """The rows of the units that are looked at."""
        return self.connection.execute(statement.where(self._has(unit_id)))

    def concerned(self, rule: Rule) -> frozenset[int] | None:
        """The units that a rule is asked of, of those that are looked at; None for all."""
        return self.asked(rule) if has_conditions(rule) else None

    def asked(self, rule: Rule) -> frozenset[int]:
        """The same, where all have to be named."""
        statement = select(Unit.id).where(concerns(rule), self._has(Unit.id))
        return frozenset(self.connection.scalars(statement))

    def from_day(self, day: date) -> int:
        """The place of the first of the days that is this day or later."""
        return bisect_left(self.days, day)

    def after(self, day: date) -> int:
        """The place of the first of the days that is later."""
        return bisect_right(self.days, day)

    def window(self, months: int) -> Callable[[date], tuple[int, int]]:
        """For what happened on a day: the places of the days by which it has, and is no more than so many months ago."""
        oldest = [months_before(day, months) for day in self.days]
        return lambda happened: (self.from_day(happened), bisect_left(oldest, happened))

    def over(self, rule: Rule) -> Callable[[date], int]:
        """For the day from which a term runs: the place of the first of the days on which it is over."""
        if rule.working_days:
            firsts = [self.calendar.first_start(day, rule.days) for day in self.days]
            return lambda began: bisect_right(firsts, began)
        return lambda began: self.after(began + timedelta(days=rule.days))

    def _has(self, unit_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
        looked_at = in_scope(unit_id, self.top)
        return looked_at if self._keys is None else and_(unit_id.between(*self._keys), looked_at)


def covered(begin: int, end: int, parts: Iterable[Places]) -> Iterator[tuple[int, int, bool]]:
    """A stretch of days in pieces: those that any of the parts covers, and those that none does."""
    place = begin
    for first, last in sorted(parts):
        first, last = max(first, place), min(last, end)
        if first < last:
            if place < first:
                yield place, first, False
            yield first, last, True
            place = last
    if place < end:
        yield place, end, False


def steps(unit_id: int, *turns: tuple[int, int], end: int) -> Iterator[Span]:
    """A duty whose worth changes at some places, in their order; 0 where it is not asked or not late yet."""
    begin = turns[0][0]
    for (place, worth), (following, _next) in zip(turns, (*turns[1:], (end, 0)), strict=True):
        first, last = max(place, begin), min(following, end)
        if worth and first < last:
            yield Span(unit_id, first, last, worth)
