"""The lists of supplies."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect
from drillapp.core.listing import Column, Listing
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.levels.model import RequiredLevel
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, StockEntry, Storehouse
from drillapp.core.supplies.queries import stock_state
from drillapp.core.supplies.rows import ItemRow, LevelRow, MovementRow, StockRow, StorehouseRow
from drillapp.core.units.model import Unit


def _items(as_of: date) -> AnySelect:
    return select(
        Item.id, Item.revision, Item.code, Item.name, Category.name.label("category"), Item.spec,
        Item.unit_of_measure, Item.shelf_life_months, Item.retired_on,
    ).outerjoin(Category, Category.id == Item.category_id)  # fmt: skip


def _storehouses(as_of: date) -> AnySelect:
    return select(
        Storehouse.id, Storehouse.unit_id, Storehouse.revision, Storehouse.code, Storehouse.name,
        Unit.code.label("unit_code"), Unit.name.label("unit_name"), Storehouse.address, Storehouse.keeper,
        Storehouse.phone, Storehouse.retired_on,
    ).join(Unit, Unit.id == Storehouse.unit_id)  # fmt: skip


def _movements(as_of: date) -> AnySelect:
    target = aliased(Storehouse)
    # Outer joins, although only `target` can be missing: so the database leaves out those that a view does not need.
    return (
        select(
            Movement.id, Storehouse.unit_id, Movement.revision, Movement.document, Movement.line, Movement.kind,
            Storehouse.code.label("storehouse"), Storehouse.name.label("storehouse_name"),
            Unit.code.label("unit_code"), Unit.name.label("unit_name"), Item.code.label("item_code"),
            Item.name.label("item_name"), Item.unit_of_measure, func.nullif(Lot.code, "").label("lot"),
            Movement.quantity, Movement.occurred_on, Movement.recorded_at, target.code.label("to_storehouse"),
            target.name.label("to_storehouse_name"), Lot.produced_on, Lot.expires_on, Movement.reason,
            Movement.reference, Movement.retired_on,
        )
        .outerjoin(Storehouse, Storehouse.id == Movement.storehouse_id)
        .outerjoin(Unit, Unit.id == Storehouse.unit_id)
        .outerjoin(Item, Item.id == Movement.item_id)
        .outerjoin(Lot, Lot.id == Movement.lot_id)
        .outerjoin(target, target.id == Movement.to_storehouse_id)
    )  # fmt: skip


def _levels(as_of: date) -> AnySelect:
    return (
        select(
            RequiredLevel.id, RequiredLevel.unit_id, RequiredLevel.revision, Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), RequiredLevel.unit_kind, Item.code.label("item_code"),
            Item.name.label("item_name"), Item.unit_of_measure, RequiredLevel.quantity, RequiredLevel.retired_on,
        )
        .join(Item, Item.id == RequiredLevel.item_id)
        .outerjoin(Unit, Unit.id == RequiredLevel.unit_id)
    )  # fmt: skip


def _stock(as_of: date) -> AnySelect:
    # Summed for each holding by itself, unlike stock_as_of: so a page of a long list costs no more than its rows.
    quantity = (
        select(func.sum(StockEntry.delta))
        .where(StockEntry.holding_id == Holding.id, StockEntry.occurred_on <= as_of)
        .scalar_subquery()
    )
    return (
        select(
            Holding.id, Storehouse.unit_id, Unit.code.label("unit_code"), Unit.name.label("unit_name"),
            Storehouse.code.label("storehouse"), Storehouse.name.label("storehouse_name"), Item.code.label("item"),
            Item.name.label("item_name"), Category.name.label("category"), Item.unit_of_measure, func.nullif(Lot.code, "").label("lot"),
            Lot.produced_on, Lot.expires_on, stock_state(as_of).label("state"), quantity.label("quantity"),
        )
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .join(Item, Item.id == Holding.item_id)
        .outerjoin(Category, Category.id == Item.category_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .where(quantity != 0)
    )  # fmt: skip


ITEMS = Listing(
    "items",
    ItemRow,
    (
        Column("code", "Item code", width=110),
        Column("name", "Item name", width=200),
        Column("category", "Category", width=140),
        Column("spec", "Specification", width=180),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("shelf_life_months", "Shelf life (months)", "number", 110),
    ),
    _items,
    searched=("name", "code", "category", "spec"),
    sort=(("code", False),),
)
STOREHOUSES = Listing(
    "storehouses",
    StorehouseRow,
    (
        Column("code", "Storehouse code", width=130),
        Column("name", "Storehouse", width=200),
        Column("unit_name", "Unit", width=200),
        Column("address", "Address", width=220),
        Column("keeper", "Keeper", width=90),
        Column("phone", "Phone", width=140),
    ),
    _storehouses,
    searched=("name", "code", "unit_name", "keeper", "address"),
    sort=(("code", False),),
)
MOVEMENTS = Listing(
    "movements",
    MovementRow,
    (
        Column("occurred_on", "Occurred on", "date", 100),
        Column("kind", "Kind", "choice", 80, "movement_kind"),
        Column("item_name", "Item name", width=160),
        Column("quantity", "Quantity", "number", 80),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("storehouse_name", "Storehouse", width=190),
        Column("document", "Document", width=150),
        Column("lot", "Lot", width=110),
        Column("to_storehouse_name", "To storehouse", width=180),
        Column("expires_on", "Expires on", "date", 100),
        Column("unit_name", "Unit", width=180),
        Column("reason", "Reason", width=180),
        Column("reference", "Reference", width=140),
        Column("recorded_at", "Recorded at", "moment", 150),
    ),
    _movements,
    searched=("document", "item_name", "storehouse_name", "lot", "reason", "reference"),
    sort=(("occurred_on", True),),
)
LEVELS = Listing(
    "levels",
    LevelRow,
    (
        Column("unit_name", "Unit", width=200),
        Column("unit_kind", "Kind of unit", "choice", 110, "unit_kind"),
        Column("item_code", "Item code", width=110),
        Column("item_name", "Item name", width=200),
        Column("quantity", "Required quantity", "number", 100),
        Column("unit_of_measure", "Unit of measure", width=80),
    ),
    _levels,
    searched=("unit_name", "item_name", "item_code"),
    sort=(("unit_kind", False), ("unit_code", False), ("item_code", False)),
)
STOCK = Listing(
    "stock",
    StockRow,
    (
        Column("storehouse_name", "Storehouse", width=180),
        Column("item_name", "Item name", width=180),
        Column("state", "State", "choice", 130, "stock_state"),
        Column("quantity", "Quantity", "number", 90),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("expires_on", "Expires on", "date", 100),
        Column("lot", "Lot", width=110),
        Column("unit_name", "Unit", width=180),
        Column("category", "Category", width=140),
        Column("item", "Item code", width=110),
        Column("storehouse", "Storehouse code", width=130),
    ),
    _stock,
    searched=("item_name", "item", "storehouse_name", "storehouse", "lot", "unit_name"),
    sort=(("storehouse", False), ("item", False), ("expires_on", False)),
)
