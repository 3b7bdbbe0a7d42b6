"""What can be asked about supplies."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    func,
    select,
    type_coerce,
)

from drillapp.core.database.base import AnySelect
from drillapp.core.database.rows import Days, plain_rows
from drillapp.core.database.types import from_thousandths
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.dates.states import stock_state
from drillapp.core.supplies.halves import balances
from drillapp.core.supplies.model import Holding, Item, Lot, StockEntry, Storehouse
from drillapp.core.supplies.rows import StockRow
from drillapp.core.uncollected import uncollected
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope

_Named = dict[int, tuple[Any, ...]]
"""Key to place in the usual order, followed by what is shown."""


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
        return stock_of(connection, office.as_of, chosen if some else None)


def stock_of(connection: Connection, as_of: date, chosen: AnySelect | None) -> list[StockRow]:
    """What lies of the chosen holdings (`id` and `lot_id`), or of all: by storehouse, item, expiry, lot."""
    # A stock list repeats few names in many rows: fetched once each instead of joined, it takes half the time.
    with uncollected():
        lots = _lots(connection, as_of, chosen)
        storehouses = _storehouses(connection, step=len(lots))
        found: list[StockRow] = []
        places: list[int] = []
        for key, storehouse, lot, thousandths in plain_rows(connection, _balances(connection, as_of, chosen)):
            # Values one by one: to build a tuple of all of them first takes as long again.
            first, unit_id, unit, unit_name, code, name = storehouses[storehouse]
            second, item, item_name, category, measure, number, produced_on, expires_on, state = lots[lot]
            found.append(
                StockRow(
                    key, unit_id, unit, unit_name, code, name, item, item_name, category, measure, number,
                    produced_on, expires_on, state, from_thousandths(thousandths),
                )
            )  # fmt: skip
            places.append(first + second)
        return [found[row] for row in sorted(range(len(found)), key=places.__getitem__)]


def _balances(connection: Connection, as_of: date, chosen: AnySelect | None) -> AnySelect:
    if chosen is None:
        return balances(connection, as_of)
    total = func.sum(type_coerce(StockEntry.delta, BigInteger))
    sums = (
        select(StockEntry.holding_id, total.label("quantity"))
        .where(
            StockEntry.occurred_on <= as_of, StockEntry.holding_id.in_(chosen.with_only_columns(Holding.id))
        )
        .group_by(StockEntry.holding_id)
        .having(total != 0)
        .subquery()
    )
    return select(
        Holding.id, Holding.storehouse_id, Holding.lot_id, sums.c.quantity
    ).join(sums, sums.c.holding_id == Holding.id)  # fmt: skip


def _storehouses(connection: Connection, step: int) -> _Named:
    statement = select(
        Storehouse.id, Storehouse.unit_id, Unit.code, Unit.name, Storehouse.code, Storehouse.name
    ).join(Unit, Unit.id == Storehouse.unit_id)  # fmt: skip
    rows = connection.execute(statement.order_by(Storehouse.code)).all()
    return {row[0]: (place * step, *row[1:]) for place, row in enumerate(rows)}


def _lots(connection: Connection, as_of: date, chosen: AnySelect | None) -> _Named:
    """Lots with what is shown of their items."""
    statement = select(
        Lot.id, Lot.item_id, func.nullif(Lot.code, ""), Lot.produced_on, Lot.expires_on, stock_state(as_of)
    ).join(Item, Item.id == Lot.item_id).order_by(Item.code, Lot.expires_on.nulls_last(), Lot.code)  # fmt: skip
    if chosen is not None:
        statement = statement.where(Lot.id.in_(chosen.with_only_columns(Holding.lot_id)))
    items = _items(connection)
    days = Days()
    return {
        key: (place, *items[item], code, days[produced_on], days[expires_on], state)
        for place, (key, item, code, produced_on, expires_on, state) in enumerate(
            plain_rows(connection, statement)
        )
    }


def _items(connection: Connection) -> dict[int, tuple[Any, ...]]:
    statement = select(Item.id, Item.code, Item.name, Category.name, Item.unit_of_measure).outerjoin(
        Category, Category.id == Item.category_id
    )
    return {row[0]: tuple(row[1:]) for row in connection.execute(statement)}
