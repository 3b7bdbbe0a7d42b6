"""Duties swept over many days: read once, each counted from the day it is met or missed to the day it no longer is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, SQLColumnExpression, func, select

from drillapp.core.database.base import AnySelect
from drillapp.core.dates import months_before
from drillapp.core.drills.evaluation.model import DrillVerdict, Evaluation
from drillapp.core.drills.held import is_drill
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.law import Rule, Settlement
from drillapp.core.localtime import local_day
from drillapp.core.readiness.packed import MET, MISSED, UNKNOWN
from drillapp.core.rules.book import RuleBook
from drillapp.core.rules.concerning import concerns, has_conditions
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope
from drillapp.core.workdays.calendar import Calendar

_ALWAYS, _NEVER = date.min, date.max


class Span(NamedTuple):
    """A unit's duty from one of the days up to another, which is not counted; `worth` is a packed number."""

    unit_id: int
    begin: int
    end: int
    worth: int


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

    def can(self, settled_by: Settlement) -> bool:
        """Whether it can be told so: by the same rules on all the days, whose lateness needs no record of its own."""
        valid = {tuple(rule.id for rule in self.book.settled_by(settled_by, day)) for day in self.days}
        if settled_by not in _SWEEPS or len(valid) != 1:
            return False
        return settled_by != "drill_evaluated" or not any(rule.in_time for rule in self.rules(settled_by))

    def spans(self, settled_by: Settlement) -> Iterator[Span]:
        """All duties that one kind of fact settles."""
        return _SWEEPS[settled_by](self)

    def rules(self, settled_by: Settlement) -> list[Rule]:
        """The rules asked on all of the days."""
        return self.book.settled_by(settled_by, self.days[0])

    def rows(self, statement: AnySelect, unit_id: SQLColumnExpression[int]) -> Iterable[Any]:
        """The rows of the units that are looked at."""
        return self.connection.execute(statement.where(in_scope(unit_id, self.top)))

    def concerned(self, rule: Rule) -> frozenset[int] | None:
        """The units that a rule is asked of; None for all."""
        if not has_conditions(rule):
            return None
        return frozenset(self.connection.scalars(select(Unit.id).where(concerns(rule))))

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


def _told(unit_id: int, begin: int, end: int, met: int, missed: int, met_worth: int = MET) -> Iterator[Span]:
    """A duty asked from `begin` to `end`: missed from one place on, until it is met from another."""
    if max(begin, met) < end:
        yield Span(unit_id, max(begin, met), end, met_worth)
    if max(begin, missed) < min(end, met):
        yield Span(unit_id, max(begin, missed), min(end, met), MISSED)


def _corrected(sweep: Sweep) -> Iterator[Span]:
    statement = (
        select(Finding.unit_id, Drill.ended_at, Finding.due_on, Finding.done_on, Finding.accepted_until)
        .join(Drill, Drill.id == Finding.drill_id)
        .where(Finding.retired_on.is_(None), Drill.ended_at.is_not(None))
    )
    for rule in sweep.rules("finding_corrected"):
        units, window = sweep.concerned(rule), sweep.window(rule.months)
        for unit_id, ended_at, due_on, done_on, accepted_until in sweep.rows(statement, Finding.unit_id):
            if units is not None and unit_id not in units:
                continue
            ended_on = local_day(ended_at)
            last_day = due_on or ended_on + timedelta(days=rule.days)
            missed = max(sweep.after(last_day), sweep.after(accepted_until or _ALWAYS))
            worth = MET
            if rule.in_time and done_on and done_on > max(last_day, accepted_until or _ALWAYS):
                worth = MISSED
            met = sweep.from_day(done_on or _NEVER)
            yield from _told(unit_id, *window(ended_on), met, missed, worth)


def _verified(sweep: Sweep) -> Iterator[Span]:
    statement = select(Finding.unit_id, Finding.done_on, Finding.verified_on).where(
        Finding.retired_on.is_(None), Finding.done_on.is_not(None)
    )
    for rule in sweep.rules("finding_verified"):
        units, window = sweep.concerned(rule), sweep.window(rule.months)
        for unit_id, done_on, verified_on in sweep.rows(statement, Finding.unit_id):
            if units is None or unit_id in units:
                last_day = done_on + timedelta(days=rule.days)
                is_late = rule.in_time and verified_on is not None and verified_on > last_day
                met = sweep.from_day(verified_on or _NEVER)
                yield from _told(
                    unit_id, *window(done_on), met, sweep.after(last_day), MISSED if is_late else MET
                )


def _attended(sweep: Sweep) -> Iterator[Span]:
    statement = select(Drill.unit_id, Drill.ended_at, Drill.expected, Drill.participants).where(
        is_drill(), Drill.ended_at.is_not(None)
    )
    for rule in sweep.rules("drill_attended"):
        units, window = sweep.concerned(rule), sweep.window(rule.months)
        for unit_id, ended_at, expected, participants in sweep.rows(statement, Drill.unit_id):
            if units is None or unit_id in units:
                begin, end = window(local_day(ended_at))
                worth = UNKNOWN
                if expected is not None and participants is not None:
                    worth = MET if participants * 100 >= expected * rule.percent else MISSED
                if begin < end:
                    yield Span(unit_id, begin, end, worth)


def _evaluated(sweep: Sweep) -> Iterator[Span]:
    first = select(func.min(Evaluation.submitted_on)).where(Evaluation.drill_id == Drill.id)
    statement = (
        select(
            Drill.unit_id, Drill.ended_at, Drill.rating, DrillVerdict.id, DrillVerdict.decided_on,
            first.scalar_subquery(),
        )
        .outerjoin(DrillVerdict, DrillVerdict.drill_id == Drill.id)
        .where(is_drill(), Drill.ended_at.is_not(None))
    )  # fmt: skip
    for rule in sweep.rules("drill_evaluated"):
        units, window, over = sweep.concerned(rule), sweep.window(rule.months), sweep.over(rule)
        for unit_id, ended_at, rating, verdict, decided_on, submitted_on in sweep.rows(
            statement, Drill.unit_id
        ):
            if units is not None and unit_id not in units:
                continue
            # A rating without a verdict tells no day: it counts on all of them.
            rated = _ALWAYS if rating is not None and verdict is None else _NEVER
            done = min(rated, decided_on or _NEVER, submitted_on or _NEVER)
            ended_on = local_day(ended_at)
            yield from _told(unit_id, *window(ended_on), sweep.from_day(done), over(ended_on))


def _reported(sweep: Sweep) -> Iterator[Span]:
    statement = select(Drill.unit_id, Drill.ended_at, Drill.reported_on).where(
        is_drill(), Drill.ended_at.is_not(None)
    )
    taken: set[int] = set()
    for rule in sorted(sweep.rules("drill_reported"), key=lambda rule: rule.days):
        units, window, over = sweep.concerned(rule), sweep.window(rule.months), sweep.over(rule)
        for unit_id, ended_at, reported_on in sweep.rows(statement, Drill.unit_id):
            if (units is not None and unit_id not in units) or unit_id in taken:
                continue
            ended_on = local_day(ended_at)
            last_day = ended_on + timedelta(days=rule.days)
            if rule.working_days:
                last_day = sweep.calendar.after(ended_on, rule.days).day
            is_late = rule.in_time and reported_on is not None and reported_on > last_day
            met = sweep.from_day(reported_on or _NEVER)
            yield from _told(unit_id, *window(ended_on), met, over(ended_on), MISSED if is_late else MET)
        if units is None:
            break  # nobody is left for the longer terms
        taken |= units


_SWEEPS: Mapping[Settlement, Callable[[Sweep], Iterator[Span]]] = {
    "finding_corrected": _corrected,
    "finding_verified": _verified,
    "drill_attended": _attended,
    "drill_evaluated": _evaluated,
    "drill_reported": _reported,
}
