"""Which drills are asked of a unit, worked out rule by rule as a person would who holds the law in hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

GOVERNMENT = ("city", "district", "department", "street")
TRADING = ("enterprise", "site", "station")
OTHERS = (*TRADING, "hospital", "care_home")
YEARS = range(2019, 2033)


@dataclass
class Plan:
    """A plan and when it was in force."""

    number: str
    unit: str
    kind: str
    hazard: str = "综合"
    begin: date = date(2021, 1, 1)
    end: date | None = None

    def is_in_force(self, day: date) -> bool:
        return self.begin <= day < (self.end or date.max)


@dataclass
class Unit:
    """A unit as the rules look at it."""

    code: str
    kind: str
    name: str = ""
    high_risk: bool = False
    crowded: bool = False
    fire: bool = False
    begin: date | None = None
    end: date | None = None


@dataclass
class Drill:
    """A drill that was held, or an event."""

    number: str
    unit: str
    day: date
    plan: str | None = None
    hazard: str | None = None
    evacuation: bool = False
    is_event: bool = False
    is_retired: bool = False
    guests: tuple[str, ...] = ()


@dataclass
class Drills:
    """Everything that drills are judged by."""

    units: list[Unit] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    drills: list[Drill] = field(default_factory=list)

    def plan_of(self, drill: Drill) -> Plan | None:
        return next((plan for plan in self.plans if plan.number == drill.plan), None)

    def is_against(self, drill: Drill, *words: str) -> bool:
        plan = self.plan_of(drill)
        hazard = drill.hazard or (plan.hazard if plan else "")
        return any(word in hazard for word in words)

    def is_of(self, drill: Drill, *kinds: str) -> bool:
        plan = self.plan_of(drill)
        return plan is not None and plan.kind in kinds


class Law(NamedTuple):
    """A rule as it is read in the law."""

    id: str
    often: str | int
    """A window of the calendar, or months."""
    asks: Callable[[Unit], bool]
    fits: Callable[[Drills, Drill], bool] | None = None
    """Which drill settles it; None for any."""
    plan_kinds: tuple[str, ...] = ()
    each_plan: bool = False


def _fire(all_of: Drills, drill: Drill) -> bool:
    return all_of.is_against(drill, "火灾", "消防")


LAWS = (
    Law("DR-01", 24, lambda unit: unit.kind in GOVERNMENT),
    Law("DR-03", "year", lambda unit: unit.kind in TRADING,
        lambda all_of, drill: all_of.is_of(drill, "comprehensive", "special"), ("comprehensive", "special")),
    Law("DR-04", "half", lambda unit: unit.kind in TRADING,
        lambda all_of, drill: all_of.is_of(drill, "on_site"), ("on_site",)),
    Law("DR-05", "half", lambda unit: unit.high_risk),
    Law("DR-05C", "half", lambda unit: unit.crowded and not unit.high_risk),
    Law("DR-07", 36, lambda unit: unit.kind in GOVERNMENT, None, ("special", "departmental"), True),
    Law("DR-08", "year", lambda unit: unit.kind in ("school", *OTHERS)),
    Law("DR-10", "half", lambda unit: unit.kind in OTHERS and unit.fire, _fire),
    Law("DR-11", "year", lambda unit: unit.kind in OTHERS and not unit.fire, _fire),
    Law("DR-12", "half", lambda unit: unit.kind == "school", _fire),
    Law("DR-13", "term", lambda unit: unit.kind == "school" and any(word in unit.name for word in ("小学", "中学", "学校")),
        lambda _all, drill: drill.evacuation),
    Law("DR-14", "quarter", lambda unit: unit.kind == "school" and "幼儿园" in unit.name,
        lambda _all, drill: drill.evacuation),
    Law("DR-15", "year", lambda unit: unit.kind == "school",
        lambda all_of, drill: drill.evacuation and all_of.is_against(drill, "地震", "防震")),
    Law("DR-18", "year", lambda unit: unit.kind == "community"),
)  # fmt: skip
_FIRST_MONTHS = {
    "year": (1,),
    "half": (1, 7),
    "quarter": (1, 4, 7, 10),
    "term": (1, 3, 4, 5, 6, 9, 10, 11, 12),
}


class DrillAsked(NamedTuple):
    """What a person would write down."""

    unit: str
    rule: str
    plan: str | None
    state: str
    due_on: date | None
    drills: frozenset[str]
    """The drills that may be shown as the one that settles it."""


class DutyAsked(NamedTuple):
    """What a person would put into the programme of a year."""

    unit: str
    rule: str
    plan: str | None
    begins_on: date
    ends_on: date
    days: frozenset[date]
    """The days on which it was settled within that time."""


def asked_on(all_of: Drills, day: date) -> set[DrillAsked]:
    """Everything asked as of a day."""
    return {
        _state(all_of, unit, law, plan, begin, day)
        for unit, law, plan, begin in _all(all_of, day)
        if (unit.begin or date.min) <= day < (unit.end or date.max)
    }


def asked_in(all_of: Drills, year: int, today: date) -> set[DutyAsked]:
    """Everything asked within a year, as known today."""
    found: set[DutyAsked] = set()
    for unit, law, plan, begin in _all(all_of, today):
        held = [
            drill.day for drill in _settling(all_of, unit, law, plan, min(today, date(year, 12, 31)))
        ]  # fmt: skip
        for first, last in _spans(law, begin, held, year):
            if (unit.end or date.max) > last:
                days = frozenset(day for day in held if first <= day and day.year == year)
                if isinstance(law.often, str):
                    days = frozenset(day for day in days if day <= last)
                found.add(DutyAsked(unit.code, law.id, plan and plan.number, first, last, days))
    return found


def _all(all_of: Drills, day: date) -> Iterator[tuple[Unit, Law, Plan | None, date | None]]:
    """Each unit with what is asked of it, of which plan, and from when."""
    for unit in all_of.units:
        for law in LAWS:
            if not law.asks(unit):
                continue
            plans = [
                plan for plan in all_of.plans
                if plan.unit == unit.code and plan.kind in law.plan_kinds and plan.is_in_force(day)
            ]  # fmt: skip
            if law.each_plan:
                for plan in plans:
                    yield unit, law, plan, max(plan.begin, unit.begin or date.min)
            elif plans:
                yield unit, law, None, max(min(plan.begin for plan in plans), unit.begin or date.min)
            elif not law.plan_kinds:
                yield unit, law, None, unit.begin


def _ever_held(all_of: Drills, unit: Unit, plan: Plan | None, day: date) -> bool:
    """Whether any drill of the unit was ever recorded, or one in which it took part where it is asked as a whole."""
    held = [one for one in all_of.drills if one.day <= day and not one.is_event and not one.is_retired]
    return any(unit.code in ((one.unit,) if plan else (one.unit, *one.guests)) for one in held)


def _settling(all_of: Drills, unit: Unit, law: Law, plan: Plan | None, day: date) -> list[Drill]:
    held = [one for one in all_of.drills if one.day <= day and not one.is_event and not one.is_retired]
    if plan is not None:
        return [drill for drill in held if drill.plan == plan.number]
    if law.fits is None:
        return [drill for drill in held if unit.code in (drill.unit, *drill.guests)]
    return [drill for drill in held if drill.unit == unit.code and law.fits(all_of, drill)]


def _state(
    all_of: Drills, unit: Unit, law: Law, plan: Plan | None, begin: date | None, day: date
) -> DrillAsked:
    held = _settling(all_of, unit, law, plan, day)
    last = max((drill.day for drill in held), default=None)
    due = _due(law, begin, last)
    if isinstance(law.often, str):
        is_met = last is not None and window(law.often, last) == window(law.often, day)
    else:
        is_met = last is not None and last + relativedelta(months=law.often) >= day
    state = "met" if is_met else "due" if due is not None and due >= day else "overdue"
    if state == "overdue" and not held and not _ever_held(all_of, unit, plan, day):
        state = "no_data"
    newest = frozenset(drill.number for drill in held if drill.day == last)
    return DrillAsked(unit.code, law.id, plan and plan.number, state, due, newest)


def _due(law: Law, begin: date | None, last: date | None) -> date | None:
    """The end of the first window that begins after the last drill, with the unit or plan there already."""
    if begin is None and last is None:
        return None
    if not isinstance(law.often, str):
        return max(begin or date.min, last or date.min) + relativedelta(months=law.often)
    after = (w for w in windows(law.often) if w[0] > (last or date.min) and w[0] >= (begin or date.min))
    return next(after)[1]


def _spans(law: Law, begin: date | None, held: Iterable[date], year: int) -> Iterator[tuple[date, date]]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    if isinstance(law.often, str):
        yield from (w for w in windows(law.often) if w[1].year == year and w[0] >= (begin or date.min))
        return
    before = max((day for day in held if day < first), default=None)
    due = _due(law, begin, before)
    if due is None or due <= last:  # more than a year long, so at most once within it
        yield first, due if due is not None and due >= first else last


def windows(often: str) -> list[tuple[date, date]]:
    """All windows of a kind in order."""
    begins = [date(year, month, 1) for year in YEARS for month in _FIRST_MONTHS[often]]
    return [
        (begin, after - timedelta(days=1)) for begin, after in pairwise(begins)
    ]  # fmt: skip


def window(often: str, day: date) -> tuple[date, date]:
    """The window that a day is in."""
    return next(one for one in windows(often) if one[0] <= day <= one[1])
