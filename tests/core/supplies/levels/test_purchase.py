"""What to buy: what is missing over a scope, in whole packs, with who asks for it and who could deliver it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.errors import NotFound
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels, save_scenario_rates, save_scenarios
from drillapp.core.supplies.levels.entries import LevelEntry, RateEntry, ScenarioEntry
from drillapp.core.supplies.levels.purchase import PurchaseLine, purchase_list
from drillapp.core.supplies.levels.whole_packs import PackCount, ordered, whole_packs
from tests.core.supplies.ledger import book, line
from tests.core.supplies.levels.shelf import TODAY, furnish, requirements

_sizes = st.dictionaries(st.sampled_from("ABCD"), st.integers(1, 5_000), min_size=1)


@given(missing=st.integers(1, 100_000), packs=_sizes)
def test_packs_hold_what_is_missing_and_less_than_a_smallest_pack_more(
    missing: int, packs: dict[str, int]
) -> None:
    counts = whole_packs(missing, packs)
    assert missing <= ordered(counts) < missing + min(packs.values())
    assert all(one.count > 0 and one.holds == packs[one.name] for one in counts)


@given(missing=st.integers(1, 100_000), size=st.integers(1, 5_000))
def test_of_one_size_no_pack_is_too_many(missing: int, size: int) -> None:
    [one] = whole_packs(missing, {"A": size})
    assert size * (one.count - 1) < missing <= size * one.count


def test_the_rest_is_rounded_up_to_the_size_that_wastes_least() -> None:
    assert whole_packs(19, {"large": 10, "small": 4}) == (PackCount("large", 10, 2),)
    assert whole_packs(13, {"large": 10, "small": 4}) == (
        PackCount("large", 10, 1), PackCount("small", 4, 1),
    )  # fmt: skip
    assert whole_packs(20, {"large": 10, "small": 5}) == (PackCount("large", 10, 2),)
    assert whole_packs(0, {"large": 10}) == whole_packs(5, {}) == ()


def bought(office: Office, unit: str | None = None, scenario: str | None = None) -> dict[str, PurchaseLine]:
    key = (
        None
        if unit is None
        else next(row.unit_id for row in requirements(office).values() if row.unit_code == unit)
    )
    return {one.item: one for one in purchase_list(office, key, scenario)}  # fmt: skip


def test_what_units_lack_is_bought_in_packs(office: Office) -> None:
    furnish(office)
    save_items(office, [ItemEntry(code="QUILT", name="棉被", packs="包=5;箱=20")])
    save_storehouses(
        office,
        [StorehouseEntry(code="K", name="被服厂", unit_code="B", kind="capacity", supplier="兴华被服厂")],
    )
    save_levels(
        office,
        [
            LevelEntry(unit_kind="street", item_code="QUILT", quantity=30, source="街道标准"),
            LevelEntry(unit_kind="street", item_code="PUMP", quantity=1),
            LevelEntry(unit_kind="street", item_code="WATER", quantity=1),
        ],
    )
    book(
        office,
        line("in", 7, "2026-05-01", storehouse="SA", item_code="QUILT"),
        line("in", 900, "2026-05-01", storehouse="K", item_code="QUILT"),
        line("in", 1, "2026-05-01", storehouse="SA", item_code="PUMP"),
        *(line("in", 5, "2026-05-01", storehouse=f"S{store}", item_code="WATER") for store in "AB"),
    )
    lines = bought(office)
    quilt, pump = lines["QUILT"], lines["PUMP"]
    assert (quilt.missing, quilt.units, quilt.packs_words, quilt.order) == (53, 2, "2 箱 + 3 包", 55)
    assert (quilt.sources, quilt.suppliers) == (("街道标准",), ("兴华被服厂",))
    assert (pump.missing, pump.units, pump.packs_words, pump.order) == (1, 1, "", 1)
    assert set(lines) == {"QUILT", "PUMP"}
    assert bought(office, "A")["QUILT"].order == 25
    assert set(bought(office, "A")) == {"QUILT"}


def test_goods_for_a_storehouse_are_goods_for_its_unit(office: Office) -> None:
    furnish(office)
    save_levels(
        office,
        [
            LevelEntry(unit_code="A", item_code="QUILT", quantity=10),
            LevelEntry(storehouse="SA", item_code="QUILT", quantity=12),
            LevelEntry(unit_code="B", item_code="QUILT", quantity=10),
            LevelEntry(storehouse="SB", item_code="QUILT", quantity=2),
        ],
    )
    assert bought(office)["QUILT"].missing == 12 + 10


def test_a_scenario_is_bought_for_by_itself(office: Office) -> None:
    furnish(office)
    save_scenarios(office, [ScenarioEntry(code="Q", name="安置", unit_code="A", people=100, hours=36)])
    rates = [
        RateEntry(scenario="Q", item_code="WATER", quantity=3, basis="person_day", source="导则"),
        RateEntry(scenario="Q", item_code="PUMP", quantity=1, basis="whole"),
    ]
    save_scenario_rates(office, rates)
    book(office, line("in", 1, "2026-05-01", storehouse="SC", item_code="PUMP"))
    assert bought(office) == {}
    [water] = bought(office, scenario="Q").values()
    assert (water.item, water.missing, water.sources) == ("WATER", 450, ("导则",))
    with pytest.raises(NotFound, match="Z"):
        purchase_list(office, None, "Z")


def test_an_agreement_lasts_to_the_end_of_its_last_day(office: Office) -> None:
    furnish(office)
    save_storehouses(
        office,
        [
            StorehouseEntry(
                code="K",
                name="商场",
                unit_code="B",
                kind="agreement",
                supplier="甲商场",
                agreement_until=TODAY,
            )
        ],
    )
    save_levels(office, [LevelEntry(unit_code="A", item_code="QUILT", quantity=3)])
    book(office, line("in", 1, "2026-05-01", storehouse="K", item_code="QUILT"))
    assert bought(office)["QUILT"].suppliers == ("甲商场",)
    office.as_of = TODAY + timedelta(days=1)
    assert bought(office)["QUILT"].suppliers == ()
