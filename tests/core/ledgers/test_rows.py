"""Which rows of a sheet are data, and what is told of the others."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import add
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import UNSET

from drillapp.core.kinds import kind_of
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.reading import Block, Cell, Choice, Glance, Sheet
from drillapp.core.ledgers.row_notes import MOST
from drillapp.core.ledgers.rows import Rows
from drillapp.core.ledgers.sheet_rows import read_rows
from drillapp.core.ledgers.sieve import _matching
from drillapp.core.ledgers.words import word

HEADER = ["编码", "名称", "人数"]
ONE = ["A1", "甲", "3"]
TWO = ["A2", "乙", "5"]
EMPTY = ["", "", ""]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "单位.csv"


def read(
    file: Path, rows: Sequence[Sequence[str]], kind: str = "units", given: Mapping[str, Any] | None = None
) -> Rows:
    with file.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows(rows)
    return read_rows(kind, kind_of(kind).entry, file, given=given)


def codes(rows: Rows) -> list[str]:
    assert rows.read == len(rows.entries) + len({error.row for error in rows.errors})
    return [entry.code for entry in rows.entries]


def told(rows: Rows) -> dict[int, str]:
    """What is told of rows as a whole."""
    return {note.row: note.message for note in rows.notes if not note.column}


@pytest.mark.parametrize(
    "row",
    [
        ["合计", "", "8"],
        ["", "合 计", "8"],
        ["小计：", "", "8"],
        ["总　计", "", ""],
        ["共计8人", "", ""],
        ["Total", "", "8"],
        ["合计（2家）", "", "8"],
    ],
)
def test_totals_are_no_data_wherever_they_stand(file: Path, row: list[str]) -> None:
    rows = read(file, [HEADER, ONE, row, TWO, row])
    assert codes(rows) == ["A1", "A2"]
    assert set(rows.left_out) == set(told(rows)) == {3, 5}
    assert "合计" in told(rows)[3]


def test_totals_are_seen_in_a_column_that_is_not_read(file: Path) -> None:
    rows = read(
        file,
        [
            ["序号", *HEADER],
            ["1", *ONE],
            ["合计", "", "", "3"],
            ["2", *TWO],
            ["合计", "1", "", "3"],
            ["合计", "2家", "2家", "8"],
        ],
    )
    assert codes(rows) == ["A1", "A2"]
    assert set(rows.left_out) == {3, 5, 6}
    assert rows.errors == []


@pytest.mark.parametrize(
    "row",
    [
        ["合计科技公司", "合计科技有限公司", "8"],
        ["A3", "合计", "8"],
        ["审核", "审核科", "8"],
        ["说明书", "说明书印刷厂", "2"],
        ["名称", "A4", "2"],
        ["注1", "注塑厂", "2"],
    ],
)
def test_a_row_that_only_sounds_like_something_else_is_data(file: Path, row: list[str]) -> None:
    rows = read(file, [HEADER, ONE, row, TWO])
    assert codes(rows) == ["A1", row[0], "A2"]
    assert rows.left_out == {}


@pytest.mark.parametrize(
    "row",
    [
        ["备注：以上为2023年底数据", "", ""],
        ["填表人：张三", "审核人：李四", "2023.5.6"],
        ["填表人", "张三", ""],
        ["制表：防汛办", "", "日期：2023年5月6日"],
        ["注：人数不含实习生", "", ""],
        ["（盖章）单位负责人签字：", "", ""],
        ["备注", "", ""],
    ],
)
def test_notes_are_no_data_wherever_they_stand(file: Path, row: list[str]) -> None:
    rows = read(file, [HEADER, ONE, row, TWO, EMPTY, row])
    assert codes(rows) == ["A1", "A2"]
    assert set(rows.left_out) == set(told(rows)) == {3, 6}


def test_a_repeated_header_is_no_data_with_the_title_above_it(file: Path) -> None:
    rows = read(file, [["单位名录", "", ""], HEADER, ONE, EMPTY, ["东城区", "", ""], HEADER, TWO])
    assert codes(rows) == ["A1", "A2"]
    assert set(rows.left_out) == {5, 6}
    assert rows.errors == []


def test_a_header_that_nothing_is_known_of_is_known_again(file: Path) -> None:
    rows = read(file, [[*HEADER, "片区"], [*ONE, "东"], [" 编码", "名 称", "人数", "片区"], [*TWO, "西"]])
    assert codes(rows) == ["A1", "A2"]
    assert rows.ignored == ("片区",)


def test_the_next_table_is_not_taken_for_rows_of_this_one(file: Path) -> None:
    rows = read(
        file,
        [HEADER, ONE, EMPTY, ["附：物资清单", "", ""], ["物资名称", "计量单位", "数量"],
         ["棉被", "床", "5"], EMPTY, ["帐篷", "顶", "6"]],
    )  # fmt: skip
    assert codes(rows) == ["A1"]
    assert set(rows.left_out) == {4, 5, 6, 8}
    assert "另一张表" in told(rows)[5]
    assert rows.errors == []


def test_posts_that_are_called_like_columns_are_data(file: Path) -> None:
    rows = read(
        file,
        [
            ["岗位名称", "是否重点岗位", "行业领域"],
            ["负责人", "是", ""],
            ["审核", "否", ""],
            ["联系人", "", ""],
            ["备注", "", ""],
        ],
        "posts",
        {"unit_code": "A1"},
    )
    assert [entry.name for entry in rows.entries] == ["负责人", "审核", "联系人"]


@pytest.mark.parametrize("text", ["一、街道", "（二）医院", "第三类"])
def test_a_heading_within_the_table_is_left_out_and_told(file: Path, text: str) -> None:
    rows = read(file, [HEADER, [text, "", ""], ONE, ["", text, ""], TWO])
    assert codes(rows) == ["A1", "A2"]
    assert set(rows.left_out) == set(told(rows)) == {2, 4}


def test_a_line_that_nobody_understands_is_refused(file: Path) -> None:
    rows = read(file, [HEADER, ONE, ["街道", "", ""], TWO])
    assert codes(rows) == ["A1", "A2"]
    assert [(error.row, error.field) for error in rows.errors] == [(3, "name")]


def test_what_was_numbered_beforehand_and_never_filled_in_is_no_data(file: Path) -> None:
    rows = read(file, [["序号", *HEADER], ["1", *ONE], ["2", *EMPTY], ["3", *EMPTY]])
    assert codes(rows) == ["A1"]
    assert set(rows.left_out) == {3, 4}


def test_ten_thousand_empty_rows_are_nothing(file: Path) -> None:
    rows = read(file, [HEADER, ONE, *[EMPTY] * 10_000])
    assert codes(rows) == ["A1"]
    assert rows.notes == []
    assert rows.left_out == {}


@pytest.mark.parametrize("told", ["\n合计", " \n 合\n计", "合计"])
def test_totals_are_found_behind_line_breaks_and_among_empty_rows(file: Path, told: str) -> None:
    rows = read(file, [HEADER, ONE, EMPTY, [told, "两家", "8"], EMPTY, TWO])
    assert codes(rows) == ["A1", "A2"]
    assert set(rows.left_out) == {4}


def test_dates_are_settled_by_all_blocks_and_refused_ones_leave_the_rest(file: Path) -> None:
    header = ["编码", "名称", "启用日期", "停用日期"]
    rows = read(
        file,
        [header, ["A1", "甲", "5/6/23", "2024-5"], ["A2", "乙", "5/16/23", ""], ["A3", "丙", "", "5/6/24"],
         ["A4", "丁", "7/8/23", "长期"]],
    )  # fmt: skip
    assert [(entry.code, entry.valid_from) for entry in rows.entries] == [
        ("A1", date(2023, 5, 6)),
        ("A2", date(2023, 5, 16)),
        ("A4", date(2023, 7, 8)),
    ]
    assert rows.numbers == [2, 3, 5]
    assert [(error.row, error.field, error.value) for error in rows.errors] == [(4, "valid_to", "5/6/24")]
    assert {(note.row, note.field) for note in rows.notes} == {
        (2, "valid_from"), (2, "valid_to"), (3, "valid_from"), (5, "valid_from"), (5, "valid_to"),
    }  # fmt: skip
    assert rows.columns[2].read(["5/6/23"]) == [date(2023, 5, 6)]


def test_what_is_told_of_many_cells_stays_short(file: Path) -> None:
    many = [[f"A{i}", f"单位{i}", "１２"] for i in range(MOST + 30)]
    rows = read(
        file, [["编码", "名称", "启用日期"], *([code, name, "2023-5"] for code, name, _number in many)]
    )
    assert len(rows.notes) == MOST + 1
    assert "30" in rows.notes[-1].message
    assert rows.notes[-1].row == MOST + 31


def test_very_many_faults_are_told_by_the_first_of_each_row(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is wrong all over filled the memory; all its rows are refused all the same."""
    monkeypatch.setattr("drillapp.core.ledgers.rows.MOST_ERRORS", 4)
    wrong = [[f"B{i}", "甲", "x", "y", "z"] for i in range(8)]
    rows = read(file, [[*HEADER, "是否高危行业", "失效日期"], [*ONE, "是", "2030-01-01"], *wrong])
    assert codes(rows) == ["A1"]
    assert {error.row for error in rows.errors} == set(range(3, 11))
    assert len(rows.errors) == 8
    assert "只列出第一个" in told(rows)[7]


def sheet_of(columns: Sequence[Sequence[Cell]], filled: Iterable[tuple[int, int]] = ()) -> Rows:
    """Rows of a sheet that is made here, as the reading process would hand them over."""
    glance = Glance("表1", [list(HEADER)], is_1904=True)
    block = Block(2, [list(column) for column in columns], [""] * len(columns[0]), set(filled))
    sheet = Sheet("表1", glance, Choice(1, 1, (0, 1, 2)), {}, iter([block]), [])
    fields = [field for field in layout("units").field if field.name in ("code", "name", "valid_from")]
    rows = Rows(sheet, fields, HEADER, (), kind_of("units").entry)
    for part in sheet.blocks:
        rows.add(part)
    rows.finish()
    return rows


def test_filled_down_cells_are_told_once_a_column() -> None:
    rows = sheet_of([["A1", "A2", "A3"], ["甲", "甲", "甲"], ["", "", ""]], {(3, 1), (4, 1)})
    assert [(note.row, note.field) for note in rows.notes] == [(3, "name")]
    assert "3-4" in rows.notes[0].message


def test_bare_day_numbers_count_as_the_file_says() -> None:
    rows = sheet_of([["A1"], ["甲"], [43590.0]])
    assert rows.entries[0].valid_from == date(2023, 5, 6)
    assert "1904" in rows.notes[0].message


def test_rows_that_the_clerk_keeps_are_data() -> None:
    glance = Glance("表1", [list(HEADER)])
    sheet = Sheet("表1", glance, Choice(1, 1, (0, 1)), {}, iter(()), [])
    fields = layout("units").field[:2]
    rows = Rows(sheet, fields, HEADER[:2], (), kind_of("units").entry, kept=[2])
    rows.add(Block(2, [["合计", "合计"], ["合计公司", "合计公司"]], ["", ""], set()))
    rows.finish()
    assert (rows.numbers, set(rows.left_out)) == ([2], {3})


def test_a_file_that_the_program_wrote_is_taken_as_it_stands(file: Path) -> None:
    heads = [field.headers[0] for field in layout("units").field]
    row = ["Ａ１", "第１小学", *[""] * (len(heads) - 2)]
    own = read(file, [heads, row])
    assert [(entry.code, entry.name) for entry in own.entries] == [("Ａ１", "第１小学")]
    others = read(file, [heads[:-1], row[:-1]])
    assert [(entry.code, entry.name) for entry in others.entries] == [("A1", "第1小学")]
    assert [note.field for note in others.notes] == ["code", "name"]


def test_what_the_first_block_cannot_know_is_known_in_the_end(file: Path) -> None:
    many = [[f"A{i}", f"单位{i}", "5/6/23"] for i in range(50)]
    header = ["编码", "名称", "启用日期"]
    rows = read(
        file,
        [header, *many, header, ["B1", "乙", "5/16/23"], EMPTY, ["物资名称", "计量单位", "数量"],
         *[["棉被", "床", "5"]] * 40],
    )  # fmt: skip
    assert len(rows.entries) == 51
    assert {entry.valid_from for entry in rows.entries} == {date(2023, 5, 6), date(2023, 5, 16)}
    assert set(rows.left_out) == {52, *range(55, 96)}
    assert rows.errors == []


def test_what_is_hardly_a_phone_is_told_by_its_cell_and_kept(file: Path) -> None:
    phones = ["13912345678", "139O1234567", "1391234567", "待补充", "", "", "010-83976000"]
    people = [["A", f"人{number}", phone] for number, phone in enumerate(phones)]
    rows = read(file, [["单位编码", "姓名", "电话"], *people], "people")
    assert rows.errors == []
    assert [entry.phone or "" for entry in rows.entries] == phones
    notes = {(note.row, note.column, note.value): note.message for note in rows.notes}
    assert notes.keys() == {(3, "电话", "139O1234567"), (4, "电话", "1391234567"), (5, "电话", "待补充")}
    assert "13901234567" in notes[3, "电话", "139O1234567"]


def test_phones_that_are_all_as_usual_are_not_spoken_of(file: Path) -> None:
    people = [["A", f"人{number}", f"139{number:08}"] for number in range(50)]
    assert read(file, [["单位编码", "姓名", "电话"], *people], "people").notes == []


@pytest.mark.parametrize(
    "written", ["无", "/", "—", "暂无", " / ", "／", "-", "N/A", "n/a", "None", "未备案", "待定"]
)
def test_what_says_that_there_is_no_number_is_none(file: Path, written: str) -> None:
    head = ["预案编号", "预案名称", "单位编码", "备案编号"]
    plans = [["P1", "甲预案", "A", written], ["P2", "乙预案", "A", "备2024-1"], ["P3", "无", "A", "无1号"]]
    rows = read(file, [head, *plans], "plans")
    assert rows.errors == []
    assert [entry.filing_number for entry in rows.entries] == [UNSET, "备2024-1", "无1号"]
    assert rows.entries[2].title == "无", "a name is what it says"
    phones = read(file, [["单位编码", "姓名", "电话"], ["A", "张三", written]], "people")
    assert (phones.entries[0].phone, phones.notes) == (UNSET, [])


def test_a_code_that_must_be_there_is_not_there_where_it_says_so(file: Path) -> None:
    rows = read(file, [["单位编码", "姓名"], ["/", "张三"], ["A", "李四"]], "people")
    assert [(error.row, error.field) for error in rows.errors] == [(2, "unit_code")]


def test_in_our_own_files_a_lot_may_be_called_so_and_a_number_of_others_not(file: Path) -> None:
    lots = [field.headers[0] for field in layout("movements").field]
    row = [{"lot": "/", "document": "D1"}.get(field.name, "1") for field in layout("movements").field]
    [cell] = [one for one in read(file, [lots, row], "movements").columns if one.field.name == "lot"]
    assert cell.read(["/"]) == ["/"]
    head = [field.headers[0] for field in layout("people").field]
    [person] = read(file, [head, ["A", "张三", "", "无", ""]], "people").entries
    assert person.phone is UNSET


@given(
    st.sampled_from([*word("totals"), *word("notes")]),
    st.lists(st.sampled_from(["", " ", "\u3000"]), min_size=20, max_size=20),
    st.sampled_from(["", "(", "\uff08", "*", " (", "\n"]),
    st.sampled_from([str, str.upper, str.title]),
    st.text(max_size=3),
)
@example(min(word("notes"), key=len), [""] * 20, "", str, "abc")
def test_nothing_that_may_be_no_data_is_passed_over_for_its_first_letters(
    telltale: str, spaces: list[str], opening: str, cased: Callable[[str], str], rest: str
) -> None:
    letters = cased(telltale.replace(" ", ""))
    cell = opening + "".join(map(add, letters, spaces)) + rest
    assert _matching([cell], frozenset()) == [0]
