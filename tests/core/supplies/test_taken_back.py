"""A line that was taken back is as if it had never been: for every figure, and for what is brought in again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drillapp.core.ledgers.importing import constants, import_ledger
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.reversing import lines_named, reverse_movements
from drillapp.core.supplies.stocktake.queries import STOCKTAKES_DUE
from drillapp.core.supplies.upkeep.queries import UPKEEP_DUE
from drillapp.core.supplies.verifying import wrong_entries
from tests.core.supplies.ledger import book, furnish, line, stock

SHOVELS = ("S1", "SHOVEL", None, None)


@pytest.fixture(autouse=True)
def _furnished(office: Office) -> None:
    furnish(office)
    office.as_of = date(2026, 11, 24)


def take_back(office: Office, name: str) -> None:
    reverse_movements(office, lines_named(office, name), "记错")


def test_a_count_that_found_nothing_can_be_taken_back(office: Office) -> None:
    book(office, line("in", 10, "2026-05-01", "RK"), line("count", 0, "2026-05-02", "PD"))
    assert stock(office, "2026-11-24") == {}
    take_back(office, "PD/1")
    assert stock(office, "2026-11-24") == {SHOVELS: 10}
    with office.read() as connection:
        assert wrong_entries(connection) == []


def test_upkeep_runs_from_when_goods_really_came(office: Office) -> None:
    save_items(office, [ItemEntry(code="PUMP", name="水泵", maintenance_months=12)])
    book(office, line("in", 2, "2024-01-31", "RK1", item_code="PUMP"))
    take_back(office, "RK1/1")
    book(office, line("in", 2, "2026-06-30", "RK2", item_code="PUMP"))
    [row] = first_rows(office, UPKEEP_DUE, View(), 9)
    assert (row.since, row.due_on, row.state) == (date(2026, 6, 30), date(2027, 6, 30), "later")


def test_a_storehouse_in_which_nothing_ever_was_is_not_to_be_counted(office: Office) -> None:
    book(office, line("in", 10, "2024-01-01", "RK1"), line("in", 3, "2024-01-01", "RK2", storehouse="S2"))
    take_back(office, "RK1/1")
    assert [row.storehouse for row in first_rows(office, STOCKTAKES_DUE, View(), 9)] == ["S2"]
    book(office, line("in", 1, "2026-11-01", "RK3"))
    rows = {row.storehouse: row.held_since for row in first_rows(office, STOCKTAKES_DUE, View(), 9)}
    assert rows["S1"] == date(2026, 11, 1)


@pytest.mark.parametrize("kind", ["count", "in"])
def test_a_list_that_was_taken_back_can_be_brought_in_again(
    office: Office, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("物资编码,数量\nSHOVEL,12\n", encoding="utf-8-sig")
    given = constants("stock", {"storehouse": "S1", "occurred_on": "2026-11-01", "kind": kind})
    assert import_ledger(office, "stock", path, given=given).created == 1
    assert import_ledger(office, "stock", path, given=given).unchanged == 1
    document = "PD20261101-01" if kind == "count" else "RK20261101-01"
    take_back(office, document)
    assert stock(office, "2026-11-24") == {}
    assert import_ledger(office, "stock", path, given=given).created == 1
    assert stock(office, "2026-11-24") == {SHOVELS: 12}
