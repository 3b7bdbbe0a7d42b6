"""A sheet goes out as a spreadsheet or on paper and comes back: blind ones tell nothing, wrong rows are named."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from drillapp.core.clock import FixedClock
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import use_language
from drillapp.core.ledgers.stocktake_sheets import export_sheet, import_sheet
from drillapp.core.office import Office
from drillapp.core.reports.registry import write_report
from drillapp.core.supplies.codes import payload_of_lot
from drillapp.core.supplies.model import Item, Lot
from drillapp.core.supplies.scanning import resolve
from drillapp.core.supplies.stocktake.explaining import explain
from drillapp.core.supplies.stocktake.finding import line_meant
from drillapp.core.supplies.stocktake.posting import post_stocktake
from drillapp.core.supplies.stocktake.queries import stocktake_view
from drillapp.core.supplies.stocktake.reviewing import review, submit
from drillapp.core.supplies.stocktake.rows import Part
from tests.core.reports.paper import read
from tests.core.supplies.ledger import book, line
from tests.core.supplies.stocktake.furnished import (
    COUNTER,
    REVIEWER,
    at,
    count,
    drawn,
    finish,
    furnish_store,
    lines,
)

pytestmark = pytest.mark.sqlite_only("files and papers are the same on both")
NUMBER = "PD20261124-01"


@pytest.fixture(autouse=True)
def _furnished(office: Office, clock: FixedClock) -> None:
    at(clock, -60)
    furnish_store(office)
    at(clock, 0)


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def rewrite(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def filled(office: Office, key: int, path: Path, found: dict[int, dict[str, str]]) -> list[dict[str, str]]:
    """The exported sheet with what was written into its rows."""
    export_sheet(office, key, path)
    rows = cells(path)
    for place, values in found.items():
        rows[place - 1] |= values
    rewrite(path, rows)
    return rows


def test_a_sheet_that_was_filled_in_is_taken(office: Office, clock: FixedClock, tmp_path: Path) -> None:
    key, path = drawn(office), tmp_path / "sheet.csv"
    written = {1: {"Counted": "98", "Recounted": "99", "Remarks": "one behind the door"}, 2: {"Counted": "0"}}
    filled(office, key, path, written)
    at(clock, 30)
    result = import_sheet(office, key, path, COUNTER)
    assert (result.read, result.counted, result.errors) == (3, 2, ())
    found = lines(office, key)
    assert (found[1].first_counted, found[1].counted, found[1].note) == (98, 99, "one behind the door")
    assert (found[2].counted, found[2].state) == (0, "again")
    assert (found[3].counted, found[3].state) == (None, "open")  # an empty cell is not a zero


def test_the_same_sheet_twice_changes_nothing(office: Office, clock: FixedClock, tmp_path: Path) -> None:
    key, path = drawn(office), tmp_path / "sheet.xlsx"
    at(clock, 5)
    count(office, key, {1: 98, 2: 50})
    count(office, key, {1: 97})
    export_sheet(office, key, path)
    before = stocktake_view(office, key)
    at(clock, 30)
    assert import_sheet(office, key, path, "赵强").errors == ()
    assert stocktake_view(office, key) == before


def test_a_blind_sheet_does_not_tell_the_book(office: Office, tmp_path: Path) -> None:
    blind, told = drawn(office, blind=True), tmp_path / "told.xlsx"
    path = tmp_path / "blind.xlsx"
    export_sheet(office, blind, path)
    key = drawn(office, blind=False, storehouse="S2")
    export_sheet(office, key, told)
    values = [[cell for row in load_workbook(one).active.values for cell in row] for one in (path, told)]
    assert not {100, 50, 20} & set(values[0])
    assert 5 in values[1]


def test_every_wrong_row_is_named_and_nothing_is_taken(
    office: Office, clock: FixedClock, tmp_path: Path
) -> None:
    key, path = drawn(office), tmp_path / "sheet.csv"
    at(clock, 5)
    count(office, key, {1: 100})
    at(clock, 30)
    rows = filled(office, key, path, {1: {"Counted": "99"}, 2: {"Item code": "SHOVEL", "Counted": "1"},
                                      3: {"Counted": "-3"}})  # fmt: skip
    rows += [
        rows[2] | {"Line": "9", "Counted": "1"},
        rows[2] | {"Stocktake number": "PD1", "Counted": "1"},
        rows[2] | {"Line": "", "Item code": "BOAT", "Lot": "", "Counted": "1"},
    ]
    rewrite(path, rows)
    result = import_sheet(office, key, path, COUNTER)
    assert [(error.row, error.message) for error in result.errors] == [
        (2, "The first count was 100 and stays: a number found later goes into the column of recounts."),
        (3, "Line 2 is 帐篷 A: this row is of something else."),
        (4, "Line 3, 帐篷 B: Must be 0 or more."),
        (5, f"The sheet {NUMBER} has no line 9."),
        (6, f"This row is of the stocktake PD1, not of {NUMBER}."),
        (7, "There is no item with the code 'BOAT'."),
    ]
    assert [one.state for one in lines(office, key).values()] == ["counted", "open", "open"]


def test_what_is_no_number_is_refused_with_its_row(office: Office, tmp_path: Path) -> None:
    key, path = drawn(office), tmp_path / "sheet.csv"
    for wrong in ("12件", "1e9x", "=1+1", "0.12345"):
        filled(office, key, path, {2: {"Counted": wrong}, 3: {"Counted": "20"}})
        [error] = import_sheet(office, key, path, COUNTER).errors
        assert (error.row, error.column, error.value) == (3, "Counted", wrong)
    assert lines(office, key)[3].state == "open"


def test_what_was_found_beside_the_list_comes_with_the_sheet(
    office: Office, clock: FixedClock, tmp_path: Path
) -> None:
    key, path = drawn(office), tmp_path / "sheet.csv"
    rows = filled(office, key, path, {1: {"Counted": "100"}})
    new = dict.fromkeys(rows[0], "") | {
        "Item code": "TENT",
        "Lot": "C",
        "Expires on": "2027-12-31",
        "Counted": "4",
    }
    rewrite(path, [*rows, new])
    at(clock, 5)
    assert import_sheet(office, key, path, COUNTER, dry_run=True).errors == ()
    assert len(lines(office, key)) == 3
    assert import_sheet(office, key, path, COUNTER).errors == ()
    added = lines(office, key)[4]
    assert (added.name, added.counted, added.added) == ("帐篷 C", 4, True)
    [error] = import_sheet(office, key, path, COUNTER).errors
    assert error.message == "This lot is on the list already: line 4."


def test_a_code_on_the_sheet_leads_to_its_line(office: Office) -> None:
    key = drawn(office)
    view = stocktake_view(office, key)
    with office.read() as connection:
        statement = (
            select(Item.uid, Lot.code, Lot.expires_on).join(Lot, Lot.item_id == Item.id).order_by(Lot.id)
        )
        payloads = [payload_of_lot(*row) for row in connection.execute(statement)]
    assert [line_meant(office, view, payload) for payload in payloads] == [1, 2, 3]
    assert line_meant(office, view, "2") == 2
    assert line_meant(office, view, "SHOVEL") == 1
    assert line_meant(office, view, "TENT") == 2  # the first of its lots that is not counted
    count(office, key, {2: 50})
    assert line_meant(office, stocktake_view(office, key), "TENT") == 3
    with pytest.raises(InvalidInput, match="no line of a stocktake"):
        line_meant(office, view, "S1")
    with pytest.raises(NotFound):
        line_meant(office, view, "77")
    assert resolve(office, NUMBER).kind == "stocktakes"


# --- on paper


def test_the_printed_sheet_has_codes_and_a_blind_one_no_quantity(
    office: Office, clock: FixedClock, tmp_path: Path
) -> None:
    at(clock, 1)
    book(office, line("in", 777.5, "2026-11-20", "RK7"))
    at(clock, 2)
    key = drawn(office, blind=True)
    at(clock, 3)
    book(office, line("out", 333, "2026-11-24", "CK7"))
    use_language("zh_CN")
    blind, told = tmp_path / "blind.pdf", tmp_path / "told.pdf"
    assert write_report(office, "stocktake_sheet", blind, number=NUMBER) == []
    text = read(blind)
    assert all(
        word in text for word in ("S1库盘点表", NUMBER, "铁锹", "至2027-05-01", "初盘", "复盘", "盘点人")
    )
    assert not any(word in text for word in ("877", "544", "333", "账面", "CK7"))
    submitted = {1: 544.5, 2: 50, 3: 20}
    count(office, key, submitted)
    assert not any(word in read(blind) for word in ("877", "333"))
    finish(office, key)
    drawn(office, blind=False)
    assert write_report(office, "stocktake_sheet", told, number="PD20261124-02") == []
    assert "544.5" in read(told)
    assert "账面" in read(told)


def test_the_report_tells_lines_reasons_and_people(office: Office, clock: FixedClock, tmp_path: Path) -> None:
    key, target = drawn(office, blind=False, tolerance=5), tmp_path / "report.pdf"
    at(clock, 5)
    count(office, key, {1: 97, 2: 52})
    with pytest.raises(InvalidInput, match="still being counted"):
        write_report(office, "stocktake_report", target, number=NUMBER)
    at(clock, 6)
    book(office, line("out", 6, "2026-11-24", "CK6"))
    explain(office, key, {1: [Part("lost", -2, "门锁坏"), Part("natural", -1)], 2: [Part("not_booked", 2)]})
    submit(office, key, COUNTER, uncounted=True)
    review(office, key, REVIEWER, "已抽查", same_seat=True)
    post_stocktake(office, key)
    use_language("zh_CN")
    assert write_report(office, "stocktake_report", target, number=NUMBER) == []
    text = read(target)
    for part in (
        "S1库盘点盈亏报告", "应盘3行，已盘2行，未盘1行", "账实相符0行，盘盈1行，盘亏1行", "丢失-2门锁坏", "自然损耗-1", "漏记+2",
        "CK6出库-6，盘后", "3帐篷B", "王磊", "李敏", "已抽查", "同一登录账户", "盘点人：", "复核人：", "保管员：",
    ):  # fmt: skip
        assert part in text, part
