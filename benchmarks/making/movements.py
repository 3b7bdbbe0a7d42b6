"""A million lines of the stock ledger, in the order of time, each with what it does to the stock."""

from __future__ import annotations

from array import array
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from benchmarks.making.filling import Filling
from benchmarks.making.words import TODAY, dice
from drillapp.core.supplies.halves import HalfSums, half_of
from drillapp.core.supplies.model import Holding, Movement, StockEntry

_FIRST_DAY = date(2023, 1, 1)
_ITEMS_EACH = 30
_LOTS_EACH = 2
_BUSIEST = 1
"""The key of an item that every storehouse has, in twice as many lots: more than 50,000 movements at size 1."""
_BLOCK = 100_000
_LINES = 4
"""Lines of a document."""

_TAKING = ("out", "out", "out", "lend", "scrap")
_KINDS = ("in", "in", "in", "return", "taking", "taking", "taking", "taking", "taking", "transfer", "count")

Leg = tuple[int, int, int]
"""Storehouse, item, lot."""


class _Ledger:
    """What lies where while the ledger is being made up; quantities are whole."""

    def __init__(self, chance: Random, legs: list[list[Leg]]) -> None:
        self.chance = chance
        self.legs = legs
        self.holdings: dict[Leg, int] = {}
        """The key of each, counted from 1."""
        self.balances: list[int] = [0]
        """What is there of each holding, by its key."""
        self.written_holdings = 0
        self.movements: list[tuple[Any, ...]] = []
        self.entries: list[tuple[Any, ...]] = []
        self.halves = HalfSums()
        self.first_movement = 1
        self.first_entry = 1

    def line(self, document: str, line: int, house: int, day: date, at: datetime) -> None:
        """Add a line for some lot of a storehouse, such as its stock allows."""
        leg = self.chance.choice(self.legs[house])
        balance = self.balances[self.holdings.get(leg, 0)]
        kind = self.chance.choice(_KINDS) if balance else "in"
        kind = self.chance.choice(_TAKING) if kind == "taking" else kind
        quantity, delta = self._amounts(kind, balance)
        # What is moved goes from each storehouse to the same other one.
        target = (house * 7 + 1) % len(self.legs) if kind == "transfer" else None
        if target == house:
            target = (house + 1) % len(self.legs)
        key = self.first_movement + len(self.movements)
        to_id = None if target is None else target + 1
        self.movements.append((document, line, kind, *leg, quantity, day, at, to_id))
        self._enter(key, leg, day, delta)
        if to_id is not None:
            self._enter(key, (to_id, leg[1], leg[2]), day, quantity)

    def _amounts(self, kind: str, balance: int) -> tuple[int, int]:
        if kind in ("in", "return"):
            quantity = self.chance.randint(1, 400)
            return quantity, quantity
        if kind == "count":
            found = max(0, balance + self.chance.randint(-3, 2))
            return found, found - balance
        quantity = self.chance.randint(1, balance)
        return quantity, -quantity

    def _enter(self, movement: int, leg: Leg, day: date, delta: int) -> None:
        holding = self.holdings.setdefault(leg, len(self.balances))
        if holding == len(self.balances):
            self.balances.append(0)
        self.balances[holding] += delta
        self.entries.append((movement, holding, day, delta))
        self.halves.add(holding, half_of(day), delta * 1000)

    def write(self, filling: Filling) -> None:
        """Write what has come together, and begin a new block."""
        names = ("document", "line", "kind", "storehouse_id", "item_id", "lot_id", "quantity", "occurred_on",
                 "recorded_at", "to_storehouse_id")  # fmt: skip
        filling.add(
            Movement, dict(zip(names, zip(*self.movements, strict=True), strict=True)), self.first_movement
        )
        self._write_holdings(filling)
        names = ("movement_id", "holding_id", "occurred_on", "delta")
        filling.add(
            StockEntry, dict(zip(names, zip(*self.entries, strict=True), strict=True)), self.first_entry
        )
        self.first_movement += len(self.movements)
        self.first_entry += len(self.entries)
        self.halves.write(filling.work.connection)
        self.movements.clear()
        self.entries.clear()

    def _write_holdings(self, filling: Filling) -> None:
        new = list(self.holdings)[self.written_holdings :]
        if new:
            names = ("storehouse_id", "item_id", "lot_id")
            filling.add(
                Holding, dict(zip(names, zip(*new, strict=True), strict=True)), self.written_holdings + 1
            )
        self.written_holdings = len(self.holdings)


def make_movements(filling: Filling, storehouses: int, lots: list[list[int]], count: int) -> None:
    """Write `count` movements with their stock entries."""
    chance = dice("movements")
    ledger = _Ledger(chance, [_legs(chance, house + 1, lots) for house in range(storehouses)])
    documents = -(-count // _LINES)
    days = (TODAY - _FIRST_DAY).days
    houses = array("l", (chance.randrange(storehouses) for _ in range(documents)))
    for number, house in enumerate(houses):
        passed = days * number / documents
        day = _FIRST_DAY + timedelta(days=int(passed))
        at = datetime.combine(day, time(1), UTC) + timedelta(seconds=int((passed % 1) * 28_800))
        for line in range(1, min(_LINES, count - number * _LINES) + 1):
            ledger.line(f"DJ{number + 1:07}", line, house, day, at)
        if len(ledger.movements) >= _BLOCK or number == documents - 1:
            ledger.write(filling)


def _legs(chance: Random, storehouse: int, lots: list[list[int]]) -> list[Leg]:
    items = chance.sample(range(_BUSIEST, len(lots)), min(_ITEMS_EACH, len(lots)) - 1)
    each = {_BUSIEST - 1: 2 * _LOTS_EACH} | dict.fromkeys(items, _LOTS_EACH)
    return [
        (storehouse, item + 1, lot)
        for item, count in each.items()
        for lot in chance.sample(lots[item], min(count, len(lots[item])))
    ]
