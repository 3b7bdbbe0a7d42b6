"""How far apart sub-districts are: in steps from one to a neighbouring one, by resources/adjacency."""

from __future__ import annotations

from collections import deque
from functools import cache

from msgspec import Struct

from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.resources import resource_path

_FOLDER = "adjacency"
_STREET = 9
"""Digits of a sub-district's division code; further ones, all 0, say nothing more."""


class Street(Struct, frozen=True, forbid_unknown_fields=True):
    """A sub-district and those that touch it, by their division codes."""

    code: str
    name: str
    neighbours: list[str]


class Adjacency(Struct, frozen=True, forbid_unknown_fields=True):
    """The sub-districts of a district."""

    source: str
    street: list[Street]


def steps_from(street_code: str | None) -> dict[str, int]:
    """For each sub-district that can be reached the steps to it from one; empty where its neighbours are not known."""
    known = _neighbours()
    start = known_code(street_code or "")
    if start not in known:
        return {}
    steps = {start: 0}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in known[here]:
            if there not in steps:
                steps[there] = steps[here] + 1
                waiting.append(there)
    return steps


def known_code(unit_code: str) -> str:
    """The division code of a sub-district as the files have it: twelve digits are cut to nine."""
    return unit_code[:_STREET] if unit_code[_STREET:].strip("0") == "" else unit_code


def read_adjacency(name: str) -> Adjacency:
    """A district's file below resources/adjacency; raises Damaged for a border that stands on one side only."""
    return read_data_file(f"{_FOLDER}/{name}", Adjacency, _check)


@cache
def _neighbours() -> dict[str, tuple[str, ...]]:
    files = sorted(path.name for path in resource_path(_FOLDER).glob("*.toml"))
    return {street.code: tuple(street.neighbours) for name in files for street in read_adjacency(name).street}


def _check(content: Adjacency) -> None:
    borders = {(street.code, other) for street in content.street for other in street.neighbours}
    for number, street in enumerate(content.street):
        for other in street.neighbours:
            if other == street.code or (other, street.code) not in borders:
                raise BadField(
                    f"street[{number}].neighbours", f"{street.code} and {other} do not name each other"
                )
