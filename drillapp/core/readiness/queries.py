"""How ready units are as of a date, worked out from the facts in one statement for all units at once."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import Connection

from drillapp.core.database.base import AnySelect
from drillapp.core.dates import month_ends
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.counting import FACTS, absent, counted, counted_with_below
from drillapp.core.readiness.formula import Value, formula, grade, score
from drillapp.core.readiness.rows import TrendPoint, UnitReadiness
from drillapp.core.readiness.tree import above, added_up, climb, superiors_first
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.uncollected import uncollected
from drillapp.core.units.references import or_all

_PORTION = 1000


def readiness(office: Office, unit_id: int | None = None, on: date | None = None) -> list[UnitReadiness]:
    """The readiness of a unit and all below it (None: of all units), superior units first, by default on the office's date.

    A unit's figures cover itself and everything below it: met and asked are added up, then the formula is applied.
    """
    with office.read() as connection:
        return _readiness(connection, on or office.as_of, or_all(connection, unit_id))


def readiness_of(
    office: Office, unit_id: int | None, chosen: Collection[int], on: date
) -> list[UnitReadiness]:
    """The readiness of some units among a unit and those below it (None: among all), each with all below it."""
    with office.read() as connection:
        return _of_some(connection, on, or_all(connection, unit_id), chosen)


def trend(office: Office, unit_id: int, months: int, progress: Progress = SILENT) -> list[TrendPoint]:
    """The readiness of one unit with all below it in so many months: at each month's end, and of this one on the office's date."""
    points: list[TrendPoint] = []
    days = month_ends(office.as_of, months)
    with office.read() as connection:
        scope = or_all(connection, unit_id)
        for done, day in enumerate(days):
            progress.step(done, len(days), day.isoformat())
            points += [TrendPoint(day, row) for row in _of_some(connection, day, scope, {unit_id})]
    return points


def evidence(office: Office, unit_id: int, indicator: str, *, own_only: bool = False) -> list[Obligation]:
    """The rows behind a unit's indicator: each thing asked of it and of those below it, met or not."""
    (chosen,) = (one for one in formula().indicator if one.name == indicator)
    rows = obligations(office, unit_id, settled_by=chosen.settled_by, own_only=own_only)
    return [row for row in rows if row.state != "due"]


def _readiness(connection: Connection, as_of: date, unit_id: int | None) -> list[UnitReadiness]:
    not_in_effect = dict(connection.execute(absent(as_of, unit_id)).all())
    with uncollected():
        columns = _columns(connection, counted(as_of, unit_id))
        superiors = above(columns[0], columns[1], not_in_effect)
        order = superiors_first(columns[0], superiors)
        columns = [list(map(column.__getitem__, order)) for column in columns]
        own = columns[len(FACTS) :]
        return list(_rows([*columns, *added_up(climb(columns[0], superiors), own)]))


def _of_some(
    connection: Connection, as_of: date, unit_id: int | None, chosen: Collection[int]
) -> list[UnitReadiness]:
    """Without working out the others for themselves; those not in effect are left out."""
    rows = _rows(_columns(connection, counted_with_below(as_of, unit_id, chosen)))
    return [row for row in rows if row.unit_id in chosen]


def _columns(connection: Connection, statement: AnySelect) -> list[list[Any]]:
    """The answer column by column: as rows, those of all units would take several times the memory."""
    columns: list[list[Any]] = [[] for _column in statement.selected_columns]
    for portion in connection.execute(statement).partitions(_PORTION):
        for column, values in zip(columns, zip(*portion, strict=True), strict=True):
            column += values
    return columns


def _rows(columns: Sequence[Sequence[Any]]) -> Iterator[UnitReadiness]:
    """Units from their facts, their own counts, and those with all below them."""
    facts, counts = columns[: len(FACTS)], columns[len(FACTS) :]
    own, total = counts[: len(counts) // 2], counts[len(counts) // 2 :]
    values = [
        _values(one.weight, total[place], total[place + 1], own[place], own[place + 1])
        for place, one in zip(count(step=2), formula().indicator, strict=False)
    ]
    names = [one.name for one in formula().indicator]
    for unit, figures in zip(zip(*facts, strict=True), zip(*values, strict=True), strict=True):
        yield _row(unit, dict(zip(names, figures, strict=True)))


def _values(weight: float, *counts: Sequence[int]) -> Iterator[Value]:
    """An indicator of each unit; units with the same counts, which most are, share it."""
    known: dict[tuple[int, ...], Value] = {}
    for each in zip(*counts, strict=True):
        value = known.get(each)
        if value is None:
            value = known[each] = Value(weight, *each)
        yield value


def _row(unit: Sequence[Any], values: dict[str, Value]) -> UnitReadiness:
    unit_id, parent_id, code, name, kind = unit
    points = score(values)
    return UnitReadiness(unit_id, parent_id, code, name, sys.intern(kind), points, grade(points), values)
