"""Which drills are asked of units and of plans, and which are held, swept over many days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, select

from drillapp.core.database.base import table_of
from drillapp.core.drills.held import is_drill, took_part
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.law import Rule
from drillapp.core.localtime import local_day
from drillapp.core.plans.events import in_force_on
from drillapp.core.plans.model import Plan
from drillapp.core.readiness.packed import MET, MISSED, UNKNOWN
from drillapp.core.readiness.sweeping import Places, Span, Sweep, covered, steps
from drillapp.core.readiness.sweeping_plans import standing
from drillapp.core.rules.concerning import concerns, mask
from drillapp.core.rules.settlings import Settling
from drillapp.core.rules.terms import Term, limits
from drillapp.core.units.model import Unit


class _Known(NamedTuple):
    """A plan by the days that count for its drills."""

    id: int
    unit_id: int
    kind: str | None
    begin: date
    """When the first of its versions came into force."""
    end: int
    """The place from which it is retired."""


class _Held:
    """The drills that were held, by who held them and what they settle."""

    def __init__(self, sweep: Sweep) -> None:
        self.of_unit: dict[int, list[tuple[date, int]]] = {}
        """With a number whose n-th bit says whether the n-th of the settlings is met."""
        self.of_plan: dict[int, list[date]] = {}
        self.joint: dict[int, list[date]] = {}
        """Of other units, in which a unit took part."""
        fits: ColumnElement[int] = mask(one.fits for one in sweep.book.settlings)
        own = (
            select(Drill.unit_id, Drill.plan_id, Drill.ended_at, fits)
            .outerjoin(Plan, Plan.id == Drill.plan_id)
            .where(is_drill(), Drill.ended_at.is_not(None))
        )
        for unit_id, _plan, ended_at, number in sweep.rows(own, Drill.unit_id):
            self.of_unit.setdefault(unit_id, []).append((local_day(ended_at), number))
        by_plan = (
            select(Plan.id, Drill.ended_at)
            .join(Drill, Drill.plan_id == Plan.id)
            .where(is_drill(), Drill.ended_at.is_not(None))
        )
        for plan, ended_at in sweep.rows(by_plan, Plan.unit_id):
            self.of_plan.setdefault(plan, []).append(local_day(ended_at))
        joint = took_part(Drill.ended_at).where(is_drill(), Drill.ended_at.is_not(None))
        unit: SQLColumnExpression[int] = table_of(DrillParty).c.unit_id
        for unit_id, ended_at in sweep.rows(joint, unit):
            self.joint.setdefault(unit_id, []).append(local_day(ended_at))

    def days(self, unit_id: int, settling: Settling, place: int) -> list[date]:
        """The days of a unit's drills that settle something."""
        own = [day for day, number in self.of_unit.get(unit_id, ()) if number >> place & 1]
        return own + self.joint.get(unit_id, []) if settling.is_any else own

    def first(self, unit_id: int, *, own_only: bool = False) -> date:
        """The day of the first drill of any sort."""
        days = [day for day, _number in self.of_unit.get(unit_id, ())]
        return min([*days, *(() if own_only else self.joint.get(unit_id, ()))], default=date.max)


class _Rule:
    """A rule with its limits on each of the days."""

    def __init__(self, sweep: Sweep, rule: Rule) -> None:
        self.sweep, self.rule = sweep, rule
        bounds = [limits(Term.of(rule), day) for day in sweep.days]
        self.met_from = [one.met_from for one in bounds]
        self.open_from = [one.open_from for one in bounds]
        self.new_from = [one.new_from for one in bounds]

    def spans(
        self, unit_id: int, asked: Iterable[Places], held: Sequence[date], news: list[Places], first: date
    ) -> Iterator[Span]:
        """What is asked in some stretches of a unit that held these drills; `news` say when it is too new to be late."""
        places = [(self.sweep.from_day(day), day) for day in held]
        met = [(place, bisect_right(self.met_from, day)) for place, day in places]
        is_open = [(place, bisect_right(self.open_from, day)) for place, day in places] + news
        if self.rule.valid_from is not None:
            is_open.append(self.until_old(self.rule.valid_from))
        known = self.sweep.from_day(first)
        for stretch in asked:
            for begin, end, is_met in covered(*stretch, met):
                if is_met:
                    yield Span(unit_id, begin, end, MET)
                    continue
                for late, last, is_due in covered(begin, end, is_open):
                    if not is_due:
                        yield from steps(unit_id, (late, UNKNOWN), (known, MISSED), end=last)

    def until_old(self, day: date) -> Places:
        """When something that began on a day is too new for the time to have run out."""
        return 0, bisect_right(self.new_from, day)


def held(sweep: Sweep) -> Iterator[Span]:
    """Each unit, or plan, has its drill in the rule's window or months."""
    drills, plans = _Held(sweep), _plans(sweep)
    in_force: dict[int, list[tuple[int, Places]]] = {}
    for one in standing(sweep):
        in_force.setdefault(one.unit_id, []).append((one.plan_id, (one.begin, one.end)))
    for rule in sweep.rules("drill_held"):
        units = select(Unit.id, Unit.valid_from).where(concerns(rule))
        of_rule = _Rule(sweep, rule)
        for unit_id, valid_from in sweep.rows(units, Unit.id):
            new = [] if valid_from is None else [of_rule.until_old(valid_from)]
            own = {key: plan for key, plan in plans.get(unit_id, {}).items() if plan.kind in rule.plan_kinds}
            stretches = [(key, places) for key, places in in_force.get(unit_id, ()) if key in own]
            if rule.per == "plan":
                yield from _of_plans(of_rule, drills, unit_id, own, stretches, new)
            else:
                yield from _of_unit(of_rule, drills, unit_id, own, stretches, new)


def _of_unit(
    of_rule: _Rule, drills: _Held, unit_id: int, plans: dict[int, _Known], in_force: list[tuple[int, Places]],
    new: list[Places],
) -> Iterator[Span]:  # fmt: skip
    rule, sweep = of_rule.rule, of_rule.sweep
    asked: list[Places] = [(0, len(sweep.days))]
    if rule.plan_kinds:
        there = covered(0, len(sweep.days), (places for _plan, places in in_force))
        asked = [(begin, end) for begin, end, is_there in there if is_there]
        old = [(of_rule.until_old(plan.begin)[1], plan.end) for plan in plans.values()]
        without = covered(0, len(sweep.days), old)
        new = new + [(begin, end) for begin, end, is_old in without if not is_old]
    settling = Settling.of(rule)
    days = drills.days(unit_id, settling, sweep.book.settlings.index(settling))
    yield from of_rule.spans(unit_id, asked, days, new, drills.first(unit_id))


def _of_plans(
    of_rule: _Rule, drills: _Held, unit_id: int, plans: dict[int, _Known], in_force: list[tuple[int, Places]],
    new: list[Places],
) -> Iterator[Span]:  # fmt: skip
    first_own = drills.first(unit_id, own_only=True)
    for key, places in in_force:
        days = drills.of_plan.get(key, [])
        news = [*new, of_rule.until_old(plans[key].begin)]
        yield from of_rule.spans(unit_id, [places], days, news, min([first_own, *days]))


def _plans(sweep: Sweep) -> dict[int, dict[int, _Known]]:
    """By unit the plans that ever came into force, by key."""
    statement = select(Plan.id, Plan.unit_id, Plan.kind, in_force_on(table_of(Plan)), Plan.retired_on)
    found: dict[int, dict[int, _Known]] = {}
    for key, unit_id, kind, begin, retired_on in sweep.rows(statement, Plan.unit_id):
        if begin is not None:
            end = sweep.from_day(retired_on or date.max)
            found.setdefault(unit_id, {})[key] = _Known(key, unit_id, kind, begin, end)
    return found
