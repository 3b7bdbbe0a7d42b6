"""What the duties of a year are told from: units, plans and drills of a scope, each read in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, case, func, literal, or_, select

from drillapp.core.database.base import still, table_of
from drillapp.core.database.rows import Days, plain_rows
from drillapp.core.drills.held import is_held, took_part
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.law import Rule
from drillapp.core.localtime import end_of_day, local_day
from drillapp.core.plans.events import in_force_on
from drillapp.core.plans.model import Plan
from drillapp.core.rules.book import RuleBook
from drillapp.core.rules.concerning import concerns, mask
from drillapp.core.rules.settlings import Settling
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope


class Held(NamedTuple):
    """A drill that was held."""

    on: date
    id: int
    number: str
    mask: int
    """Bit n: it settles what the n-th of the settlings of the rules does."""


class Year(NamedTuple):
    """Which units are asked about, for which year, as of which date."""

    first: date
    last: date
    as_of: date
    unit_id: int | None
    book: RuleBook

    @property
    def known(self) -> date:
        """The last day of the year of which is known what was held."""
        return min(self.last, self.as_of)


def units_concerned(connection: Connection, year: Year, rules: Sequence[Rule]) -> Sequence[Any]:
    """id, code, name, kind, valid_from, valid_to, and as bits of `mask` which rules concern the unit."""
    bits = mask(concerns(rule) for rule in rules).label("mask")
    statement = select(Unit.id, Unit.code, Unit.name, Unit.kind, Unit.valid_from, Unit.valid_to, bits)
    there = still(Unit.retired_on, year.as_of), still(Unit.valid_to, year.first)
    return connection.execute(
        statement.where(in_scope(Unit.id, year.unit_id), *there).order_by(Unit.code)
    ).all()


def first_plans(connection: Connection, year: Year, kinds: Iterable[str]) -> dict[tuple[int, str], date]:
    """The day on which units got their first plan in force of these kinds, by unit and kind."""
    begins = in_force_on(table_of(Plan))
    plans = (
        select(Plan.unit_id, Plan.kind, begins.label("begin"))
        .where(Plan.kind.in_(list(kinds)), still(Plan.retired_on, year.as_of), in_scope(Plan.unit_id, year.unit_id))
        .subquery()
    )  # fmt: skip
    statement = select(plans.c.unit_id, plans.c.kind, func.min(plans.c.begin)).where(
        plans.c.begin <= year.as_of
    )
    found, days = plain_rows(connection, statement.group_by(plans.c.unit_id, plans.c.kind)), Days()
    return {(unit, kind): day for unit, kind, begin in found if (day := days[begin]) is not None}


def each_plan(connection: Connection, year: Year, rule: Rule) -> Sequence[Any]:
    """The plans in force that a rule is asked of one by one: id, unit_id, number, title, hazard, begin."""
    begin = in_force_on(table_of(Plan))
    statement = (
        select(Plan.id, Plan.unit_id, Plan.number, Plan.title, Plan.hazard, begin.label("begin"))
        .join(Unit, Unit.id == Plan.unit_id)
        .where(
            concerns(rule), Plan.kind.in_(rule.plan_kinds), still(Plan.retired_on, year.as_of), begin <= year.as_of,
            in_scope(Plan.unit_id, year.unit_id),
        )
    )  # fmt: skip
    return connection.execute(statement.order_by(Plan.number)).all()


def held_by_plan(connection: Connection, year: Year, plans: Iterable[int]) -> dict[int | None, list[Held]]:
    """All drills of these plans, whoever held them, the earliest first."""
    found: dict[int | None, list[Held]] = {}
    statement = (
        select(Drill.plan_id, Drill.ended_at, Drill.id, Drill.number)
        .where(is_held(year.known), Drill.plan_id.in_(list(plans)))
        .order_by(Drill.ended_at, Drill.id)
    )
    for plan, ended_at, key, number in connection.execute(statement):
        found.setdefault(plan, []).append(Held(local_day(ended_at), key, number, 0))
    return found


def held_by_unit(connection: Connection, year: Year) -> dict[int, list[Held]]:
    """What units held within the year, or took part in, the earliest first."""
    within = is_held(year.known), Drill.ended_at > end_of_day(date(year.first.year - 1, 12, 31))
    own = (
        select(
            Drill.unit_id,
            Drill.ended_at,
            Drill.id,
            Drill.number,
            mask(one.fits for one in year.book.settlings),
        )
        .outerjoin(Plan, Plan.id == Drill.plan_id)
        .where(*within, in_scope(Drill.unit_id, year.unit_id))
    )
    joint = took_part(Drill.ended_at, Drill.id, Drill.number, literal(_any_bit(year.book))).where(
        *within, in_scope(DrillParty.unit_id, year.unit_id)
    )
    found: dict[int, list[Held]] = {}
    for unit, ended_at, key, number, bits in [*connection.execute(own), *connection.execute(joint)]:
        found.setdefault(unit, []).append(Held(local_day(ended_at), key, number, bits))
    for drills in found.values():
        drills.sort()
    return found


def last_before(connection: Connection, year: Year, rules: Sequence[Rule]) -> dict[tuple[int, int], date]:
    """When units last held what settles these rules before the year, by unit and the bit of what settles."""
    if not rules:
        return {}
    before = min(date(year.first.year - 1, 12, 31), year.as_of)
    asked = select(Unit.id).where(or_(*(concerns(rule) for rule in rules)))
    settlings = year.book.settlings
    places = sorted({settlings.index(Settling.of(rule)) for rule in rules})
    sorts = [func.max(case((settlings[place].fits, Drill.ended_at))) for place in places]
    own = (
        select(Drill.unit_id, *sorts)
        .outerjoin(Plan, Plan.id == Drill.plan_id)
        .where(is_held(before), Drill.unit_id.in_(asked), in_scope(Drill.unit_id, year.unit_id))
        .group_by(Drill.unit_id)
    )
    joint = (
        took_part(*(func.max(Drill.ended_at) if settlings[place].is_any else func.max(None) for place in places))
        .where(is_held(before), DrillParty.unit_id.in_(asked), in_scope(DrillParty.unit_id, year.unit_id))
        .group_by(DrillParty.unit_id)
    )  # fmt: skip
    found: dict[tuple[int, int], date] = {}
    for unit, *moments in [*connection.execute(own), *connection.execute(joint)]:
        for place, moment in zip(places, moments, strict=True):
            if moment is not None:
                key = unit, 1 << place
                found[key] = max(local_day(moment), found.get(key, date.min))
    return found


def _any_bit(book: RuleBook) -> int:
    """The bits of what every drill settles."""
    return sum(1 << place for place, one in enumerate(book.settlings) if one.is_any)
