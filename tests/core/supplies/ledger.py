"""The stock ledger told in the simplest way, and short ways to write lines of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from drillapp.core.office import Office
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.queries import stock_as_of

OWN = "110102"
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
Place = tuple[str, str, str]
"""Storehouse, item, lot."""


def furnish(office: Office) -> None:
    """Two storehouses; tents that keep for a year, and shovels that keep for ever."""
    save_storehouses(
        office, [StorehouseEntry(code=code, name=f"{code}库", unit_code=OWN) for code in ("S1", "S2")]
    )
    save_items(
        office,
        [
            ItemEntry(code="TENT", name="帐篷", unit_of_measure="顶", shelf_life_months=12),
            ItemEntry(code="SHOVEL", name="铁锹", unit_of_measure="把"),
        ],
    )


def line(kind: str, quantity: float, day: str, document: str = "D1", **said: Any) -> MovementEntry:
    """A line of a document; of shovels at S1 unless said otherwise."""
    where = {"storehouse": "S1", "item_code": "SHOVEL", "occurred_on": date.fromisoformat(day)}
    return MovementEntry(**({"document": document, "kind": kind, "quantity": quantity} | where | said))


def book(office: Office, *lines: MovementEntry) -> None:
    """Book lines all of which must be accepted."""
    assert save_movements(office, lines).created == len(lines)


def stock(office: Office, day: str) -> dict[tuple[str, str, str | None, str | None], float]:
    """Storehouse, item, lot and expiry to quantity as of a day."""
    office.as_of = date.fromisoformat(day)
    rows = stock_as_of(office)
    return {
        (row.storehouse, row.item, row.lot, row.expires_on and row.expires_on.isoformat()): row.quantity
        for row in rows
    }


class Impossible(Exception):
    """More is taken than is there."""


def simulate(lines: Iterable[MovementEntry], until: date = date.max) -> dict[Place, Decimal]:
    """The balances after all lines up to a day, handed in in the order in which they were booked."""
    numbered = [
        (entry.occurred_on, entry.recorded_at or NOON, entry.document, number, entry)
        for number, entry in enumerate(lines)
    ]
    balances: dict[Place, Decimal] = {}
    for day, _recorded, _document, _number, entry in sorted(numbered, key=lambda row: row[:4]):
        if day <= until:
            _apply(balances, entry)
    return {place: balance for place, balance in balances.items() if balance}


def _apply(balances: dict[Place, Decimal], entry: MovementEntry) -> None:
    lot, quantity = str(entry.lot or ""), Decimal(str(entry.quantity))
    place = entry.storehouse, entry.item_code, lot
    there = balances.get(place, Decimal(0))
    if entry.kind == "count":
        balances[place] = quantity
    elif entry.kind in ("in", "return"):
        balances[place] = there + quantity
    else:
        if there < quantity:
            raise Impossible
        balances[place] = there - quantity
        if entry.kind == "transfer":
            target = str(entry.to_storehouse), entry.item_code, lot
            balances[target] = balances.get(target, Decimal(0)) + quantity
