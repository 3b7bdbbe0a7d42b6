"""How ready units are as of a date, worked out from the facts in one statement for all units at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import count
from operator import add
from typing import Any

from sqlalchemy import Connection, Select, Subquery, case, func, select

from drillapp.core.database.base import AnySelect
from drillapp.core.dates import month_ends
from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.formula import Value, formula, grade, score
from drillapp.core.readiness.rows import TrendPoint, UnitReadiness
from drillapp.core.rules.duties import Scope, duty
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.uncollected import uncollected
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect, in_scope


def readiness(office: Office, unit_id: int | None = None, on: date | None = None) -> list[UnitReadiness]:
    """The readiness of a unit and all below it (None: of all units), superior units first, by default on the office's date.

    A unit's figures cover itself and everything below it: met and asked are added up, then the formula is applied.
    """
    with office.read() as connection:
        return _readiness(connection, on or office.as_of, unit_id)


def trend(office: Office, unit_id: int, months: int, progress: Progress = SILENT) -> list[TrendPoint]:
    """The readiness of one unit with all below it in so many months: at each month's end, and of this one on the office's date."""
    points: list[TrendPoint] = []
    days = month_ends(office.as_of, months)
    with office.read() as connection:
        for done, day in enumerate(days):
            progress.step(done, len(days), day.isoformat())
            points += [TrendPoint(day, row) for row in _of_one(connection, day, unit_id)]
    return points


def evidence(office: Office, unit_id: int, indicator: str, *, own_only: bool = False) -> list[Obligation]:
    """The rows behind a unit's indicator: each thing asked of it and of those below it, met or not."""
    (chosen,) = (one for one in formula().indicator if one.name == indicator)
    rows = obligations(office, unit_id, settled_by=chosen.settled_by, own_only=own_only)
    return [row for row in rows if row.state != "due"]


def _readiness(connection: Connection, as_of: date, unit_id: int | None) -> list[UnitReadiness]:
    absent = dict(connection.execute(_absent(as_of, unit_id)).all())
    with uncollected():
        units = connection.execute(counted(as_of, unit_id)).all()
        above = _above(units, absent)
        units = _superiors_first(units, above)
        own = [unit[_FACTS:] for unit in units]
        total = zip(*_added_up(_climb(units, above), zip(*own, strict=True)), strict=True)
        return [_row(*each) for each in zip(units, own, total, strict=True)]


def _of_one(connection: Connection, as_of: date, unit_id: int) -> list[UnitReadiness]:
    """The readiness of one unit with all below it, without working out those below for themselves; none if there is no such unit."""
    units = connection.execute(counted(as_of, unit_id)).all()
    total = [sum(column) for column in zip(*(unit[_FACTS:] for unit in units), strict=True)]
    return [_row(unit, unit[_FACTS:], total) for unit in units if unit.id == unit_id]


_FACTS = 5
"""What a row of `counted` tells of a unit before the counts begin."""


def counted(as_of: date, unit_id: int | None) -> AnySelect:
    """The units in effect, each with how much is met and how much is asked of itself, for one indicator after another."""
    scope = Scope(as_of, unit_id)
    sums = {one: _sums(one, scope) for indicator in formula().indicator for one in indicator.settled_by}
    counts = [
        reduce(add, (func.coalesce(sums[one].c[name], 0) for one in indicator.settled_by))
        for indicator in formula().indicator
        for name in ("met", "asked")
    ]
    statement = select(Unit.id, Unit.parent_id, Unit.code, Unit.name, Unit.kind, *counts)
    for part in sums.values():
        statement = statement.outerjoin(part, part.c.unit_id == Unit.id)
    return statement.where(in_effect(as_of), in_scope(Unit.id, unit_id)).order_by(Unit.code)


def _absent(as_of: date, unit_id: int | None) -> Select[int, int | None]:
    """The units that are not in effect, with their superiors: what is below them counts for those above them."""
    return select(Unit.id, Unit.parent_id).where(in_scope(Unit.id, unit_id), ~in_effect(as_of))


def _sums(settled_by: Settlement, scope: Scope) -> Subquery:
    """Counted first and joined to the units then: there are far more rows than units."""
    asked = duty(settled_by, scope)
    met = func.sum(case((asked.state == "met", 1), else_=0))
    counted = func.sum(case((asked.state != "due", 1), else_=0))
    return (
        asked.rows.with_only_columns(asked.unit_id.label("unit_id"), met.label("met"), counted.label("asked"))
        .group_by(asked.unit_id)
        .subquery()
    )


def _above(units: Sequence[Any], absent: Mapping[int, int | None]) -> dict[int, int | None]:
    """Each unit with the next above it that is in effect; None where there is none among these."""
    above: dict[int, int | None] = dict.fromkeys(unit.id for unit in units)
    for unit in units:
        superior = unit.parent_id
        while superior in absent:
            superior = absent[superior]
        above[unit.id] = superior if superior in above else None
    return above


def _superiors_first(units: Sequence[Any], above: Mapping[int, int | None]) -> list[Any]:
    """The units in the order of the tree: each before those below it."""
    below: dict[int | None, list[Any]] = {}
    for unit in units:
        below.setdefault(above[unit.id], []).append(unit)
    ordered: list[Any] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting.extend(reversed(below.get(unit.id, ())))
    return ordered


def _climb(units: Sequence[Any], above: Mapping[int, int | None]) -> list[tuple[int, int]]:
    """Places of units and of those above them, the lowest first."""
    places: dict[int | None, int] = {unit.id: place for place, unit in enumerate(units)}
    superiors = (places.get(above[unit.id]) for unit in units)
    return [(place, superior) for place, superior in enumerate(superiors) if superior is not None][::-1]


def _added_up(climb: Sequence[tuple[int, int]], columns: Iterable[Iterable[int]]) -> Iterator[list[int]]:
    """Each column of counts, where each unit's are put together with those of all units below it."""
    for column in columns:
        total = list(column)
        for place, superior in climb:
            total[superior] += total[place]
        yield total


def _row(unit: Any, own: Sequence[int], total: Sequence[int]) -> UnitReadiness:
    values = {
        one.name: Value(one.weight, total[place], total[place + 1], own[place], own[place + 1])
        for place, one in zip(count(step=2), formula().indicator, strict=False)
    }
    points = score(values)
    unit_id, parent_id, code, name, kind = unit[:_FACTS]
    return UnitReadiness(unit_id, parent_id, code, name, kind, points, grade(points), values)
