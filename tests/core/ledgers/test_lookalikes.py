"""Look-alikes of the messy files of others, which are not committed: the same traps, from the file to what is understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from drillapp.core.ledgers.checked import Checked, DraftRow
from drillapp.core.ledgers.draft import Draft
from drillapp.core.office import Office

pytestmark = pytest.mark.sqlite_only("files are read the same way above any database")


def workbook(path: Path, rows: list[list[Any]], *merged: str, title: str = "Sheet1") -> Path:
    """A workbook of one sheet and two empty ones, as offices leave them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    book.create_sheet("Sheet2")
    book.create_sheet("Sheet3")
    book.save(path)
    return path


def text(path: Path, lines: list[str], encoding: str) -> Path:
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def rows_of(checked: Checked) -> dict[int, DraftRow]:
    return {row.row: row for row in checked.rows(0, checked.count)}


def understood(checked: Checked) -> dict[int, dict[str, str]]:
    names = [field.name for field in checked.fields]
    return {row: dict(zip(names, one.understood, strict=True)) for row, one in rows_of(checked).items()}


def told(checked: Checked) -> str:
    return "\n".join(f"{note.row} {note.column} {note.message}" for note in checked.result.notes)


def test_a_list_with_title_merged_district_total_and_signature(office: Office, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "基地.xlsx",
        [
            ["现代农业示范基地单位名单", None, None, None],
            ["序号", "区", "单位名称", "启用日期"],
            [1, "海淀区", "甲园", "2020.3.1"],
            [2, None, "乙园", "2020年3月2日"],
            [3, "丰台区", "丙园", "20200303"],
            ["合计", None, "3家", None],
            ["填表人：张三", None, None, None],
        ],
        "A1:D1",
        "B3:B4",
    )
    draft = Draft.open(office, path, column_map={"序号": "code", "区": "address"})
    assert (draft.kind, draft.guess.sheet, draft.guess.header) == ("units", "Sheet1", (2, 2))
    assert draft.guess.columns == {"code": 0, "name": 2, "address": 1, "valid_from": 3}
    checked = draft.check(office)
    assert (checked.result.read, checked.result.errors) == (3, ())
    assert understood(checked)[4] == {
        "code": "2", "name": "乙园", "address": "海淀区", "valid_from": "2020-03-02",
    }  # fmt: skip
    assert understood(checked)[5]["valid_from"] == "2020-03-03"
    assert "合并单元格" in told(checked)
    assert "6" in told(checked)
    assert "7" in told(checked)


def test_a_text_of_an_older_program_with_dotted_dates(office: Office, tmp_path: Path) -> None:
    lines = [
        "供热单位备案表,,,",
        "序号,供热单位名称,证号,有效期至",
        "1,甲热力公司,锅0256,2025.12.30",
        "2,乙热力公司,锅0379,2026.2.9",
        "序号,供热单位名称,证号,有效期至",
        "3,丙热力公司,锅0380,2026.2.30",
        ",,,",
    ]
    path = text(tmp_path / "供热.csv", lines, "gb18030")
    draft = Draft.open(office, path, column_map={"证号": "code", "有效期至": "valid_to"})
    assert (draft.kind, draft.guess.header) == ("units", (2, 2))
    checked = draft.check(office)
    assert checked.result.read == 3
    assert understood(checked)[4]["valid_to"] == "2026-02-09"
    [error] = checked.result.errors
    assert (error.row, error.column, error.value) == (6, "有效期至", "2026.2.30")
    assert "日期" in error.message


def test_a_header_of_three_rows_over_merged_records(office: Office, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "物资.xlsx",
        [
            ["一对多导出", None, None, None, None],
            ["类别", "物资", None, None, None],
            [None, "物资名称", "参数", None, "备注"],
            [None, None, "规格型号", "计量单位", None],
            ["照明", "手电", "A1", "个", None],
            [None, None, "A2", "个", None],
            [None, "头灯", "B1", "个", None],
            ["雨具", "雨衣", "C1", "件", None],
        ],
        "A1:E1", "A2:A4", "B2:E2", "B3:B4", "C3:D3", "E3:E4", "A5:A7", "B5:B6",
    )  # fmt: skip
    draft = Draft.open(office, path)
    assert (draft.kind, draft.guess.header) == ("items", (2, 4))
    assert draft.guess.headers == {
        0: "类别", 1: "物资 物资名称", 2: "物资 参数 规格型号", 3: "物资 参数 计量单位", 4: "物资 备注",
    }  # fmt: skip
    assert draft.guess.columns == {"name": 1, "category": 0, "spec": 2, "unit_of_measure": 3}
    checked = draft.check(office)
    values = understood(checked)
    assert checked.result.read == 4
    assert [(values[row]["category"], values[row]["name"], values[row]["spec"]) for row in (5, 6, 7, 8)] == [
        ("照明", "手电", "A1"), ("照明", "手电", "A2"), ("照明", "头灯", "B1"), ("雨具", "雨衣", "C1"),
    ]  # fmt: skip


def test_dates_in_every_form_are_understood_or_refused_by_their_cell(office: Office, tmp_path: Path) -> None:
    written = [
        "2020-1-1 1:01",
        "01:01.0",
        "2020/1/1",
        "2020年1月1日",
        "1月1日",
        "2020年1月",
        "一/20",
        "上午1时01分",
    ]
    rows = [
        ["单位编码", "单位名称", "启用日期"],
        *([f"U{i}", f"单位{i}", cell] for i, cell in enumerate(written)),
    ]
    checked = Draft.open(office, workbook(tmp_path / "日期.xlsx", rows)).check(office)
    assert checked.result.read == 8
    assert {error.row: error.value for error in checked.result.errors} == {
        row + 2: written[row] for row in (1, 4, 6, 7)
    }
    values = understood(checked)
    assert [values[row]["valid_from"] for row in (2, 4, 5, 7)] == ["2020-01-01"] * 4
    assert "2020年1月" in "".join(note.value for note in checked.result.notes)


def test_one_unit_in_many_rows_is_refused_by_row(office: Office, tmp_path: Path) -> None:
    lines = [
        "品种通用名,国内代理机构,执照号或信用代码,注册地址,代理期至",
        "甲疫苗,某医药公司,91110113684384358D,保汇一街8幢,2025年6月30日",
        "乙疫苗,某医药公司,91110113684384358D,保汇一街8幢,2023年12月31日",
        "丙疫苗,另一医药公司,91110101096651384W,双桥东路19幢,2023年5月19日",
    ]
    path = text(tmp_path / "备案.csv", lines, "gb18030")
    draft = Draft.open(office, path, kind="units", column_map={"代理期至": "valid_to"})
    assert draft.guess.columns == {"code": 2, "name": 1, "address": 3, "valid_to": 4}
    checked = draft.check(office)
    assert [(error.row, error.column) for error in checked.result.errors] == [(3, "执照号或信用代码")]
    assert understood(checked)[4]["valid_to"] == "2023-05-19"


def test_what_was_brought_in_is_remembered_for_the_next_file(office: Office, tmp_path: Path) -> None:
    lines = ["证号,供热单位,区域", "通1,甲热力站,北苑"]
    first = Draft.open(
        office, text(tmp_path / "一.csv", lines, "utf-8"), kind="units",
        column_map={"证号": "code", "供热单位": "name", "区域": "address"},
    )  # fmt: skip
    assert first.write(office).created == 1
    later = Draft.open(
        office, text(tmp_path / "二.csv", ["证号,供热单位,区域", "通2,乙热力站,南苑"], "utf-8")
    )
    assert (later.kind, later.guess.columns) == ("units", {"code": 0, "name": 1, "address": 2})
    assert later.write(office).created == 1
