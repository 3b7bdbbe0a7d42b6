"""Three messy files by drag and drop: what is wrong is put right by clicks, and whole imports are taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from drillapp.ui import theme
from drillapp.ui.ledgers.brought_banner import BroughtBanner
from tests.journeys.desk import Desk, write
from tests.journeys.test_main_job import found_office

TODAY = date(2026, 11, 24)
UNITS = [
    ["", "西城区街道单位台账"],
    ["", "填报单位：应急管理局"],
    ["", "编码", "单位全称", "上级编码", "类别", "在册人数", "成立时间"],
    ["", "110102001", "西长安街街道", "110102", "街道", 120, "2015.1.1"],
    ["", "110102003", "新街口街道", "110102", "街道", "待核", "2015.3.1"],
    ["", "110102007", "展览路街道", "110102", "街道", "待核", "2015年4月1日"],
    ["", "合计", "", "", "", 120, ""],
    ["", "填表人：办公室"],
]
PLANS = (
    "预案备案情况,,,,\n序号,预案名称,档案盒,所属单位编码,公布日期\n"
    "1,西长安街街道总体应急预案,YA-01,110102001,2025.3.1\n2,新街口街道防汛预案,YA-02,110102003,2025.4.1\n"
)
STOCK = [
    ["应急物资清单"],
    ["序号", "品名", "规格型号", "数量", "备注"],
    [1, "铁锹", "1.2米", "20把", ""],
    [2, "编织袋", "", "3000条", ""],
    ["制表：后勤", "", "", "", ""],
]
STORE = "储备库编码,储备库名称,单位编码\nCK1,区级储备库,110102\n"


@pytest.fixture
def desk(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    # Qt asks for the person's folder once in a process; each test has a person of its own.
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    monkeypatch.setattr("drillapp.ui.ledgers.imports_dialog.confirm", lambda *_a, **_k: True)
    made = Desk(qapp, monkeypatch, TODAY)
    yield made
    if made.program is not None:
        made.leave()
    theme.apply_theme(qapp, "light")


def workbook(path: Path, rows: list[list[Any]], title: str) -> Path:
    """A file as offices have it: a title over merged cells, the table below."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for cells in rows:
        sheet.append(cells)
    sheet.merge_cells(title)
    book.save(path)
    return path


def bring_in(desk: Desk) -> BroughtBanner:
    """Agree to what the assistant shows; what the window says of it."""
    dialog = desk.dialog()
    assert dialog.go.isEnabled(), (dialog.summary.text(), dialog.hint.words.text())
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    desk.settle()
    banner: BroughtBanner = desk.window.findChild(BroughtBanner)
    assert banner.isVisible()
    return banner


def click_column(desk: Desk, column: int, words: str) -> None:
    """Click the head of a column and say what it is."""
    head = desk.dialog().file.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(column) + 20, head.height() - 12)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desk.pick(words)


def units_in_a_workbook(desk: Desk, path: Path) -> None:
    dialog = desk.drop(workbook(path, UNITS, "B1:G1"))
    assert dialog.understood.kind.currentData() == "units"
    assert dialog.understood.header.text() == "第3行"
    (card,) = dialog.panel.cards
    assert card.trouble.rows == (5, 6)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    write(card.line, "60")
    QTest.mouseClick(card.all, Qt.MouseButton.LeftButton)
    desk.settle()
    assert dialog.panel.cards == []
    assert bring_in(desk).undo.isVisible()
    desk.go("单位", "单位")
    found = {row.name: row.headcount for row in desk.rows()}
    assert found == {"西城区应急管理局": None, "西长安街街道": 120, "新街口街道": 60, "展览路街道": 60}


def plans_in_a_text(desk: Desk, path: Path) -> None:
    path.write_bytes(PLANS.encode("gb18030"))
    dialog = desk.drop(path)
    assert dialog.understood.kind.currentData() == "plans"
    click_column(desk, 2, "预案编号（必填）")
    bring_in(desk)
    desk.go("预案", "全部预案")
    assert {(row.number, row.title) for row in desk.rows()} == {
        ("YA-01", "西长安街街道总体应急预案"),
        ("YA-02", "新街口街道防汛预案"),
    }


def stock_in_a_workbook(desk: Desk, path: Path) -> BroughtBanner:
    store = path.with_name("库.csv")
    store.write_text(STORE, encoding="utf-8-sig")
    desk.import_ledger("物资", "储备库（点）", store)
    dialog = desk.drop(workbook(path, STOCK, "A1:E1"))
    kinds = dialog.understood.kind
    if kinds.currentData() != "stock":  # what lies in a store may be taken for a list of what there is
        kinds.setCurrentIndex(kinds.findData("stock"))
        kinds.activated.emit(kinds.currentIndex())
        desk.settle()
    write(dialog.asked.storehouse.line, "CK1")
    desk.until(dialog.go.isEnabled, "the list of stock, once its storehouse is known")
    banner = bring_in(desk)
    desk.go("物资", "库存")
    assert {(row.item_name, row.quantity) for row in desk.rows()} == {("铁锹", 20), ("编织袋", 3000)}
    return banner


def drills_in_a_workbook(path: Path, count: int) -> Path:
    """So many drills, not in the order of their numbers, with a title above and a total below."""
    rows: list[list[Any]] = [
        ["2026年应急演练台账"],
        ["演练编号", "单位编码", "演练名称", "计划日期", "实际参加人数"],
    ]
    rows += [
        [
            f"YL-{number * 7 % count:04d}",
            "110102",
            f"第{number}次疏散演练",
            date(2026, 1, 1 + number % 28),
            number % 9,
        ]
        for number in range(count)
    ]
    return workbook(path, [*rows, ["合计", "", "", "", 5]], "A1:E1")


def test_thousands_of_rows_come_in_are_found_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    desk.start()
    found_office(desk, tmp_path / "office.drill")
    count = 6001  # more than are written at once, and no multiple of anything
    dialog = desk.drop(drills_in_a_workbook(tmp_path / "演练.xlsx", count))
    assert dialog.understood.kind.currentData() == "drills"
    banner = bring_in(desk)
    desk.go("演练", "全部演练")
    assert desk.pane().filters.count.text() == "共6,001条"
    write(desk.pane().filters.text, "第6000次")
    desk.until(lambda: len(desk.rows()) == 1, "the one drill that is called so")
    (row,) = desk.rows()
    assert (row.number, row.title, row.planned_on) == ("YL-5994", "第6000次疏散演练", date(2026, 1, 9))
    desk.pane().filters.clear()
    QTest.mouseClick(banner.undo, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.rows() == []


def test_three_messy_files_are_dropped_corrected_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    desk.start()
    found_office(desk, tmp_path / "office.drill")
    units_in_a_workbook(desk, tmp_path / "西城区街道台账.xlsx")
    plans_in_a_text(desk, tmp_path / "预案备案情况.csv")
    banner = stock_in_a_workbook(desk, tmp_path / "应急物资清单.xlsx")

    QTest.mouseClick(banner.undo, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.rows() == []

    desk.go("设置")
    desk.window.stack.currentWidget().list.setCurrentRow(1)
    desk.click("查看")
    listed = desk.dialog()
    desk.settle()
    rows = [listed.table.model.row(place) for place in range(listed.table.model.rowCount())]
    assert [bool(row.undone_at) for row in rows] == [True, False, False, False]
    listed.table.grid.selectRow(2)
    desk.settle()
    QTest.mouseClick(listed.undo, Qt.MouseButton.LeftButton)
    desk.settle()
    listed.close()
    desk.go("预案", "全部预案")
    assert desk.rows() == []
    desk.go("单位", "单位")
    assert len(desk.rows()) == 4
