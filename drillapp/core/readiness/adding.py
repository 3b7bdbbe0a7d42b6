"""What is asked of units on each of some days, added up for chosen ones: by themselves, and with all below them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import accumulate

from sqlalchemy import select

from drillapp.core.law import Settlement
from drillapp.core.readiness.formula import Formula, Value
from drillapp.core.readiness.packed import tells, unpack
from drillapp.core.readiness.queries import row_of
from drillapp.core.readiness.rows import TrendPoint
from drillapp.core.readiness.sweeping import Places, Span, Sweep
from drillapp.core.units.model import Unit


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

    def __init__(self, facts: tuple[str, str, str], used: Formula, days: int) -> None:
        self.facts = facts
        """Code, name and kind."""
        self.own = [_Line(days) for _indicator in used.indicator]
        self.total = [_Line(days) for _indicator in used.indicator]
        self.floors = [_Line(days) for _floor in used.floor]
        self.concerned = _Line(days)
        self.reported = _Line(days)


class Totals:
    """Takes what is asked of units, sort of duty by sort of duty, and tells how ready chosen ones were on each day.

    Of each unit it keeps no more than on which days anything is asked and known of it: there are many.
    """

    def __init__(self, sweep: Sweep, used: Formula, chosen: Collection[int]) -> None:
        self._days, self._used = sweep.days, used
        self._asked_for = list(chosen)
        self._there: dict[int, Places] = {}
        """The days on which each unit is in effect."""
        self._parents: dict[int, int | None] = {}
        self._chosen: dict[int, _Chosen] = {}
        self._read_units(sweep, frozenset(chosen))
        self._above: dict[int, tuple[_Chosen, ...]] = {}
        # Whether anything is asked and known of a unit is told by all that is asked of it together: by a bit for each day.
        self._asked: dict[int, int] = {}
        self._known: dict[int, int] = {}

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
            found[key] = list(self._points(key, sums))
        return found

    def _read_units(self, sweep: Sweep, chosen: Collection[int]) -> None:
        """All units of the office: those above the ones that are looked at tell who is superior."""
        facts = select(
            Unit.id, Unit.parent_id, Unit.valid_from, Unit.valid_to, Unit.retired_on, Unit.code, Unit.name, Unit.kind
        )  # fmt: skip
        same: dict[Places, Places] = {}
        for key, parent, valid_from, valid_to, retired_on, code, name, kind in sweep.connection.execute(
            facts
        ):
            begin = sweep.from_day(valid_from or date.min)
            end = sweep.from_day(min(valid_to or date.max, retired_on or date.max))
            there = begin, max(begin, end)
            self._there[key] = same.setdefault(there, there)
            self._parents[key] = parent
            if key in chosen:
                self._chosen[key] = _Chosen((code, name, kind), self._used, len(self._days))

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
        first, last = self._there.get(unit_id, (0, 0))
        begin, end = max(begin, first), min(end, last)
        if begin >= end:
            return
        own = self._chosen.get(unit_id)
        if own is not None:
            for place in floors:
                own.floors[place].add(begin, end, worth)
        if not indicators:
            return
        bits = (1 << end) - (1 << begin)
        self._asked[unit_id] = self._asked.get(unit_id, 0) | bits
        if tells(worth):
            self._known[unit_id] = self._known.get(unit_id, 0) | bits
        for place in indicators:
            if own is not None:
                own.own[place].add(begin, end, worth)
            for superior in self._chosen_from(unit_id):
                superior.total[place].add(begin, end, worth)

    def _chosen_from(self, key: int | None) -> tuple[_Chosen, ...]:
        """The chosen ones among a unit and those above it; units below the same ones share them."""
        if key is None or key not in self._parents:
            return ()
        found = self._above.get(key)
        if found is None:
            own, higher = self._chosen.get(key), self._chosen_from(self._parents[key])
            found = self._above[key] = higher if own is None else (own, *higher)
        return found

    def _tell_who_reports(self) -> None:
        """Count of how many units anything is asked, and known."""
        for key, bits in self._asked.items():
            for begin, end in _stretches(bits):
                for superior in self._chosen_from(key):
                    superior.concerned.add(begin, end, 1)
        for key, bits in self._known.items():
            for begin, end in _stretches(bits):
                for superior in self._chosen_from(key):
                    superior.reported.add(begin, end, 1)

    def _points(self, key: int, sums: _Chosen) -> Iterator[TrendPoint]:
        used, share = self._used, self._used.own_share(sums.facts[-1])
        own, total, floors = (
            [[unpack(number) for number in accumulate(line.changes[:-1])] for line in lines]
            for lines in (sums.own, sums.total, sums.floors)
        )
        concerned, reported = (
            list(accumulate(line.changes[:-1])) for line in (sums.concerned, sums.reported)
        )
        for place in range(*self._there[key]):
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
            facts = (key, self._superior(key, place), *sums.facts)
            row = row_of(used, facts, values, broken, concerned[place], reported[place])
            yield TrendPoint(self._days[place], row)

    def _superior(self, key: int, place: int) -> int | None:
        """The next unit above one that is in effect on one of the days."""
        superior = self._parents[key]
        while superior is not None:
            begin, end = self._there[superior]
            if begin <= place < end:
                return superior
            superior = self._parents[superior]
        return None


def _stretches(bits: int) -> Iterator[Places]:
    """From where to where the bits of a number are set."""
    begin = 0
    while bits:
        gap = (bits & -bits).bit_length() - 1
        bits >>= gap
        stretch = (~bits & (bits + 1)).bit_length() - 1
        yield begin + gap, begin + gap + stretch
        bits >>= stretch
        begin += gap + stretch
