"""What is asked of units on each of some days, added up for chosen ones: by themselves, and with all below them."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from sqlalchemy import select

from drillapp.core.law import Settlement
from drillapp.core.readiness.formula import Formula, Value
from drillapp.core.readiness.packed import unpack
from drillapp.core.readiness.queries import row_of
from drillapp.core.readiness.rows import TrendPoint
from drillapp.core.readiness.sweeping import Places, Span, Sweep
from drillapp.core.units.model import Unit


class _Unit(NamedTuple):
    id: int
    parent_id: int | None
    code: str
    name: str
    kind: str
    there: Places
    """The days on which it is in effect."""


class _Line:
    """A packed number on each of the days, kept as what it changes by from one day to the next."""

    __slots__ = ("changes",)

    def __init__(self, days: int) -> None:
        self.changes = [0] * (days + 1)

    def add(self, begin: int, end: int, worth: int) -> None:
        """From one of the days up to another, which is not counted."""
        self.changes[begin] += worth
        self.changes[end] -= worth


class _Chosen:
    """What is added up for a chosen unit: for each indicator of itself and with all below, for each floor of itself."""

    def __init__(self, used: Formula, days: int) -> None:
        self.own = [_Line(days) for _indicator in used.indicator]
        self.total = [_Line(days) for _indicator in used.indicator]
        self.floors = [_Line(days) for _floor in used.floor]
        self.concerned = _Line(days)
        self.reported = _Line(days)


class Totals:
    """Takes what is asked of units, sort of duty by sort of duty, and tells how ready chosen ones were on each day."""

    def __init__(self, sweep: Sweep, used: Formula, chosen: Collection[int]) -> None:
        self._days, self._used = sweep.days, used
        self._units = {one.id: one for one in _units(sweep)}
        self._chosen = {key: _Chosen(used, len(sweep.days)) for key in chosen if key in self._units}
        self._asked_for = list(chosen)
        self._above = {key: self._chosen_from(key) for key in self._units}
        # Whether anything is asked and known of a unit is told by all that is asked of it together.
        self._of_all: dict[int, array[int]] = {}

    def sweep(self, settled_by: Settlement, spans: Iterable[Span]) -> None:
        """Count what is asked from one of the days up to another."""
        indicators, floors = self._places(settled_by)
        for unit_id, begin, end, worth in spans:
            self._add(unit_id, begin, end, worth, indicators, floors)

    def count(self, settled_by: Settlement, place: int, numbers: Iterable[tuple[int, int]]) -> None:
        """Count what is asked of units on one of the days."""
        indicators, floors = self._places(settled_by)
        for unit_id, worth in numbers:
            if worth:
                self._add(unit_id, place, place + 1, worth, indicators, floors)

    def points(self) -> dict[int, list[TrendPoint]]:
        """The chosen units, each on the days on which it is in effect."""
        self._tell_who_reports()
        found: dict[int, list[TrendPoint]] = {key: [] for key in self._asked_for}
        for key, sums in self._chosen.items():
            found[key] = list(self._points(self._units[key], sums))
        return found

    def _places(self, settled_by: Settlement) -> tuple[list[int], list[int]]:
        """The indicators and the floors that a sort of duty counts for."""
        used = self._used
        return (
            [place for place, one in enumerate(used.indicator) if settled_by in one.settled_by],
            [place for place, one in enumerate(used.floor) if one.broken_by == settled_by],
        )

    def _add(
        self, unit_id: int, begin: int, end: int, worth: int, indicators: Iterable[int], floors: Iterable[int]
    ) -> None:
        unit = self._units.get(unit_id)
        if unit is None:
            return
        begin, end = max(begin, unit.there[0]), min(end, unit.there[1])
        if begin >= end:
            return
        own = self._chosen.get(unit_id)
        if own is not None:
            for place in floors:
                own.floors[place].add(begin, end, worth)
        if not indicators:
            return
        of_all = self._of_all.get(unit_id)
        if of_all is None:
            of_all = self._of_all[unit_id] = array("q", bytes(8 * (len(self._days) + 1)))
        for place in indicators:
            of_all[begin] += worth
            of_all[end] -= worth
            if own is not None:
                own.own[place].add(begin, end, worth)
            for superior in self._above[unit_id]:
                superior.total[place].add(begin, end, worth)

    def _chosen_from(self, key: int) -> tuple[_Chosen, ...]:
        """The chosen ones among a unit and those above it."""
        found: list[_Chosen] = []
        place: int | None = key
        while place is not None and place in self._units:
            if place in self._chosen:
                found.append(self._chosen[place])
            place = self._units[place].parent_id
        return tuple(found)

    def _tell_who_reports(self) -> None:
        """Count of how many units anything is asked, and known."""
        for key, changes in self._of_all.items():
            numbers = list(map(unpack, accumulate(changes[:-1])))
            for begin, end in _stretches(asked > 0 for _met, _known, asked in numbers):
                for superior in self._above[key]:
                    superior.concerned.add(begin, end, 1)
            for begin, end in _stretches(known > 0 for _met, known, _asked in numbers):
                for superior in self._above[key]:
                    superior.reported.add(begin, end, 1)

    def _points(self, unit: _Unit, sums: _Chosen) -> Iterator[TrendPoint]:
        used, share = self._used, self._used.own_share(unit.kind)
        own, total, floors = (
            [[unpack(number) for number in accumulate(line.changes[:-1])] for line in lines]
            for lines in (sums.own, sums.total, sums.floors)
        )
        concerned, reported = (
            list(accumulate(line.changes[:-1])) for line in (sums.concerned, sums.reported)
        )
        for place in range(*unit.there):
            values = {
                one.name: Value(one.weight, *total[number][place], *own[number][place], share)
                for number, one in enumerate(used.indicator)
            }
            broken = tuple(
                floor.name
                for floor, (met, _known, asked) in zip(
                    used.floor, (line[place] for line in floors), strict=True
                )
                if asked > met
            )
            facts = (unit.id, self._superior(unit, place), unit.code, unit.name, unit.kind)
            row = row_of(used, facts, values, broken, concerned[place], reported[place])
            yield TrendPoint(self._days[place], row)

    def _superior(self, unit: _Unit, place: int) -> int | None:
        """The next unit above that is in effect on one of the days."""
        superior = unit.parent_id
        while superior is not None:
            begin, end = self._units[superior].there
            if begin <= place < end:
                return superior
            superior = self._units[superior].parent_id
        return None


def _units(sweep: Sweep) -> Iterator[_Unit]:
    """All units of the office: those above the ones that are looked at tell who is superior."""
    facts = select(
        Unit.id, Unit.parent_id, Unit.code, Unit.name, Unit.kind, Unit.valid_from, Unit.valid_to, Unit.retired_on
    )  # fmt: skip
    for key, parent, code, name, kind, valid_from, valid_to, retired_on in sweep.connection.execute(facts):
        begin = sweep.from_day(valid_from or date.min)
        end = sweep.from_day(min(valid_to or date.max, retired_on or date.max))
        yield _Unit(key, parent, code, name, kind, (begin, max(begin, end)))


def _stretches(flags: Iterable[bool]) -> Iterator[Places]:
    """From where to where in a row they are true."""
    begin: int | None = None
    place = 0
    for place, flag in enumerate(flags):
        if flag and begin is None:
            begin = place
        elif not flag and begin is not None:
            yield begin, place
            begin = None
    if begin is not None:
        yield begin, place + 1
