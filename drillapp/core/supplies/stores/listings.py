"""The list of places in storehouses."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import func, select

from drillapp.core.database.base import AnySelect
from drillapp.core.listing import Column, Listing
from drillapp.core.supplies.model import Holding, StockEntry, Storehouse
from drillapp.core.supplies.stores.model import Shelf
from drillapp.core.units.model import Unit


class ShelfRow(Struct, frozen=True):
    """A place in a storehouse."""

    id: int
    unit_id: int
    revision: int
    storehouse: str
    storehouse_name: str
    unit_name: str
    code: str
    name: str | None
    holdings: int
    """How many lots lie there."""
    retired_on: date | None


def _shelves(as_of: date) -> AnySelect:
    stocked = (
        select(Holding.id)
        .join(StockEntry, StockEntry.holding_id == Holding.id)
        .where(Holding.shelf_id == Shelf.id, StockEntry.occurred_on <= as_of)
        .group_by(Holding.id)
        .having(func.sum(StockEntry.delta) != 0)
        .correlate(Shelf)
        .subquery()
    )
    holdings = select(func.count()).select_from(stocked).scalar_subquery()
    return (
        select(
            Shelf.id, Storehouse.unit_id, Shelf.revision, Storehouse.code.label("storehouse"),
            Storehouse.name.label("storehouse_name"), Unit.name.label("unit_name"), Shelf.code, Shelf.name,
            holdings.label("holdings"), Shelf.retired_on,
        )
        .join(Storehouse, Storehouse.id == Shelf.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
    )  # fmt: skip


SHELVES = Listing(
    "shelves",
    ShelfRow,
    (
        Column("storehouse_name", "Storehouse", width=200),
        Column("code", "Shelf", width=100),
        Column("name", "Description", width=200),
        Column("holdings", "Lots there", "number", 90),
        Column("unit_name", "Unit", width=200),
        Column("storehouse", "Storehouse code", width=130),
    ),
    _shelves,
    searched=("code", "name", "storehouse_name", "storehouse"),
    sort=(("storehouse", False), ("code", False)),
)
