"""What is in the stock ledger already: lines that are handed in again, lots, and the lines of the holdings touched."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice, starmap
from typing import Any, NamedTuple

from msgspec import UNSET
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Row,
    and_,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute

from drillapp.core.batch import Batch
from drillapp.core.database.base import AnySelect
from drillapp.core.database.few import FEW, few_rows
from drillapp.core.supplies.balance import EFFECTS, Lines, moment_of
from drillapp.core.supplies.checks import LINKS, SAID, Checked
from drillapp.core.supplies.line_names import is_reversed, named_line
from drillapp.core.supplies.lots import KnownLot, Lots
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, Quarantine, StockEntry

_CHUNK = 500
_MANY = 20_000
"""From so many keys on, a table is read as a whole."""
_STREAMED = 5000
"""Rows fetched at once where a table is read as a whole."""
_LINK_KEYS = {"answers": Movement.answers_id, "reverses": Movement.reverses_id}
_DELTA: ColumnElement[int] = type_coerce(StockEntry.delta, BigInteger)
_QUANTITY: ColumnElement[int] = type_coerce(Movement.quantity, BigInteger)

# Statements of every booking are made once: for a single line making them takes longer than asking.
_LOTS: AnySelect = select(Lot.id, Lot.item_id, Lot.code, Lot.produced_on, Lot.expires_on)
_FEW_LOTS = _LOTS.where(
    Lot.item_id.in_(bindparam("keys", expanding=True)), Lot.code.in_(bindparam("numbers", expanding=True))
)
_SHELF_LIVES: AnySelect = select(Item.id, Item.shelf_life_months)
_HOLDINGS: AnySelect = select(
    Holding.storehouse_id,
    Holding.lot_id,
    Holding.id,
    exists(select(Quarantine.id).where(Quarantine.holding_id == Holding.id)).label("set_aside"),
)
_TIMELINES: AnySelect = (
    select(
        StockEntry.id, StockEntry.holding_id, _DELTA.label("delta"), Movement.kind, _QUANTITY.label("quantity"),
        Movement.occurred_on, Movement.recorded_at, Movement.document, Movement.line, StockEntry.movement_id,
    )
    .join(Movement, Movement.id == StockEntry.movement_id)
    # A count may change nothing and still be one; of all other kinds only what is taken back adds or takes nothing.
    .where(or_(_DELTA != 0, and_(Movement.kind == "count", not_(is_reversed(Movement.id)))))
)  # fmt: skip
_LATER_TIMELINES = _TIMELINES.where(StockEntry.occurred_on >= bindparam("since", type_=Date))
_OPENINGS: AnySelect = (
    select(StockEntry.holding_id, func.sum(_DELTA).label("total"))
    .where(StockEntry.occurred_on < bindparam("since", type_=Date))
    .group_by(StockEntry.holding_id)
)


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
    for row in _movements(checked, documents):
        last_lines[row.document] = max(row.line, last_lines.get(row.document, 0))
        candidates = candidates or _Candidates(checked)
        for i in candidates.like(row[:6]):
            if i not in ids and _is_same(checked, i, row, lots):
                ids[i] = row.id
    return Booked(ids, last_lines)


def lots_of(connection: Connection, item_ids: Collection[int]) -> Lots:
    """The lots there are of these items."""
    known = starmap(KnownLot, chosen(connection, _LOTS, Lot.item_id, item_ids))
    lives = chosen(connection, _SHELF_LIVES, Item.id, item_ids)
    return Lots(known, dict(tuple(row) for row in lives))


def lots_meant(batch: Batch) -> Lots:
    """The lots that entries whose items are known may mean; of few entries not all those there are of their items."""
    items = [*{key for key in batch.columns["item_id"] if key}]
    numbers = [*{number or "" for number in batch.columns["lot"]}]
    if max(len(numbers), len(items)) > FEW or any(name in batch.columns for name in LINKS):
        return lots_of(batch.connection, items)
    known = few_rows(batch.connection, _FEW_LOTS, keys=items, numbers=numbers)
    # Only from a day of production an expiry is worked out.
    dated = items if any(batch.columns["produced_on"]) else ()
    return Lots(
        starmap(KnownLot, known),
        dict(tuple(row) for row in chosen(batch.connection, _SHELF_LIVES, Item.id, dated)),
    )


def holdings_of(connection: Connection, lot_ids: Collection[int]) -> dict[tuple[int, int], Row[Any]]:
    """The holdings there are of these lots: storehouse and lot to their `id`, and whether any was ever `set_aside`."""
    rows = chosen(connection, _HOLDINGS, Holding.lot_id, lot_ids)
    return {(row.storehouse_id, row.lot_id): row for row in rows}


class Entry(NamedTuple):
    """A stock entry that is there, its delta in thousandths, and its movement."""

    id: int
    delta: int
    movement_id: int


def append_booked(
    connection: Connection, lines: Lines, numbers: Mapping[int, int], since: date | None = None
) -> list[Entry]:
    """Append the booked lines of holdings (key to number) to the new ones; returns their entries in the same order.

    Those before a day only as what they left: nothing on that day or later changes them. Reversed lines and those that
    reverse them do nothing, and are left out.
    """
    lines.first_booked = len(lines.documents)
    if since is None:
        rows = list(chosen(connection, _TIMELINES, StockEntry.holding_id, numbers))
    else:
        openings = chosen(connection, _OPENINGS, StockEntry.holding_id, numbers, since=since)
        lines.openings = {numbers[row.holding_id]: int(row.total) for row in openings}
        rows = list(chosen(connection, _LATER_TIMELINES, StockEntry.holding_id, numbers, since=since))
    lines.extend(
        (moment_of(row.occurred_on, row.recorded_at) for row in rows),
        (row.document for row in rows),
        (row.line for row in rows),
        (1 if row.kind == "transfer" and row.delta > 0 else EFFECTS[row.kind] for row in rows),
        (row.quantity for row in rows),
        (numbers[row.holding_id] for row in rows),
    )
    return [Entry(row.id, row.delta, row.movement_id) for row in rows]


def chosen(
    connection: Connection, statement: AnySelect, column: InstrumentedAttribute[Any], keys: Collection[Any],
    **parameters: Any,
) -> Iterator[Row[Any]]:  # fmt: skip
    """The rows with these keys in a column."""
    if len(keys) > _MANY:
        wanted = frozenset(keys)
        name = column.key
        rows = connection.execute(statement.execution_options(yield_per=_STREAMED), parameters)
        yield from (row for row in rows if row._mapping[name] in wanted)
        return
    narrowed = _narrowed(statement, column)
    if 0 < len(keys) <= FEW:
        yield from few_rows(connection, narrowed, keys=list(keys), **parameters)
        return
    for part in _parts(keys):
        yield from connection.execute(narrowed, {**parameters, "keys": part})


@lru_cache(50)
def _narrowed(statement: AnySelect, column: InstrumentedAttribute[Any]) -> AnySelect:
    return statement.where(column.in_(bindparam("keys", expanding=True)))


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(keys)
    while part := list(islice(remaining, _CHUNK)):
        yield part


def _movements(checked: Checked, documents: Collection[str]) -> Iterator[Row[Any]]:
    batch = checked.batch
    said = tuple(name for name in (*SAID, *LINKS) if name in batch.columns)
    return chosen(batch.connection, _lines_of(said), Movement.document, documents, owner_id=batch.owner_id)


@lru_cache(50)
def _lines_of(said: tuple[str, ...]) -> AnySelect:
    """Lines with what entries say of them."""
    return (
        select(
            Movement.document, Movement.kind, Movement.storehouse_id, Movement.item_id, _QUANTITY.label("quantity"),
            Movement.occurred_on, Movement.recorded_at, Movement.to_storehouse_id, Movement.id, Movement.line,
            Lot.code, Lot.produced_on, Lot.expires_on, *(getattr(Movement, name) for name in said if name in SAID),
            *(named_line(_LINK_KEYS[name]).label(name) for name in said if name in LINKS),
        )
        .join(Lot, Lot.id == Movement.lot_id)
        .where(Movement.owner_id == bindparam("owner_id"))
    )  # fmt: skip


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
        checked.batch.given[name][i] is UNSET or checked.batch.columns[name][i] == getattr(row, name)
        for name in (*SAID, *LINKS)
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
