"""Counts of units added up along the tree of those that are in effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence


def next_above(superior: int | None, absent: Mapping[int, int | None]) -> int | None:
    """The superior itself, or the next above it where it is absent; what is below an absent unit counts for that one."""
    while superior is not None and superior in absent:
        superior = absent[superior]
    return superior


def above(units: Sequence[int], superiors: Sequence[int | None]) -> dict[int, int | None]:
    """Each unit with its superior; None where that is not among these."""
    known = set(units)
    return {
        unit: superior if superior in known else None for unit, superior in zip(units, superiors, strict=True)
    }


def superiors_first(units: Sequence[int], above: Mapping[int, int | None]) -> list[int]:
    """The places of the units in the order of the tree: each before those below it."""
    below: dict[int | None, list[int]] = {}
    for place, unit in enumerate(units):
        below.setdefault(above[unit], []).append(place)
    ordered: list[int] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        place = waiting.pop()
        ordered.append(place)
        waiting.extend(reversed(below.get(units[place], ())))
    return ordered


def climb(units: Sequence[int], above: Mapping[int, int | None]) -> list[tuple[int, int]]:
    """Places of units and of those above them, the lowest first; superior units come first in `units`."""
    places: dict[int | None, int] = {unit: place for place, unit in enumerate(units)}
    superiors = (places.get(above[unit]) for unit in units)
    return [(place, superior) for place, superior in enumerate(superiors) if superior is not None][::-1]


def added_up(climb: Sequence[tuple[int, int]], columns: Iterable[Iterable[int]]) -> Iterator[list[int]]:
    """Each column of counts, where each unit's are put together with those of all units below it."""
    for column in columns:
        total = list(column)
        for place, superior in climb:
            total[superior] += total[place]
        yield total
