"""What of the stock counts towards what must be there: in date, not in quarantine, present."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, SQLColumnExpression, case, cast, func, or_, select, type_coerce

from drillapp.core.database.base import AnySelect, still
from drillapp.core.supplies.model import Holding, Lot, StockEntry, Storehouse
from drillapp.core.supplies.withheld import withheld

NOT_PRESENT = "capacity"
"""The kind of storehouse that holds a promise to make goods, not goods."""


def usable(as_of: date, *by: SQLColumnExpression[Any], chosen: AnySelect | None = None) -> AnySelect:
    """The columns `by` of Holding, Storehouse and Lot, and for each of their values `available`, in thousandths.

    Of the holdings with the keys `chosen`, or of all. What is lent or on its way is in no storehouse and so is not
    counted, nor what lies in a storehouse out of use; goods are in date on the day of their expiry still.
    """
    entries = select(StockEntry.holding_id, func.sum(StockEntry.delta).label("quantity"))
    entries = entries.where(StockEntry.occurred_on <= as_of)
    if chosen is not None:
        entries = entries.where(StockEntry.holding_id.in_(chosen))
    sums = entries.group_by(StockEntry.holding_id).subquery()
    held_back = withheld(as_of).subquery()
    quantity = type_coerce(sums.c.quantity, BigInteger)
    left = case(
        (held_back.c.withheld.is_(None), quantity),
        (quantity > held_back.c.withheld, quantity - held_back.c.withheld),
        else_=0,
    )
    total = cast(func.sum(left), BigInteger)
    return (
        select(*by, total.label("available"))
        .select_from(sums)
        .join(Holding, Holding.id == sums.c.holding_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .outerjoin(held_back, held_back.c.holding_id == sums.c.holding_id)
        .where(
            or_(Lot.expires_on.is_(None), Lot.expires_on >= as_of),
            Storehouse.kind.is_distinct_from(NOT_PRESENT), still(Storehouse.retired_on, as_of),
        )
        .group_by(*by)
    )  # fmt: skip
