"""Lists of stock come in whole: counted or received, items found or entered, quantities in the item's own unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from drillapp.core.ledgers.exporting import export_ledger
from drillapp.core.ledgers.importing import ImportResult, constants, import_ledger
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.listings import ITEMS, MOVEMENTS, STOCK, STOREHOUSES

OWN = "110102"
REAL = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "supplies"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real lists are not on this machine")


@pytest.fixture
def stores(office: Office) -> Office:
    office.as_of = date(2026, 11, 24)
    save_storehouses(
        office, [StorehouseEntry(code=code, name=f"{code}库", unit_code=OWN) for code in ("S1", "S2")]
    )
    save_items(
        office, [ItemEntry(code="WATER", name="瓶装水", spec="550毫升", unit_of_measure="瓶", packs="箱=24")]
    )
    return office


def bring_in(
    office: Office, rows: list[list[Any]], folder: Path, said: Mapping[str, str] | None = None, **options: Any
) -> ImportResult:
    """Import rows (the first the header) as a list of stock of S1 on 1 November."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "list.xlsx"
    book.save(path)
    usual = {"storehouse": "S1", "occurred_on": "2026-11-01"} | dict(said or {})
    return import_ledger(office, "stock", path, given=constants("stock", usual), **options)


def stock(office: Office) -> dict[tuple[str, str | None], float]:
    return {(row.item_name, row.lot): row.quantity for row in first_rows(office, STOCK, View(), 99)}


def told(result: ImportResult) -> list[tuple[int, str]]:
    return [(error.row, error.column) for error in result.errors]


@pytest.mark.sqlite_only("a cell is read the same way")
def test_a_quantity_in_another_unit_than_its_column_says_is_a_pack_or_refused(
    stores: Office, tmp_path: Path
) -> None:
    head = ["物资名称", "规格型号", "数量", "单位"]
    assert bring_in(stores, [head, ["瓶装水", "550毫升", "2箱", "瓶"]], tmp_path).errors == ()
    assert stock(stores) == {("瓶装水", None): 48}
    refused = bring_in(stores, [head, ["雨衣", None, "20箱", "件"]], tmp_path)
    assert told(refused) == [(2, "数量")]
    assert [row.name for row in first_rows(stores, ITEMS, View(), 9)] == ["瓶装水"], "nor is it entered"


@pytest.mark.parametrize(
    ("cell", "bottles"),
    [
        (20, 20),
        ("20瓶", 20),
        ("３箱", 72),
        ("3 箱（24瓶/箱）", 72),
        ("1,200瓶", 1200),
        ("0.5箱", 12),
        ("0", 0),
    ],
)
@pytest.mark.sqlite_only("a cell is read the same way")
def test_a_quantity_is_understood_in_the_items_units(
    stores: Office, tmp_path: Path, cell: object, bottles: float
) -> None:
    result = bring_in(stores, [["物资编码", "数量"], ["WATER", cell]], tmp_path)
    assert (result.created, result.errors) == (1, ())
    assert stock(stores) == ({("瓶装水", None): bottles} if bottles else {})


@pytest.mark.parametrize(
    "cell",
    [
        "20件",
        "3箱(30瓶/箱)",
        "-5",
        "-5瓶",
        "1e9",
        1e9,
        "1000000000",
        "0.0001",
        "五箱",
        "瓶",
        "",
        "二十",
        0.1234,
    ],
)
@pytest.mark.sqlite_only("a cell is read the same way")
def test_other_quantities_are_refused_with_their_row(stores: Office, tmp_path: Path, cell: object) -> None:
    rows = [["物资编码", "数量", "备注"], ["WATER", "1", "好"], ["WATER", cell, "坏"]]
    result = bring_in(stores, rows, tmp_path)
    assert told(result) == [(3, "数量")]
    assert stock(stores) == {}


def test_an_unknown_unit_names_what_is_allowed(stores: Office, tmp_path: Path) -> None:
    result = bring_in(stores, [["物资编码", "数量"], ["WATER", "20件"]], tmp_path)
    assert "瓶, 箱" in result.errors[0].message


@pytest.mark.parametrize(
    ("cell", "expires"),
    [
        ("2027.5.6", date(2027, 5, 6)),
        ("2027年5月", date(2027, 5, 31)),
        ("2028-02", date(2028, 2, 29)),
        (46500, date(2027, 4, 23)),
        ("20270506", date(2027, 5, 6)),
    ],
)
@pytest.mark.sqlite_only("a cell is read the same way")
def test_expiries_are_understood_as_they_are_written(
    stores: Office, tmp_path: Path, cell: object, expires: date
) -> None:
    result = bring_in(stores, [["物资编码", "数量", "有效期至"], ["WATER", 5, cell]], tmp_path)
    assert result.errors == ()
    assert [row.expires_on for row in first_rows(stores, STOCK, View(), 9)] == [expires]


@pytest.mark.parametrize("cell", ["2027.5", "2027年13月", "2027-02-30", "明年", 2027.5, "12345"])
@pytest.mark.sqlite_only("a cell is read the same way")
def test_other_dates_are_refused_with_their_row(stores: Office, tmp_path: Path, cell: object) -> None:
    result = bring_in(stores, [["物资编码", "数量", "有效期至"], ["WATER", 5, cell]], tmp_path)
    assert told(result) == [(2, "有效期至")]


def test_goods_made_in_a_month_count_from_its_first_day(stores: Office, tmp_path: Path) -> None:
    bring_in(stores, [["物资编码", "数量", "生产日期"], ["WATER", 5, "2026年5月"]], tmp_path)
    assert [row.produced_on for row in first_rows(stores, STOCK, View(), 9)] == [date(2026, 5, 1)]


def test_a_lot_has_one_expiry(stores: Office, tmp_path: Path) -> None:
    rows = [
        ["物资编码", "数量", "批次", "有效期至"],
        ["WATER", 5, "L1", "2027-1-1"],
        ["WATER", 5, "L1", "2027-2-1"],
    ]
    assert told(bring_in(stores, rows, tmp_path)) == [(3, "有效期至")]
    assert stock(stores) == {}


def test_a_second_time_changes_nothing_even_after_something_was_issued(
    stores: Office, tmp_path: Path
) -> None:
    rows = [["物资名称", "规格", "数量", "单位"], ["瓶装水", "550毫升", 48, "瓶"], ["铁锹", "", 5, "把"]]
    assert bring_in(stores, rows, tmp_path).created == 2
    issue = MovementEntry(
        document="CK1", kind="out", storehouse="S1", item_code="WATER", quantity=8, occurred_on=date(2026, 11, 1),
        recorded_at=stores.clock.now() + timedelta(hours=1),
    )  # fmt: skip
    assert save_movements(stores, [issue]).created == 1
    again = bring_in(stores, rows, tmp_path)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert stock(stores) == {("瓶装水", None): 40, ("铁锹", None): 5}


def test_missing_items_are_entered_and_told(stores: Office, tmp_path: Path) -> None:
    rows = [
        ["名称", "规格", "数量", "单位", "类别"],
        ["铁锹", "尖头", 5, "把", "工具"],
        ["铁锹", "平头", "3把", "", ""],
    ]
    result = bring_in(stores, rows, tmp_path)
    assert {
        row.spec: (row.code, row.unit_of_measure, row.category)
        for row in first_rows(stores, ITEMS, View(), 9)
    } == {
        "550毫升": ("WATER", "瓶", None),
        "尖头": ("WZ0001", "把", "工具"),
        "平头": ("WZ0002", "把", None),
    }
    assert {(note.row, note.column) for note in result.notes} >= {(2, "名称"), (3, "名称")}


def test_a_dry_run_enters_nothing(stores: Office, tmp_path: Path) -> None:
    rows = [["名称", "数量", "货位"], ["铁锹", 5, "A-1"]]
    assert bring_in(stores, rows, tmp_path, dry_run=True).created == 1
    assert stock(stores) == {}
    assert len(first_rows(stores, ITEMS, View(), 9)) == 1


def test_rows_of_the_same_goods_are_added_up(stores: Office, tmp_path: Path) -> None:
    rows = [["物资编码", "数量"], ["WATER", 5], ["WATER", 5], ["WATER", "1箱"]]
    result = bring_in(stores, rows, tmp_path)
    assert (result.created, stock(stores)) == (3, {("瓶装水", None): 34})
    assert {note.row for note in result.notes} == {3, 4}
    assert bring_in(stores, rows, tmp_path).unchanged == 3


def test_receipts_are_known_by_their_file(stores: Office, tmp_path: Path) -> None:
    rows = [
        ["捐赠单位", "物资编码", "数量"],
        ["甲公司", "WATER", 5],
        ["乙公司", "WATER", 5],
        ["甲公司", "WATER", 5],
    ]
    receipt = {"kind": "in"}
    assert bring_in(stores, rows, tmp_path, receipt).created == 3
    assert bring_in(stores, rows, tmp_path, receipt).unchanged == 3
    assert stock(stores) == {("瓶装水", None): 15}
    booked = {row.counterparty: (row.quantity, row.cause) for row in first_rows(stores, MOVEMENTS, View(), 9)}
    assert booked == {"甲公司": (10, "donation"), "乙公司": (5, "donation")}


def test_places_and_the_keeper_are_taken_over(stores: Office, tmp_path: Path) -> None:
    rows = [["物资编码", "数量", "存放地点", "保管人", "电话"], ["WATER", 5, "一楼大厅", "人员F", "010-1"]]
    bring_in(stores, rows, tmp_path)
    [row] = first_rows(stores, STOCK, View(), 9)
    assert row.shelf == "一楼大厅"
    keepers = {row.code: (row.keeper, row.phone) for row in first_rows(stores, STOREHOUSES, View(), 9)}
    assert keepers == {"S1": ("人员F", "010-1"), "S2": (None, None)}


def test_the_stock_goes_out_and_comes_back_equal(stores: Office, tmp_path: Path) -> None:
    rows = [
        ["物资编码", "数量", "批次", "有效期至", "货位"],
        ["WATER", 5, "L1", "2027-1-1", "A"],
        ["WATER", 7, "", "2027-3-1", ""],
    ]
    bring_in(stores, rows, tmp_path)
    assert export_ledger(stores, "stock", tmp_path / "out.xlsx") == 2
    result = import_ledger(stores, "stock", tmp_path / "out.xlsx")
    assert (result.unchanged, result.errors) == (2, ())


def test_a_merged_quantity_is_there_once(stores: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["捐赠单位", "名称", "数量"], ["甲", "帽", 5], ["乙", None, None]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("C2:C3")
    book.save(tmp_path / "merged.xlsx")
    said = constants("stock", {"storehouse": "S1", "occurred_on": "2026-11-01", "kind": "in"})
    result = import_ledger(stores, "stock", tmp_path / "merged.xlsx", given=said, partial=True)
    assert told(result) == [(3, "数量")]
    assert stock(stores) == {("帽", None): 5}


def test_remarks_below_the_table_are_left_out(stores: Office, tmp_path: Path) -> None:
    rows = [
        ["红十字会公示"],
        ["品名", "数量", "单位"],
        ["瓶装水", 5, "瓶"],
        [],
        ["以上即为收到的物资"],
        ["2026年11月1日"],
    ]
    result = bring_in(stores, rows, tmp_path)
    assert (result.read, result.created, result.errors) == (1, 1, ())


def test_the_storehouse_of_the_file_counts_before_that_of_the_option(stores: Office, tmp_path: Path) -> None:
    bring_in(stores, [["仓库", "物资编码", "数量"], ["S2库", "WATER", 5]], tmp_path)
    assert [row.storehouse for row in first_rows(stores, STOCK, View(), 9)] == ["S2"]


@needs_real
@pytest.mark.sqlite_only("the same statements run on both above")
def test_real_lists_come_in(stores: Office) -> None:
    hotel = import_ledger(
        stores, "stock", REAL / "hotelA_应急物资清单.csv",
        given=constants("stock", {"storehouse": "S1", "occurred_on": "2026-11-01"}),
    )  # fmt: skip
    assert (hotel.read, hotel.created, hotel.rejected) == (10, 10, 0)
    said = constants("stock", {"storehouse": "S2", "occurred_on": "2026-11-02", "kind": "in"})
    counts = []
    for number, rows in ((7, 142), (8, 196)):
        path = REAL / f"redcross_wh_接收捐赠物资公示第{number}期.xlsx"
        result = import_ledger(stores, "stock", path, given=said, partial=True)
        counts.append((result.read - rows, result.rejected))
        again = import_ledger(stores, "stock", path, given=said, partial=True)
        assert (again.created, again.unchanged) == (0, result.created)
    # Five donors share one machine in the seventh notice: the quantity stands there once. In the eighth, gloves without
    # specification may be either of two kinds that the seventh brought.
    assert counts == [(0, 4), (0, 1)]


@needs_real
@pytest.mark.sqlite_only("the same statements run on both above")
def test_an_english_catalogue_and_its_stock_come_in(stores: Office) -> None:
    save_storehouses(
        stores,
        [StorehouseEntry(code=name, name=name, unit_code=OWN) for name in ("Guadeloupe", "Martinique")],
    )
    catalogue = import_ledger(stores, "items", REAL / "sahana_rms_supply_catalog_item.csv")
    assert (catalogue.read, catalogue.rejected) == (24, 0)
    listed = import_ledger(
        stores,
        "stock",
        REAL / "sahana_rms_inv_item.csv",
        given=constants("stock", {"occurred_on": "2026-11-01"}),
    )
    assert (listed.read, listed.created, listed.rejected) == (33, 33, 0)
