"""Whether the stock entries that are kept are those that the movements give."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Row, SQLColumnExpression, select, type_coerce

from drillapp.core.database.base import AnySelect, in_blocks
from drillapp.core.supplies.balance import EFFECTS, Lines, moment_of, settle
from drillapp.core.supplies.model import Holding, Movement, StockEntry

_STREAMED = 5000
"""Rows fetched at once."""


def wrong_entries(connection: Connection, lots: Collection[int] | None = None) -> list[int]:
    """The movements whose stock entries are not what a fresh run over all movements gives; of these lots, or of any."""
    wrong: set[int] = set()
    facts = heapq.merge(_facts(connection, lots), _stored(connection, lots), key=itemgetter(0))
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


def short_movements(connection: Connection, lots: Collection[int]) -> list[int]:
    """The movements of these lots that take more than is there."""
    short: list[int] = []
    for _lot, facts in groupby(_facts(connection, lots), key=itemgetter(0)):
        live = _live([row for _key, row, _none in facts if row is not None])
        lines = _settled(live)
        short += [live[one.blocked].id for one in lines.unexplained.values() if one.blocked is not None]
    return short


class _Effect(NamedTuple):
    """What a movement does to a storehouse's stock of its lot."""

    movement_id: int
    storehouse_id: int
    item_id: int
    occurred_on: date
    delta: int


_Fact = tuple[int, Row[Any] | None, _Effect | None]
"""A lot with one of its movements, or with one of its stored effects."""


def _facts(connection: Connection, lots: Collection[int] | None) -> Iterator[_Fact]:
    quantity = type_coerce(Movement.quantity, BigInteger)
    statement: AnySelect = select(
        Movement.lot_id, Movement.id, Movement.kind, Movement.storehouse_id, Movement.to_storehouse_id,
        Movement.item_id, quantity.label("quantity"), Movement.occurred_on, Movement.recorded_at,
        Movement.document, Movement.line, Movement.reverses_id,
    ).order_by(Movement.lot_id)  # fmt: skip
    for row in _of_lots(connection, statement, Movement.lot_id, lots):
        yield row.lot_id, row, None


def _stored(connection: Connection, lots: Collection[int] | None) -> Iterator[_Fact]:
    statement: AnySelect = (
        select(
            Holding.lot_id, StockEntry.movement_id, Holding.storehouse_id, Holding.item_id, StockEntry.occurred_on,
            type_coerce(StockEntry.delta, BigInteger),
        )
        .join(Holding, Holding.id == StockEntry.holding_id)
        .order_by(Holding.lot_id)
    )  # fmt: skip
    for row in _of_lots(connection, statement, Holding.lot_id, lots):
        yield row[0], None, _Effect(*tuple(row)[1:])


def _of_lots(
    connection: Connection, statement: AnySelect, lot: SQLColumnExpression[int], lots: Collection[int] | None
) -> Iterator[Row[Any]]:
    """In the order of lots, as the statement gives them."""
    if lots is None:
        yield from connection.execute(statement.execution_options(yield_per=_STREAMED))
    else:
        yield from in_blocks(connection, statement, lot, sorted(lots))


def _effects(movements: Sequence[Row[Any]]) -> Iterator[_Effect]:
    """What the movements of one lot do, worked out anew."""
    reversals = {row.id: row.reverses_id for row in movements if row.kind == "reverse"}
    idle = {*reversals, *reversals.values()}
    live = _live(movements)
    deltas = dict(zip((row.id for row in live), _settled(live).deltas, strict=True))
    moved = {row.id for row in movements if row.kind == "transfer"}
    for row in movements:
        yield _Effect(row.id, row.storehouse_id, row.item_id, row.occurred_on, deltas.get(row.id, 0))
        if row.id in moved or reversals.get(row.id) in moved:
            arrived = 0 if row.id in idle else row.quantity
            yield _Effect(row.id, row.to_storehouse_id, row.item_id, row.occurred_on, arrived)


def _live(movements: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Without the lines that reverse others, and those."""
    reversals = {row.id: row.reverses_id for row in movements if row.kind == "reverse"}
    idle = {*reversals, *reversals.values()}
    return [row for row in movements if row.id not in idle]


def _settled(movements: Sequence[Row[Any]]) -> Lines:
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
    return lines
