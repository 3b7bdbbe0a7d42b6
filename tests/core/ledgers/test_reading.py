"""Every file that cannot be read says so in one sentence, and nothing that it holds can bring the program down."""

from __future__ import annotations

import codecs
import os
import zipfile
from pathlib import Path

import pytest

from drillapp.core.errors import Damaged, DrillappError, InvalidInput, NotFound, Unavailable
from drillapp.core.ledgers import archive, reading, sheet_process
from drillapp.core.ledgers.delimited import find_delimiter, unprotect
from drillapp.core.ledgers.guessing.guess import guess
from drillapp.core.ledgers.guessing.settled import settle
from drillapp.core.progress import SILENT, Cancelled

from .workbooks import delimited, sheet_xml, with_sheet, workbook

UNITS = [["编码", "名称"], ["1", "甲"], ["2", "乙"]]


def choose_units(glance: reading.Glance) -> reading.Choice:
    found = guess([glance], kind="units")
    settle(found)
    return reading.Choice(*found.header, (found.columns["code"], found.columns["name"]))


def cells(path: Path, sheet: str | None = None) -> list[tuple[object, ...]]:
    """Row number and chosen cells of each row."""
    found: list[tuple[object, ...]] = []
    with reading.opened(path, choose_units, SILENT, sheet=sheet) as opened:
        for block in opened.blocks:
            numbers = range(block.first_row, block.first_row + len(block.columns[0]))
            found.extend(zip(numbers, *block.columns, strict=True))
    return found


def refusal(path: Path, kind: type[DrillappError] = InvalidInput, sheet: str | None = None) -> str:
    with pytest.raises(kind) as refused:
        cells(path, sheet)
    assert type(refused.value) is kind
    assert refused.value.hint
    return f"{refused.value.message} {refused.value.hint}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_delimited_file_in_any_usual_encoding_and_with_any_separator(
    tmp_path: Path, encoding: str, mark: str
) -> None:
    path = delimited(tmp_path / "名录.csv", [["名录"], *UNITS], encoding, mark)
    assert cells(path) == [(3, "1", "甲"), (4, "2", "乙")]


def test_the_content_counts_not_the_suffix(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", UNITS).rename(tmp_path / "a.csv")
    assert cells(path) == [(2, "1", "甲"), (3, "2", "乙")]


def test_rows_keep_the_spreadsheets_own_numbers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [[], ["单位名录"], [], [None, "编码", "名称"], [None, "1", "甲"], [], [None, "2", "乙"]],
    )
    assert cells(path) == [(5, "1", "甲"), (6, "", ""), (7, "2", "乙")]


def test_large_sheets_come_in_blocks_without_a_gap(tmp_path: Path) -> None:
    many = 2 * sheet_process.BLOCK_ROWS + 7
    path = delimited(tmp_path / "a.csv", [UNITS[0], *([str(i), f"单位{i}"] for i in range(many))])
    assert cells(path) == [(i + 2, str(i), f"单位{i}") for i in range(many)]


def test_a_cell_merged_downwards_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    import openpyxl

    path = workbook(tmp_path / "a.xlsx", [*UNITS, ["3", None], ["4", "丙"]])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("B3:B4")
    book.save(path)
    assert cells(path) == [(2, "1", "甲"), (3, "2", "乙"), (4, "3", "乙"), (5, "4", "丙")]


def test_the_sheet_with_the_ledger_is_found_among_others(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["填表说明"]], [], UNITS, names=["说明", "空", "单位"])
    assert len(cells(path)) == 2
    assert "填表说明" in refusal(path, sheet="说明")
    assert "空" in refusal(path, sheet="空")
    assert "说明, 空, 单位" in refusal(path, sheet="单位表")


def test_an_empty_sheet_and_an_empty_file(tmp_path: Path) -> None:
    assert "空的" in refusal(workbook(tmp_path / "a.xlsx", []))
    (tmp_path / "b.csv").touch()
    assert "空文件" in refusal(tmp_path / "b.csv")
    (tmp_path / "c.csv").write_text("\n\n")
    assert "空的" in refusal(tmp_path / "c.csv")


def test_a_missing_file(tmp_path: Path) -> None:
    assert "没有文件" in refusal(tmp_path / "nowhere.xlsx", NotFound)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\x00\xff\xfe\x80",
        b"\x89PNG\r\n\x1a\n\x00\x00\xff",
        b"\xff\xff\xff\xff",
        os.urandom(5000) + b"\x00\xff\xff",
    ],
)
def test_something_else_is_not_a_spreadsheet(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert "不是可以读取的表格文件" in refusal(tmp_path / "a.xlsx")


def test_other_archives_are_not_spreadsheets(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as other:
        other.writestr("word/document.xml", "<w/>")
    assert "不是可以读取的表格文件" in refusal(tmp_path / "a.docx")


def test_a_web_page_called_xls(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text("<html><table><tr><td>编码</td></tr></table></html>", encoding="utf-8")
    assert "网页" in refusal(tmp_path / "a.xls")


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_truncated_workbook(tmp_path: Path, part: float) -> None:
    path = workbook(tmp_path / "a.xlsx", [UNITS[0], *([str(i), f"单位{i}"] for i in range(500))])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    assert "不完整" in refusal(path, Damaged)


def test_a_workbook_with_a_damaged_middle(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [UNITS[0], *([str(i), f"单位{i}"] for i in range(5000))])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        start = file.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[start + 300 : start + 700] = bytes(400)
    path.write_bytes(content)
    assert "不完整" in refusal(path, Damaged)


def test_a_truncated_old_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))
    assert "不完整" in refusal(tmp_path / "a.xls", Damaged)


def test_a_quotation_that_never_ends(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('编码,名称\n1,"甲\n2,乙\n', encoding="utf-8")
    assert "引号" in refusal(tmp_path / "a.csv", Damaged)


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    # Office keeps an encrypted workbook as a stream of this name in an old-style compound file.
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    )
    assert "密码" in refusal(path)


def test_an_archive_with_a_password(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", UNITS)
    content = path.read_bytes()
    marked = bytearray(content)
    position = 0
    while (position := content.find(b"PK\x01\x02", position)) >= 0:
        marked[position + 8] |= 1
        position += 4
    path.write_bytes(marked)
    assert "密码" in refusal(path)


def test_a_gigabyte_when_unzipped(bomb: Path) -> None:
    assert bomb.stat().st_size < 8 * 1024 * 1024
    assert "过大" in refusal(bomb)


def test_a_small_file_that_claims_the_whole_sheet(tmp_path: Path) -> None:
    cell = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert "过大" in refusal(with_sheet(tmp_path / "claim.xlsx", [sheet_xml(cell, "A1:XFD1048576")]))


def test_a_small_file_with_a_cell_in_the_last_corner(tmp_path: Path) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "过大" in refusal(with_sheet(tmp_path / "far.xlsx", [sheet_xml(far)]))


def test_what_the_look_at_the_file_misses_the_memory_limit_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_SMALL_PART", 0)
    monkeypatch.setattr(
        archive, "_small_part", lambda file, part: archive.ElementTree.fromstring(file.read(part))
    )
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "过大" in refusal(with_sheet(tmp_path / "far.xlsx", [sheet_xml(far)]))


def test_formatted_but_empty_far_cells_do_no_harm(tmp_path: Path) -> None:
    cells_xml = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row>'
        '<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="inlineStr"><is><t>x</t></is></c><c r="XFD2" s="0"/></row>'
    )
    assert cells(with_sheet(tmp_path / "wide.xlsx", [sheet_xml(cells_xml)])) == [(2, 7.0, "x")]


def test_a_file_that_another_program_has_open(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", UNITS)
    mark = tmp_path / "~$a.xlsx"
    mark.touch()
    assert "~$a.xlsx" in refusal(path, Unavailable)
    assert "标记" in refusal(mark)
    mark.unlink()
    assert len(cells(path)) == 2


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "a.xlsx", UNITS)

    def sharing_violation(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "being used by another process")

    monkeypatch.setattr(Path, "open", sharing_violation)
    assert "其他程序" in refusal(path, Unavailable)


def test_formulas_without_results_and_errors_are_found(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [*UNITS, ["3", "=A1&A2"], ["4", "#N/A"]])
    with reading.opened(path, choose_units, SILENT) as opened:
        assert opened.flaws == {(4, 1): "=A1&A2", (5, 1): "#N/A"}


def test_formulas_with_results_count_as_their_results(tmp_path: Path) -> None:
    cells_xml = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row>'
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>IF(1,"","")</f><v></v></c></row>'
    )
    path = with_sheet(tmp_path / "a.xlsx", [sheet_xml(cells_xml)])
    with reading.opened(path, choose_units, SILENT) as opened:
        assert opened.flaws == {}
    assert cells(path) == [(2, 2.0, "")]


def test_a_formula_without_result_in_a_cell_that_does_not_say_where_it_stands_is_refused(
    tmp_path: Path,
) -> None:
    """It was read as an empty cell."""
    xml = (
        "<row><c t='inlineStr'><is><t>code</t></is></c><c t='inlineStr'><is><t>name</t></is></c></row>"
        "<row><c><v>2</v></c><c><f>1+1</f>%s</c></row>"
    )
    whole = with_sheet(tmp_path / "a.xlsx", [sheet_xml(xml % "<v>2</v>")])
    assert cells(whole) == [(2, 2.0, 2.0)]
    assert "无法准确读取" in refusal(with_sheet(tmp_path / "b.xlsx", [sheet_xml(xml % "")]))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_more_cells_without_values_than_can_be_kept_refuse_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Those beyond the limit were read as empty cells."""
    rows = [*UNITS, ["3", "=A1&A2"], ["4", "#N/A" if form == "xlsx" else "=A1"]]
    path = workbook(tmp_path / "a.xlsx", rows) if form == "xlsx" else delimited(tmp_path / "a.csv", rows)
    assert len(cells(path)) == 4
    monkeypatch.setattr("drillapp.core.ledgers.look.MAX_FLAWS", 1)
    assert "无法准确读取" in refusal(path)


def test_formulas_in_text_are_noted_and_protected_ones_taken_as_they_are(tmp_path: Path) -> None:
    rows = [
        ["编码", "名称"],
        ["1", "=1+1"],
        ["2", "'=甲"],
        ["3", "+86 10 66190600"],
        ["4", "-5"],
        ["5", "@SUM(A1)"],
        ["6", "=cmd|' /C'!A0"],
    ]
    path = delimited(tmp_path / "a.csv", rows)
    with reading.opened(path, choose_units, SILENT) as opened:
        names = [name for block in opened.blocks for name in block.columns[1]]
        assert sorted(opened.flaws) == [(2, 1), (6, 1), (7, 1)]
    assert names == ["", "=甲", "+86 10 66190600", "-5", "", ""]


@pytest.mark.parametrize("text", ["+86(10)6512-3456", "@张三(组长)", "-(3)", "-甲|乙", "+"])
def test_ordinary_texts_with_brackets_are_no_formulas(text: str) -> None:
    column, flaws = [text], archive.Flaws()
    unprotect(column, 0, 1, flaws)
    assert (column, flaws) == ([text], {})


@pytest.mark.parametrize("text", ["=1", "+SUM(A1)", "-sum(A1)", "@ LOG10(2)", "+cmd|' /C calc'!A0"])
def test_what_calls_a_function_or_a_program_is_a_formula(text: str) -> None:
    column, flaws = [text], archive.Flaws()
    unprotect(column, 0, 1, flaws)
    assert (column, flaws) == ([""], {(1, 0): text})


@pytest.mark.parametrize(
    ("mark", "lines"),
    [
        (",", ["名称,规格", "棉被,箱=24;捆=5;包=2", "毛毯,箱=24;捆=5;包=2", "帐篷,箱=24;捆=5;包=2"]),
        (",", ["物资,一览;表;甲", "名称,规格", "棉被,白", "毛毯,灰"]),
        (";", ["甲,乙", "名称;规格", "棉被;白", "毛毯;灰"]),
        (";", ["名称;价格", "棉被;1,5", "毛毯;2,5"]),
        ("\t", ["一览", "名称\t规格", '棉"被\t白', "毛毯\t灰,黑"]),
        (";", ['"甲"乙;规格', "棉被;白"]),
    ],
)
def test_what_separates_the_header_separates_the_cells(mark: str, lines: list[str]) -> None:
    assert find_delimiter("\n".join(lines)) == mark


def test_quotation_marks_inside_a_text_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('编码,名称\n1,"泵 2" + 6.5kW 发电机"\n', encoding="utf-8")
    assert cells(tmp_path / "a.csv")[0][1] == "1"


def test_reading_can_be_cancelled_and_leaves_no_process(tmp_path: Path) -> None:
    import multiprocessing

    class Stop:
        def step(self, done: int, total: int | None, text: str) -> None:
            raise Cancelled

    path = workbook(tmp_path / "a.xlsx", UNITS)
    with pytest.raises(Cancelled), reading.opened(path, choose_units, Stop()):
        pytest.fail("opened although it was cancelled")
    assert multiprocessing.active_children() == []


def test_an_utf16_mark_without_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(codecs.BOM_UTF16_LE + b"\x00\xd8x")
    assert "表格" in refusal(tmp_path / "a.csv")
