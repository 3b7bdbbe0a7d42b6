"""A list goes out as it is seen: its rows, columns and order, typed, and nothing in it runs."""

# ruff: noqa: DTZ001 - openpyxl gives moments without a zone

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.queries import DRILLS
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.known_lists import known_list, list_names
from drillapp.core.ledgers import sheets
from drillapp.core.list_files import write_list
from drillapp.core.list_shown import Listed, ListShown, narrowing
from drillapp.core.listing import Column, Condition, View
from drillapp.core.office import Office
from drillapp.core.reports import list_shown_paper

TITLES = ('=HYPERLINK("http://x")', "@SUM(A1)", "-1+2", "<r><t>x</t></r>", "  两边有空格 ", "第一行\n第二行")


@pytest.fixture
def drilled(office_file: Path, clock: FixedClock) -> Iterator[Office]:
    with Office.open(office_file, clock=clock) as office:
        save_drills(office, [
            DrillEntry(number=f"YL-{i}", unit_code="110102", title=title, planned_on=date(2026, 5, 1 + i), expected=10 * i,
                       form="live" if i % 2 else "tabletop", third_party=i == 1,
                       started_at=datetime(2026, 5, 1 + i, 1, 30, tzinfo=UTC))
            for i, title in enumerate(TITLES)
        ])  # fmt: skip
        yield office


def shown(*names: str, view: View | None = None, told: str = "") -> ListShown:
    by_name = {column.name: column for column in DRILLS.columns}
    columns = [by_name[name] for name in names]
    return ListShown("应急演练", "全部单位", columns, Listed(DRILLS), view or View(), DRILLS.sort, told)


def test_a_workbook_has_the_rows_columns_and_order_that_are_seen(drilled: Office, tmp_path: Path) -> None:
    view = View(conditions=(Condition("form", "in", ["live"]),), sort=(("expected", True),))
    wanted = shown("expected", "number", "form", "planned_on", "started_at", "third_party", view=view)
    assert write_list(drilled, tmp_path / "a.xlsx", wanted).rows == 3
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [
        "应参加人数",
        "演练编号",
        "演练形式",
        "计划日期",
        "开始时间",
        "第三方评估",
    ]
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == [
        (50, "YL-5", "实战演练", datetime(2026, 5, 6), datetime(2026, 5, 6, 9, 30), None),
        (30, "YL-3", "实战演练", datetime(2026, 5, 4), datetime(2026, 5, 4, 9, 30), None),
        (10, "YL-1", "实战演练", datetime(2026, 5, 2), datetime(2026, 5, 2, 9, 30), "是"),
    ]  # fmt: skip
    assert (sheet.title, sheet.freeze_panes, sheet.auto_filter.ref) == ("应急演练", "A2", "A1:F4")
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width
    about = dict(book.worksheets[1].iter_rows(values_only=True))
    assert about["筛选"] == "演练形式：实战演练"
    assert about["排序"] == "应参加人数（降序）"
    assert about["行数"] == "3"


def test_no_text_of_a_list_becomes_a_formula_or_something_else(drilled: Office, tmp_path: Path) -> None:
    wanted = shown("number", "title", view=View(sort=(("number", False),)))
    write_list(drilled, tmp_path / "a.xlsx", wanted)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value.strip() for cell in cells] == [title.strip() for title in TITLES]
    write_list(drilled, tmp_path / "a.csv", wanted)
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = [row[1] for row in csv.reader(file)][1:]
    assert [text.removeprefix("'") for text in texts] == list(TITLES)
    assert not [text for text in texts if text[:1] in "=@+-"]


def test_a_paper_says_what_it_is_of(drilled: Office, tmp_path: Path) -> None:
    wanted = shown("number", "title", view=View(text="空格"), told="")
    assert write_list(drilled, tmp_path / "a.pdf", wanted) == (1, ())
    text = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage().get_text_bounded()
    for words in ("应急演练", "全部单位", "“空格”", "YL-4", "演练名称"):
        assert words in text.replace(" ", "")
    assert "YL-3" not in text


def test_a_paper_has_every_column_however_many_there_are(drilled: Office, tmp_path: Path) -> None:
    wanted = shown(*(column.name for column in DRILLS.columns))._replace(
        columns=[*DRILLS.columns, *(Column("title", f"Further column {i}", width=200) for i in range(20))]
    )
    write_list(drilled, tmp_path / "a.pdf", wanted)
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Further column 0" in text
    assert "Further column 19" in text
    assert all("YL-2" in page.get_textpage().get_text_bounded() for page in document)


def test_what_a_form_has_no_room_for_is_refused_and_leaves_no_file(
    drilled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "SHEET_ROWS", 2)
    monkeypatch.setattr(list_shown_paper, "PAPER_ROWS", 2)
    (tmp_path / "out").mkdir()
    for name, words in (("a.xlsx", "csv"), ("a.pdf", "xlsx"), ("a.doc", "pdf")):
        with pytest.raises(InvalidInput) as refused:
            write_list(drilled, tmp_path / "out" / name, shown("number"))
        assert words in refused.value.hint
    with pytest.raises(NotFound):
        write_list(drilled, tmp_path / "nowhere" / "a.csv", shown("number"))
    assert list((tmp_path / "out").iterdir()) == []


def test_what_is_left_out_is_said_in_words() -> None:
    view = View(
        text=" 火 ", choices={"form": ("live", "tabletop")}, retired=True,
        conditions=(Condition("rating", "is null"), Condition("expected", ">=", 5)),
    )  # fmt: skip
    assert narrowing(shown("number", view=view)) == [
        "“火”", "演练形式：实战演练、桌面演练", "评估等级：空", "应参加人数 ≥ 5", "含已停用",
    ]  # fmt: skip
    told = narrowing(shown("number", view=View(conditions=(Condition("id", "=", 7),)), told="只看这一条"))
    assert told == ["只看这一条"]


def test_a_text_longer_than_a_cell_is_not_cut_in_silence(tmp_path: Path) -> None:
    heads = [sheets.Head("列", 10)]
    with pytest.raises(InvalidInput, match="过长"):
        sheets.write_workbook(tmp_path / "a.xlsx", "表", heads, [["长" * 32_768]])
    sheets.write_workbook(tmp_path / "b.xlsx", "表", heads, [["长" * 32_767]])
    assert len(openpyxl.load_workbook(tmp_path / "b.xlsx").active["A2"].value) == 32_767


def test_every_list_has_a_name_and_can_be_written(drilled: Office, tmp_path: Path) -> None:
    for name in list_names():
        chosen = known_list(name)
        wanted = ListShown(chosen.title(), "", chosen.listing.columns, Listed(chosen.listing), View())
        write_list(drilled, tmp_path / "a.csv", wanted)
        header = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        assert header.count(",") == len(chosen.listing.columns) - 1
        assert not chosen.title().isascii()


def test_a_list_that_there_is_not() -> None:
    with pytest.raises(NotFound, match="nope"):
        known_list("nope")
