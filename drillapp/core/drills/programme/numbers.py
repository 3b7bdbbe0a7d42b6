"""Numbers for many new drills at once, as core.numbering proposes one: each unit's series counted on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from drillapp.core.database.base import narrowed
from drillapp.core.drills.model import Drill
from drillapp.core.resources import load_toml

_LAST_DIGITS = re.compile(r"(.*?)(\d+)$")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class Wanted(NamedTuple):
    """A drill that needs a number."""

    unit_id: int
    unit_code: str
    year: int


def next_drill_numbers(connection: Connection, owner_id: int, wanted: Sequence[Wanted]) -> list[str]:
    """A number for each new drill; a series that holds a year begins anew in each."""
    known = _numbers_of(connection, {one.unit_id for one in wanted})
    first = load_toml("numbering.toml")["first"]["drills"]
    taken: set[str] = set()
    found = []
    for one in wanted:
        own = known.setdefault(one.unit_id, [])
        last = own[-1] if own else first.format(unit=one.unit_code, year=one.year)
        prefix, digits = _series(_YEAR.sub(str(one.year), last))
        count = _highest(own, prefix) + 1
        while (number := f"{prefix}{count:0{digits}}") in taken or _is_there(connection, owner_id, number):
            count += 1
        taken.add(number)
        own.append(number)
        found.append(number)
    return found


def _series(pattern: str) -> tuple[str, int]:
    """What the numbers of a series begin with, and how many digits follow."""
    match = _LAST_DIGITS.fullmatch(pattern)
    return (match[1], len(match[2])) if match else (f"{pattern}-", 2)


def _highest(numbers: Collection[str], prefix: str) -> int:
    tails = (number[len(prefix) :] for number in numbers if number.startswith(prefix))
    return max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)


def _numbers_of(connection: Connection, unit_ids: Collection[int]) -> dict[int, list[str]]:
    """The numbers of these units' drills, those written last at the end."""
    statement = select(Drill.unit_id, Drill.number).order_by(Drill.id)
    found: dict[int, list[str]] = {}
    for unit_id, number in connection.execute(narrowed(statement, Drill.unit_id, unit_ids)):
        found.setdefault(unit_id, []).append(number)
    return found


def _is_there(connection: Connection, owner_id: int, number: str) -> bool:
    known = select(Drill.id).where(Drill.owner_id == owner_id, Drill.number == number)
    return connection.scalar(known) is not None
