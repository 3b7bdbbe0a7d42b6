"""What the form for a movement begins with that settles a required level."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_storehouses
from drillapp.core.supplies.entries import StorehouseEntry
from drillapp.core.supplies.levels.bringing import missing_goods
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.supplies.model import Item
from drillapp.core.units.model import Unit
from tests.core.supplies.ledger import book, line
from tests.core.supplies.levels.shelf import furnish


@pytest.fixture(autouse=True)
def _streets(office: Office) -> None:
    furnish(office)
    save_levels(office, [LevelEntry(unit_code=code, item_code="QUILT", quantity=10) for code in "AC"])


def proposed(office: Office, unit: str, item: str) -> dict[str, Any]:
    with office.read() as connection:
        unit_id = connection.execute(select(Unit.id).where(Unit.code == unit)).scalar_one()
        item_id = connection.execute(select(Item.id).where(Item.code == item)).scalar_one()
    return missing_goods(office, unit_id, item_id)


def test_what_is_missing_goes_into_the_storehouse_that_has_such_goods(office: Office) -> None:
    save_storehouses(office, [StorehouseEntry(code="A0", name="新库", unit_code="A")])
    asked = {"kind": "in", "item_code": "QUILT", "storehouse": "A0", "quantity": 10}
    assert proposed(office, "A", "QUILT") == asked
    book(office, line("in", 3.5, "2026-05-01", storehouse="SA", item_code="QUILT"))
    assert proposed(office, "A", "QUILT") == asked | {"storehouse": "SA", "quantity": 6.5}
    assert proposed(office, "C", "QUILT") == asked | {"storehouse": "SC"}


def test_of_what_nobody_asks_or_enough_is_there_no_quantity_is_said(office: Office) -> None:
    book(office, line("in", 12, "2026-05-01", storehouse="SA", item_code="QUILT"))
    for item in ("QUILT", "PUMP"):
        assert proposed(office, "A", item) == {"kind": "in", "item_code": item, "storehouse": "SA"}


def test_goods_are_not_brought_into_a_promise_to_make_them(office: Office) -> None:
    save_storehouses(
        office, [StorehouseEntry(code="A0", name="厂", unit_code="A", kind="capacity", supplier="厂")]
    )
    assert proposed(office, "A", "QUILT")["storehouse"] == "SA"


def test_an_unknown_item_is_not_brought_in(office: Office) -> None:
    assert missing_goods(office, 1, 999) == {}
