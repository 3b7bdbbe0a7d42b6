"""What a holding's entries of a year add up to: kept beside the entries, so that stock as of a day reads few of them.

Derived, and checked by `check`. A year in which nothing happened has none; a sum may be 0.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    SQLColumnExpression,
    and_,
    extract,
    func,
    select,
    type_coerce,
    union_all,
)

from drillapp.core.database.base import AnySelect
from drillapp.core.database.engine import is_postgres
from drillapp.core.database.rows import asked_plainly
from drillapp.core.supplies.model import Holding, StockEntry, StockYear

_CHANGE: ColumnElement[int] = type_coerce(StockYear.change, BigInteger)
_DELTA: ColumnElement[int] = type_coerce(StockEntry.delta, BigInteger)
_ADD = (
    "INSERT INTO stock_years (holding_id, year, change, entries) VALUES (?, ?, ?, ?) ON CONFLICT (holding_id, year) "
    "DO UPDATE SET change = stock_years.change + excluded.change, entries = stock_years.entries + excluded.entries"
)


class YearSums:
    """What is being written to the entries, by holding and year."""

    def __init__(self) -> None:
        self._changes: dict[tuple[int, int], int] = defaultdict(int)
        self._entries: dict[tuple[int, int], int] = defaultdict(int)

    def add(self, holding_id: int, year: int, change: int, entries: int = 1) -> None:
        """A further entry with its change in thousandths, or with `entries` 0 what one that is there changed by."""
        self._changes[holding_id, year] += change
        self._entries[holding_id, year] += entries

    def write(self, connection: Connection) -> None:
        """Let the sums that are kept follow, and begin anew."""
        rows = [(*key, change, self._entries[key]) for key, change in self._changes.items()]
        if len(rows) == 1 and not is_postgres(connection):
            asked_plainly(connection, _ADD, rows[0])
        elif rows:
            connection.exec_driver_sql(_ADD.replace("?", "%s") if is_postgres(connection) else _ADD, rows)
        self._changes.clear()
        self._entries.clear()


def balances(connection: Connection, as_of: date) -> AnySelect:
    """What each holding has on a day, if anything: id, storehouse_id, lot_id, quantity in thousandths.

    The whole years up to the nearer end of the day's year, and the entries between that and the day.
    """
    near = _nearer_end(connection, as_of)
    years = select(StockYear.holding_id, _CHANGE.label("change")).where(
        StockYear.year <= as_of.year - (not near.is_whole)
    )
    entries = select(StockEntry.holding_id, near.sign * _DELTA).where(near.between)
    # In the order of holdings the sums lie already: only the entries are sorted, and both then read side by side.
    changes = union_all(years, entries).order_by("holding_id").subquery()
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
    whole = select(func.coalesce(func.sum(_CHANGE), 0), func.coalesce(func.sum(StockYear.entries), 0)).where(
        StockYear.holding_id.in_(holdings), StockYear.year <= as_of.year - (not near.is_whole)
    )
    rest = select(func.coalesce(func.sum(_DELTA), 0), func.count()).where(
        entry_holding.in_(holdings), near.between
    )
    change, entries = connection.execute(whole).one()
    more, further = connection.execute(rest).one()
    return int(change) + near.sign * int(more), int(entries) + near.sign * further


by_day: ColumnElement[int] = StockEntry.holding_id + 0
"""An entry's holding, when entries are to be looked for by their day and not by it."""


def wrong_years(connection: Connection) -> list[tuple[int, int]]:
    """Holding and year of each sum that is not what the entries give."""
    year = extract("year", StockEntry.occurred_on)
    given = _summed(StockEntry.holding_id, _DELTA, year).add_columns(func.count(), year)
    found = {
        (holding, int(of)): (int(total), entries) for holding, total, entries, of in connection.execute(given)
    }
    kept: dict[tuple[int, int], tuple[int, int]] = {
        (holding, of): (change, entries)
        for holding, of, change, entries in connection.execute(
            select(StockYear.holding_id, StockYear.year, _CHANGE, StockYear.entries)
        )
    }
    return sorted(key for key in found.keys() | kept.keys() if found.get(key) != kept.get(key))


class _Near(NamedTuple):
    """How a day is reached from the nearer end of its year."""

    is_whole: bool
    """Whether its year is counted whole, and what comes after the day taken off."""
    sign: int
    between: ColumnElement[bool]
    """The entries between."""


def _nearer_end(connection: Connection, as_of: date) -> _Near:
    day, first, last = StockEntry.occurred_on, date(as_of.year, 1, 1), date(as_of.year, 12, 31)
    latest = connection.execute(select(func.max(day))).scalar() or first
    # Of today there is mostly nothing to take off, however far the end of the year is.
    if min(latest, last) - as_of <= as_of - first:
        return _Near(True, -1, and_(day > as_of, day <= last))
    return _Near(False, 1, and_(day >= first, day <= as_of))


def _summed(
    holding_id: SQLColumnExpression[int], change: ColumnElement[int], *also: ColumnElement[int]
) -> AnySelect:
    return select(holding_id, func.sum(change).label("total")).group_by(holding_id, *also)
