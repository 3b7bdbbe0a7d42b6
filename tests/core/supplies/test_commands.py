"""The catalogue, the storehouses, and what units must have."""

from __future__ import annotations

from typing import Any

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.saving import Saved
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.supplies.levels.listings import LEVELS
from drillapp.core.supplies.listings import ITEMS, STOREHOUSES
from tests.core.supplies.ledger import OWN, furnish


def level(quantity: float = 5, **said: Any) -> LevelEntry:
    return LevelEntry(**{"item_code": "TENT", "quantity": quantity} | said)


def refused_levels(office: Office, **said: Any) -> set[str]:
    with pytest.raises(InvalidInput) as refusal:
        save_levels(office, [level(**said)])
    return {problem.field for problem in refusal.value.problems}


def test_items_are_kept_by_code(office: Office) -> None:
    said = {"category": "生活保障", "spec": "12㎡", "unit_of_measure": "顶", "shelf_life_months": 96}
    [key] = save_items(office, [ItemEntry(code="T", name="帐篷", **said)]).ids
    assert save_items(office, [ItemEntry(code="T", name="帐篷", **said)]) == Saved(unchanged=1, ids=(key,))
    assert save_items(office, [ItemEntry(code="T", name="棉帐篷", spec=None)]).updated == 1
    [row] = first_rows(office, ITEMS, View(text="棉"), 9)
    assert (row.name, row.spec, row.shelf_life_months) == ("棉帐篷", None, 96)


@pytest.mark.parametrize("months", [0, -1, 1201])
def test_a_shelf_life_is_some_months(office: Office, months: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        save_items(office, [ItemEntry(code="T", name="帐篷", shelf_life_months=months)])
    assert refusal.value.field == "shelf_life_months"


def test_a_storehouse_belongs_to_a_unit(office: Office) -> None:
    save_storehouses(office, [StorehouseEntry(code="S1", name="一号库", unit_code=OWN, keeper="保管员甲")])
    [row] = first_rows(office, STOREHOUSES, View(unit_id=office.unit_id), 9)
    assert (row.code, row.unit_code, row.keeper) == ("S1", OWN, "保管员甲")
    with pytest.raises(InvalidInput) as refusal:
        save_storehouses(office, [StorehouseEntry(code="S2", name="二号库", unit_code="nowhere")])
    assert refusal.value.field == "unit_code"


def test_levels_are_known_by_item_and_unit_or_kind(office: Office) -> None:
    furnish(office)
    both = [level(5, unit_code=OWN), level(7, unit_kind="street")]
    assert save_levels(office, both).created == 2
    assert save_levels(office, both).unchanged == 2
    assert save_levels(office, [level(8, unit_kind="street")]).updated == 1
    rows = {(row.unit_code, row.unit_kind): row.quantity for row in first_rows(office, LEVELS, View(), 9)}
    assert rows == {(OWN, None): 5, (None, "street"): 8}


def test_a_level_of_a_kind_concerns_all_units(office: Office) -> None:
    furnish(office)
    assert save_levels(office, [level(unit_kind="street")]).changes.unit_ids is None
    assert save_levels(office, [level(unit_code=OWN)]).changes.unit_ids == {office.unit_id}


def test_wrong_levels_are_refused(office: Office) -> None:
    furnish(office)
    assert refused_levels(office) == {"unit_code"}
    assert refused_levels(office, unit_code=OWN, unit_kind="street") == {"unit_code"}
    assert refused_levels(office, unit_code="nowhere") == {"unit_code"}
    assert refused_levels(office, unit_kind="village") == {"unit_kind"}
    assert refused_levels(office, unit_code=OWN, item_code="X") == {"item_code"}
    assert refused_levels(office, unit_code=OWN, quantity=-1) == {"quantity"}
    with pytest.raises(InvalidInput):
        save_levels(office, [level(5, unit_code=OWN), level(6, unit_code=OWN, unit_kind=None)])
