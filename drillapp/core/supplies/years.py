"""What a holding's entries of a year add up to: kept beside the entries, so that stock as of a day reads few of them.

Derived, and checked by `check`. A year in which nothing happened has none; a sum may be 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    SQLColumnExpression,
    and_,
    case,
    extract,
    func,
    literal,
    select,
    type_coerce,
)

from drillapp.core.database.base import AnySelect
from drillapp.core.database.engine import is_postgres
from drillapp.core.database.rows import asked_plainly
from drillapp.core.supplies.model import Holding, StockEntry, StockYear

_MIDDLE = (7, 1)
"""From this day of a year on its end is nearer than its beginning."""
_ADD = (
    "INSERT INTO stock_years (holding_id, year, change) VALUES (?, ?, ?) "
    "ON CONFLICT (holding_id, year) DO UPDATE SET change = stock_years.change + excluded.change"
)


def add_to_years(connection: Connection, changes: Mapping[tuple[int, int], int]) -> None:
    """Follow what was written to the entries: by holding and year, in thousandths."""
    rows = [(*key, change) for key, change in changes.items() if change]
    if not rows:
        return
    if is_postgres(connection):
        connection.exec_driver_sql(_ADD.replace("?", "%s"), rows)
    elif len(rows) == 1:
        asked_plainly(connection, _ADD, rows[0])
    else:
        connection.exec_driver_sql(_ADD, rows)


def balances(as_of: date) -> AnySelect:
    """What each holding has on a day, if anything: id, storehouse_id, item_id, lot_id, quantity in thousandths.

    The whole years up to the nearer end of the day's year, and the entries between that and the day.
    """
    change: ColumnElement[int] = type_coerce(StockYear.change, BigInteger)
    whole, sign = change, -1
    if (as_of.month, as_of.day) >= _MIDDLE:
        between = and_(StockEntry.occurred_on > as_of, StockEntry.occurred_on <= date(as_of.year, 12, 31))
    else:
        whole, sign = case((StockYear.year < as_of.year, change), else_=literal(0)), 1
        between = and_(StockEntry.occurred_on >= date(as_of.year, 1, 1), StockEntry.occurred_on <= as_of)
    # Years begin with the first entry: a holding whose first year is this one is among them, though with nothing yet.
    years = _summed(StockYear.holding_id, whole).where(StockYear.year <= as_of.year).subquery()
    entries = (
        _summed(StockEntry.holding_id, type_coerce(StockEntry.delta, BigInteger)).where(between).subquery()
    )
    quantity = years.c.total + sign * func.coalesce(entries.c.total, 0)
    return (
        select(Holding.id, Holding.storehouse_id, Holding.item_id, Holding.lot_id, quantity.label("quantity"))
        .select_from(years)
        .join(Holding, Holding.id == years.c.holding_id)
        .outerjoin(entries, entries.c.holding_id == years.c.holding_id)
        .where(quantity != 0)
    )


def wrong_years(connection: Connection) -> list[tuple[int, int]]:
    """Holding and year of each sum that is not what the entries give."""
    year = extract("year", StockEntry.occurred_on)
    given = _summed(StockEntry.holding_id, type_coerce(StockEntry.delta, BigInteger), year).add_columns(year)
    found = {(holding, int(of)): int(total) for holding, total, of in connection.execute(given)}
    kept = select(StockYear.holding_id, StockYear.year, type_coerce(StockYear.change, BigInteger))
    for holding, of, change in connection.execute(kept):
        found[holding, of] = found.get((holding, of), 0) - change
    return sorted(key for key, difference in found.items() if difference)


def _summed(
    holding_id: SQLColumnExpression[int], change: ColumnElement[int], *also: ColumnElement[int]
) -> AnySelect:
    return select(holding_id, func.sum(change).label("total")).group_by(holding_id, *also)
