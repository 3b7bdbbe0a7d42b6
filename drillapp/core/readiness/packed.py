"""What is met, known and asked counted in one number, so that the state of a duty is worked out once for all three."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, SQLColumnExpression, case, cast, func, literal

from drillapp.core.rules.duty import Duty

_BITS = 20
"""For each count: a unit of which a million things are asked is not to be expected, a thousand are many."""
_MOST = (1 << _BITS) - 1
_FIELDS = {"met": 0, "known": _BITS, "asked": 2 * _BITS}
UNKNOWN = 1 << _FIELDS["asked"]
"""A duty of which nothing is known; the next ones are one that is missed, and one that is met."""
MISSED = UNKNOWN + (1 << _FIELDS["known"])
MET = MISSED + 1


def packed(duty: Duty, asks: ColumnElement[bool] | None = None) -> ColumnElement[int]:
    """What a row of a duty adds: nothing where it is due; `asks` says which of the rows are asked, None all of them."""
    met = case((duty.is_late, _number(MISSED)), else_=_number(MET)) if duty.late_is_missed else _number(MET)
    worth = case(
        {"met": met, "overdue": _number(MISSED), "no_data": _number(UNKNOWN)},
        value=duty.state,
        else_=_number(0),
    )
    return worth if asks is None else case((asks, worth), else_=_number(0))


def packed_counts(
    met: ColumnElement[Any], known: ColumnElement[Any], asked: ColumnElement[Any]
) -> ColumnElement[int]:
    """Counts that were taken one by one in one number."""
    parts = zip((met, known, asked), _FIELDS.values(), strict=True)
    return reduce(add, (cast(count, BigInteger) * _number(1 << place) for count, place in parts))


def summed(numbers: Iterable[ColumnElement[int]]) -> ColumnElement[int]:
    """Such numbers of a row together, over all rows; PostgreSQL would make a decimal number of it."""
    return cast(func.sum(together(numbers)), BigInteger)


def together(numbers: Iterable[SQLColumnExpression[Any]]) -> ColumnElement[int]:
    """Such numbers added up; none is nothing."""
    found: list[Any] = list(numbers)
    return reduce(add, found) if found else _number(0)


def unpacked(number: ColumnElement[int], name: str) -> ColumnElement[int]:
    """What is met, known or asked, of such a number."""
    place = literal(_FIELDS[name], Integer)  # PostgreSQL shifts by no wider number
    return number.bitwise_rshift(place).bitwise_and(_number(_MOST))


def unpack(number: int) -> tuple[int, int, int]:
    """What is met, known and asked, of such a number."""
    met, known, asked = (number >> place & _MOST for place in _FIELDS.values())
    return met, known, asked


def tells(number: int) -> bool:
    """Whether anything is known of what such a number counts."""
    return number & (UNKNOWN - 1) > 0


def _number(value: int) -> ColumnElement[int]:
    return literal(value, BigInteger)
