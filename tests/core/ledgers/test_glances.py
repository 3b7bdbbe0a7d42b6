"""The beginning of every sheet is shown as it is, whatever program made the file, and what is hidden in it is known."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from drillapp.core.errors import Damaged, DrillappError, InvalidInput
from drillapp.core.ledgers import archive, reading
from drillapp.core.ledgers import open_document as open_document_look
from drillapp.core.ledgers.encodings import encoding_of
from drillapp.core.ledgers.heads import glances
from drillapp.core.ledgers.look import Look
from drillapp.core.ledgers.reading import Choice, Glance, Merged
from drillapp.core.ledgers.told import told
from drillapp.core.progress import SILENT, Progress

from .documents import cell, open_document, row, table
from .hostile import rewritten
from .old_books import OldSheet, old_workbook
from .workbooks import delimited, sheet_xml, with_sheet, workbook

UNITS: list[list[Any]] = [["编码", "名称"], ["1", "甲"], ["2", "乙"]]


def shown(path: Path) -> list[Glance]:
    return glances(path, SILENT)


def read(path: Path, header: int, *columns: int, sheet: str | None = None) -> tuple[Glance, Any, list[str]]:
    """The glance of an opened sheet, its chosen columns, and what is told of it when all its rows are data."""
    with reading.opened(path, lambda glance: Choice(header, header, columns), SILENT, sheet=sheet) as opened:
        blocks = list(opened.blocks)
        cells = [[value for block in blocks for value in block.columns[i]] for i in range(len(columns))]
        numbers = range(header + 1, header + 1 + len(cells[0]))
        return opened.glance, cells, [word.message for word in told(opened, numbers)]


def changed(path: Path, change: Callable[[Any], object]) -> Path:
    """The workbook with its first sheet changed."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return path


def hidden_xlsx(path: Path) -> Path:
    workbook(
        path, [[], [None, *UNITS[0]], *([None, *unit] for unit in UNITS[1:])], [["旧"]], names=["单位", "藏"]
    )
    book = openpyxl.load_workbook(path)
    book["单位"].row_dimensions[3].hidden = True
    book["单位"].column_dimensions["C"].hidden = True
    book["单位"].merge_cells("C3:C4")
    book["藏"].sheet_state = "hidden"
    book.move_sheet("藏", -1)
    book.active = 1
    book.save(path)
    return path


def hidden_xls(path: Path) -> Path:
    rows = [[], [None, *UNITS[0]], *([None, *unit] for unit in UNITS[1:])]
    rows[3][2] = None
    return old_workbook(
        path,
        OldSheet("藏", [["旧"]], is_hidden=True),
        OldSheet("单位", rows, hidden_rows=[2], hidden_columns=[2], merged=[(2, 3, 2, 2)]),
    )


def hidden_ods(path: Path) -> Path:
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    return open_document(
        path,
        table("藏", row(cell("旧")), is_hidden=True),
        table(
            "单位",
            row(cell(attributes='table:number-columns-repeated="16384"')),
            row(cell(), *map(cell, UNITS[0])),
            row(
                cell(),
                cell("1"),
                cell("甲", 'table:number-rows-spanned="2"'),
                attributes='table:visibility="filter"',
            ),
            row(cell(), cell("2"), "<table:covered-table-cell/>"),
            row(
                cell(attributes='table:number-columns-repeated="16384"'),
                attributes='table:number-rows-repeated="10000"',
            ),
            columns=columns,
        ),
    )


@pytest.mark.parametrize(
    ("make", "suffix"), [(hidden_xlsx, "xlsx"), (hidden_xls, "xls"), (hidden_ods, "ods")]
)
def test_what_is_hidden_and_merged_is_known_in_every_format(
    tmp_path: Path, make: Callable[[Path], Path], suffix: str
) -> None:
    path = make(tmp_path / f"a.{suffix}")
    first, second = shown(path)
    assert (first.sheet, first.is_hidden, second.sheet, second.is_hidden) == ("单位", False, "藏", True)
    assert first.rows[1][:3] == ["", "编码", "名称"]
    assert [line[1] for line in first.rows[2:]] == ["1", "2"]
    assert (first.hidden_rows, first.hidden_columns) == ({3}, {2})
    assert first.merged == (Merged(3, 2, 4, 2),)
    glance, cells, words = read(path, 2, 1, 2)
    assert glance == first
    assert cells == [["1", "2"], ["甲", "甲"]]
    assert len(words) == 2
    assert "隐藏" in words[0]
    assert words[1].endswith("3。")
    assert "工作表" in read(path, 0, 0, sheet="藏")[2][0]


@pytest.mark.parametrize(
    ("make", "suffix", "wrong"),
    [
        (hidden_xlsx, "xlsx", "xls"),
        (hidden_xls, "xls", "xlsx"),
        (hidden_xls, "xls", "et"),
        (hidden_ods, "ods", "csv"),
    ],
)
def test_a_wrong_suffix_makes_no_difference(
    tmp_path: Path, make: Callable[[Path], Path], suffix: str, wrong: str
) -> None:
    path = make(tmp_path / f"a.{suffix}").rename(tmp_path / f"b.{wrong}")
    assert [glance.sheet for glance in shown(path)] == ["单位", "藏"]


def test_the_beginning_alone_says_what_the_whole_sheet_says(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["名录"],
        [],
        *([None, f"单位{i}", i, i % 2 == 0, f"名{i % 7}"] for i in range(60)),
    ]
    path = changed(workbook(tmp_path / "a.xlsx", rows, [["别的"]]), lambda sheet: sheet.merge_cells("A1:E2"))
    changed(path, lambda sheet: sheet.merge_cells("E50:E55"))
    [first, _second] = shown(path)
    assert len(first.rows) == 40
    assert first.rows[39] == ["", "单位37", 37.0, False, "名2"]
    assert first.merged == (Merged(1, 0, 2, 4),)
    whole, cells, _words = read(path, 2, 1)
    assert whole.rows == first.rows
    assert set(whole.merged) == {Merged(1, 0, 2, 4), Merged(50, 4, 55, 4)}
    assert len(cells[0]) == 60


def test_texts_that_the_sheets_share_are_found_whatever_their_order(tmp_path: Path) -> None:
    texts = "".join(f"<si><t>t{i}</t></si>" for i in range(300))
    head = '<row r="1"><c r="A1" t="s"><v>299</v></c><c r="B1" t="s"><v>0</v></c></row>'
    path = with_sheet(tmp_path / "a.xlsx", [sheet_xml(head)])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}" count="2">{texts}</sst>'.encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    assert shown(path)[0].rows == [["t299", "t0"]]


def test_xml_with_names_of_its_own_is_read_like_others(tmp_path: Path) -> None:
    cells = "".join(
        f'<x:row r="{i}"{" hidden=" + chr(34) + "1" + chr(34) if i == 3 else ""}>'
        f'<x:c r="A{i}" t="inlineStr"><x:is><x:t>a{i}</x:t></x:is></x:c><x:c r="B{i}"><x:f>1+1</x:f></x:c></x:row>'
        for i in range(1, 51)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<x:worksheet xmlns:x="{main}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'
    path = with_sheet(tmp_path / "a.xlsx", [xml.encode()])
    [glance] = shown(path)
    assert (len(glance.rows), glance.rows[39][0], glance.hidden_rows) == (40, "a40", {3})
    with reading.opened(path, lambda _glance: Choice(1, 1, (0,)), SILENT) as opened:
        assert len(opened.flaws) == 50
        assert opened.flaws[50, 1] == "=1+1"


def test_days_that_count_from_1904(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", UNITS)
    assert not shown(path)[0].is_1904
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    assert shown(path)[0].is_1904
    assert read(path, 1, 0)[0].is_1904
    old = old_workbook(tmp_path / "a.xls", OldSheet("表", UNITS), is_1904=True)
    assert shown(old)[0].is_1904
    assert read(old, 1, 0)[0].is_1904


def test_many_empty_rows_and_columns_behind_the_table_change_nothing(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>编码</t></is></c><c r="IU1" s="0"/></row>'
        '<row r="2"><c r="A2"><v>7</v></c><c r="IU2" s="0"/></row>'
        + "".join(f'<row r="{i}"><c r="A{i}" s="0"/><c r="IU{i}" s="0"/></row>' for i in range(3, 10_003))
    )
    path = with_sheet(tmp_path / "a.xlsx", [sheet_xml(cells, "A1:IU10002")])
    assert [line[0] for line in shown(path)[0].rows[:2]] == ["编码", 7.0]
    _glance, [codes], words = read(path, 1, 0)
    assert [code for code in codes if code != ""] == [7.0]
    assert words == []


def test_what_stands_in_other_columns_is_told_beside_each_row(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["编码", "名称", "备注"], ["1", "甲"], ["2", "乙", "撤销"], [None, None, "合计"]],
    )
    with reading.opened(path, lambda _glance: Choice(1, 1, (1, 7)), SILENT) as opened:
        [block] = opened.blocks
    assert block.columns == [["甲", "乙", ""], ["", "", ""]]
    assert block.others == ["1", "2 撤销", "合计"]


def test_cells_that_were_filled_down_are_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["街道", "数量"], ["东", 5], [None, None], [None, 6]])
    for merged in ("A2:A4", "B2:B3"):
        changed(path, lambda sheet, merged=merged: sheet.merge_cells(merged))
    choice = Choice(1, 1, (0, 1), once=frozenset({1}))
    with reading.opened(path, lambda _glance: choice, SILENT) as opened:
        [block] = opened.blocks
    assert block.columns == [["东", "东", "东"], [5.0, "", 6.0]]
    assert block.filled == {(3, 0), (4, 0)}


def test_cells_merged_sideways_too_are_filled_down_where_their_header_is_as_wide(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [["街道", None, "名称"], ["东", None, "甲"], [None, None, "乙"], ["注"], [None, None, None, 5]],
    )
    for merged in ("A1:B1", "A2:B3", "A4:C5"):
        changed(path, lambda sheet, merged=merged: sheet.merge_cells(merged))
    assert read(path, 1, 0)[1] == [["东", "东", "注", ""]]


def test_a_header_further_below_than_is_shown_at_first(tmp_path: Path) -> None:
    rows = [["说明"]] * 44 + UNITS
    assert read(delimited(tmp_path / "a.csv", rows), 45, 1)[1] == [["甲", "乙"]]
    assert read(workbook(tmp_path / "a.xlsx", rows), 45, 1)[1] == [["甲", "乙"]]


def test_without_a_header_the_first_row_is_data(tmp_path: Path) -> None:
    assert read(delimited(tmp_path / "a.csv", UNITS), 0, 1)[1] == [["名称", "甲", "乙"]]
    assert read(workbook(tmp_path / "a.xlsx", UNITS), 0, 1)[1] == [["名称", "甲", "乙"]]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark(tmp_path: Path, encoding: str) -> None:
    path = delimited(tmp_path / "a.csv", UNITS, encoding)
    assert shown(path)[0].rows == UNITS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_that_breaks_off_within_a_letter(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("编码,名称\n1,北京市西城区某某街道\n2,北京市\n3,乙".encode(encoding)[:-1])
    with pytest.raises(Damaged, match="不完整"):
        encoding_of(path)


def test_a_text_with_a_damaged_letter_names_its_line_and_is_not_read_in_another_encoding(
    tmp_path: Path,
) -> None:
    content = bytearray("编码,名称\n1,北京市西城区某某街道办事处\n2,北京市西城区\n".encode())
    content[content.index(b"2,") + 3] = 0xFF
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(Damaged, match="第 3 行"):
        encoding_of(tmp_path / "a.csv")


def test_a_last_line_with_too_few_cells_and_no_end_is_spoken_of(tmp_path: Path) -> None:
    whole = delimited(tmp_path / "a.csv", [*UNITS, ["3"]])
    assert len(read(whole, 1, 0)[2]) == 1
    whole.write_bytes(whole.read_bytes() + b"\r\n")
    assert read(whole, 1, 0)[2] == []


@pytest.mark.parametrize(
    "make",
    [
        lambda path: old_workbook(path, OldSheet("表", UNITS), password=True),
        lambda path: open_document(path, table("表", row(cell("x"))), manifest="<m:encryption-data/>"),
    ],
)
def test_a_password_on_other_formats(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with pytest.raises(InvalidInput, match="密码"):
        shown(make(tmp_path / "a.et"))


def test_errors_in_other_formats_are_cells_without_a_value(tmp_path: Path) -> None:
    old = old_workbook(tmp_path / "a.xls", OldSheet("表", [*UNITS, ["3", b"\x2a"]]))
    error = '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    document = open_document(tmp_path / "a.ods", table("表", row(cell("编码")), row(cell(), error)))
    for path, flaw in ((old, {(4, 1): "#N/A"}), (document, {(2, 1): "#DIV/0!"})):
        with reading.opened(path, lambda _glance: Choice(1, 1, (0,)), SILENT) as opened:
            assert opened.flaws == flaw


@pytest.mark.parametrize("chunk", [97, 500, 3000])
def test_an_open_document_is_looked_at_in_pieces_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    rows = [
        row(cell(f"甲{i}"), cell("乙", f'table:number-rows-spanned="{1 + i % 2}"'), attributes=hidden)
        for i, hidden in enumerate(["", 'table:visibility="collapse"', 'table:number-rows-repeated="3"'] * 9)
    ]
    path = open_document(tmp_path / "a.ods", table("一", *rows), table("二", *rows[:5]))
    with zipfile.ZipFile(path) as file, file.open("content.xml") as content:
        monkeypatch.setattr(open_document_look, "_CHUNK", chunk)
        first, second = open_document_look.looks(content)
    assert first.hidden_rows == [2 + 5 * i for i in range(9)]
    assert first.merged[:3] == [(2, 1, 3, 1), (6, 1, 7, 1), (8, 1, 9, 1)]
    assert (second.hidden_rows, len(second.merged)) == ([2, 7], 2)


def test_codes_that_show_leading_zeros_are_read_as_they_show(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [["编码", "数量"], [7, 7], [None, 8], [1234, 9], ["甲", 1], [12.5, 2]]
    )

    def formatted(sheet: Any) -> None:
        for number in range(2, 7):
            sheet[f"A{number}"].number_format = "000"
        sheet.merge_cells("A2:A3")

    changed(path, formatted)
    glance, [codes, counts], _words = read(path, 1, 0, 1)
    assert codes == ["007", "007", 1234.0, "甲", 12.5]
    assert counts == [7.0, 8.0, 9.0, 1.0, 2.0]
    assert shown(path)[0].rows == glance.rows
    assert glance.rows[1][0] == "007"


def test_codes_of_old_workbooks_that_show_leading_zeros(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["编码"], [7], [12.0], [1234], [-7], [1.5], ["x"]]
    path = old_workbook(tmp_path / "a.xls", OldSheet("表", rows), number_format="000")
    assert read(path, 1, 0)[1] == [["007", "012", 1234.0, -7.0, 1.5, "x"]]
    assert shown(path)[0].rows[1:3] == [["007"], ["012"]]


def test_an_old_word_document_is_not_a_damaged_spreadsheet(tmp_path: Path) -> None:
    content = old_workbook(tmp_path / "a.xls", OldSheet("表", UNITS)).read_bytes()
    word = content.replace("Workbook".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
    (tmp_path / "a.doc").write_bytes(word)
    with pytest.raises(InvalidInput, match="不是可以读取的表格文件"):
        shown(tmp_path / "a.doc")


def test_a_part_under_another_case_than_is_said_is_found(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", UNITS)
    with zipfile.ZipFile(path) as file:
        parts = {name.replace("sheet1", "Sheet1"): file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    assert shown(path)[0].rows == UNITS


def test_other_open_documents_are_not_spreadsheets(tmp_path: Path) -> None:
    path = open_document(tmp_path / "a.ods", table("表"))
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", "<x/>")
    with pytest.raises(DrillappError, match="不是可以读取的表格文件"):
        shown(path)


def test_what_is_uncertain_in_another_sheet_refuses_only_that_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", UNITS, UNITS)
    nowhere = b"<row><c><f>1+1</f></c></row></sheetData>"
    rewritten(path, lambda name, part: part.replace(b"</sheetData>", nowhere) if "sheet2" in name else part)
    assert [glance.rows[0] for glance in shown(path)] == [UNITS[0], UNITS[0]]
    assert read(path, 1, 0, sheet="表1")[1] == [["1", "2"]]
    with pytest.raises(InvalidInput, match=r"a\.xlsx"):
        read(path, 1, 0, sheet="表2")


def test_a_large_workbook_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "a.xlsx", UNITS, [["别的"]])
    looked: list[str] = []
    whole = archive.look

    def look(safe: archive.Archive, sheet: str, progress: Progress) -> Look:
        looked.append(sheet)
        return whole(safe, sheet, progress)

    monkeypatch.setattr(archive, "look", look)
    monkeypatch.setattr(reading, "_LARGE", 0)
    with reading.begun(path, SILENT) as begun:
        assert begun is not None
        assert [glance.sheet for glance in begun.glances(SILENT)] == ["表1", "表2"]
        with reading.opened(path, lambda _glance: Choice(1, 1, (0,)), SILENT, early=begun) as opened:
            assert [block.columns for block in opened.blocks] == [[["1", "2"]]]
    assert looked == ["表1", "表2"]
