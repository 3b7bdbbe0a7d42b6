"""The lists of supplies."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from drillapp.core.attachments.model import Attachment
from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.listing import Column, Listing
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.catalogue.packs import packs_text
from drillapp.core.supplies.catalogue.references import category_text
from drillapp.core.supplies.dates.states import stock_state
from drillapp.core.supplies.held import held, quantity_held
from drillapp.core.supplies.line_names import is_reversed, named_line
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, Storehouse
from drillapp.core.supplies.rows import ItemRow, MovementRow, StockRow, StorehouseRow
from drillapp.core.supplies.stores.model import Shelf
from drillapp.core.units.model import Unit


def _items(as_of: date) -> AnySelect:
    return select(
        Item.id, Item.revision, Item.code, Item.name, category_text(table_of(Category)).label("category"), Item.spec,
        Item.unit_of_measure, Item.shelf_life_months, Item.retired_on, Item.standard_code, Item.aliases,
        packs_text(table_of(Item)).label("packs"), Item.date_kind, Item.warning_days, Item.inspection_months,
        Item.maintenance_months, Attachment.digest.label("picture"), Item.category_id, Item.critical,
    ).outerjoin(Category, Category.id == Item.category_id).outerjoin(
        Attachment, Attachment.id == Item.picture_id
    )  # fmt: skip


def _storehouses(as_of: date) -> AnySelect:
    return select(
        Storehouse.id, Storehouse.unit_id, Storehouse.revision, Storehouse.code, Storehouse.name,
        Unit.code.label("unit_code"), Unit.name.label("unit_name"), Storehouse.address, Storehouse.keeper,
        Storehouse.phone, Storehouse.retired_on, Storehouse.kind, Storehouse.deputy, Storehouse.deputy_phone,
        Storehouse.access, Storehouse.supplier, Storehouse.agreement, Storehouse.agreement_until,
        Attachment.digest.label("picture"),
    ).join(Unit, Unit.id == Storehouse.unit_id).outerjoin(
        Attachment, Attachment.id == Storehouse.plan_id
    )  # fmt: skip


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
            Movement.reference, Movement.retired_on, Movement.cause, Movement.counterparty, Movement.due_on,
            Movement.handler, Movement.approved_by, Movement.recorded_by, named_line(Movement.answers_id).label("answers"),
            named_line(Movement.reverses_id).label("reverses"), is_reversed(Movement.id).label("is_reversed"),
        )
        .outerjoin(Storehouse, Storehouse.id == Movement.storehouse_id)
        .outerjoin(Unit, Unit.id == Storehouse.unit_id)
        .outerjoin(Item, Item.id == Movement.item_id)
        .outerjoin(Lot, Lot.id == Movement.lot_id)
        .outerjoin(target, target.id == Movement.to_storehouse_id)
    )  # fmt: skip


def _stock(as_of: date) -> AnySelect:
    return held(
        as_of, Holding.id, Storehouse.unit_id, Unit.code.label("unit_code"), Unit.name.label("unit_name"),
        Storehouse.code.label("storehouse"), Storehouse.name.label("storehouse_name"), Item.code.label("item"),
        Item.name.label("item_name"), Category.name.label("category"), Item.unit_of_measure,
        func.nullif(Lot.code, "").label("lot"), Lot.produced_on, Lot.expires_on, stock_state(as_of).label("state"),
        quantity_held(as_of).label("quantity"), Shelf.code.label("shelf"),
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
        Column("packs", "Packs", width=120),
        Column("shelf_life_months", "Shelf life (months)", "number", 110),
        Column("date_kind", "Kind of date", "choice", 100, "date_kind"),
        Column("standard_code", "Standard code", width=100),
        Column("aliases", "Other names", width=140),
        Column("warning_days", "Warning (days)", "number", 90),
        Column("inspection_months", "Inspection (months)", "number", 110),
        Column("maintenance_months", "Maintenance (months)", "number", 110),
        Column("critical", "Critical item", "flag", 80),
    ),
    _items,
    searched=("name", "code", "category", "spec", "aliases", "standard_code"),
    sort=(("code", False),),
)
STOREHOUSES = Listing(
    "storehouses",
    StorehouseRow,
    (
        Column("code", "Storehouse code", width=150),
        Column("name", "Storehouse", width=200),
        Column("unit_name", "Unit", width=200),
        Column("kind", "Kind of store", "choice", 110, "storehouse_kind"),
        Column("address", "Address", width=220),
        Column("keeper", "Keeper", width=90),
        Column("phone", "Phone", width=140),
        Column("deputy", "Deputy keeper", width=90),
        Column("deputy_phone", "Deputy's phone", width=140),
        Column("access", "Access notes", width=200),
        Column("supplier", "Supplier", width=180),
        Column("agreement", "Agreement number", width=140),
        Column("agreement_until", "Agreement until", "date", 100),
    ),
    _storehouses,
    searched=("name", "code", "unit_name", "keeper", "address", "supplier", "deputy"),
    sort=(("code", False),),
)
MOVEMENTS = Listing(
    "movements",
    MovementRow,
    (
        Column("occurred_on", "Occurred on", "date", 100),
        Column("kind", "Kind", "choice", 80, "movement_kind"),
        Column("is_reversed", "Reversed", "flag", 70),
        Column("item_name", "Item name", width=160),
        Column("quantity", "Quantity", "number", 80),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("storehouse_name", "Storehouse", width=190),
        Column("document", "Document", width=150),
        Column("cause", "Cause of movement", "choice", 100, "movement_cause"),
        Column("counterparty", "Counterparty", width=150),
        Column("lot", "Lot", width=110),
        Column("to_storehouse_name", "To storehouse", width=180),
        Column("expires_on", "Expires on", "date", 100),
        Column("unit_name", "Unit", width=180),
        Column("reason", "Reason", width=180),
        Column("reference", "Reference", width=140),
        Column("due_on", "To be back by", "date", 100),
        Column("handler", "Handled by", width=90),
        Column("approved_by", "Approved by", width=90),
        Column("answers", "Answers", width=150),
        Column("reverses", "Reverses", width=150),
        Column("recorded_at", "Recorded at", "moment", 150),
        Column("recorded_by", "Entered by", width=90),
    ),
    _movements,
    searched=("document", "item_name", "storehouse_name", "lot", "reason", "reference", "counterparty"),
    sort=(("occurred_on", True),),
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
        Column("shelf", "Shelf", width=90),
        Column("unit_name", "Unit", width=180),
        Column("category", "Category", width=140),
        Column("item", "Item code", width=110),
        Column("storehouse", "Storehouse code", width=130),
    ),
    _stock,
    searched=("item_name", "item", "storehouse_name", "storehouse", "lot", "unit_name"),
    sort=(("storehouse", False), ("item", False), ("expires_on", False)),
)
