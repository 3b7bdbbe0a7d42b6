"""The sample's stock: counted again by a small simulation of its own."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest

AS_OF = date(2026, 11, 24)


@pytest.fixture(scope="module")
def movements(ledger):
    """In the order in which balances follow: day, moment of record, document, line."""
    rows = list(enumerate(ledger("movements")))
    rows.sort(key=lambda row: (row[1]["occurred_on"], row[1]["recorded_at"], row[1]["document"], row[0]))
    return [row for _, row in rows]


@pytest.fixture(scope="module")
def lots(ledger):
    return {
        (row["item_code"], row["lot"]): row["expires_on"] for row in ledger("movements") if row["expires_on"]
    }  # fmt: skip


def balances(movements):
    """Stock by storehouse, item and lot after each line, as it goes."""
    stock = Counter()
    for row in movements:
        place = (row["storehouse"], row["item_code"], row["lot"])
        quantity = int(row["quantity"])
        if row["kind"] == "盘点":
            stock[place] = quantity
        else:
            stock[place] += quantity if row["kind"] in ("入库", "归还") else -quantity
        if row["kind"] == "调拨":
            stock[(row["to_storehouse"], *place[1:])] += quantity
        yield row, place, stock


def test_stock_is_never_below_nothing(movements):
    for row, place, stock in balances(movements):
        assert stock[place] >= 0, row


def test_lines_move_something_known(ledger, movements):
    storehouses = {row["code"] for row in ledger("storehouses")}
    items = {row["code"] for row in ledger("items")}
    for row in movements:
        assert row["storehouse"] in storehouses
        assert row["item_code"] in items
        assert (row["to_storehouse"] in storehouses - {row["storehouse"]}) == (row["kind"] == "调拨")
        assert int(row["quantity"]) >= (0 if row["kind"] == "盘点" else 1)
        assert row["occurred_on"] <= row["recorded_at"][:10] <= AS_OF.isoformat()


def test_movements_are_of_all_kinds_and_some_are_put_on_record_late(movements):
    kinds = Counter(row["kind"] for row in movements)
    assert set(kinds) == {"入库", "出库", "调拨", "借出", "归还", "报废", "盘点"}
    assert 2_000 <= len(movements) <= 3_500
    assert sum(1 for row in movements if row["recorded_at"][:10] > row["occurred_on"]) >= 50


def test_what_comes_back_was_lent(movements):
    lent = {row["document"]: row for row in movements if row["kind"] == "借出"}
    returned = [row for row in movements if row["kind"] == "归还"]
    assert len(returned) < len(lent)
    for row in returned:
        loan = lent[row["reference"]]
        assert (row["storehouse"], row["item_code"], row["quantity"]) == (
            loan["storehouse"], loan["item_code"], loan["quantity"],
        )  # fmt: skip


def test_a_lot_has_one_pair_of_dates(movements):
    dates = {}
    for row in movements:
        if row["produced_on"]:
            assert row["produced_on"] < row["occurred_on"]
            assert row["produced_on"] < row["expires_on"]
            given = (row["produced_on"], row["expires_on"])
            assert dates.setdefault((row["item_code"], row["lot"]), given) == given


def test_things_that_spoil_come_in_lots_with_dates(ledger, movements):
    spoils = {row["code"] for row in ledger("items") if row["shelf_life_months"]}
    for row in movements:
        if row["kind"] == "入库":
            assert bool(row["lot"]) == bool(row["expires_on"]) == (row["item_code"] in spoils)


def test_some_stock_has_expired_and_some_is_about_to(movements, lots):
    *_, (_row, _place, stock) = balances(movements)
    days = [
        date.fromisoformat(lots[place[1:]]) - AS_OF
        for place, left in stock.items()
        if left and place[1:] in lots
    ]
    for first, last in ((-2000, -1), (0, 30), (31, 60), (61, 90), (91, 2000)):
        assert sum(1 for left in days if timedelta(first) <= left <= timedelta(last)) >= 10, (first, last)


def test_some_required_levels_are_met_and_some_are_not(ledger, movements, lots):
    *_, (_row, _place, stock) = balances(movements)
    keeper = {row["code"]: row["unit_code"] for row in ledger("storehouses")}
    held = Counter()
    for place, left in stock.items():
        if lots.get(place[1:], "9999") > AS_OF.isoformat():
            held[keeper[place[0]], place[1]] += left
    by_unit = [row for row in ledger("levels") if row["unit_code"]]
    met = sum(1 for row in by_unit if held[row["unit_code"], row["item_code"]] >= int(row["quantity"]))
    assert 0.3 < met / len(by_unit) < 0.95


def test_a_level_is_for_one_unit_or_one_kind(ledger):
    items = {row["code"] for row in ledger("items")}
    for row in ledger("levels"):
        assert bool(row["unit_code"]) != bool(row["unit_kind"])
        assert row["item_code"] in items


def test_item_codes_have_the_standards_form(ledger):
    rows = ledger("items")
    assert 55 <= len(rows) <= 70
    assert all(re.fullmatch(r"[123]\d{6}", row["code"]) for row in rows)


def test_every_sub_district_has_its_store(ledger):
    with_store = {row["unit_code"] for row in ledger("storehouses")}
    assert {row["code"] for row in ledger("units") if row["kind"] in ("区", "街道")} <= with_store
