"""An empty ledger helps whoever fills it in, and comes back through import."""

# ruff: noqa: DTZ001 - openpyxl takes moments without a zone

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from drillapp.core.clock import FixedClock
from drillapp.core.errors import InvalidInput, NotFound, Unavailable
from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.templates import write_template, write_templates
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, StorehouseEntry
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry


@pytest.fixture
def stocked(office_file: Path, clock: FixedClock) -> Iterator[Office]:
    with Office.open(office_file, clock=clock) as office:
        save_units(office, [
            UnitEntry(code="01", name="东街", parent_code="110102"),
            UnitEntry(code="02", name="西街", parent_code="110102"),
            UnitEntry(code="0201", name="同名社区", parent_code="02"),
            UnitEntry(code="0101", name="同名社区", parent_code="01"),
        ])  # fmt: skip
        save_storehouses(office, [StorehouseEntry(code="K1", name="一号库", unit_code="01")])
        save_items(office, [ItemEntry(code="W1", name="编织袋", unit_of_measure="条")])
        yield office


def offered(book: Any, letter: str) -> list[str]:
    """What the drop-down list of a column offers."""
    [rule] = [
        one for one in book.worksheets[0].data_validations.dataValidation if f"{letter}2" in str(one.sqref)
    ]
    assert rule.type == "list"
    name, cells = rule.formula1.split("!")
    left, top, right, bottom = range_boundaries(cells)
    rows = book[name.strip("'")].iter_rows(top, bottom, left, right, values_only=True)
    return [row[0] for row in rows]


def test_a_form_has_header_lists_checks_and_comments(stocked: Office, tmp_path: Path) -> None:
    write_template(stocked, "movements", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.worksheets[0]
    assert sheet.max_row == 1
    assert (sheet.title, sheet.freeze_panes) == ("出入库流水", "A2")
    fields = layout("movements").field
    assert [cell.value.rstrip("*") for cell in sheet[1]] == [field.headers[0] for field in fields]
    assert [cell.value.endswith("*") for cell in sheet[1]] == [field.required for field in fields]
    assert all(cell.comment is not None and cell.comment.text for cell in sheet[1])
    assert offered(book, "B")[:2] == ["入库", "出库"]
    assert offered(book, "C") == ["一号库"]
    assert offered(book, "D") == ["编织袋"]
    rules = {str(one.sqref)[:2]: one for one in sheet.data_validations.dataValidation}
    assert (rules["B2"].showErrorMessage, rules["C2"].showErrorMessage) == (True, False)
    assert rules["G2"].type == "date"
    assert "入库" in rules["B2"].prompt


def test_each_column_is_explained_on_a_sheet_of_its_own(stocked: Office, tmp_path: Path) -> None:
    write_template(stocked, "units", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("单位", "visible"), ("填写说明", "visible"), ("选项", "hidden"),
    ]  # fmt: skip
    said = {row[0]: row[1:] for row in book.worksheets[1].iter_rows(min_row=5, values_only=True)}
    assert list(said) == [field.headers[0] for field in layout("units").field]
    assert said["单位编码"][0] == "必填"
    assert "危险化学品" in said["行业领域"][1]


def test_names_are_offered_where_only_one_has_them(stocked: Office, tmp_path: Path) -> None:
    write_template(stocked, "people", tmp_path / "a.xlsx")
    found = offered(openpyxl.load_workbook(tmp_path / "a.xlsx"), "A")
    assert sorted(found) == sorted(["东街", "西街", "0101", "0201", "Test district"])
    write_template(stocked, "people", tmp_path / "b.xlsx", unit_code="02")
    assert set(offered(openpyxl.load_workbook(tmp_path / "b.xlsx"), "A")) == {"西街", "0201"}


def test_what_comes_back_is_read(stocked: Office, tmp_path: Path) -> None:
    write_template(stocked, "movements", tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.worksheets[0]
    for place, value in enumerate(
        ["RK-1", "入库", "一号库", "编织袋", None, "20条", datetime(2026, 5, 6)], 1
    ):
        sheet.cell(2, place, value)
    book.save(tmp_path / "b.xlsx")
    result = import_ledger(stocked, "movements", tmp_path / "b.xlsx")
    assert (result.errors, result.created) == ((), 1)
    [row] = first_rows(stocked, KINDS["movements"].listing, View(), 5)
    assert (row.document, row.kind, row.storehouse, row.item_code, row.quantity, row.occurred_on) == (
        "RK-1", "in", "K1", "W1", 20, date(2026, 5, 6),
    )  # fmt: skip


def test_every_kind_has_a_form_that_can_be_opened(stocked: Office, tmp_path: Path) -> None:
    written = write_templates(stocked, tmp_path / "forms")
    assert [path.name[:2] for path in written] == [f"{number:02d}" for number in range(1, len(KINDS) + 1)]
    for kind, path in zip(KINDS, written, strict=True):
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert sheet.max_column == len(layout(kind).field)


def test_what_cannot_be_a_form_is_refused(stocked: Office, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="csv"):
        write_template(stocked, "units", tmp_path / "a.csv")
    with pytest.raises(NotFound):
        write_template(stocked, "nope", tmp_path / "a.xlsx")
    with pytest.raises(NotFound):
        write_template(stocked, "units", tmp_path / "a.xlsx", unit_code="nope")
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.sqlite_only("only files are written")
def test_a_folder_that_cannot_be_made_is_told(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="file"):
        write_templates(office, tmp_path / "file")
