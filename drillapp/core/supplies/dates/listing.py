"""The list of what has a date, what expires first before the others."""

from __future__ import annotations

from datetime import date

from drillapp.core.database.base import AnySelect
from drillapp.core.listing import Column, Listing
from drillapp.core.supplies.listings import STOCK
from drillapp.core.supplies.model import Lot


def _dated(as_of: date) -> AnySelect:
    return STOCK.statement(as_of).where(Lot.expires_on.is_not(None))


EXPIRY = Listing(
    "expiry",
    STOCK.row,
    (
        Column("expires_on", "Expires on", "date", 100),
        Column("state", "State", "choice", 130, "stock_state"),
        Column("item_name", "Item name", width=180),
        Column("quantity", "Quantity", "number", 90),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("lot", "Lot", width=110),
        Column("storehouse_name", "Storehouse", width=180),
        Column("unit_name", "Unit", width=180),
        Column("produced_on", "Produced on", "date", 100),
        Column("category", "Category", width=140),
        Column("item", "Item code", width=110),
    ),
    _dated,
    searched=("item_name", "item", "storehouse_name", "storehouse", "lot", "unit_name"),
    sort=(("expires_on", False), ("storehouse", False), ("item", False)),
)
