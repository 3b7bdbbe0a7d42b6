"""The number that a new record will likely have: the next in its unit's series."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Text, bindparam, cast, func, or_, select, true

from drillapp.core.cards.model import Card
from drillapp.core.database.base import AnySelect, narrowed
from drillapp.core.database.engine import is_postgres
from drillapp.core.database.few import few_rows
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
from drillapp.core.resources import load_toml
from drillapp.core.supplies.aid.model import AidRequest
from drillapp.core.supplies.levels.model import Scenario
from drillapp.core.supplies.model import Movement, Storehouse
from drillapp.core.supplies.stocktake.model import Stocktake
from drillapp.core.units.model import Unit

_MODELS: dict[str, Any] = {"plans": Plan, "drills": Drill, "events": Drill, "cards": Card}
_LAST_DIGITS = re.compile(r"(.*?)(\d+)$")
_BEYOND = "\U0010ffff"
"""Sorts after every character that a number has."""
_MOST_DIGITS = 18
"""A longer row of digits is no number of a series."""
_FEW_SERIES = 50
"""So many series are looked up one by one; for more, all numbers are read."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def next_number(office: Office, kind: str, unit_code: str) -> str:
    """The number after the last one of a unit; a series that holds a year begins anew each year.

    Drills and real events are kept together, each in a series of its own. Raises KeyError for kinds that are not
    numbered by unit: others than plans, drills, events and cards.
    """
    model = _MODELS[kind]
    year = str(office.as_of.year)
    alike = (model.kind == "event") == (kind == "events") if model is Drill else true()
    with office.read() as connection:
        last = connection.execute(
            select(model.number).join(Unit, Unit.id == model.unit_id).where(Unit.code == unit_code, alike)
            .order_by(model.id.desc()).limit(1)
        ).scalar()  # fmt: skip
        pattern = last or load_toml("numbering.toml")["first"][kind].format(unit=unit_code, year=year)
        return _free(connection, model.number, _YEAR.sub(year, pattern))


def next_document(office: Office, kind: str, day: date) -> str:
    """The number of the next stock document of a kind of movement on a day."""
    with office.read() as connection:
        return free_document(connection, kind, day)


def free_document(connection: Connection, kind: str, day: date) -> str:
    """The number of the next stock document of a kind of movement on a day, as a transaction sees it."""
    pattern = load_toml("numbering.toml")["documents"][kind].format(day=day.strftime("%Y%m%d"))
    # A stocktake is posted under its own number, which is taken from the day on which it is drawn up.
    columns = (Movement.document, Stocktake.number) if kind == "count" else (Movement.document,)
    return max((_free(connection, column, pattern) for column in columns), key=lambda one: (len(one), one))


def free_aid_number(connection: Connection, unit_code: str, day: date) -> str:
    """The number of the next request for mutual aid of a unit, as a transaction sees it; each year begins anew."""
    return free_number(connection, "aid_requests", AidRequest.number, unit_code, day)


def free_number(connection: Connection, kind: str, column: Any, unit_code: str, day: date) -> str:
    """The number of the next record of a kind of a unit, as a transaction sees it; each year begins anew."""
    pattern = load_toml("numbering.toml")["first"][kind].format(unit=unit_code, year=day.year)
    return _free(connection, column, pattern)


def next_numbers(
    connection: Connection, kind: str, unit_codes: Sequence[str], day: date, taken: Collection[str] = ()
) -> list[str]:
    """The next number for each of many new records, by the code of its unit, as a transaction sees it.

    Each unit's series goes on as `next_number` says; none of `taken` is given. Raises KeyError for kinds that are not
    numbered by unit.
    """
    column = _numbered()[kind]
    patterns = _patterns(connection, kind, sorted(set(unit_codes)), str(day.year))
    counted = _Series(_all_numbers(connection, column, set(patterns.values())) | set(taken))
    return [counted.next(patterns[code]) for code in unit_codes]


class _Series:
    """Numbers that are given out one after the other."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._last: dict[str, int] = {}
        for number in taken:
            prefix, digits = _parted(number)
            # What ends without a number is the first of its series.
            self._last[prefix] = max(self._last.get(prefix, 0), int(digits or 1))

    def next(self, pattern: str) -> str:
        """The first free number of a series."""
        prefix, digits = _parted(pattern)
        self._last[prefix] = number = self._last.get(prefix, 0) + 1
        return prefix if not digits and number == 1 else f"{prefix}{number:0{len(digits)}}"


def _parted(number: str) -> tuple[str, str]:
    """What a number begins with, and the digits at its end."""
    found = _LAST_DIGITS.fullmatch(number)
    return (found[1], found[2]) if found and len(found[2]) <= _MOST_DIGITS else (number, "")


@cache
def _numbered() -> dict[str, Any]:
    """Kind to the column of its numbers."""
    return {
        "units": Unit.code,
        "plans": Plan.number,
        "drills": Drill.number,
        "cards": Card.number,
        "storehouses": Storehouse.code,
        "scenarios": Scenario.code,
    }


def _patterns(connection: Connection, kind: str, unit_codes: Sequence[str], year: str) -> dict[str, str]:
    """For each unit the number of its newest record, in this year's form, or how its first one looks."""
    first: str = load_toml("numbering.toml")["first"][kind]
    patterns = {code: first.format(unit=code, year=year) for code in unit_codes}
    column = _numbered()[kind]
    model = column.class_
    if model is Unit:
        return patterns
    newest = select(func.max(model.id)).group_by(model.unit_id)
    if model is Drill:
        newest = newest.where(model.kind != "event")
    statement = select(Unit.code, column).join(Unit, Unit.id == model.unit_id).where(model.id.in_(newest))
    for code, number in connection.execute(narrowed(statement, Unit.code, unit_codes)):
        if code in patterns:
            patterns[code] = _YEAR.sub(year, number)
    return patterns


def _all_numbers(connection: Connection, column: Any, patterns: Collection[str]) -> set[str]:
    """The numbers that begin as a series does; of many series all numbers."""
    statement = select(column)
    if len(patterns) <= _FEW_SERIES:
        beginnings = [_LAST_DIGITS.sub(r"\1", pattern) for pattern in patterns]
        statement = statement.where(or_(*(column.startswith(one, autoescape=True) for one in beginnings)))
    return set(connection.execute(statement).scalars())


def next_finding(office: Office, drill_number: str) -> str:
    """The number of the next finding of a drill."""
    statement = (
        select(Finding.number).join(Drill, Drill.id == Finding.drill_id).where(Drill.number == drill_number)
    )
    with office.read() as connection:
        return str(_highest(connection.execute(statement).scalars(), "") + 1)


def _free(connection: Connection, column: Any, pattern: str) -> str:
    match = _LAST_DIGITS.fullmatch(pattern)
    if match is None:
        return pattern
    prefix, digits = match.groups()
    start = len(prefix) + 1
    if is_postgres(connection):
        statement = _last_number(column).where(column.startswith(prefix, autoescape=True))
        last = connection.execute(statement, {"start": start}).scalar()
    else:
        beyond = prefix + _BEYOND
        statement = _last_in_range(column)
        last = few_rows(connection, statement, start=start, prefix=prefix, beyond=beyond)[0][0]
    return f"{prefix}{(last or 0) + 1:0{len(digits)}}"


# Made once: for a single number making them takes longer than asking.
@cache
def _last_number(column: Any) -> AnySelect:
    """The highest number that stands in a column from a place on, where only digits follow."""
    tail = func.substr(column, bindparam("start", type_=Integer))
    only_digits = func.ltrim(tail, "0123456789") == ""
    number = cast(tail, BigInteger)
    return select(func.max(number)).where(only_digits, func.length(tail).between(1, _MOST_DIGITS))


@cache
def _last_in_range(column: Any) -> AnySelect:
    # A file looks a beginning up in an index only when it is said as a range.
    first, beyond = bindparam("prefix", type_=Text), bindparam("beyond", type_=Text)
    return _last_number(column).where(column >= first, column < beyond)


def _highest(numbers: Iterable[str], prefix: str) -> int:
    tails = (number[len(prefix) :] for number in numbers)
    return max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
