"""What storehouses hold, one row for each holding in which something is, with all that has a name for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select

from drillapp.core.database.base import AnySelect
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.model import Holding, Item, Lot, StockEntry, Storehouse
from drillapp.core.supplies.stores.model import Shelf
from drillapp.core.units.model import Unit


def quantity_held(as_of: date) -> Any:
    """The quantity in a holding.

    Summed for each holding by itself, unlike `stock_as_of`: so a page of a long list costs no more than its rows.
    """
    sums = select(func.sum(StockEntry.delta)).where(
        StockEntry.holding_id == Holding.id, StockEntry.occurred_on <= as_of
    )
    return sums.scalar_subquery()


def held(as_of: date, *columns: Any) -> AnySelect:
    """These columns of Holding, Storehouse, Unit, Item, Category, Lot and Shelf, and `quantity_held` if wanted."""
    return (
        select(*columns)
        .select_from(Holding)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .join(Item, Item.id == Holding.item_id)
        .outerjoin(Category, Category.id == Item.category_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .outerjoin(Shelf, Shelf.id == Holding.shelf_id)
        .where(quantity_held(as_of) != 0)
    )
