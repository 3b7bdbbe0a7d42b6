"""The drills that are asked of all units as of a date: one row for each rule and unit, or rule and plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.drills.held import is_held, took_part
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.law import Rule
from drillapp.core.localtime import end_of_day
from drillapp.core.plans.events import has_come_into_force
from drillapp.core.plans.model import Plan
from drillapp.core.rules.settlings import Settling, drill_rules, settlings
from drillapp.core.rules.terms import Limits, Term, limits
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect

if TYPE_CHECKING:
    from drillapp.core.rules.duties import Scope


_DAY = timedelta(days=1)
_NO_PLAN = cast(null(), Integer)


def concerns(rule: Rule) -> ColumnElement[bool]:
    """Whether a rule is asked of a unit, by what is kept about the unit itself."""
    conditions: list[ColumnElement[bool]] = [Unit.kind.in_(rule.kinds)] if rule.kinds else []
    if rule.high_risk is not None:
        conditions.append(Unit.high_risk.is_(rule.high_risk))
    if rule.crowded is not None:
        conditions.append(Unit.crowded.is_(rule.crowded))
    if rule.sectors:
        conditions.append(or_(*map(_is_of_sector, rule.sectors)))
    conditions += [~_is_of_sector(sector) for sector in rule.without_sectors]
    if rule.names:
        conditions.append(or_(*(Unit.name.contains(word, autoescape=True) for word in rule.names)))
    return and_(true(), *conditions)


def _is_of_sector(sector: str) -> ColumnElement[bool]:
    joined = literal(",") + func.coalesce(Unit.sectors, "") + literal(",")
    return joined.contains(f",{sector},")


def mask(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[int]:
    """A number whose n-th bit says whether the n-th condition is so."""
    bits = (case((one, 1 << place), else_=0) for place, one in enumerate(conditions))
    return reduce(add, bits, literal(0))


def drill_rows(scope: Scope, plans: CTE) -> Subquery:
    """What is asked of all units in effect; `plans` are those in force.

    unit_id, rule, plan_id; held_at: the end of the latest drill that settles it; state.
    """
    asked = [rule for rule in drill_rules() if rule.valid_from is None or rule.valid_from <= scope.as_of]
    of_units = [rule for rule in asked if rule.per == "unit"]
    standing = _standing(scope, plans, of_units)
    parts = [_of_units(rule, place, scope.as_of, standing) for place, rule in enumerate(of_units)]
    parts += [_of_plans(rule, scope.as_of, plans) for rule in asked if rule.per == "plan"]
    return union_all(*parts).subquery("drills_asked")


def _standing(scope: Scope, plans: CTE, rules: Sequence[Rule]) -> CTE:
    """The units in effect, each with which rules concern it and when it last held a drill of each sort."""
    last, joint = _last_own(scope), _last_joint(scope)
    sorts: list[ColumnElement[Any]] = []
    for place, one in enumerate(settlings()):
        own = last.c[f"last_{place}"]
        either = case((or_(own.is_(None), joint.c.last > own), joint.c.last), else_=own)
        sorts.append((either if one.is_any else own).label(f"last_{place}"))
    statement = (
        select(
            Unit.id, Unit.valid_from, mask(_is_asked(rule, plans) for rule in rules).label("asked"), *sorts
        )
        .outerjoin(last, last.c.unit_id == Unit.id)
        .outerjoin(joint, joint.c.unit_id == Unit.id)
        .where(scope.has(Unit.id), in_effect(scope.as_of))
    )
    return scope.looked_up(statement.cte("standing"))


def _is_asked(rule: Rule, plans: CTE) -> ColumnElement[bool]:
    if not rule.plan_kinds:
        return concerns(rule)
    having = select(plans.c.unit_id).where(plans.c.kind.in_(rule.plan_kinds))
    return and_(concerns(rule), Unit.id.in_(having))


def _last_own(scope: Scope) -> Subquery:
    """When units last held a drill of each sort: one pass over the drills."""
    sorts = (
        func.max(Drill.ended_at if one.is_any else case((one.fits, Drill.ended_at))).label(f"last_{place}")
        for place, one in enumerate(settlings())
    )
    return (
        select(Drill.unit_id, *sorts)
        .outerjoin(Plan, Plan.id == Drill.plan_id)
        .where(is_held(scope.as_of), scope.has(Drill.unit_id))
        .group_by(Drill.unit_id)
        .subquery()
    )


def _last_joint(scope: Scope) -> Subquery:
    """When units last took part in a drill of another one."""
    return (
        took_part(func.max(Drill.ended_at).label("last"))
        .where(is_held(scope.as_of), scope.has(DrillParty.unit_id))
        .group_by(DrillParty.unit_id)
        .subquery()
    )


def _of_units(rule: Rule, place: int, as_of: date, standing: CTE) -> AnySelect:
    held_at = standing.c[f"last_{settlings().index(Settling.of(rule))}"]
    bounds = limits(Term.of(rule), as_of)
    plan = table_of(Plan).alias()
    old_plan = select(plan.c.id).where(
        plan.c.unit_id == standing.c.id, plan.c.kind.in_(rule.plan_kinds), still(plan.c.retired_on, as_of),
        has_come_into_force(plan, bounds.new_from - _DAY),
    )  # fmt: skip
    news = [standing.c.valid_from >= bounds.new_from]
    if rule.plan_kinds:
        news.append(~old_plan.correlate(standing).exists())
    return _row(rule, standing.c.id, _NO_PLAN, held_at, _state(rule, bounds, held_at, news)).where(
        standing.c.asked.bitwise_and(1 << place) != 0
    )


def _of_plans(rule: Rule, as_of: date, plans: CTE) -> AnySelect:
    held_at = (
        select(func.max(Drill.ended_at))
        .where(Drill.plan_id == plans.c.id, is_held(as_of))
        .correlate(plans)
        .scalar_subquery()
    )
    bounds = limits(Term.of(rule), as_of)
    plan = table_of(Plan).alias()
    old_plan = select(plan.c.id).where(
        plan.c.id == plans.c.id, has_come_into_force(plan, bounds.new_from - _DAY)
    )
    news = [Unit.valid_from >= bounds.new_from, ~old_plan.correlate(plans).exists()]
    return (
        _row(rule, Unit.id, plans.c.id, held_at, _state(rule, bounds, held_at, news))
        .select_from(plans)
        .join(Unit, Unit.id == plans.c.unit_id)
        .where(plans.c.kind.in_(rule.plan_kinds), concerns(rule), in_effect(as_of))
    )


def _row(rule: Rule, unit_id: Any, plan_id: Any, held_at: Any, state: ColumnElement[str]) -> AnySelect:
    return select(
        unit_id.label("unit_id"), literal(rule.id).label("rule"), plan_id.label("plan_id"),
        held_at.label("held_at"), state.label("state"),
    )  # fmt: skip


def _state(
    rule: Rule, bounds: Limits, held_at: ColumnElement[Any], news: Iterable[ColumnElement[bool]]
) -> ColumnElement[str]:
    is_new_rule = rule.valid_from is not None and rule.valid_from >= bounds.new_from
    return case(
        (held_at > end_of_day(bounds.met_from - _DAY), "met"),
        (held_at > end_of_day(bounds.open_from - _DAY), "due"),
        *((new, "due") for new in news),
        else_="due" if is_new_rule else "overdue",
    )
