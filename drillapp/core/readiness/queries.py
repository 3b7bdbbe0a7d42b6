"""How ready units are as of a date, worked out from the facts in one statement for all units at once."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from drillapp.core.database.base import AnySelect
from drillapp.core.office import Office
from drillapp.core.plans.judged import keep_judged
from drillapp.core.readiness.counting import COUNTS, FACTS, absent, counted, counted_with_below
from drillapp.core.readiness.formula import Formula, Value, confidence, formula, score
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.readiness.tree import above, added_up, climb, next_above, superiors_first
from drillapp.core.rules.duty import Scope
from drillapp.core.rules.queries import obligations, scope_of
from drillapp.core.rules.rows import Obligation
from drillapp.core.uncollected import uncollected
from drillapp.core.units.references import or_all

_PORTION = 1000
_Columns = Sequence[Sequence[Any]]


def readiness(
    office: Office, unit_id: int | None = None, on: date | None = None, version: str | None = None
) -> list[UnitReadiness]:
    """The readiness of a unit and all below it (None: of all units), superior units first.

    By default on the office's date by the formula in use. A unit's figures cover itself and everything below it.
    Raises NotFound for an unknown version of the formula.
    """
    used = formula(version)
    with office.read_whole() as connection, uncollected():
        scope = scope_with_below(connection, unit_id, on or office.as_of)
        rows = list(_rows(_all_counted(connection, scope, used), used))
    keep_judged(office)
    return rows


def readiness_of(
    office: Office, unit_id: int | None, chosen: Collection[int], on: date
) -> list[UnitReadiness]:
    """The readiness of some units among a unit and those below it (None: among all), each with all below it."""
    with office.read_whole() as connection:
        return of_some(connection, scope_with_below(connection, unit_id, on), formula(), chosen)


def evidence(
    office: Office,
    unit_id: int,
    indicator: str,
    *,
    own_only: bool = False,
    on: date | None = None,
    version: str | None = None,
    rule: str | None = None,
) -> list[Obligation]:
    """The rows behind a unit's indicator: each thing asked of it and of those below it, met or not.

    On the office's date by the formula in use, or on another day by another one; of all rules, or of one.
    """
    (chosen,) = (one for one in formula(version).indicator if one.name == indicator)
    rows = obligations(office, unit_id, settled_by=chosen.settled_by, own_only=own_only, on=on)
    return [row for row in rows if row.state != "due" and rule in (None, row.rule)]


def scope_with_below(connection: Connection, unit_id: int | None, day: date) -> Scope:
    """What is asked of a unit and all below it on a day (None: of all units)."""
    return scope_of(connection, day, or_all(connection, unit_id))


def _all_counted(connection: Connection, scope: Scope, used: Formula) -> list[list[Any]]:
    """All units of the scope in effect, superior units first: facts, own counts, floors, counts with all below.

    By columns.
    """
    not_in_effect = dict(connection.execute(absent(scope)).all())
    columns = _columns(connection, counted(scope, used))
    columns[1] = [next_above(superior, not_in_effect) for superior in columns[1]]
    superiors = above(columns[0], columns[1])
    order = superiors_first(columns[0], superiors)
    columns = [list(map(column.__getitem__, order)) for column in columns]
    own = columns[len(FACTS) : len(FACTS) + len(COUNTS) * len(used.indicator)]
    reports = (_any(own, name) for name in ("asked", "known"))
    return [*columns, *added_up(climb(columns[0], superiors), [*own, *reports])]


def _any(counts: _Columns, name: str) -> list[int]:
    """1 for each unit where any of the counts with that name is not 0."""
    return [int(any(row)) for row in zip(*counts[COUNTS.index(name) :: len(COUNTS)], strict=True)]


def of_some(
    connection: Connection, scope: Scope, used: Formula, chosen: Collection[int]
) -> list[UnitReadiness]:
    """Some units with all below them, without working out the others; those not in effect are left out."""
    columns = _columns(connection, counted_with_below(scope, used, chosen))
    not_in_effect = dict(connection.execute(absent(scope)).all())
    columns[1] = [next_above(superior, not_in_effect) for superior in columns[1]]
    return [row for row in _rows(columns, used) if row.unit_id in chosen]


def _columns(connection: Connection, statement: AnySelect) -> list[list[Any]]:
    """The answer column by column: as rows, those of all units would take several times the memory."""
    columns: list[list[Any]] = [[] for _column in statement.selected_columns]
    for portion in connection.execute(statement).partitions(_PORTION):
        for column, values in zip(columns, zip(*portion, strict=True), strict=True):
            column += values
    return columns


def _rows(columns: _Columns, used: Formula) -> Iterator[UnitReadiness]:
    """Units from their facts, their own counts, what floors they break, and the counts with all below them."""
    facts, counts = columns[: len(FACTS)], columns[len(FACTS) :]
    width = len(COUNTS) * len(used.indicator)
    own, floors, total = counts[:width], counts[width : -width - 2], counts[-width - 2 : -2]
    shares = [used.own_share(kind) for kind in facts[-1]]
    values = [
        _values(one.weight, *(part[place] for part in (total, own) for place in range(first, first + len(COUNTS))), shares)
        for first, one in zip(range(0, width, len(COUNTS)), used.indicator, strict=True)
    ]  # fmt: skip
    names = [one.name for one in used.indicator]
    broken = zip(*floors, strict=True) if floors else (() for _unit in facts[0])
    for unit, figures, failed, units, reported in zip(
        zip(*facts, strict=True), zip(*values, strict=True), broken, *counts[-2:], strict=True
    ):
        floors_broken = tuple(floor.name for floor, count in zip(used.floor, failed, strict=False) if count)
        yield row_of(used, unit, dict(zip(names, figures, strict=True)), floors_broken, units, reported)


def _values(weight: float, *counts: Sequence[Any]) -> Iterator[Value]:
    """An indicator of each unit; units with the same counts, which most are, share it."""
    known: dict[tuple[Any, ...], Value] = {}
    for each in zip(*counts, strict=True):
        value = known.get(each)
        if value is None:
            value = known[each] = Value(weight, *each)
        yield value


def row_of(
    used: Formula, unit: Sequence[Any], values: dict[str, Value], broken: tuple[str, ...], units: int, reported: int
) -> UnitReadiness:  # fmt: skip
    """A unit, given by its facts, with its score, grade and confidence."""
    unit_id, parent_id, code, name, kind = unit
    points = score(values)
    return UnitReadiness(
        unit_id, parent_id, code, name, sys.intern(kind), points, used.grade_of(points, broken), values,
        confidence(values), broken, units, reported,
    )  # fmt: skip
