"""Words that stand in the first row of a group alone, as merged cells are saved as text."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET, Struct, UnsetType

from drillapp.core.drills.entries import DrillEntry
from drillapp.core.kinds import kind_of
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.row_notes import MOST
from drillapp.core.ledgers.rows import Rows
from drillapp.core.ledgers.sheet_rows import read_rows
from drillapp.core.office import Office

from .workbooks import delimited, workbook


class LineRow(Struct, frozen=True, kw_only=True):
    """A line of a record on paper."""

    at: str
    text: str
    kind: str | UnsetType = UNSET


HEADER = ["类别", "物资名称", "规格型号", "计量单位"]


def read(path: Path, rows: Sequence[Sequence[str]], kind: str = "items") -> Rows:
    with path.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows(rows)
    return read_rows(kind, kind_of(kind).entry, path)


def words(rows: Rows, field: str = "category") -> list[Any]:
    return [getattr(entry, field) for entry in rows.entries]


def told(rows: Rows, field: str = "category") -> dict[int, str]:
    return {note.row: note.message for note in rows.notes if note.field == field}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "物资.csv"


GROUPED = [
    HEADER,
    ["防护类", "手套", "大", "双"],
    ["", "口罩", "N95", "个"],
    ["", "护目镜", "", "副"],
    ["照明类", "手电", "", "支"],
    ["  ", "头灯", "", "个"],
]


def test_a_group_reaches_down_to_the_next_one_and_each_cell_is_told(file: Path) -> None:
    rows = read(file, GROUPED)
    assert words(rows) == ["防护类"] * 3 + ["照明类"] * 2
    assert told(rows).keys() == {3, 4, 6}
    assert "防护类" in told(rows)[3]
    assert "照明类" in told(rows)[6]


def test_a_group_goes_on_beyond_the_rows_that_are_looked_at(file: Path) -> None:
    many = [["", f"物资{number}", "", "个"] for number in range(3_000)]
    rows = read(file, [HEADER, ["防护类", "手套", "", "双"], *many, ["照明类", "手电", "", "支"], *many[:2]])
    assert words(rows) == ["防护类"] * 3_001 + ["照明类"] * 3
    assert len(told(rows)) == MOST + 1, "and the rest in one word"


@pytest.mark.parametrize(
    "categories",
    [
        ["", "防护类", "", ""],
        ["防护类", "", "", "防护类", "", ""],
        ["防护类", "照明类", "", "破拆类"],
        ["/", "", "", ""],
    ],
    ids=["the first row is empty", "a word comes again", "hardly any is empty", "nothing is said"],
)
def test_other_empty_cells_stay_empty(file: Path, categories: list[str]) -> None:
    rows = read(file, [HEADER, *([one, f"物资{i}", "", "个"] for i, one in enumerate(categories))])
    assert [word or "" for word in words(rows)] == categories
    assert told(rows) == {}


def test_what_stands_below_the_table_gets_no_group(file: Path) -> None:
    rows = read(file, [*GROUPED, ["", "", "", ""], ["", "共5种", "", ""], ["", "制表人：张三", "", ""]])
    assert "照明类" not in words(rows)[5:]


def test_a_unit_that_must_be_there_is_filled_down_too(file: Path) -> None:
    head = ["单位名称", "姓名", "电话"]
    people = [["甲厂", "张三", "1"], ["", "李四", "2"], ["", "王五", "3"], ["乙厂", "赵六", "4"]]
    rows = read(file, [head, *people], "people")
    assert rows.errors == []
    assert words(rows, "unit_code") == ["甲厂", "甲厂", "甲厂", "乙厂"]


@pytest.mark.parametrize(
    ("kind", "entry", "table"),
    [
        ("paper_record", LineRow, [["时间", "记录内容", "类别"], ["9:00", "演练开始", "开始"], ["9:05", "报警", ""], ["9:07", "疏散", ""], ["9:40", "演练结束", "结束"]]),
        ("drills", DrillEntry, [["演练编号", "演练名称", "单位编码", "计划日期", "记录类别"], ["D1", "真实火情", "U1", "2026-5-6", "突发事件"], ["D2", "疏散演练", "U1", "2026-5-7", ""], ["D3", "桌面推演", "U1", "2026-5-8", ""]]),
    ],
)  # fmt: skip
def test_what_is_said_of_the_unusual_row_alone_reaches_no_other(
    file: Path, kind: str, entry: type[Any], table: list[list[str]]
) -> None:
    with file.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows(table)
    rows = read_rows(kind, entry, file)
    assert [bool(word) for word in words(rows, "kind")] == [bool(row[-1]) for row in table[1:]]
    assert told(rows, "kind") == {}


@pytest.mark.parametrize("above", ["T1", "一镇"])
def test_a_unit_is_never_filled_in_as_above_itself(file: Path, above: str) -> None:
    head = ["单位编码", "单位名称", "上级单位"]
    units = [["V1", "一村", above], ["V2", "二村", ""], ["T1", "一镇", ""], ["T2", "二镇", ""]]
    rows = read(file, [head, *units], "units")
    assert [entry.parent_code or "" for entry in rows.entries] == [above, above, "", ""]
    assert told(rows, "parent_code").keys() == {3}


def test_a_group_that_is_refused_is_refused_once_and_the_others_are_told(file: Path) -> None:
    head = ["单位编码", "单位名称", "单位类别"]
    rows = read(file, [head, ["A", "甲厂", "央企"], ["B", "乙厂", ""], ["C", "丙厂", ""]], "units")
    assert [(error.row, error.field) for error in rows.errors] == [(2, "kind")]
    assert words(rows, "kind") == [UNSET, UNSET]
    assert "3-4" in told(rows, "kind")[3]


@pytest.mark.parametrize(
    ("field", "header", "first"), [("kind", "单位类别", "学校"), ("sectors", "行业领域", "危险化学品")]
)
def test_what_may_be_said_of_the_first_row_alone_is_left_empty_below_and_told(
    file: Path, field: str, header: str, first: str
) -> None:
    rows = read(
        file,
        [["单位编码", "单位名称", header], ["A", "甲", first], ["B", "乙", ""], ["C", "丙", ""]],
        "units",
    )
    assert [getattr(entry, field) or UNSET for entry in rows.entries][1:] == [UNSET, UNSET]
    assert "3-4" in told(rows, field)[3]


def test_places_that_may_have_been_merged_are_left_empty_and_told(file: Path) -> None:
    head = ["储备库", "物资名称", "数量", "日期", "存放地点"]
    goods = [["K", f"物资{number}", "1", "2026-1-1", "库房一" if not number else ""] for number in range(4)]
    rows = read(file, [head, *goods], "stock")
    assert words(rows, "shelf") == ["库房一", UNSET, UNSET, UNSET]
    assert "3-5" in told(rows, "shelf")[3]


def test_a_workbook_says_itself_what_is_merged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "物资.xlsx", GROUPED)
    rows = read_rows("items", kind_of("items").entry, path)
    assert words(rows) == ["防护类", UNSET, UNSET, "照明类", UNSET]
    assert "3-4, 6" in told(rows)[3]


def test_what_the_program_wrote_is_meant_to_be_empty(file: Path) -> None:
    fields = layout("items").field
    head = [field.headers[0] for field in fields]
    rows = [["A", "手套", "", "防护类"], ["B", "口罩", "", ""], ["C", "头灯", "", ""]]
    found = read(file, [head, *([*row, *[""] * (len(head) - len(row))] for row in rows)])
    assert words(found) == ["防护类", UNSET, UNSET]
    assert told(found) == {}


@pytest.mark.sqlite_only("what a draft says does not depend on where the office is kept")
def test_what_is_said_of_one_cell_goes_no_further_down(office: Office, file: Path) -> None:
    draft = Draft.open(office, delimited(file, GROUPED), kind="items")
    assert understood(draft, office) == ["防护类"] * 3 + ["照明类"] * 2
    draft.set_cell(3, "category", "破拆类")
    assert understood(draft, office) == ["防护类", "破拆类", "防护类", "照明类", "照明类"]
    draft.set_cell(5, "category", "灯具类")
    assert understood(draft, office)[3:] == ["灯具类", "灯具类"], "it is the group's own word"


@pytest.mark.sqlite_only("what a draft says does not depend on where the office is kept")
def test_a_group_whose_first_row_is_left_out_keeps_its_word(office: Office, file: Path) -> None:
    draft = Draft.open(office, delimited(file, GROUPED), kind="items")
    draft.leave_out(5)
    assert understood(draft, office) == ["防护类"] * 3 + ["", "照明类"]
    draft.leave_out(2)
    assert understood(draft, office) == ["", "防护类", "防护类", "", "照明类"]


def understood(draft: Draft, office: Office) -> list[str]:
    """What each row is understood to be of; '' for one that is left out."""
    checked = draft.check(office)
    place = [field.name for field in checked.fields].index("category")
    return ["" if row.state == "left_out" else row.understood[place] for row in checked.rows(0, 9)]


def test_the_same_as_above_is_read_as_what_stands_above(file: Path) -> None:
    rows = read(
        file,
        [
            HEADER,
            ["防护类", "手套", "大", "双"],
            ["同上", "口罩", "〃", "个"],
            ["同上", "护目镜", "", "同上"],
        ],
    )
    assert words(rows) == ["防护类"] * 3
    assert words(rows, "spec") == ["大", "大", UNSET]
    assert words(rows, "unit_of_measure") == ["双", "个", "个"]
    assert told(rows).keys() == {3, 4}


def test_the_same_as_above_at_the_top_says_nothing(file: Path) -> None:
    rows = read(file, [HEADER, ["同上", "手套", "大", "双"]])
    assert words(rows) == ["同上"]
