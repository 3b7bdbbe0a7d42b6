"""What a holding's entries of half a year add up to: kept beside them, so that stock as of a day reads few of them.

Derived, and checked by `check`. A half in which nothing happened has none; a sum may be 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    SQLColumnExpression,
    and_,
    case,
    delete,
    extract,
    func,
    select,
    type_coerce,
    union_all,
)

from drillapp.core.database.base import AnySelect
from drillapp.core.database.engine import is_postgres
from drillapp.core.database.rows import asked_plainly
from drillapp.core.supplies.model import Holding, StockEntry, StockHalf

_CHANGE: ColumnElement[int] = type_coerce(StockHalf.change, BigInteger)
_DELTA: ColumnElement[int] = type_coerce(StockEntry.delta, BigInteger)
_AT_ONCE = 5000
_MONTHS = 6
"""The last month of the first half."""
_ADD = (
    "INSERT INTO stock_halves (holding_id, half, change, entries) VALUES (?, ?, ?, ?) ON CONFLICT (holding_id, half) "
    "DO UPDATE SET change = stock_halves.change + excluded.change, entries = stock_halves.entries + excluded.entries"
)


def half_of(day: date) -> int:
    """The half of a year in which a day lies: twice the year, and one more from July on."""
    return day.year * 2 + (day.month > _MONTHS)


def days_of(half: int) -> tuple[date, date]:
    """The first and the last day of a half."""
    year, second = divmod(half, 2)
    return (date(year, 7, 1), date(year, 12, 31)) if second else (date(year, 1, 1), date(year, 6, 30))


class HalfSums:
    """What is being written to the entries, by holding and half."""

    def __init__(self) -> None:
        self._changes: dict[tuple[int, int], int] = defaultdict(int)
        self._entries: dict[tuple[int, int], int] = defaultdict(int)

    def add(self, holding_id: int, half: int, change: int, entries: int = 1) -> None:
        """A further entry with its change in thousandths, or with `entries` 0 what one that is there changed by."""
        self._changes[holding_id, half] += change
        self._entries[holding_id, half] += entries

    def write(self, connection: Connection) -> None:
        """Let the sums that are kept follow, and begin anew."""
        rows = [(*key, change, self._entries[key]) for key, change in self._changes.items()]
        if len(rows) == 1 and not is_postgres(connection):
            asked_plainly(connection, _ADD, rows[0])
        elif rows:
            connection.exec_driver_sql(_ADD.replace("?", "%s") if is_postgres(connection) else _ADD, rows)
        self._changes.clear()
        self._entries.clear()


def forget_halves(connection: Connection, holdings: Collection[int]) -> None:
    """Let go of all sums of these holdings."""
    for wanted in _blocks(holdings):
        connection.execute(delete(StockHalf).where(StockHalf.holding_id.in_(wanted)))


def renew_halves(connection: Connection, holdings: Collection[int]) -> None:
    """Add up anew what the entries of these holdings give; their sums must have been forgotten."""
    day, holding = StockEntry.occurred_on, StockEntry.holding_id
    half = extract("year", day) * 2 + case((extract("month", day) > _MONTHS, 1), else_=0)
    given = select(holding, half.label("half"), func.sum(_DELTA), func.count()).group_by(holding, "half")
    for wanted in _blocks(holdings):
        sums = [
            (key, int(of), int(change), entries)
            for key, of, change, entries in connection.execute(given.where(holding.in_(wanted)))
        ]
        if sums:
            connection.exec_driver_sql(_ADD.replace("?", "%s") if is_postgres(connection) else _ADD, sums)


def _blocks(keys: Collection[int]) -> Iterator[list[int]]:
    wanted = sorted(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def balances(connection: Connection, as_of: date) -> AnySelect:
    """What each holding has on a day, if anything: id, storehouse_id, lot_id, quantity in thousandths.

    The whole halves up to the nearer end of the day's half, and the entries between that and the day.
    """
    near = _nearer_end(connection, as_of)
    halves = select(StockHalf.holding_id, _CHANGE.label("change")).where(StockHalf.half <= near.half)
    entries = select(StockEntry.holding_id, near.sign * _DELTA).where(near.between)
    # In the order of holdings the sums lie already: only the entries are sorted, and both then read side by side.
    changes = union_all(halves, entries).order_by("holding_id").subquery()
    quantity = func.sum(changes.c.change)
    sums = (
        select(changes.c.holding_id, quantity.label("quantity"))
        .group_by(changes.c.holding_id)
        .having(quantity != 0)
        .subquery()
    )
    return select(Holding.id, Holding.storehouse_id, Holding.lot_id, sums.c.quantity).join(
        sums, sums.c.holding_id == Holding.id
    )


def sums_until(
    connection: Connection, holdings: AnySelect, as_of: date, entry_holding: SQLColumnExpression[int]
) -> tuple[int, int]:
    """The sum of the changes of holdings up to a day, in thousandths, and how many entries it is of.

    `entry_holding` is the column of entries to find them by: see `by_day`.
    """
    near = _nearer_end(connection, as_of)
    whole = select(func.coalesce(func.sum(_CHANGE), 0), func.coalesce(func.sum(StockHalf.entries), 0)).where(
        StockHalf.holding_id.in_(holdings), StockHalf.half <= near.half
    )
    rest = select(func.coalesce(func.sum(_DELTA), 0), func.count()).where(
        entry_holding.in_(holdings), near.between
    )
    change, entries = connection.execute(whole).one()
    more, further = connection.execute(rest).one()
    return int(change) + near.sign * int(more), int(entries) + near.sign * further


by_day: ColumnElement[int] = StockEntry.holding_id + 0
"""An entry's holding, when entries are to be looked for by their day and not by it."""


def wrong_halves(connection: Connection) -> list[tuple[int, int]]:
    """Holding and half of each sum that is not what the entries give."""
    day = StockEntry.occurred_on
    half = extract("year", day) * 2 + case((extract("month", day) > _MONTHS, 1), else_=0)
    given = select(StockEntry.holding_id, half.label("half"), func.sum(_DELTA), func.count()).group_by(
        StockEntry.holding_id, "half"
    )
    found = {
        (holding, int(of)): (int(total), entries) for holding, of, total, entries in connection.execute(given)
    }
    kept: dict[tuple[int, int], tuple[int, int]] = {
        (holding, of): (change, entries)
        for holding, of, change, entries in connection.execute(
            select(StockHalf.holding_id, StockHalf.half, _CHANGE, StockHalf.entries)
        )
    }
    return sorted(key for key in found.keys() | kept.keys() if found.get(key) != kept.get(key))


class _Near(NamedTuple):
    """How a day is reached from the nearer end of its half."""

    half: int
    """The last half that is counted whole: the day's own, of which what comes after it is taken off, or the one before."""
    sign: int
    between: ColumnElement[bool]
    """The entries between."""


def _nearer_end(connection: Connection, as_of: date) -> _Near:
    day, half = StockEntry.occurred_on, half_of(as_of)
    first, last = days_of(half)
    latest = connection.execute(select(func.max(day))).scalar() or first
    # Of today there is mostly nothing to take off, however far the end of the half is.
    if min(latest, last) - as_of <= as_of - first:
        return _Near(half, -1, and_(day > as_of, day <= last))
    return _Near(half - 1, 1, and_(day >= first, day <= as_of))
