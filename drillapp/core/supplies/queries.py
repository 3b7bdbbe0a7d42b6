"""What can be asked about required levels, and which supplies are good for how long."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import Quantity
from drillapp.core.office import Office
from drillapp.core.supplies.model import Holding, Item, Lot, RequiredLevel, StockEntry, Storehouse
from drillapp.core.supplies.rows import ShortageRow
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope


def shortages(office: Office, unit_id: int | None = None) -> list[ShortageRow]:
    """What units have less of in date than they must; of all units, or of one and those below it."""
    levels = fulfilment(office.as_of).subquery()
    statement = (
        select(
            Unit.id, Unit.code, Unit.name, Item.code, Item.name, Item.unit_of_measure,
            type_coerce(levels.c.required, Quantity), type_coerce(levels.c.available, Quantity),
        )
        .select_from(levels)
        .join(Unit, Unit.id == levels.c.unit_id)
        .join(Item, Item.id == levels.c.item_id)
        .where(levels.c.available < levels.c.required, in_scope(levels.c.unit_id, unit_id))
        .where(*(still(column, office.as_of) for column in (Unit.retired_on, Unit.valid_to)))
        .order_by(Unit.code, Item.code)
    )  # fmt: skip
    with office.read() as connection:
        return [ShortageRow(*row) for row in connection.execute(statement)]


def fulfilment(as_of: date) -> AnySelect:
    """One row for each unit and each item that it must have: unit_id, item_id, level_id, required, available.

    Quantities are in thousandths; available is what the unit's own storehouses have in date. A level for the unit
    takes the place of one for its kind.
    """
    required = _required(as_of).subquery()
    stock = _in_date(as_of).subquery()
    return select(
        required.c.unit_id, required.c.item_id, required.c.level_id, required.c.required,
        func.coalesce(stock.c.available, 0).label("available"),
    ).outerjoin(
        stock, (stock.c.unit_id == required.c.unit_id) & (stock.c.item_id == required.c.item_id)
    )  # fmt: skip


def stock_state(as_of: date) -> ColumnElement[str]:
    """How far from its expiry a lot is: a code of the enumeration stock_state."""
    return case(
        (Lot.expires_on < as_of, "expired"),
        (Lot.expires_on <= as_of + timedelta(days=30), "due_30"),
        (Lot.expires_on <= as_of + timedelta(days=90), "due_90"),
        else_="in_date",
    )


def still(end: InstrumentedAttribute[date | None], as_of: date) -> ColumnElement[bool]:
    """Whether something that ends on a day (or never) still is as of a date."""
    return or_(end.is_(None), end > as_of)


def _required(as_of: date) -> Any:
    own = aliased(RequiredLevel)
    required = type_coerce(RequiredLevel.quantity, BigInteger).label("required")
    item = RequiredLevel.item_id, RequiredLevel.id.label("level_id"), required
    has_own = exists().where(
        own.unit_id == Unit.id, own.item_id == RequiredLevel.item_id, or_(own.retired_on.is_(None), own.retired_on > as_of)
    )
    current = still(RequiredLevel.retired_on, as_of)
    return union_all(
        select(RequiredLevel.unit_id, *item).where(RequiredLevel.unit_id.is_not(None), current),
        select(Unit.id, *item).join(Unit, Unit.kind == RequiredLevel.unit_kind).where(~has_own, current),
    )


def _in_date(as_of: date) -> AnySelect:
    sums = (
        select(StockEntry.holding_id, func.sum(StockEntry.delta).label("quantity"))
        .where(StockEntry.occurred_on <= as_of)
        .group_by(StockEntry.holding_id)
        .subquery()
    )
    total = cast(func.sum(type_coerce(sums.c.quantity, BigInteger)), BigInteger)
    return (
        select(Storehouse.unit_id, Holding.item_id, total.label("available"))
        .select_from(sums)
        .join(Holding, Holding.id == sums.c.holding_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .where(or_(Lot.expires_on.is_(None), Lot.expires_on >= as_of))
        .group_by(Storehouse.unit_id, Holding.item_id)
    )
