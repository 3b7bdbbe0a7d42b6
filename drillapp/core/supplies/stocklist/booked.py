"""What a list of stock means by its goods, and what is booked of them already."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import UNSET
from sqlalchemy import BigInteger, Connection, func, select, type_coerce

from drillapp.core.batch import Batch
from drillapp.core.database.base import AnySelect, in_blocks
from drillapp.core.supplies.booked import lots_of
from drillapp.core.supplies.line_names import is_reversed
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, StockEntry, Storehouse


class Goods(NamedTuple):
    """A lot of an item in a storehouse, as a row says it."""

    kind: str
    storehouse_id: int
    storehouse: str
    item_id: int
    item: str
    lot: str
    produced_on: date | None
    expires_on: date | None
    """As said, or from production and shelf life."""
    day: date
    counterparty: str | None

    @property
    def key(self) -> Hashable:
        """What makes goods the same: a lot number, or else the expiry; receipts from different hands stay apart."""
        dates: Any = (self.produced_on, self.expires_on) if self.lot else self.expires_on
        where = (self.kind, self.storehouse_id, self.item_id, self.lot, dates, self.day)
        return where if self.kind == "count" else (*where, self.counterparty)


def fill_lots(batch: Batch, rows: Sequence[int]) -> list[Goods]:
    """The goods of these rows; what one row says of a lot holds for the others of it."""
    connection, columns, given = batch.connection, batch.columns, batch.given
    items = {columns["item_id"][i] for i in rows}
    lots = lots_of(connection, items)
    codes = _codes(connection, Item, items)
    storehouses = _codes(connection, Storehouse, {columns["storehouse_id"][i] for i in rows})
    found = []
    for i in rows:
        produced_on, expires_on = (_said(given[name][i]) for name in ("produced_on", "expires_on"))
        item, storehouse = columns["item_id"][i], columns["storehouse_id"][i]
        found.append(
            Goods(
                given["kind"][i], storehouse, storehouses[storehouse], item, codes[item], _said(given["lot"][i]) or "",
                produced_on, expires_on or lots.expiry(item, produced_on), given["occurred_on"][i],
                _said(given["counterparty"][i]),
            )
        )  # fmt: skip
    dates: dict[tuple[int, str], tuple[date | None, date | None]] = {}
    for goods in found:
        known = dates.get((goods.item_id, goods.lot), (None, None))
        dates[goods.item_id, goods.lot] = known[0] or goods.produced_on, known[1] or goods.expires_on
    return [_with_dates(goods, *dates[goods.item_id, goods.lot]) if goods.lot else goods for goods in found]


def booked_lines(
    connection: Connection, goods: Sequence[Goods], reference: str | None
) -> set[tuple[Hashable, int]]:
    """Which of these goods a list has booked before on its day, with the quantities in thousandths.

    Counts are known by their being an opening; receipts by the file that they came from.
    """
    places = {one.storehouse_id for one in goods}
    statement = (
        select(
            Movement.kind, Movement.storehouse_id, Movement.item_id, Lot.code, Lot.produced_on, Lot.expires_on,
            Movement.occurred_on, Movement.counterparty, type_coerce(Movement.quantity, BigInteger).label("quantity"),
            Movement.cause, Movement.reference,
        )
        .join(Lot, Lot.id == Movement.lot_id)
        .where(
            Movement.storehouse_id.in_(places), Movement.occurred_on.in_({one.day for one in goods}),
            Movement.kind.in_(("count", "in")), ~is_reversed(Movement.id),
        )
    )  # fmt: skip
    found = set()
    for row in connection.execute(statement):
        if row.cause == "opening" if row.kind == "count" else reference and row.reference == reference:
            one = Goods(row.kind, row.storehouse_id, "", row.item_id, "", *row[3:8])
            found.add((one.key, row.quantity))
    return found


def holdings_of(connection: Connection, goods: Sequence[Goods]) -> list[int | None]:
    """The holding of each of these goods; None where nothing of them was ever booked."""
    statement = select(Holding.id, Holding.storehouse_id, Holding.item_id, Lot.code, Lot.expires_on).join(
        Lot, Lot.id == Holding.lot_id
    )
    items = {one.item_id for one in goods}
    numbered: dict[Any, int] = {}
    pooled: dict[Any, int] = {}
    for row in in_blocks(connection, statement, Holding.item_id, items):
        place = row.storehouse_id, row.item_id
        if row.code:
            numbered[*place, row.code] = row.id
        else:
            pooled[*place, row.expires_on] = row.id
    return [
        numbered.get((one.storehouse_id, one.item_id, one.lot))
        if one.lot
        else pooled.get((one.storehouse_id, one.item_id, one.expires_on))
        for one in goods
    ]


def balances(connection: Connection, goods: Sequence[Goods]) -> list[int | None]:
    """What the book has of each of these goods at the end of its day, in thousandths; None where it knows nothing."""
    keys = holdings_of(connection, goods)
    total = func.sum(type_coerce(StockEntry.delta, BigInteger)).label("quantity")
    found: dict[tuple[int, date], int] = {}
    for day in {one.day for one in goods}:
        wanted = {key for key, one in zip(keys, goods, strict=True) if key is not None and one.day == day}
        statement: AnySelect = (
            select(StockEntry.holding_id, total)
            .where(StockEntry.occurred_on <= day)
            .group_by(StockEntry.holding_id)
        )
        found |= {
            (row.holding_id, day): int(row.quantity)
            for row in in_blocks(connection, statement, StockEntry.holding_id, wanted)
        }
    return [None if key is None else found.get((key, one.day)) for key, one in zip(keys, goods, strict=True)]


def _with_dates(goods: Goods, produced_on: date | None, expires_on: date | None) -> Goods:
    return goods._replace(
        produced_on=goods.produced_on or produced_on, expires_on=goods.expires_on or expires_on
    )


def _codes(connection: Connection, model: type[Item] | type[Storehouse], keys: set[int]) -> dict[int, str]:
    rows = in_blocks(connection, select(model.id, model.code), model.id, keys)
    return {row.id: row.code for row in rows}


def _said(value: Any) -> Any:
    return None if value is UNSET or value == "" else value
