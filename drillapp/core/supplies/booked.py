"""What is in the stock ledger already: lines that are handed in again, lots, and the lines of the holdings touched."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from msgspec import UNSET
from sqlalchemy import BigInteger, ColumnElement, Connection, Row, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from drillapp.core.database.base import AnySelect
from drillapp.core.supplies.balance import EFFECTS, Lines, moment_of, settle
from drillapp.core.supplies.checks import Checked
from drillapp.core.supplies.lots import KnownLot, Lots
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, StockEntry

_CHUNK = 500
_MANY = 20_000
"""From so many keys on, a table is read as a whole."""
_STREAMED = 5000
"""Rows fetched at once where a table is read as a whole."""


class Booked(NamedTuple):
    """What of the entries is in the ledger, and where its documents end."""

    ids: dict[int, int]
    """The movement's key for each entry that is booked already."""
    last_lines: dict[str, int]


def find_booked(checked: Checked, lots: Lots) -> Booked:
    """Find the entries that are booked already: same document, same content; what is not said matches anything."""
    batch = checked.batch
    ids: dict[int, int] = {}
    last_lines: dict[str, int] = {}
    candidates: _Candidates | None = None
    documents = batch.codes_of("document")
    for row in _movements(batch.connection, batch.owner_id, documents):
        if row.document not in documents:
            continue
        last_lines[row.document] = max(row.line, last_lines.get(row.document, 0))
        candidates = candidates or _Candidates(checked)
        for i in candidates.like(row[:6]):
            if i not in ids and _is_same(checked, i, row, lots):
                ids[i] = row.id
    return Booked(ids, last_lines)


def lots_of(connection: Connection, item_ids: Collection[int]) -> Lots:
    """The lots there are of these items."""
    statement = select(Lot.id, Lot.item_id, Lot.code, Lot.produced_on, Lot.expires_on)
    known = [_known_lot(row) for row in _chosen(connection, statement, Lot.item_id, item_ids)]
    lives = _chosen(connection, select(Item.id, Item.shelf_life_months), Item.id, item_ids)
    return Lots(known, dict(tuple(row) for row in lives))


def wrong_entries(connection: Connection) -> list[int]:
    """The movements whose stock entries are not what a fresh run over all movements gives."""
    wrong: set[int] = set()
    facts = heapq.merge(_facts(connection), _stored(connection), key=itemgetter(0))
    for _lot, of_lot in groupby(facts, key=itemgetter(0)):
        movements: list[Row[Any]] = []
        stored: list[_Effect] = []
        for _key, movement, effect in of_lot:
            if movement is not None:
                movements.append(movement)
            if effect is not None:
                stored.append(effect)
        expected = Counter(_effects(movements))
        expected.subtract(stored)
        wrong.update(effect.movement_id for effect, difference in expected.items() if difference)
    return sorted(wrong)


class _Effect(NamedTuple):
    """What a movement does to a storehouse's stock of its lot."""

    movement_id: int
    storehouse_id: int
    item_id: int
    occurred_on: date
    delta: int


_Fact = tuple[int, Row[Any] | None, _Effect | None]
"""A lot with one of its movements, or with one of its stored effects."""


def _facts(connection: Connection) -> Iterator[_Fact]:
    quantity = type_coerce(Movement.quantity, BigInteger)
    statement: AnySelect = select(
        Movement.lot_id, Movement.id, Movement.kind, Movement.storehouse_id, Movement.to_storehouse_id,
        Movement.item_id, quantity.label("quantity"), Movement.occurred_on, Movement.recorded_at,
        Movement.document, Movement.line,
    ).order_by(Movement.lot_id)  # fmt: skip
    for row in connection.execute(statement.execution_options(yield_per=_STREAMED)):
        yield row.lot_id, row, None


def _stored(connection: Connection) -> Iterator[_Fact]:
    statement: AnySelect = (
        select(
            Holding.lot_id, StockEntry.movement_id, Holding.storehouse_id, Holding.item_id, StockEntry.occurred_on,
            type_coerce(StockEntry.delta, BigInteger),
        )
        .join(Holding, Holding.id == StockEntry.holding_id)
        .order_by(Holding.lot_id)
    )  # fmt: skip
    for lot_id, *effect in connection.execute(statement.execution_options(yield_per=_STREAMED)):
        yield lot_id, None, _Effect(*effect)


def _effects(movements: Sequence[Row[Any]]) -> Iterator[_Effect]:
    """What the movements of one lot do, worked out anew."""
    storehouses = {key for row in movements for key in (row.storehouse_id, row.to_storehouse_id) if key}
    numbers = {key: number for number, key in enumerate(storehouses)}
    lines = Lines()
    lines.extend(
        (moment_of(row.occurred_on, row.recorded_at) for row in movements),
        (row.document for row in movements),
        (row.line for row in movements),
        (EFFECTS[row.kind] for row in movements),
        (row.quantity for row in movements),
        (numbers[row.storehouse_id] for row in movements),
        (numbers[row.to_storehouse_id] if row.to_storehouse_id else -1 for row in movements),
    )
    settle(lines, len(numbers))
    for row, delta in zip(movements, lines.deltas, strict=True):
        yield _Effect(row.id, row.storehouse_id, row.item_id, row.occurred_on, delta)
        if row.to_storehouse_id:
            yield _Effect(row.id, row.to_storehouse_id, row.item_id, row.occurred_on, row.quantity)


def _known_lot(row: Row[Any]) -> KnownLot:
    return KnownLot(row.id, row.item_id, row.code, row.produced_on, row.expires_on)


def holdings_of(connection: Connection, lot_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """The holdings there are of these lots: storehouse and lot to key."""
    statement = select(Holding.storehouse_id, Holding.lot_id, Holding.id)
    rows = _chosen(connection, statement, Holding.lot_id, lot_ids)
    return {(row.storehouse_id, row.lot_id): row.id for row in rows}


class Entry(NamedTuple):
    """A stock entry that is there, and its delta in thousandths."""

    id: int
    delta: int


def append_booked(connection: Connection, lines: Lines, numbers: dict[int, int]) -> list[Entry]:
    """Append the booked lines of holdings (key to number) to the new ones; returns their entries in the same order."""
    lines.first_booked = len(lines.documents)
    delta = type_coerce(StockEntry.delta, BigInteger)
    quantity = type_coerce(Movement.quantity, BigInteger)
    statement = select(
        StockEntry.id, StockEntry.holding_id, delta.label("delta"), Movement.kind, quantity.label("quantity"),
        Movement.occurred_on, Movement.recorded_at, Movement.document, Movement.line,
    ).join(Movement, Movement.id == StockEntry.movement_id)  # fmt: skip
    rows = list(_chosen(connection, statement, StockEntry.holding_id, numbers))
    lines.extend(
        (moment_of(row.occurred_on, row.recorded_at) for row in rows),
        (row.document for row in rows),
        (row.line for row in rows),
        (1 if row.kind == "transfer" and row.delta > 0 else EFFECTS[row.kind] for row in rows),
        (row.quantity for row in rows),
        (numbers[row.holding_id] for row in rows),
    )
    return [Entry(row.id, row.delta) for row in rows]


def _chosen(
    connection: Connection, statement: AnySelect, column: InstrumentedAttribute[int], keys: Collection[int]
) -> Iterator[Row[Any]]:
    """The rows with these keys in a column."""
    if len(keys) > _MANY:
        wanted = frozenset(keys)
        name = column.key
        rows = connection.execute(statement.execution_options(yield_per=_STREAMED))
        yield from (row for row in rows if row._mapping[name] in wanted)
        return
    for part in _parts(keys):
        yield from connection.execute(statement.where(column.in_(part)))


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(keys)
    while part := list(islice(remaining, _CHUNK)):
        yield part


def _movements(connection: Connection, owner_id: int, documents: Collection[str]) -> Iterator[Row[Any]]:
    quantity: ColumnElement[int] = type_coerce(Movement.quantity, BigInteger)
    statement: AnySelect = (
        select(
            Movement.document, Movement.kind, Movement.storehouse_id, Movement.item_id, quantity.label("quantity"),
            Movement.occurred_on, Movement.recorded_at, Movement.to_storehouse_id, Movement.reason,
            Movement.reference, Movement.id, Movement.line, Lot.code, Lot.produced_on, Lot.expires_on,
        )
        .join(Lot, Lot.id == Movement.lot_id)
        .where(Movement.owner_id == owner_id)
    )  # fmt: skip
    if len(documents) > _MANY:
        yield from connection.execute(statement.execution_options(yield_per=_STREAMED))
        return
    for part in _parts(documents):
        yield from connection.execute(statement.where(Movement.document.in_(part)))


class _Candidates:
    """The entries by what must be the same in any case; only hashes are kept, to hold a million of them."""

    def __init__(self, checked: Checked) -> None:
        batch, columns = checked.batch, checked.batch.columns
        self._last: dict[int, int] = {}
        self._before = array("q", [-1]) * len(batch.entries)
        alike = zip(
            batch.given["document"], batch.given["kind"], columns["storehouse_id"], columns["item_id"],
            checked.thousandths, batch.given["occurred_on"], strict=True,
        )  # fmt: skip
        for i, values in enumerate(alike):
            if i not in batch.refused:
                key = hash(values)
                self._before[i] = self._last.get(key, -1)
                self._last[key] = i

    def like(self, values: Sequence[Any]) -> Iterator[int]:
        """The entries that may be the movement with these values."""
        i = self._last.get(hash(tuple(values)), -1)
        while i >= 0:
            yield i
            i = self._before[i]


def _is_same(checked: Checked, i: int, row: Row[Any], lots: Lots) -> bool:
    batch = checked.batch
    columns = batch.columns
    same = (
        batch.given["document"][i] == row.document
        and batch.given["kind"][i] == row.kind
        and columns["storehouse_id"][i] == row.storehouse_id
        and columns["item_id"][i] == row.item_id
        and checked.thousandths[i] == row.quantity
        and batch.given["occurred_on"][i] == row.occurred_on
        and columns["to_storehouse_id"][i] == row.to_storehouse_id
        and (columns["lot"][i] or "") == row.code
    )
    return same and _says_the_same(checked, i, row) and _is_of_lot(columns, i, row, lots)


def _says_the_same(checked: Checked, i: int, row: Row[Any]) -> bool:
    recorded: datetime | None = checked.recorded[i]
    return (recorded is None or recorded == row.recorded_at) and all(
        checked.batch.given[name][i] is UNSET or checked.batch.columns[name][i] == row._mapping[name]
        for name in ("reason", "reference")
    )


def _is_of_lot(columns: dict[str, list[Any]], i: int, row: Row[Any], lots: Lots) -> bool:
    produced_on: date | None = columns["produced_on"][i]
    expires_on: date | None = columns["expires_on"][i]
    if expires_on is not None and expires_on != row.expires_on:
        return False
    if produced_on is None or produced_on == row.produced_on:
        return True
    # Goods without a lot number are pooled by expiry, of whichever day of production.
    return not row.code and (expires_on or lots.expiry(row.item_id, produced_on)) == row.expires_on
