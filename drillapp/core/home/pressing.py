"""The few overdue things that the first page names: of each sort the most pressing, what breaks a floor before others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import Connection

from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.readiness.formula import Formula, formula
from drillapp.core.rules.due import DueKey, due_obligations
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Scope
from drillapp.core.rules.queries import obligation_columns, obligation_of
from drillapp.core.rules.rows import ALL, Obligation


def sorts_in_order(present: Collection[Settlement], used: Formula) -> list[Settlement]:
    """The sorts of duty in the order in which one of each is named.

    First those that break a floor; then one sort of each indicator, so that none hides the others; then the rest.
    """
    floors = [one for one in dict.fromkeys(floor.broken_by for floor in used.floor) if one in present]
    ranked: list[tuple[int, int, Settlement]] = []
    for place, indicator in enumerate(used.indicator):
        of_it = sorted(
            (one for one in indicator.settled_by if one in present), key=lambda one: one not in floors
        )
        ranked += [(rank, place, one) for rank, one in enumerate(of_it)]
    by_indicator = [one for _rank, _place, one in sorted(ranked, key=lambda each: each[:2])]
    return list(dict.fromkeys([*floors, *by_indicator, *(one for one in ALL if one in present)]))


class Pressing:
    """Which overdue things are named, chosen from counts and keys before any of them is looked up."""

    def __init__(
        self, tallied: Iterable[tuple[int, str, str, int]], keys: Iterable[DueKey], scope: Scope, most: int
    ) -> None:
        self._scope = scope
        self._dated = _by_sort(keys)
        self._undated = _by_unit(tallied, scope)
        counts = {sort: len(found) for sort, found in self._dated.items()}
        counts |= {sort: units.total() for sort, units in self._undated.items()}
        order = sorts_in_order(counts, formula())
        rounds = (sort for turn in range(most) for sort in order if counts[sort] > turn)
        self._sequence = [sort for sort, _place in zip(rounds, range(most), strict=False)]
        self._wanted = Counter(self._sequence)

    def without_day(self, connection: Connection) -> dict[Settlement, list[Obligation]]:
        """Those of what must always be so, in the units that lack most of it."""
        return {
            sort: list(self._first(connection, sort, units))
            for sort, units in self._undated.items()
            if sort in self._wanted
        }

    def rows(self, office: Office, without_day: Mapping[Settlement, list[Obligation]]) -> list[Obligation]:
        """All that are named, in their order."""
        keys = [key for sort, found in self._dated.items() for key in found[: self._wanted[sort]]]
        found: dict[Settlement, list[Obligation]] = {sort: list(rows) for sort, rows in without_day.items()}
        for row in due_obligations(office, keys):
            found.setdefault(row.settled_by, []).append(row)
        turns = {sort: iter(rows) for sort, rows in found.items()}
        named = (next(turns[sort], None) for sort in self._sequence if sort in turns)
        return [row for row in named if row is not None]

    def _first(self, connection: Connection, sort: Settlement, units: Counter[int]) -> Iterator[Obligation]:
        most = self._wanted[sort]
        chosen = sorted(units, key=lambda unit: (-units[unit], unit))[:most]
        place = {unit: rank for rank, unit in enumerate(chosen)}
        found: list[Obligation] = []
        for duty in duties(sort, self._scope):
            columns = obligation_columns(duty, ("overdue",)).where(duty.unit_id.in_(chosen))
            rows = connection.execute(columns.order_by("unit", "subject"))
            found += [obligation_of(row, self._scope) for row in rows]
        yield from sorted(found, key=lambda row: place[row.unit_id])[:most]


def _by_sort(keys: Iterable[DueKey]) -> dict[Settlement, list[DueKey]]:
    """What is overdue by sort: what was never done before what was once, then the longest late."""
    found: dict[Settlement, list[DueKey]] = {}
    for key in keys:
        if key.window == "overdue":
            found.setdefault(key.settled_by, []).append(key)
    for rows in found.values():
        rows.sort(key=lambda key: key.due_on or date.min)
    return found


def _by_unit(tallied: Iterable[tuple[int, str, str, int]], scope: Scope) -> dict[Settlement, Counter[int]]:
    """How much of what has no day is missing, by sort and unit."""
    found: dict[Settlement, Counter[int]] = {}
    for unit_id, rule, state, count in tallied:
        if state == "overdue":
            found.setdefault(scope.book.known[rule].settled_by, Counter())[unit_id] += count
    return found
