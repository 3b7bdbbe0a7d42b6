"""How much is asked of units, known and met, as SQL: of each by itself, or with all below it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from itertools import chain
from operator import add
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Subquery, case, cast, func, select

from drillapp.core.database.base import AnySelect, narrowed
from drillapp.core.law import Settlement
from drillapp.core.readiness.formula import Formula
from drillapp.core.rules.drill_states import drill_counts
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.units.model import Unit, UnitAncestor
from drillapp.core.units.references import in_effect, in_scope

FACTS = (Unit.id, Unit.parent_id, Unit.code, Unit.name, Unit.kind)
"""What a row tells of a unit before the counts begin."""
COUNTS = ("met", "known", "asked")
"""What is counted for each indicator, one after another; then follow the floors, for each how often it is broken."""
_Parts = dict[Settlement, list[Subquery]]


def counted(scope: Scope, formula: Formula) -> AnySelect:
    """The units in effect, each with the counts of itself."""
    parts = _parts(scope, formula)
    indicators = (
        _of(parts, indicator.settled_by, name).label(f"{indicator.name}_{name}")
        for indicator in formula.indicator
        for name in COUNTS
    )
    floors = (
        (_of(parts, (floor.broken_by,), "asked") - _of(parts, (floor.broken_by,), "met")).label(floor.name)
        for floor in formula.floor
    )
    statement = select(*FACTS, *indicators, *floors)
    for part in chain.from_iterable(parts.values()):
        statement = statement.outerjoin(part, part.c.unit_id == Unit.id)
    return statement.where(in_effect(scope.as_of), in_scope(Unit.id, scope.unit_id)).order_by(Unit.code)


def counted_with_below(scope: Scope, formula: Formula, chosen: Collection[int]) -> AnySelect:
    """Chosen units in effect, each with the counts of itself, and then those with all units below it.

    The counts of the indicators with all below are followed by how many units they come from, and of how many of those
    anything is known.
    """
    each = counted(scope, formula).order_by(None).subquery()
    counts = list(each.c)[len(FACTS) :]
    of_indicators = counts[: len(COUNTS) * len(formula.indicator)]
    concerned, reported = (_any(of_indicators, name) for name in ("asked", "known"))
    statement = (
        select(
            *FACTS,
            *(_sum(case((each.c.id == Unit.id, count), else_=0)) for count in counts),
            *(_sum(count) for count in (*of_indicators, concerned, reported)),
        )
        .join(UnitAncestor, UnitAncestor.ancestor_id == Unit.id)
        .join(each, each.c.id == UnitAncestor.unit_id)
        .where(in_effect(scope.as_of))
        .group_by(Unit.id)
    )
    return narrowed(statement, Unit.id, chosen)


def absent(scope: Scope) -> Select[int, int | None]:
    """The units that are not in effect, with their superiors: what is below them counts for those above them."""
    return select(Unit.id, Unit.parent_id).where(in_scope(Unit.id, scope.unit_id), ~in_effect(scope.as_of))


def _parts(scope: Scope, formula: Formula) -> _Parts:
    """For each sort of duty what is counted of it by unit; the parts of one sort add up."""
    wanted = dict.fromkeys(chain.from_iterable(one.settled_by for one in formula.indicator))
    wanted |= dict.fromkeys(floor.broken_by for floor in formula.floor)
    return {
        one: [part.subquery() for part in _counts(scope, one)]
        for one in wanted
        if scope.rules_settled_by(one)
    }


def _counts(scope: Scope, settled_by: Settlement) -> list[AnySelect]:
    """Counted first and joined to the units then: there are far more rows than units."""
    if settled_by == "drill_held":
        return drill_counts(scope)
    return [_count(duty) for duty in duties(settled_by, scope)]


def _count(duty: Duty) -> AnySelect:
    counts = [_how_many(duty.counts_as_met).label("met")]
    if duty.may_lack_data:
        counts.append(_how_many(duty.state.in_(("met", "overdue"))).label("known"))
    asked = _how_many(duty.state != "due") if duty.is_ever_due else func.count()
    rows = duty.rows if duty.asks is None else duty.rows.where(duty.asks)
    rows = rows.with_only_columns(duty.unit_id.label("unit_id"), *counts, asked.label("asked"))
    return rows.group_by(duty.unit_id)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))


def _of(parts: _Parts, settled_by: Collection[Settlement], name: str) -> ColumnElement[int]:
    """A count of several sorts of duty; where data cannot be lacking, all that is asked is known."""
    columns = [
        func.coalesce(part.c.get(name, part.c.asked), 0) for one in settled_by for part in parts.get(one, ())
    ]
    return reduce(add, columns) if columns else cast(0, BigInteger)


def _any(counts: Sequence[ColumnElement[Any]], name: str) -> ColumnElement[int]:
    """1 where any of the counts with that name is not 0."""
    return case((reduce(add, counts[COUNTS.index(name) :: len(COUNTS)]) > 0, 1), else_=0)


def _sum(counts: ColumnElement[Any]) -> ColumnElement[int]:
    """PostgreSQL would make a decimal number of it."""
    return cast(func.sum(counts), BigInteger)
