"""Files made to do harm, and files that came to harm: a sentence each, in bounded time and memory, and no bug."""

from __future__ import annotations

import zipfile
from multiprocessing.connection import Connection
from pathlib import Path
from time import sleep

import pytest

from drillapp.core.confined import child, packed
from drillapp.core.confined.limits import Limits, confine
from drillapp.core.database.base import Base
from drillapp.core.errors import Damaged, DrillappError, InvalidInput, Unavailable
from drillapp.core.ledgers import archive, delimited, reading
from drillapp.core.ledgers.archive import inspect, look
from drillapp.core.ledgers.beginning import _last_text, beginning
from drillapp.core.ledgers.encodings import encoding_of
from drillapp.core.ledgers.heads import glances
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.office import Office
from drillapp.core.progress import SILENT

from .documents import cell, open_document, row, table
from .hostile import DEFINITIONS, MAKERS, flipped, outcome, rewritten
from .old_books import OldSheet, old_workbook
from .workbooks import delimited as delimited_file
from .workbooks import sheet_xml, with_sheet, workbook

HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><v>1</v></c></row>'


def refusal(path: Path) -> str:
    with pytest.raises(DrillappError) as refused:
        glances(path, SILENT)
    return refused.value.message


@pytest.mark.parametrize("definition", DEFINITIONS)
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_definitions_in_the_xml_are_neither_unfolded_nor_fetched(
    tmp_path: Path, part: str, definition: str
) -> None:
    def define(name: str, content: bytes) -> bytes:
        return (
            DEFINITIONS[definition].encode() + content.replace(b">a<", b">&a;<") if name == part else content
        )

    texts = DEFINITIONS[definition].encode() + b"<sst><si><t>&a;</t></si></sst>"
    more = {part: texts} if "shared" in part else {}
    assert "定义" in refusal(rewritten(workbook(tmp_path / "a.xlsx", [["a"]]), define, **more))


@pytest.mark.parametrize("definition", DEFINITIONS.values())
@pytest.mark.parametrize("before", ["", f"<!--{'x' * 70_000}-->"])
def test_definitions_in_an_open_document(tmp_path: Path, definition: str, before: str) -> None:
    path = open_document(tmp_path / "a.ods", table("t", row(cell("a"))), prologue=before + definition)
    assert ("不完整" if before else "定义") in refusal(path)


def test_paths_macros_and_strange_parts_are_left_where_they_are(tmp_path: Path) -> None:
    strange = {"../../evil.txt": b"x", "/etc/evil": b"x", "xl/vbaProject.bin": b"macro", "C:\\evil": b"x"}
    path = rewritten(workbook(tmp_path / "a.xlsx", [["a"]]), lambda _name, content: content, **strange)
    assert glances(path, SILENT)[0].rows == [["a"]]
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a.xlsx"]


def test_a_list_of_parts_too_long_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "_MAX_DIRECTORY", 500)
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _self: pytest.fail("the list was read"))
    assert "过大" in refusal(workbook(tmp_path / "a.xlsx", [["a"]]))


@pytest.mark.parametrize(
    "cells",
    [
        HEAD + '<row r="2">' + "<c " * 200_000,
        HEAD + '<row r="2">' + '<c t="e" r="A1"><f>' * 100_000,
        HEAD + '<row r="2">' + '<c r="A1" ' * 200_000,
        '<row r="1"><c r="A1">' + "<is>" * 200_000,
    ],
)
def test_cells_that_never_end(tmp_path: Path, cells: str) -> None:
    path = with_sheet(tmp_path / "a.xlsx", [sheet_xml(cells)])
    assert outcome(path) in ("Damaged", "read")


def test_every_column_hidden_many_times_over(tmp_path: Path) -> None:
    columns = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 20_000 + b"</cols><sheetData>"
    path = with_sheet(tmp_path / "a.xlsx", [sheet_xml(HEAD).replace(b"<sheetData>", columns)])
    assert len(glances(path, SILENT)[0].hidden_columns) == 16_384


def test_many_rows_without_cells(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{i}" hidden="1" ht="0" customHeight="1" spans="1:2"/>' for i in range(2, 400_000)
    )
    path = with_sheet(tmp_path / "a.xlsx", [sheet_xml(HEAD + rows)])
    assert len(look(inspect(path), "表1", SILENT).hidden_rows) >= 100_000


@pytest.mark.parametrize("times", ["16384", "99999999999"])
def test_a_cell_that_is_repeated_over_the_whole_sheet(tmp_path: Path, times: str) -> None:
    wide = cell("x", f'table:number-columns-repeated="{times}"')
    path = open_document(
        tmp_path / "a.ods", table("t", row(wide, attributes=f'table:number-rows-repeated="{times}"'))
    )
    assert "a.ods" in refusal(path)


def test_an_old_workbook_with_a_cell_in_the_last_corner(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [["a"], *([] for _ in range(65_534)), [*[None] * 255, "x"]]
    assert "过大" in refusal(old_workbook(tmp_path / "a.xls", OldSheet("表", rows)))  # type: ignore[arg-type]


def test_a_text_in_one_line_or_of_more_rows_than_any_spreadsheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "x" * 5_000_000)
    assert "过大" in refusal(path)
    path.write_text("a" + "," * 20_000)
    assert "过大" in refusal(path)
    path.write_text("a,b\n" * 30)
    monkeypatch.setattr(delimited, "_MOST_ROWS", 29)
    assert "过大" in refusal(path)


def test_texts_whose_first_rows_would_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "_LONGEST_ROW", 1000)
    monkeypatch.setattr(delimited, "_LONGEST_BEGINNING", 2000)
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + 'x,"{0}\n{0}"\n'.format("y" * 400) * 3)
    assert "过大" in refusal(path)
    path.write_text("a,b\n" + 'x,"{0}\n{0}\n{0}"\n'.format("y" * 400))
    with pytest.raises(Damaged):
        glances(path, SILENT)


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_zipped_file_truncated_at_each_kilobyte(tmp_path: Path, form: str) -> None:
    path = MAKERS[form](tmp_path)
    content = path.read_bytes()
    for size in range(1024, len(content), 1024):
        path.write_bytes(content[:size])
        assert "不完整" in refusal(path)


def test_an_old_workbook_truncated_in_its_middle(tmp_path: Path) -> None:
    path = MAKERS["xls"](tmp_path)
    content = path.read_bytes()
    for size in (1024, len(content) // 2, len(content) - 1024):
        path.write_bytes(content[:size])
        assert outcome(path) == "Damaged"


@pytest.mark.parametrize("form", ["csv", "gb18030", "utf-16"])
def test_a_text_truncated_anywhere_is_read_in_its_own_encoding_or_refused(tmp_path: Path, form: str) -> None:
    path = MAKERS[form](tmp_path)
    content = path.read_bytes()
    whole = list(delimited.records(path, encoding_of(path)))
    for size in range(len(content) - 60, len(content)):
        path.write_bytes(content[:size])
        try:
            rows = list(delimited.records(path, encoding_of(path)))
        except Damaged:
            continue
        assert rows[:-1] == whole[: len(rows) - 1]
        assert "".join(whole[len(rows) - 1]).startswith("".join(rows[-1]))


@pytest.mark.parametrize("form", ["xlsx", "ods", "csv", "gb18030", "utf-16"])
def test_flipped_bytes_are_told_or_read_but_never_a_bug(tmp_path: Path, form: str) -> None:
    """What this process does with them; the process that reads workbooks may die of them anyway."""
    path = MAKERS[form](tmp_path)
    content = path.read_bytes()
    for seed in range(60):
        path.write_bytes(flipped(content, seed))
        try:
            if form in ("xlsx", "ods"):
                parts = inspect(path)
                beginning(parts)
                look(parts, next(iter(parts.sheets), ""), SILENT)
            else:
                list(delimited.records(path, encoding_of(path)))
        except (InvalidInput, Damaged):
            continue


@pytest.mark.parametrize("form", ["xls", "xlsx", "ods"])
def test_flipped_bytes_in_the_process_that_reads(tmp_path: Path, form: str) -> None:
    path = MAKERS[form](tmp_path)
    content = path.read_bytes()
    if form != "xls":
        # Stored without their check sums being of help: what is flipped is the XML itself.
        path = rewritten(
            path, lambda name, part: flipped(part, 1) if "sheet1" in name or name == "content.xml" else part
        )
        assert outcome(path) in ("Damaged", "InvalidInput", "read")
        return
    for seed in range(4):
        path.write_bytes(flipped(content, seed))
        assert outcome(path) in ("Damaged", "InvalidInput", "read")


def test_the_office_is_as_before_whatever_was_refused(other_office: Office, tmp_path: Path) -> None:
    before = _all_of(other_office)
    zipped = workbook(tmp_path / "a.xlsx", [["单位编码", "单位名称"], ["1", "甲"]])
    content = zipped.read_bytes()
    for number, harmed in enumerate([content[:3000], flipped(content, 5), DEFINITIONS["bomb"].encode()]):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(harmed)
        with pytest.raises(DrillappError):
            import_ledger(other_office, "units", path)
    formula = delimited_file(tmp_path / "a.csv", [["单位编码", "单位名称"], ["1", "=cmd|' /C calc'!A0"]])
    assert [error.row for error in import_ledger(other_office, "units", formula).errors] == [2]
    assert _all_of(other_office) == before


def _all_of(office: Office) -> dict[str, list[object]]:
    with office.read() as connection:
        return {name: list(connection.execute(one.select())) for name, one in Base.metadata.tables.items()}


def spin(_connection: Connection, limits: Limits) -> None:
    """A reading process that never comes to an end."""
    confine(limits)
    while True:
        pass


def test_a_process_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    limits = Limits(seconds=1)
    reading_process = child.reading(spin, (), tmp_path / "a.xlsx", 0, SILENT, {}, limits)
    with reading_process as reader, pytest.raises(Unavailable, match="用时过长"):
        reader.receive()


def wait(_connection: Connection, _limits: Limits) -> None:
    """A reading process that says nothing and uses no time of the processor."""
    sleep(60)


def test_a_process_that_says_nothing_for_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "SECONDS_LIMIT", 0.0)
    with (
        child.reading(wait, (), tmp_path / "a.xlsx", 0, SILENT, {}) as reader,
        pytest.raises(Unavailable, match="用时过长"),
    ):
        reader.receive()


def test_what_is_refused_leaves_no_process_behind(tmp_path: Path) -> None:
    import multiprocessing

    path = old_workbook(tmp_path / "a.xls", OldSheet("表", [["a"]]))
    path.write_bytes(path.read_bytes()[:700])
    assert outcome(path) == "Damaged"
    assert multiprocessing.active_children() == []
    assert reading.digest(path)


@pytest.mark.parametrize(
    "cells",
    [
        "<c " + ' r="A1"' * 300_000 + "<f/>",
        "<c " + ' t="s"' * 300_000 + "<f/>",
        "<c " + ' t="e" r="A1"' * 200_000 + "<f/>",
        "<c " + ' r="AAA1"' * 300_000 + "/ ",
        '<c r="A1"><f/>' + " " * 2_000_000 + "<",
    ],
)
def test_an_attribute_many_times_over_takes_no_longer_than_many_attributes(cells: str) -> None:
    """Each of these took minutes when a pattern tried every one of them up to the end."""
    flaws: list[tuple[int, int, str]] = []
    archive._note_flaws(Path("a.xlsx"), cells.encode(), flaws)
    assert archive._FAR_CELL.search(cells.encode()) is None
    assert flaws == []
    assert _last_text(cells.encode()) == -1
