"""An evaluator's sheet goes out as a spreadsheet and comes back filled in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from drillapp.core.drills.evaluation.forms import evaluation_form
from drillapp.core.drills.evaluation.paper import read_rows
from drillapp.core.drills.evaluation.rows import Answer, Answers, Sheet
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import use_language
from drillapp.core.ledgers.evaluation_sheets import export_sheet, sheet_text

ANSWERS: Answers = {
    "G1.1": Answer("mostly"), "G1.2": Answer("none", "没有\n注入"), "G1.3": Answer("na"), "G1.4": Answer("no", "无保障"),
    "G2.1": Answer("4"), "G2.2": Answer("0", "未报告"),
}  # fmt: skip


def sheet(answers: Answers, groups: tuple[str, ...] = ()) -> Sheet:
    return Sheet(
        id=1, drill_id=1, position=1, form="gbt46792", evaluator="李", institution=None, qualification=None, contract=None,
        groups=groups, place="", answers=answers, comment=None, submitted_on=None, revision=1,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_sheet_comes_back_as_it_went(tmp_path: Path, suffix: str, language: str) -> None:
    use_language(language)
    path = tmp_path / f"sheet.{suffix}"
    assert export_sheet(sheet(ANSWERS), path) == 21
    use_language("zh_CN")
    found = read_rows(sheet_text(path), evaluation_form("gbt46792"))
    assert found == ANSWERS | {"G1.2": Answer("none", "没有 注入")}


def test_a_sheet_filled_in_with_numbers_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    export_sheet(sheet({}, ("G2",)), path)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    for row in page.iter_rows(min_row=2):
        if row[0].value == "G2.1":
            row[2].value, row[3].value = 2, "用了二十分钟"
        if row[0].value == "G2.2":
            row[2].value = 5
    book.save(path)
    found = read_rows(sheet_text(path), evaluation_form("gbt46792"))
    assert found == {"G2.1": Answer("2", "用了二十分钟"), "G2.2": Answer("5")}


def test_what_is_pasted_from_a_spreadsheet_is_understood() -> None:
    form = evaluation_form("yjt9009_live")
    text = "B1.7★\t限时上报并持续更新\t否\t晚了五分钟\nB1.8\t及时通报外部单位和群众\t\t\nB2.1\tnot applicable\nB2.2\t是"
    assert read_rows(text, form) == {
        "B1.7": Answer("no", "晚了五分钟"), "B2.1": Answer("na"), "B2.2": Answer("yes"),
    }  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        read_rows("B1.7\t限时上报\t也许\t\nB1.8\t也许", form)
    assert len(refused.value.problems) == 2


def test_files_that_are_no_sheets_are_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        sheet_text(tmp_path / "none.txt")
    bad = tmp_path / "bad.txt"
    bad.write_bytes("是".encode("gbk"))
    with pytest.raises(InvalidInput):
        sheet_text(bad)
    other = tmp_path / "other.csv"
    other.write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(InvalidInput):
        sheet_text(other)
