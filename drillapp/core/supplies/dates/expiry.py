"""What of the stock has expired or soon will."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from msgspec import Struct
from sqlalchemy import Integer, case, cast, extract, func, select

from drillapp.core.database.base import AnySelect
from drillapp.core.dates import months_after
from drillapp.core.office import Office
from drillapp.core.supplies.dates.states import is_reported
from drillapp.core.supplies.model import Holding, Item, Lot, StockEntry, Storehouse
from drillapp.core.supplies.queries import stock_of
from drillapp.core.supplies.rows import StockRow
from drillapp.core.units.references import in_scope


def expiring(office: Office, unit_id: int | None, within_days: int | None = None) -> list[StockRow]:
    """The stock that has expired or will within so many days, the earliest first.

    Of a unit and those below it, or of all. For None days what each item's own lead reports (90 days where it has
    none). Only what is there as of the office's date.
    """
    as_of = office.as_of
    soon = (
        is_reported(as_of) if within_days is None else Lot.expires_on <= as_of + timedelta(days=within_days)
    )
    chosen = (
        select(Holding.id, Holding.lot_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .join(Item, Item.id == Holding.item_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .where(soon, in_scope(Storehouse.unit_id, unit_id))
    )
    with office.read() as connection:
        found = stock_of(connection, as_of, chosen)
    return sorted(found, key=lambda row: row.expires_on or date.max)


class ExpiryMonth(Struct, frozen=True):
    """What of the stock expires from one day to another: a calendar month, or all that is past."""

    first_day: date | None
    """None for what has expired already, whenever that was."""
    last_day: date
    lots: int
    """Lots of all storehouses: a lot in two of them counts twice, as the rows of the stock list do."""
    items: int


def expiry_by_month(office: Office, unit_id: int | None, months: int = 24) -> list[ExpiryMonth]:
    """What has expired, then what expires in each of so many months, the first one that of the office's date.

    Of a unit and those below it, or of all. Months in which nothing expires are there too.
    """
    as_of = office.as_of
    begins = [max(as_of, months_after(as_of.replace(day=1), ahead)) for ahead in range(months + 1)]
    with office.read() as connection:
        found = {row[0]: row for row in connection.execute(_by_month(as_of, begins[-1], unit_id))}
    told = [ExpiryMonth(None, as_of - timedelta(days=1), *_counts(found, _PAST))]
    for begin, following in pairwise(begins):
        counted = _counts(found, begin.year * 12 + begin.month)
        told.append(ExpiryMonth(begin, following - timedelta(days=1), *counted))
    return told


_PAST = 0


def _by_month(as_of: date, end: date, unit_id: int | None) -> AnySelect:
    number = extract("year", Lot.expires_on) * 12 + extract("month", Lot.expires_on)
    month = case((Lot.expires_on < as_of, _PAST), else_=cast(number, Integer)).label("month")
    quantity = select(func.sum(StockEntry.delta)).where(
        StockEntry.holding_id == Holding.id, StockEntry.occurred_on <= as_of
    )
    return (
        select(month, func.count(), func.count(func.distinct(Holding.item_id)))
        .select_from(Holding)
        .join(Lot, Lot.id == Holding.lot_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .where(Lot.expires_on < end, in_scope(Storehouse.unit_id, unit_id), quantity.scalar_subquery() > 0)
        .group_by(month)
    )


def _counts(found: dict[int, Any], month: int) -> tuple[int, int]:
    row = found.get(month)
    return (int(row[1]), int(row[2])) if row else (0, 0)
