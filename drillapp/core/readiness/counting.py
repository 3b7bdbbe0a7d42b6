"""How much is asked of units and how much of it is met, as SQL: of each by itself, or with all below it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import reduce
from itertools import chain
from operator import add
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, func, select

from drillapp.core.database.base import AnySelect, narrowed
from drillapp.core.law import Settlement
from drillapp.core.readiness.formula import formula
from drillapp.core.rules.drill_states import drill_counts
from drillapp.core.rules.duties import Scope, duty
from drillapp.core.units.model import Unit, UnitAncestor
from drillapp.core.units.references import in_effect, in_scope

FACTS = (Unit.id, Unit.parent_id, Unit.code, Unit.name, Unit.kind)
"""What a row tells of a unit before the counts begin: met and asked, for one indicator after another."""


def counted(as_of: date, unit_id: int | None) -> AnySelect:
    """The units in effect, each with the counts of itself."""
    scope = Scope(as_of, unit_id)
    sums = {
        indicator.name: [part.subquery() for one in indicator.settled_by for part in _sums(one, scope)]
        for indicator in formula().indicator
    }
    counts = (
        reduce(add, (func.coalesce(part.c[name], 0) for part in parts)).label(f"{indicator}_{name}")
        for indicator, parts in sums.items()
        for name in ("met", "asked")
    )
    statement = select(*FACTS, *counts)
    for part in chain.from_iterable(sums.values()):
        statement = statement.outerjoin(part, part.c.unit_id == Unit.id)
    return statement.where(in_effect(as_of), in_scope(Unit.id, unit_id)).order_by(Unit.code)


def counted_with_below(as_of: date, unit_id: int | None, chosen: Collection[int]) -> AnySelect:
    """Chosen units in effect, each with the counts of itself, and then those with all units below it."""
    each = counted(as_of, unit_id).order_by(None).subquery()
    counts = list(each.c)[len(FACTS) :]
    statement = (
        select(
            *FACTS,
            *(_sum(case((each.c.id == Unit.id, count), else_=0)) for count in counts),
            *(_sum(count) for count in counts),
        )
        .join(UnitAncestor, UnitAncestor.ancestor_id == Unit.id)
        .join(each, each.c.id == UnitAncestor.unit_id)
        .where(in_effect(as_of))
        .group_by(Unit.id)
    )
    return narrowed(statement, Unit.id, chosen)


def absent(as_of: date, unit_id: int | None) -> Select[int, int | None]:
    """The units that are not in effect, with their superiors: what is below them counts for those above them."""
    return select(Unit.id, Unit.parent_id).where(in_scope(Unit.id, unit_id), ~in_effect(as_of))


def _sums(settled_by: Settlement, scope: Scope) -> list[AnySelect]:
    """Counted first and joined to the units then: there are far more rows than units."""
    if settled_by == "drill_held":
        return drill_counts(scope, scope.plans_in_force)
    asked = duty(settled_by, scope)
    met = func.sum(case((asked.state == "met", 1), else_=0)).label("met")
    counted = func.sum(case((asked.state != "due", 1), else_=0)) if asked.is_ever_due else func.count()
    rows = asked.rows.with_only_columns(asked.unit_id.label("unit_id"), met, counted.label("asked"))
    return [rows.group_by(asked.unit_id)]


def _sum(counts: ColumnElement[Any]) -> ColumnElement[int]:
    """PostgreSQL would make a decimal number of it."""
    return cast(func.sum(counts), BigInteger)
