"""Stock, expiry, shortages and required levels as of a date, for a unit and those below it."""

from __future__ import annotations

from datetime import date

import pytest

from drillapp.core.listing import Condition, View, first_rows, keys, rows
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.dates.expiry import expiring
from drillapp.core.supplies.entries import ItemEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.supplies.levels.fulfilment import fulfilment
from drillapp.core.supplies.levels.listings import LEVELS
from drillapp.core.supplies.levels.requirements import REQUIREMENTS, RequirementRow
from drillapp.core.supplies.listings import MOVEMENTS, STOCK
from drillapp.core.supplies.queries import stock_as_of
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from tests.core.supplies.ledger import OWN, book, furnish, line

TODAY = date(2026, 11, 24)


def shortages(office: Office, unit_id: int | None = None) -> list[RequirementRow]:
    short = View(unit_id, choices={"state": ("short",)}, sort=(("unit_code", False), ("item", True)))
    return first_rows(office, REQUIREMENTS, short, 100)


@pytest.fixture(autouse=True)
def _two_streets(office: Office) -> None:
    furnish(office)
    streets = [
        UnitEntry(code=code, name=f"{code}街道", kind="street", parent_code=OWN) for code in ("A", "B")
    ]
    save_units(office, streets)
    save_storehouses(
        office, [StorehouseEntry(code=f"S{code}", name=f"{code}库", unit_code=code) for code in ("A", "B")]
    )
    office.as_of = TODAY


def unit(office: Office, code: str) -> int:
    [key] = {row.unit_id for row in stock_as_of(office) if row.unit_code == code}
    return key


def test_stock_is_that_of_a_unit_with_those_below_it_or_of_one_item(office: Office) -> None:
    book(
        office,
        line("in", 1, "2026-05-01"),
        line("in", 2, "2026-05-01", storehouse="SA", item_code="TENT", lot="L1"),
        line("in", 3, "2026-05-01", storehouse="SB"),
    )
    assert [(row.storehouse, row.item, row.quantity) for row in stock_as_of(office)] == [
        ("S1", "SHOVEL", 1), ("SA", "TENT", 2), ("SB", "SHOVEL", 3),
    ]  # fmt: skip
    assert len(stock_as_of(office, office.unit_id)) == 3
    assert [row.storehouse for row in stock_as_of(office, unit(office, "B"))] == ["SB"]
    [row] = stock_as_of(office, item_code="TENT")
    assert (row.unit_name, row.storehouse_name, row.item_name, row.unit_of_measure, row.lot) == (
        "A街道", "A库", "帐篷", "顶", "L1",
    )  # fmt: skip
    assert stock_as_of(office, item_code="X") == []


def test_stock_says_how_far_it_is_from_its_expiry(office: Office) -> None:
    days = {
        "expired": date(2026, 11, 23), "due_30": TODAY, "due_60": date(2026, 12, 25), "due_90": date(2027, 1, 24),
        "due_180": date(2027, 2, 23), "in_date": date(2027, 5, 24),
    }  # fmt: skip
    book(office, *(line("in", 1, "2026-05-01", lot=state, expires_on=day) for state, day in days.items()))
    book(office, line("in", 1, "2026-05-01", item_code="TENT"))
    assert [(row.lot, row.state) for row in stock_as_of(office)] == [
        ("expired", "expired"), ("due_30", "due_30"), ("due_60", "due_60"), ("due_90", "due_90"),
        ("due_180", "due_180"), ("in_date", "in_date"), (None, "in_date"),
    ]  # fmt: skip
    assert [row.lot for row in expiring(office, None, 31)] == ["expired", "due_30", "due_60"]
    assert [row.lot for row in expiring(office, office.unit_id, 0)] == ["expired", "due_30"]
    office.as_of = date(2026, 4, 30)
    assert expiring(office, None, 365) == []


def test_a_level_is_fulfilled_by_the_units_own_stock_in_date(office: Office) -> None:
    save_levels(office, [LevelEntry(unit_kind="street", item_code="SHOVEL", quantity=5)])
    book(
        office,
        line("in", 4.5, "2026-05-01", storehouse="SA"),
        line("in", 9, "2026-05-01", storehouse="SA", lot="OLD", expires_on=date(2026, 11, 23)),
        line("in", 5, "2026-05-01", storehouse="SB", expires_on=TODAY),
        line("in", 9, "2026-11-25", "D2", storehouse="SA"),
    )
    [row] = shortages(office)
    assert (row.unit_code, row.item, row.required, row.available, row.missing) == ("A", "SHOVEL", 5, 4.5, 0.5)
    office.as_of = date(2026, 11, 25)
    assert [(row.unit_code, row.available) for row in shortages(office)] == [("B", 0)]
    assert shortages(office, row.unit_id) == []


def test_a_units_own_level_takes_the_place_of_that_of_its_kind(office: Office) -> None:
    save_levels(
        office,
        [
            LevelEntry(unit_kind="street", item_code="SHOVEL", quantity=5),
            LevelEntry(unit_kind="street", item_code="TENT", quantity=2),
            LevelEntry(unit_code="A", item_code="SHOVEL", quantity=1),
        ],
    )
    book(office, line("in", 2, "2026-05-01", storehouse="SB"), line("in", 1, "2026-05-01", storehouse="SA"))
    assert {(row.unit_code, row.item): (row.required, row.available) for row in shortages(office)} == {
        ("A", "TENT"): (2, 0), ("B", "SHOVEL"): (5, 2), ("B", "TENT"): (2, 0),
    }  # fmt: skip
    with office.read() as connection:
        figures = [(row.required, row.available) for row in connection.execute(fulfilment(TODAY))]
    assert sorted(figures) == [(1000, 1000), (2000, 0), (2000, 0), (5000, 2000)]


def test_a_unit_that_is_no_more_is_short_of_nothing(office: Office) -> None:
    save_levels(office, [LevelEntry(unit_kind="street", item_code="SHOVEL", quantity=5)])
    save_units(office, [UnitEntry(code="A", name="A街道", valid_to=date(2026, 1, 1))])
    assert [row.unit_code for row in shortages(office)] == ["B"]


def test_the_stock_list_shows_what_stock_as_of_tells(office: Office) -> None:
    book(
        office,
        line("in", 4, "2026-05-01", storehouse="SA", lot="L1", expires_on=date(2027, 1, 1)),
        line("in", 9, "2026-05-01", item_code="TENT"),
        line("out", 9, "2026-05-02", item_code="TENT"),
        line("in", 2, "2026-05-01"),
        line("in", 1, "2026-12-01", storehouse="SB"),
    )
    told = stock_as_of(office)
    assert first_rows(office, STOCK, View(), 9) == told
    assert rows(office, STOCK, keys(office, STOCK, View(sort=(("quantity", True),)))) == told[::-1]
    assert [row.storehouse for row in first_rows(office, STOCK, View(text="L1"), 9)] == ["SA"]
    more_than_two = View(conditions=(Condition("quantity", ">", 2),))
    assert [row.quantity for row in first_rows(office, STOCK, more_than_two, 9)] == [4]


def test_the_movements_of_a_unit_are_listed_newest_first(office: Office) -> None:
    book(
        office,
        line("in", 4, "2026-05-01", "D1", storehouse="SA"),
        line("transfer", 1, "2026-05-02", "D2", storehouse="SA", to_storehouse="SB", reason="支援"),
        line("in", 1, "2026-05-03", "D3"),
    )
    view = View(unit_id=unit(office, "A"))
    [second, first] = first_rows(office, MOVEMENTS, view, 9)
    assert (first.document, first.to_storehouse, first.item_name, first.lot) == ("D1", None, "铁锹", None)
    assert (second.document, second.to_storehouse, second.to_storehouse_name) == ("D2", "SB", "B库")
    assert [row.document for row in first_rows(office, MOVEMENTS, View(text="支援"), 9)] == ["D2"]


def test_levels_of_a_kind_are_listed_with_those_of_a_unit(office: Office) -> None:
    save_items(office, [ItemEntry(code="PUMP", name="水泵")])
    save_levels(
        office,
        [
            LevelEntry(unit_code="B", item_code="PUMP", quantity=1),
            LevelEntry(unit_kind="street", item_code="PUMP", quantity=2),
        ],
    )
    listed = first_rows(office, LEVELS, View(), 9)
    assert [(row.unit_kind, row.unit_name, row.item_name) for row in listed] == [
        ("street", None, "水泵"), (None, "B街道", "水泵"),
    ]  # fmt: skip
