"""How much is asked of units, known and met, as SQL: of each by itself, or with all below it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from operator import add
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, func, select

from drillapp.core.database.base import AnySelect, narrowed
from drillapp.core.law import Settlement
from drillapp.core.readiness.formula import Formula
from drillapp.core.readiness.packed import packed, packed_counts, summed, together, unpacked
from drillapp.core.rules.drill_states import drill_counts
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.units.model import Unit, UnitAncestor
from drillapp.core.units.references import in_effect, in_scope

FACTS = (Unit.id, Unit.parent_id, Unit.code, Unit.name, Unit.kind)
"""What a row tells of a unit before the counts begin."""
COUNTS = ("met", "known", "asked")
"""What is counted for each indicator, one after another; then follow the floors, for each how often it is broken."""
_Parts = dict[Settlement, list[Any]]


def counted(scope: Scope, formula: Formula) -> AnySelect:
    """The units in effect, each with the counts of itself."""
    depending_on = formula, scope.content_asked(*formula.sorts)
    return scope.kept.part(("counted", formula.version), lambda: _counted(scope, formula), depending_on)


def _counted(scope: Scope, formula: Formula) -> AnySelect:
    parts = _parts(scope, formula)
    indicators = (
        unpacked(_of(parts, indicator.settled_by), name).label(f"{indicator.name}_{name}")
        for indicator in formula.indicator
        for name in COUNTS
    )
    floors = (_broken(_of(parts, (floor.broken_by,))).label(floor.name) for floor in formula.floor)
    statement = select(*FACTS, *indicators, *floors)
    for part in dict.fromkeys(number.table for numbers in parts.values() for number in numbers):
        statement = statement.outerjoin(part, part.c.unit_id == Unit.id)
    return statement.where(in_effect(scope.as_of), in_scope(Unit.id, scope.unit_id)).order_by(Unit.code)


def _broken(number: ColumnElement[int]) -> ColumnElement[int]:
    """How much is asked and not met."""
    return unpacked(number, "asked") - unpacked(number, "met")


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
    """All units that are not in effect, with their superiors: what is below them counts for those above them."""
    return select(Unit.id, Unit.parent_id).where(~in_effect(scope.as_of))


def by_unit(scope: Scope, wanted: Iterable[Settlement]) -> list[AnySelect]:
    """What is asked of units: statements of `unit_id` and, under the name of each sort of duty, its packed number.

    What comes from the same rows is counted in one pass over them; a sort of duty can stand in several statements.
    """
    passes: dict[int, list[_Sorted]] = {}
    found: list[AnySelect] = []
    for one in wanted:
        if one == "drill_held":
            found += _drills(scope) if scope.rules_settled_by(one) else []
            continue
        for duty in duties(one, scope):
            passes.setdefault(id(duty.rows), []).append(_Sorted(one, duty))
    return [*found, *map(_one_pass, passes.values())]


def _parts(scope: Scope, formula: Formula) -> _Parts:
    """For each sort of duty what is counted of it by unit, as packed numbers that add up.

    All is counted first and joined to the units then: there are far more rows than units.
    """
    found: _Parts = {}
    for statement in by_unit(scope, formula.sorts):
        counts = statement.subquery().c
        for one in formula.sorts:
            if one in counts:
                found.setdefault(one, []).append(counts[one])
    return found


class _Sorted(NamedTuple):
    """A duty and the kind of fact that settles it."""

    settled_by: Settlement
    duty: Duty


def _one_pass(counted: Sequence[_Sorted]) -> AnySelect:
    """By unit one packed number for each kind of fact, of duties that share their rows."""
    rows, unit_id = counted[0].duty.rows, counted[0].duty.unit_id
    if len(counted) == 1 and counted[0].duty.asks is not None:
        rows = rows.where(counted[0].duty.asks)
    by_sort: dict[Settlement, list[ColumnElement[int]]] = {}
    for one, duty in counted:
        by_sort.setdefault(one, []).append(packed(duty, duty.asks if len(counted) > 1 else None))
    sums = (summed(numbers).label(one) for one, numbers in by_sort.items())
    return rows.with_only_columns(unit_id.label("unit_id"), *sums).group_by(unit_id)


def _drills(scope: Scope) -> list[AnySelect]:
    found: list[AnySelect] = []
    for part in drill_counts(scope):
        of_each = part.subquery().c
        number = packed_counts(of_each.met, of_each.known, of_each.asked)
        found.append(select(of_each.unit_id, number.label("drill_held")))
    return found


def _of(parts: _Parts, settled_by: Iterable[Settlement]) -> ColumnElement[int]:
    """The packed number of several sorts of duty."""
    return together(func.coalesce(number, 0) for one in settled_by for number in parts.get(one, ()))


def _any(counts: Sequence[ColumnElement[Any]], name: str) -> ColumnElement[int]:
    """1 where any of the counts with that name is not 0."""
    return case((reduce(add, counts[COUNTS.index(name) :: len(COUNTS)]) > 0, 1), else_=0)


def _sum(counts: ColumnElement[Any]) -> ColumnElement[int]:
    """PostgreSQL would make a decimal number of it."""
    return cast(func.sum(counts), BigInteger)
