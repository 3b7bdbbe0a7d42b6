"""What can be asked about supplies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect, still
from drillapp.core.database.rows import plain_rows
from drillapp.core.database.types import from_thousandths
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.levels.model import RequiredLevel
from drillapp.core.supplies.model import Holding, Item, Lot, StockEntry, Storehouse
from drillapp.core.supplies.rows import StockRow
from drillapp.core.uncollected import uncollected
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope

_Named = dict[int, tuple[int, tuple[Any, ...]]]
"""Key to place in the usual order and what is shown."""


def stock_as_of(office: Office, unit_id: int | None = None, item_code: str | None = None) -> list[StockRow]:
    """What lies where as of the office's date, in all storehouses or those of a unit and the units below it."""
    chosen = select(Holding.id, Holding.lot_id)
    if unit_id is not None:
        chosen = chosen.join(Storehouse, Storehouse.id == Holding.storehouse_id)
        chosen = chosen.where(in_scope(Storehouse.unit_id, unit_id))
    if item_code is not None:
        chosen = chosen.join(Item, Item.id == Holding.item_id).where(Item.code == item_code)
    some = unit_id is not None or item_code is not None
    with office.read() as connection:
        return _stock(connection, office.as_of, chosen if some else None)


def expiring(office: Office, unit_id: int | None, within_days: int) -> list[StockRow]:
    """The stock that has expired or will within so many days, the earliest first."""
    last = office.as_of + timedelta(days=within_days)
    chosen = (
        select(Holding.id, Holding.lot_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .where(Lot.expires_on <= last, in_scope(Storehouse.unit_id, unit_id))
    )
    with office.read() as connection:
        found = _stock(connection, office.as_of, chosen)
    return sorted(found, key=lambda row: row.expires_on or date.max)


def fulfilment(as_of: date, unit_id: int | None = None) -> AnySelect:
    """One row for each unit and each item that it must have: unit_id, item_id, level_id, required, available.

    Of a unit and those below it, or of all units. Quantities are in thousandths; available is what the unit's own
    storehouses have in date. A level for the unit takes the place of one for its kind.
    """
    required = _required(as_of, unit_id).subquery()
    stock = _in_date(as_of, unit_id).subquery()
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


def _stock(connection: Connection, as_of: date, chosen: AnySelect | None) -> list[StockRow]:
    # A stock list repeats few names in many rows: fetched once each instead of joined, it takes half the time.
    storehouses, items, lots = _storehouses(connection), _items(connection), _lots(connection, as_of, chosen)

    found: list[StockRow] = []
    places: list[int] = []
    with uncollected():
        for key, storehouse, item, lot, quantity in plain_rows(connection, _balances(as_of, chosen)):
            first, where = storehouses[storehouse]
            second, what = items[item]
            third, dated = lots[lot]
            shown: tuple[Any, ...] = (key, *where, *what, *dated, from_thousandths(quantity))
            found.append(StockRow(*shown))
            places.append((first * len(items) + second) * len(lots) + third)
        return [found[row] for row in sorted(range(len(found)), key=places.__getitem__)]


def _balances(as_of: date, chosen: AnySelect | None) -> AnySelect:
    total = func.sum(type_coerce(StockEntry.delta, BigInteger))
    sums = select(StockEntry.holding_id, total.label("quantity")).where(StockEntry.occurred_on <= as_of)
    if chosen is not None:
        sums = sums.where(StockEntry.holding_id.in_(chosen.with_only_columns(Holding.id)))
    balances = sums.group_by(StockEntry.holding_id).having(total != 0).subquery()
    return select(
        Holding.id, Holding.storehouse_id, Holding.item_id, Holding.lot_id, balances.c.quantity
    ).join(balances, balances.c.holding_id == Holding.id)  # fmt: skip


def _storehouses(connection: Connection) -> _Named:
    statement = select(
        Storehouse.id, Storehouse.unit_id, Unit.code, Unit.name, Storehouse.code, Storehouse.name
    ).join(Unit, Unit.id == Storehouse.unit_id)  # fmt: skip
    return _named(connection, statement.order_by(Storehouse.code))


def _items(connection: Connection) -> _Named:
    statement = select(Item.id, Item.code, Item.name, Category.name, Item.unit_of_measure).outerjoin(
        Category, Category.id == Item.category_id
    )
    return _named(connection, statement.order_by(Item.code))


def _lots(connection: Connection, as_of: date, chosen: AnySelect | None) -> _Named:
    statement = select(
        Lot.id, func.nullif(Lot.code, ""), Lot.produced_on, Lot.expires_on, stock_state(as_of)
    ).order_by(Lot.expires_on.nulls_last(), Lot.code)  # fmt: skip
    if chosen is not None:
        statement = statement.where(Lot.id.in_(chosen.with_only_columns(Holding.lot_id)))
    return _named(connection, statement)


def _named(connection: Connection, statement: AnySelect) -> _Named:
    return {row[0]: (place, tuple(row[1:])) for place, row in enumerate(connection.execute(statement))}


def _required(as_of: date, unit_id: int | None) -> Any:
    own = aliased(RequiredLevel)
    required = type_coerce(RequiredLevel.quantity, BigInteger).label("required")
    item = RequiredLevel.item_id, RequiredLevel.id.label("level_id"), required
    has_own = exists().where(
        own.unit_id == Unit.id,
        own.item_id == RequiredLevel.item_id,
        still(own.retired_on, as_of),
    )
    current = still(RequiredLevel.retired_on, as_of)
    return union_all(
        select(RequiredLevel.unit_id, *item)
        .where(RequiredLevel.unit_id.is_not(None), in_scope(RequiredLevel.unit_id, unit_id), current),
        select(Unit.id, *item)
        .join(Unit, Unit.kind == RequiredLevel.unit_kind)
        .where(in_scope(Unit.id, unit_id), ~has_own, current),
    )  # fmt: skip


def _in_date(as_of: date, unit_id: int | None) -> AnySelect:
    entries = select(StockEntry.holding_id, func.sum(StockEntry.delta).label("quantity"))
    entries = entries.where(StockEntry.occurred_on <= as_of)
    if unit_id is not None:
        chosen = select(Holding.id).join(Storehouse, Storehouse.id == Holding.storehouse_id)
        entries = entries.where(
            StockEntry.holding_id.in_(chosen.where(in_scope(Storehouse.unit_id, unit_id)))
        )
    sums = entries.group_by(StockEntry.holding_id).subquery()
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
