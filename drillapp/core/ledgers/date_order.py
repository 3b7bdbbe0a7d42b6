"""Dates such as 5/6/23 that do not say which of their numbers is the day: the column as a whole tells, or nothing does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drillapp.core.i18n import _
from drillapp.core.ledgers.dates import read_date

_NUMBERS = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{1,2})(?P<rest>[T\s].*)?", re.DOTALL)
_YEAR_FIRST, _MONTH_FIRST, _DAY_FIRST = "year first", "month first", "day first"
_ORDERS = {_YEAR_FIRST: (0, 1, 2), _MONTH_FIRST: (2, 0, 1), _DAY_FIRST: (2, 1, 0)}
"""Where year, month and day stand."""
_FIRST_OF_LAST_CENTURY = 70
"""Two digits from here on are years of the 1900s."""


class Unordered(NamedTuple):
    """A date of three small numbers, or of two and a year: as the orders that it may have would write it in full."""

    numbers: tuple[int, int, int]
    mark: str
    """What stands between them: who writes 23.5.6 may be another than who writes 5/6/23."""
    is_padded: bool | None
    """Whether the number in the middle, which is no year, begins with a zero; None where it needs none."""
    full: Mapping[str, str]
    """By order: the same date, with its time if it has one, year first and in four digits."""


def read_unordered(text: str) -> Unordered | None:
    """What a text such as 5/6/23 or 06.05.2023 9:30 may mean; None when it is nothing of the kind in any order."""
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    parts = (found[1], found[3], found[4])
    full = {}
    for order, places in _ORDERS.items():
        day = _day(*(parts[place] for place in places))
        if day is not None and not (order == _YEAR_FIRST and len(found[4]) == 4):
            full[order] = day.isoformat() + (found["rest"] or "")
    first, second, third = map(int, parts)
    is_padded = None if second > 9 else len(parts[1]) == 2
    return Unordered((first, second, third), found[2], is_padded, full) if full else None


def settle(dates: Sequence[Unordered]) -> str | None:
    """The order in which all these dates are written; None when none fits all, or when more than one may.

    They are those of a column that have the same mark between their numbers.
    """
    if _are_mixed(dates):
        return None
    orders = [order for order in _ORDERS if all(order in found.full for found in dates)]
    if _YEAR_FIRST in orders and _MONTH_FIRST not in orders:
        # No office here writes the day first, unless the last numbers look like years, and the first do not.
        orders = [_YEAR_FIRST] if _has_year_first(dates) else orders
    if len({tuple(found.full[order] for found in dates) for order in orders}) == 1:
        return orders[0]
    return None


def is_contradictory(dates: Sequence[Unordered]) -> bool:
    """Whether there is no order that all of them can have, or they are of two hands: 20/1/1 and 01/01/20."""
    return _are_mixed(dates) or not any(all(order in found.full for found in dates) for order in _ORDERS)


def meanings(found: Unordered) -> str:
    """The dates that one may mean, for people."""
    return _(" or ").join(sorted(set(found.full.values())))


def _are_mixed(dates: Sequence[Unordered]) -> bool:
    return {True, False} <= {found.is_padded for found in dates}


def _has_year_first(dates: Sequence[Unordered]) -> bool:
    first, last = ([found.numbers[place] for found in dates] for place in (0, 2))
    return max(first) - min(first) <= max(last) - min(last)


def _day(year: str, month: str, day: str) -> date | None:
    if len(day) > 2:
        return None
    century = "" if len(year) == 4 else "20" if int(year) < _FIRST_OF_LAST_CENTURY else "19"
    return read_date(f"{century}{int(year):0{len(year)}}-{month}-{day}") if len(year) in (2, 4) else None
