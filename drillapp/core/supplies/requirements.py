"""What units must have and what they have, and what a storehouse holds of an item on a day."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import BigInteger, case, func, literal, select, type_coerce

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import Quantity
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.supplies.model import Holding, Item, Lot, StockEntry, Storehouse
from drillapp.core.supplies.queries import fulfilment
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect

_UNITS_AT_MOST = 1 << 32
"""A row's key is made of the level's and the unit's; no office has so many units."""


class RequirementRow(msgspec.Struct, frozen=True):
    """An item that a unit must have, with how much of it is there in date."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    item: str
    item_name: str
    unit_of_measure: str | None
    required: float
    available: float
    missing: float
    state: str
    """met or short."""


class LotBalance(msgspec.Struct, frozen=True):
    """What a storehouse holds of a lot."""

    lot: str | None
    produced_on: date | None
    expires_on: date | None
    quantity: float


def _requirements(as_of: date) -> AnySelect:
    levels = fulfilment(as_of).subquery()
    missing = case((levels.c.available < levels.c.required, levels.c.required - levels.c.available), else_=0)
    return (
        select(
            (levels.c.level_id * literal(_UNITS_AT_MOST, BigInteger) + Unit.id).label("id"), levels.c.unit_id,
            Unit.code.label("unit_code"), Unit.name.label("unit_name"), Item.code.label("item"),
            Item.name.label("item_name"), Item.unit_of_measure,
            type_coerce(levels.c.required, Quantity).label("required"),
            type_coerce(levels.c.available, Quantity).label("available"), type_coerce(missing, Quantity).label("missing"),
            case((missing > 0, "short"), else_="met").label("state"),
        )
        .select_from(levels)
        .join(Unit, Unit.id == levels.c.unit_id)
        .join(Item, Item.id == levels.c.item_id)
        .where(in_effect(as_of))
    )  # fmt: skip


REQUIREMENTS = Listing(
    "requirements",
    RequirementRow,
    (
        Column("unit_name", "Unit", width=220),
        Column("item_name", "Item name", width=180),
        Column("state", "State", "choice", 100, "fulfilment_state"),
        Column("required", "Required", "number", 90),
        Column("available", "In date", "number", 90),
        Column("missing", "Missing", "number", 90),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("item", "Item code", width=110),
    ),
    _requirements,
    searched=("unit_name", "item_name", "item"),
    sort=(("state", True), ("unit_code", False), ("item", False)),
)


def lots_at(office: Office, storehouse: str, item: str, day: date) -> list[LotBalance]:
    """What a storehouse holds of each lot of an item at the end of a day, what expires first before the others."""
    quantity = func.sum(StockEntry.delta)
    statement = (
        select(func.nullif(Lot.code, ""), Lot.produced_on, Lot.expires_on, quantity)
        .join(Holding, Holding.id == StockEntry.holding_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Item, Item.id == Holding.item_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .where(Storehouse.code == storehouse, Item.code == item, StockEntry.occurred_on <= day)
        .group_by(Lot.id, Lot.code, Lot.produced_on, Lot.expires_on)
        .having(quantity != 0)
        .order_by(Lot.expires_on.asc().nulls_last(), Lot.code)
    )
    with office.read() as connection:
        return [LotBalance(*row) for row in connection.execute(statement)]
