"""What units must have against what they have in date; what a storehouse holds of each lot."""

from __future__ import annotations

from datetime import date

import pytest

from drillapp.core.listing import View, first_rows, keys, rows
from drillapp.core.office import Office
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.dates.picking import lots_at
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.supplies.levels.requirements import REQUIREMENTS
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

STREETS = ("110102001", "110102002")


@pytest.fixture
def filled(office: Office) -> Office:
    save_units(
        office, [UnitEntry(code=one, name=one, parent_code="110102", kind="street") for one in STREETS]
    )
    save_items(office, [ItemEntry(code="1", name="Blanket")])
    save_storehouses(office, [StorehouseEntry(code="S", name="Store", unit_code=STREETS[0])])
    save_levels(office, [LevelEntry(unit_kind="street", item_code="1", quantity=12.5)])
    save_movements(
        office, [_in("A", 10, date(2026, 12, 31)), _in("B", 20, date(2026, 11, 23)), _in("C", 2.5, None)]
    )
    return office


def _in(lot: str, quantity: float, expires_on: date | None) -> MovementEntry:
    return MovementEntry(
        document="RK", kind="in", storehouse="S", item_code="1", lot=lot, quantity=quantity,
        occurred_on=date(2026, 1, 5), expires_on=expires_on,
    )  # fmt: skip


def test_each_unit_of_the_kind_is_asked_and_expired_goods_do_not_count(filled: Office) -> None:
    found = {row.unit_code: row for row in first_rows(filled, REQUIREMENTS, View(), 10)}
    assert found.keys() == set(STREETS)
    first, second = (found[one] for one in STREETS)
    assert (first.required, first.available, first.missing, first.state) == (12.5, 12.5, 0, "met")
    assert (second.required, second.available, second.missing, second.state) == (12.5, 0, 12.5, "short")


def test_every_row_can_be_asked_for_by_its_key(filled: Office) -> None:
    chosen = keys(filled, REQUIREMENTS, View())
    assert len(set(chosen)) == 2
    assert [row.id for row in rows(filled, REQUIREMENTS, chosen)] == list(chosen)
    assert [row.state for row in rows(filled, REQUIREMENTS, chosen)] == ["short", "met"]


def test_a_later_date_finds_less_in_date(filled: Office) -> None:
    filled.as_of = date(2027, 1, 1)
    (row,) = [row for row in first_rows(filled, REQUIREMENTS, View(), 10) if row.unit_code == STREETS[0]]
    assert (row.available, row.missing) == (2.5, 10)


def test_lots_come_by_expiry_as_of_the_day(filled: Office) -> None:
    held = lots_at(filled, "S", "1", date(2026, 11, 24))
    assert [(lot.lot, lot.quantity) for lot in held] == [("B", 20), ("A", 10), ("C", 2.5)]
    assert lots_at(filled, "S", "1", date(2026, 1, 4)) == []
