"""How ready units are as of a date, worked out from the facts in one statement for all units at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, case, func, literal, select, union_all

from drillapp.core.database.base import AnySelect
from drillapp.core.dates import month_ends
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.formula import Indicator, Value, formula, grade, score
from drillapp.core.readiness.rows import TrendPoint, UnitReadiness
from drillapp.core.rules.duties import duty
from drillapp.core.rules.law import Settlement
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.uncollected import uncollected
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect, in_scope

_Sums = dict[int, tuple[int, int]]
"""By unit: how much is met, how much is asked."""
_Counts = dict[str, _Sums]
"""The sums of each indicator."""


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
            unit = connection.execute(_units(day).where(Unit.id == unit_id)).first()
            if unit is not None:
                points.append(TrendPoint(day, _of_one(connection, day, unit)))
    return points


def evidence(office: Office, unit_id: int, indicator: str, *, own_only: bool = False) -> list[Obligation]:
    """The rows behind a unit's indicator: each thing asked of it and of those below it, met or not."""
    (chosen,) = (one for one in formula().indicator if one.name == indicator)
    rows = obligations(office, unit_id, settled_by=chosen.settled_by, own_only=own_only)
    return [row for row in rows if row.state != "due"]


def _readiness(connection: Connection, as_of: date, unit_id: int | None) -> list[UnitReadiness]:
    units = connection.execute(_units(as_of).where(in_scope(Unit.id, unit_id)).order_by(Unit.code)).all()
    with uncollected():
        ordered = _superiors_first(units)
        own = _own_counts(connection, as_of, unit_id)
        climb = [(unit.id, unit.parent_id) for unit in reversed(ordered)]
        total = {name: _added_up(climb, sums) for name, sums in own.items()}
        return [_row(unit, own, total) for unit in ordered]


def _of_one(connection: Connection, as_of: date, unit: Any) -> UnitReadiness:
    """The readiness of one unit with all below it, without working out those below for themselves."""
    own = _own_counts(connection, as_of, unit.id)
    total = {
        name: {
            unit.id: (sum(met for met, _asked in sums.values()), sum(asked for _met, asked in sums.values()))
        }
        for name, sums in own.items()
    }
    return _row(unit, own, total)


def _units(as_of: date) -> AnySelect:
    return select(Unit.id, Unit.parent_id, Unit.code, Unit.name, Unit.kind).where(in_effect(as_of))


def _own_counts(connection: Connection, as_of: date, unit_id: int | None) -> _Counts:
    own: _Counts = {indicator.name: {} for indicator in formula().indicator}
    for unit, indicator, met, asked in connection.execute(counts(as_of, unit_id)).all():
        sums = own[indicator]
        before = sums.get(unit)
        # Sums are decimals on PostgreSQL.
        sums[unit] = (
            (int(met), int(asked)) if before is None else (before[0] + int(met), before[1] + int(asked))
        )
    return own


def counts(as_of: date, unit_id: int | None) -> Any:
    """One statement for all: unit, indicator, how much is met and how much is asked of the unit itself."""
    parts = [
        _counted(one, indicator.name, as_of, unit_id)
        for indicator in formula().indicator
        for one in indicator.settled_by
    ]
    return union_all(*parts)


def _counted(settled_by: Settlement, indicator: str, as_of: date, unit_id: int | None) -> AnySelect:
    """Counted first and joined to the units in effect then: there are far more rows than units."""
    asked = duty(settled_by, as_of)
    met = func.sum(case((asked.state == "met", 1), else_=0))
    counted = func.sum(case((asked.state != "due", 1), else_=0))
    sums = (
        asked.rows.with_only_columns(asked.unit_id.label("unit_id"), met.label("met"), counted.label("asked"))
        .where(in_scope(asked.unit_id, unit_id))
        .group_by(asked.unit_id)
        .subquery()
    )
    statement = select(sums.c.unit_id, literal(indicator), sums.c.met, sums.c.asked)
    return statement.join(Unit, Unit.id == sums.c.unit_id).where(in_effect(as_of))


def _superiors_first(units: Sequence[Any]) -> list[Any]:
    """The units in the order of the tree: each before those below it."""
    present = {unit.id for unit in units}
    children: dict[int | None, list[Any]] = {}
    for unit in units:
        children.setdefault(unit.parent_id if unit.parent_id in present else None, []).append(unit)
    ordered: list[Any] = []
    waiting = children.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting.extend(reversed(children.get(unit.id, ())))
    return ordered


def _added_up(climb: Sequence[tuple[int, int | None]], own: _Sums) -> _Sums:
    """Each unit's sums with those of all units below it; `climb`: units and their superiors, the lowest first."""
    total = dict(own)
    for unit, superior in climb:
        mine = total.get(unit)
        if mine is not None and superior is not None:
            above = total.get(superior)
            total[superior] = mine if above is None else (above[0] + mine[0], above[1] + mine[1])
    return total


def _row(unit: Any, own: _Counts, total: _Counts) -> UnitReadiness:
    values = {one.name: _value(one, unit.id, own, total) for one in formula().indicator}
    points = score(values)
    return UnitReadiness(
        unit.id, unit.parent_id, unit.code, unit.name, unit.kind, points, grade(points), values
    )


def _value(indicator: Indicator, unit_id: int, own: _Counts, total: _Counts) -> Value:
    met, asked = total[indicator.name].get(unit_id, _NOTHING)
    own_met, own_asked = own[indicator.name].get(unit_id, _NOTHING)
    return Value(indicator.weight, met, asked, own_met, own_asked)


_NOTHING = (0, 0)
