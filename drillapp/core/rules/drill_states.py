"""The drills that are asked of all units as of a date: one row for each rule and unit, or rule and plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache, reduce
from operator import add
from typing import Any, NamedTuple

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
from sqlalchemy.sql.selectable import NamedFromClause

from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.drills.held import is_held, took_part
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.law import Rule
from drillapp.core.localtime import end_of_day
from drillapp.core.plans.events import has_come_into_force
from drillapp.core.plans.model import Plan
from drillapp.core.rules.concerning import concerns, mask
from drillapp.core.rules.duty import Scope
from drillapp.core.rules.settlings import Settling
from drillapp.core.rules.terms import Limits, Term, limits
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect

_DAY = timedelta(days=1)
_NO_PLAN = cast(null(), Integer)


def drill_rows(scope: Scope) -> Subquery:
    """What is asked of all units in effect; at least one rule must be in force.

    unit_id, rule, plan_id; held_at: the end of the latest drill that settles it; state.
    """
    of_units, of_plans = _asked_by(scope)
    standing = scope.looked_up(_standing(scope, of_units).cte("standing")).c
    parts = [_of_units(rule, place, scope, standing) for place, rule in enumerate(of_units)]
    parts += [_of_plans(rule, scope) for rule in of_plans]
    return union_all(*parts).subquery("drills_asked")


def drill_counts(scope: Scope) -> list[AnySelect]:
    """How many of the same rows are met, known and asked: unit_id, met, known, asked; parts that add up."""
    of_units, of_plans = _asked_by(scope)
    parts = [_count(_of_plans(rule, scope).subquery()) for rule in of_plans]
    if of_units:
        standing = _standing(scope, of_units).subquery("standing").c
        # Kept as four numbers a unit: else SQLite keeps all that stands behind them until it joins the units.
        of_each = scope.looked_up(_count_of_units(of_units, scope, standing).cte("drills_counted")).c
        # Who never held a drill has none that is met either.
        known = case((of_each.ever, of_each.asked), else_=0).label("known")
        parts.insert(0, select(of_each.unit_id, of_each.met, known, of_each.asked))
    return parts


def _count_of_units(rules: Sequence[Rule], scope: Scope, standing: Any) -> AnySelect:
    """The rules of each unit are counted where it stands: to make rows of them and group those takes far more."""
    met: list[ColumnElement[int]] = []
    asked: list[ColumnElement[int]] = []
    for place, rule in enumerate(rules):
        is_asked, told = _is_bit_set(standing.asked, place), _of_unit(rule, scope, standing)
        met.append(case((and_(is_asked, told.is_met), 1), else_=0))
        asked.append(case((~is_asked, 0), (told.is_met, 1), (told.is_open, 0), else_=1))
    return select(
        standing.id.label("unit_id"), reduce(add, met).label("met"), reduce(add, asked).label("asked"),
        standing.ever.is_not(None).label("ever"),
    )  # fmt: skip


def _count(rows: Subquery) -> AnySelect:
    counts = {"met": ("met",), "known": ("met", "overdue"), "asked": ("met", "overdue", "no_data")}
    sums = (
        func.sum(case((rows.c.state.in_(states), 1), else_=0)).label(name) for name, states in counts.items()
    )
    return select(rows.c.unit_id, *sums).group_by(rows.c.unit_id)


def _asked_by(scope: Scope) -> tuple[list[Rule], list[Rule]]:
    """The rules in force: those for units as a whole, and those for each of their plans."""
    asked = scope.rules_settled_by("drill_held")
    return [rule for rule in asked if rule.per == "unit"], [rule for rule in asked if rule.per == "plan"]


def _standing(scope: Scope, rules: Sequence[Rule]) -> AnySelect:
    """The units in effect, each with which rules concern it and when it last held a drill of each sort."""
    own = _last_own(scope, rules).subquery().c
    sorts: list[ColumnElement[Any]] = []
    for place, one in enumerate(scope.book.settlings):
        last = own[f"last_{place}"]
        either = case((or_(last.is_(None), own.joint > last), own.joint), else_=last)
        sorts.append((either if one.is_any else last).label(f"last_{place}"))
    ever = func.coalesce(own.ever, own.joint).label("ever")
    return select(own.id, own.valid_from, own.asked, *sorts, ever)


def _last_own(scope: Scope, rules: Sequence[Rule]) -> AnySelect:
    """One pass over the units and the drills of each; `joint` is the last drill of another unit it took part in, `ever` its own last one."""
    sorts = (
        func.max(Drill.ended_at if one.is_any else case((one.fits, Drill.ended_at))).label(f"last_{place}")
        for place, one in enumerate(scope.book.settlings)
    )
    joint = took_part().with_only_columns(func.max(Drill.ended_at)).where(
        is_held(scope.as_of), DrillParty.unit_id == Unit.id
    ).correlate(Unit)  # fmt: skip
    return (
        select(
            Unit.id, Unit.valid_from, mask(_is_asked(rule, scope.plans_in_force) for rule in rules).label("asked"), *sorts,
            func.max(Drill.ended_at).label("ever"), joint.scalar_subquery().label("joint"),
        )
        .outerjoin(Drill, and_(Drill.unit_id == Unit.id, is_held(scope.as_of)))
        .outerjoin(Plan, Plan.id == Drill.plan_id)
        .where(scope.has(Unit.id), in_effect(scope.as_of))
        .group_by(Unit.id)
    )  # fmt: skip


def _is_asked(rule: Rule, plans: CTE) -> ColumnElement[bool]:
    if not rule.plan_kinds:
        return concerns(rule)
    having = select(plans.c.unit_id).where(plans.c.kind.in_(rule.plan_kinds))
    return and_(concerns(rule), Unit.id.in_(having))


def _is_bit_set(number: ColumnElement[int], place: int) -> ColumnElement[bool]:
    return number.bitwise_and(1 << place) != 0


def _of_units(rule: Rule, place: int, scope: Scope, standing: Any) -> AnySelect:
    told = _of_unit(rule, scope, standing)
    return _row(rule, standing.id, _NO_PLAN, told).where(_is_bit_set(standing.asked, place))


@cache
def _older() -> NamedFromClause:
    """Plans that came into force before; one alias for all rules, since each takes its time to make."""
    return table_of(Plan).alias()


def _of_unit(rule: Rule, scope: Scope, standing: Any) -> _Told:
    bounds = limits(Term.of(rule), scope.as_of)
    plan = _older()
    old_plan = select(plan.c.id).where(
        plan.c.unit_id == standing.id, plan.c.kind.in_(rule.plan_kinds), still(plan.c.retired_on, scope.as_of),
        has_come_into_force(plan, bounds.new_from - _DAY),
    )  # fmt: skip
    news = [standing.valid_from >= bounds.new_from]
    if rule.plan_kinds:
        news.append(~old_plan.correlate_except(plan).exists())
    last = standing[f"last_{scope.book.settlings.index(Settling.of(rule))}"]
    return _Told.of(rule, bounds, last, news, standing.ever.is_(None))


def _of_plans(rule: Rule, scope: Scope) -> AnySelect:
    as_of, plans = scope.as_of, scope.plans_in_force
    held_at = (
        select(func.max(Drill.ended_at))
        .where(Drill.plan_id == plans.c.id, is_held(as_of))
        .correlate(plans)
        .scalar_subquery()
    )
    bounds = limits(Term.of(rule), as_of)
    plan = _older()
    old_plan = select(plan.c.id).where(
        plan.c.id == plans.c.id, has_come_into_force(plan, bounds.new_from - _DAY)
    )
    news = [Unit.valid_from >= bounds.new_from, ~old_plan.correlate(plans).exists()]
    ever = select(Drill.id).where(Drill.unit_id == plans.c.unit_id, is_held(as_of)).correlate(plans)
    never = and_(held_at.is_(None), ~ever.exists())
    return (
        _row(rule, Unit.id, plans.c.id, _Told.of(rule, bounds, held_at, news, never))
        .select_from(plans)
        .join(Unit, Unit.id == plans.c.unit_id)
        .where(plans.c.kind.in_(rule.plan_kinds), concerns(rule), in_effect(as_of))
    )


def _row(rule: Rule, unit_id: Any, plan_id: Any, told: _Told) -> AnySelect:
    return select(
        unit_id.label("unit_id"), literal(rule.id).label("rule"), plan_id.label("plan_id"),
        told.held_at.label("held_at"),
        case(
            (told.is_met, "met"), (told.is_open, "due"), (told.is_never, "no_data"), else_="overdue"
        ).label("state"),
    )  # fmt: skip


class _Told(NamedTuple):
    """What tells the state of a drill that is asked: overdue when it is neither met nor open, and anything is known."""

    held_at: ColumnElement[Any]
    is_met: ColumnElement[bool]
    is_open: ColumnElement[bool]
    is_never: ColumnElement[bool]
    """Whether no drill of any sort was ever recorded."""

    @classmethod
    def of(
        cls, rule: Rule, bounds: Limits, held_at: ColumnElement[Any], news: Iterable[ColumnElement[bool]],
        never: ColumnElement[bool],
    ) -> _Told:  # fmt: skip
        """Told by when it was last held; `news` say that it is asked only since a short time."""
        is_new_rule = rule.valid_from is not None and rule.valid_from >= bounds.new_from
        is_open = or_(held_at > end_of_day(bounds.open_from - _DAY), *news)
        return cls(
            held_at, held_at > end_of_day(bounds.met_from - _DAY), true() if is_new_rule else is_open, never
        )
