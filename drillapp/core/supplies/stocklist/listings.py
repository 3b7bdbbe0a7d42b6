"""The stock as a list that can be brought in again."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import Date, func, literal, null

from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.listing import Column, Listing
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.catalogue.references import category_text
from drillapp.core.supplies.held import held, quantity_held
from drillapp.core.supplies.model import Holding, Item, Lot, Storehouse
from drillapp.core.supplies.stores.model import Shelf


class StockLineRow(Struct, frozen=True):
    """What a storehouse has of a lot, in the words of a list of stock."""

    id: int
    unit_id: int
    storehouse: str
    storehouse_name: str
    item_code: str
    item_name: str
    spec: str | None
    category: str | None
    quantity: float
    unit_of_measure: str | None
    lot: str | None
    produced_on: date | None
    expires_on: date | None
    shelf: str | None
    keeper: str | None
    phone: str | None
    counterparty: str | None
    occurred_on: date
    kind: str
    cause: str | None
    note: str | None


def _lines(as_of: date) -> AnySelect:
    return held(
        as_of, Holding.id, Storehouse.unit_id, Storehouse.code.label("storehouse"),
        Storehouse.name.label("storehouse_name"), Item.code.label("item_code"), Item.name.label("item_name"), Item.spec,
        category_text(table_of(Category)).label("category"), quantity_held(as_of).label("quantity"),
        Item.unit_of_measure, func.nullif(Lot.code, "").label("lot"), Lot.produced_on, Lot.expires_on,
        Shelf.code.label("shelf"), Storehouse.keeper, Storehouse.phone, null().label("counterparty"),
        literal(as_of, Date).label("occurred_on"), literal("count").label("kind"), null().label("cause"),
        null().label("note"),
    )  # fmt: skip


STOCK_LINES = Listing(
    "stock",
    StockLineRow,
    (
        Column("storehouse_name", "Storehouse", width=180),
        Column("item_code", "Item code", width=110),
        Column("item_name", "Item name", width=180),
        Column("spec", "Specification", width=180),
        Column("quantity", "Quantity", "number", 90),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("lot", "Lot", width=110),
        Column("expires_on", "Expires on", "date", 100),
        Column("shelf", "Shelf", width=90),
    ),
    _lines,
    searched=("item_name", "item_code", "storehouse_name", "lot"),
    sort=(("storehouse", False), ("item_code", False), ("expires_on", False)),
)
