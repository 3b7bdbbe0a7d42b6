"""The few overdue things that the first page names: of each sort the most pressing, what breaks a floor before others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.readiness.formula import Formula, formula
from drillapp.core.rules.due import DueKey, due_obligations, in_time
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


class First:
    """The first few of many keys in an order, without keeping the others."""

    def __init__(self, most: int, order: Callable[[DueKey], Any]) -> None:
        self.count = 0
        """How many there were."""
        self._most, self._order = most, order
        self._keys: list[DueKey] = []

    def add(self, key: DueKey) -> None:
        """One more."""
        self.count += 1
        self._keys.append(key)
        if len(self._keys) >= 2 * self._most + 100:
            self._keys = self.keys()

    def keys(self) -> list[DueKey]:
        """The first of those there were."""
        return sorted(self._keys, key=self._order)[: self._most]


class Pressing:
    """Which overdue things are named, chosen from counts and keys before any of them is looked up."""

    def __init__(self, scope: Scope, most: int) -> None:
        self._scope, self._most = scope, most
        self._dated: dict[Settlement, First] = {}
        self._undated: defaultdict[Settlement, Counter[int]] = defaultdict(Counter)

    def add_dated(self, key: DueKey) -> None:
        """Take something that has a day into account."""
        if key.window == "overdue":
            if key.settled_by not in self._dated:
                self._dated[key.settled_by] = First(self._most, _longest_late)
            self._dated[key.settled_by].add(key)

    def add_undated(self, unit_id: int, rule: str, state: str, count: int) -> None:
        """Take so much of what has no day into account."""
        if state == "overdue":
            self._undated[self._scope.book.known[rule].settled_by][unit_id] += count

    def without_day(self, connection: Connection) -> dict[Settlement, list[Obligation]]:
        """Those of what must always be so, in the units that lack most of it."""
        wanted = Counter(self._sequence())
        return {
            sort: list(self._first(connection, sort, units, wanted[sort]))
            for sort, units in self._undated.items()
            if sort in wanted
        }

    def rows(self, office: Office, without_day: Mapping[Settlement, list[Obligation]]) -> list[Obligation]:
        """All that are named, in their order."""
        sequence = self._sequence()
        wanted = Counter(sequence)
        keys = [key for sort, found in self._dated.items() for key in found.keys()[: wanted[sort]]]
        found: dict[Settlement, list[Obligation]] = {sort: list(rows) for sort, rows in without_day.items()}
        for row in due_obligations(office, keys):
            found.setdefault(row.settled_by, []).append(row)
        turns = {sort: iter(rows) for sort, rows in found.items()}
        named = (next(turns[sort], None) for sort in sequence if sort in turns)
        return [row for row in named if row is not None]

    def _sequence(self) -> list[Settlement]:
        """Of which sort of duty each is that is named."""
        counts = {sort: found.count for sort, found in self._dated.items()}
        counts |= {sort: units.total() for sort, units in self._undated.items()}
        order = sorts_in_order(counts, formula())
        rounds = (sort for turn in range(self._most) for sort in order if counts[sort] > turn)
        return [sort for sort, _place in zip(rounds, range(self._most), strict=False)]

    def _first(
        self, connection: Connection, sort: Settlement, units: Counter[int], most: int
    ) -> Iterator[Obligation]:
        chosen = sorted(units, key=lambda unit: (-units[unit], unit))[:most]
        place = {unit: rank for rank, unit in enumerate(chosen)}
        found: list[Obligation] = []
        for duty in duties(sort, self._scope):
            columns = obligation_columns(duty, ("overdue",)).where(duty.unit_id.in_(chosen))
            rows = connection.execute(columns.order_by("unit", "subject"))
            found += [obligation_of(row, self._scope) for row in rows]
        yield from sorted(found, key=lambda row: place[row.unit_id])[:most]


def _longest_late(key: DueKey) -> tuple[date, tuple[date, int, int, str]]:
    """What was never done before what was once, then the longest late."""
    return key.due_on or date.min, in_time(key)
