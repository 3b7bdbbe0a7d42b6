"""A sheet that is known to be of one layout is understood as ledgers are, and what it cannot mean is refused by its cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.ledgers.sheet_rows import read_rows
from drillapp.core.ledgers.sign_in import SignInRow


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_with_a_title_a_serial_and_names_that_only_end_so_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "消防演练签到表,,\n序号,职工姓名,所在单位\n1,张三,东街\n2,李四,西街\n")
    rows = read_rows("sign_in", SignInRow, path)
    assert [(row.name, row.organisation) for row in rows.entries] == [("张三", "东街"), ("李四", "西街")]
    assert rows.numbers == [3, 4]
    assert rows.ignored == ("序号",)


def test_the_sheet_with_the_rows_is_found_behind_an_explanation(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["填写说明：签到时请写清单位"])
    second = book.create_sheet("签到")
    for cells in (["姓名", "单位"], ["张三", "东街"]):
        second.append(cells)
    book.save(tmp_path / "a.xlsx")
    rows = read_rows("sign_in", SignInRow, tmp_path / "a.xlsx")
    assert (rows.sheet.name, [row.name for row in rows.entries]) == ("签到", ["张三"])


def test_a_known_header_with_nothing_but_wrong_cells_below_is_refused_by_them(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "姓名,角色\n张三,走过路过\n李四,看热闹\n王五,\n赵六,路人\n")
    rows = read_rows("sign_in", SignInRow, path)
    assert [(error.row, error.field, error.value) for error in rows.errors] == [
        (2, "role", "走过路过"), (3, "role", "看热闹"), (5, "role", "路人"),
    ]  # fmt: skip
    assert [row.name for row in rows.entries] == ["王五"]


def test_a_column_that_is_left_out_stays_out(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "姓名,角色\n张三,走过路过\n李四,看热闹\n王五,路人\n")
    rows = read_rows("sign_in", SignInRow, path, column_map={"角色": ""})
    assert (rows.errors, rows.ignored) == ([], ("角色",))


def test_what_is_said_of_a_column_counts_before_its_header(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "姓名,角色\n张三,组长\n李四,副组长\n王五,组员\n")
    rows = read_rows("sign_in", SignInRow, path, column_map={"角色": "post"})
    assert (rows.errors, [row.post for row in rows.entries]) == ([], ["组长", "副组长", "组员"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("单位,电话\n东街,13800000000\n", "姓名"),
        ("姓名,姓名\n张三,李四\n", "姓名"),
        ("姓名,单位\n", "没有数据行"),
    ],
)
def test_a_file_without_what_is_needed_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_rows("sign_in", SignInRow, written(tmp_path / "a.csv", text))
