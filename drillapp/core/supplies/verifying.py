"""Whether the stock entries that are kept are those that the movements give."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Row, select, type_coerce

from drillapp.core.database.base import AnySelect
from drillapp.core.supplies.balance import EFFECTS, Lines, moment_of, settle
from drillapp.core.supplies.model import Holding, Movement, StockEntry

_STREAMED = 5000
"""Rows fetched at once."""


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
        Movement.document, Movement.line, Movement.reverses_id,
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
    reversals = {row.id: row.reverses_id for row in movements if row.kind == "reverse"}
    idle = {*reversals, *reversals.values()}
    live = [row for row in movements if row.id not in idle]
    deltas = dict(zip((row.id for row in live), _settled(live), strict=True))
    moved = {row.id for row in movements if row.kind == "transfer"}
    for row in movements:
        yield _Effect(row.id, row.storehouse_id, row.item_id, row.occurred_on, deltas.get(row.id, 0))
        if row.id in moved or reversals.get(row.id) in moved:
            arrived = 0 if row.id in idle else row.quantity
            yield _Effect(row.id, row.to_storehouse_id, row.item_id, row.occurred_on, arrived)


def _settled(movements: Sequence[Row[Any]]) -> Sequence[int]:
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
        (numbers[row.to_storehouse_id] if row.kind == "transfer" else -1 for row in movements),
    )
    settle(lines, len(numbers))
    return lines.deltas
