"""100,000 drills from a spreadsheet, against reading its cells and writing them to a plain table."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.district import PLACE, District, remove
from benchmarks.figure import Figure, milliseconds
from drillapp.core.database import keys
from drillapp.core.database.engine import file_engine
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.queries import DRILLS
from drillapp.core.ledgers.draft import Draft
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.listing import View, first_rows

_DRILLS = 100_000
_ROUNDS = 5
_RENAMED = {"number": "NEW-{}", "title": "{} II"}
"""What makes other drills of those that the district has."""


def figures(district: District) -> Iterator[Figure]:
    """The import of 100,000 drills at size 1 into the district that has 120,000 already, at once and by the assistant."""
    ledger = PLACE / f"new-drills-{district.size:g}.xlsx"
    _write_ledger(district, ledger, round(_DRILLS * district.size))
    rounds = [
        (_ours(district, ledger, _import), _ours(district, ledger, _assisted), _floor(ledger))
        for _ in range(_ROUNDS)
    ]
    at_once, assisted, floor = map(statistics.median, zip(*rounds, strict=True))
    yield Figure(f"import of {_DRILLS:,} drills from xlsx", at_once, floor, 2.5)
    yield Figure(f"guess, check and write of {_DRILLS:,} drills from xlsx", assisted, floor, 2.0)


def _ours(district: District, ledger: Path, bring_in: Callable[[Any, Path], None]) -> float:
    copy = district.copy(f"import-{district.size:g}.office")
    with copy.open("write") as office:
        taken = milliseconds(lambda: bring_in(office, ledger))
    remove(copy.path)
    return taken


def _assisted(office: Any, ledger: Path) -> None:
    draft = Draft.open(office, ledger)
    counts = draft.check(office).counts()
    result = draft.write(office)
    if result.errors or counts["new"] != result.created or result.kind != "drills":
        raise RuntimeError(f"the import was refused: {counts} {result.errors[:3]}")


def _import(office: Any, ledger: Path) -> None:
    result = import_ledger(office, "drills", ledger)
    if result.errors or not result.created:
        raise RuntimeError(f"the import was refused: {result.errors[:3]}")


def _floor(ledger: Path) -> float:
    path = ledger.with_suffix(".floor")
    remove(path)
    engine = file_engine(path, keys.new_key())
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        columns = ", ".join(DrillEntry.__struct_fields__)
        driver.execute(f"CREATE TABLE drills ({columns})")
        taken = milliseconds(lambda: _parse_and_write(ledger, driver))
    engine.dispose()
    remove(path)
    return taken


def _parse_and_write(ledger: Path, driver: Any) -> None:
    from python_calamine import load_workbook

    with load_workbook(str(ledger)) as workbook:
        rows = workbook.get_sheet_by_index(0).to_python()[1:]
    texts = [[cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in rows]
    driver.execute("BEGIN")
    driver.executemany(f"INSERT INTO drills VALUES ({', '.join('?' * len(texts[0]))})", texts)
    driver.execute("COMMIT")


def _write_ledger(district: District, path: Path, count: int) -> None:
    """The district's drills under numbers of their own, as a person's spreadsheet has them."""
    import xlsxwriter

    if path.exists() and path.stat().st_mtime > district.path.stat().st_mtime:
        return
    with district.open() as office:
        drills = first_rows(office, DRILLS, View(), count)
    fields = DrillEntry.__struct_fields__
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        formats = [workbook.add_format({"num_format": shown}) for shown in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm")]
        sheet = workbook.add_worksheet("drills")
        sheet.write_row(0, 0, fields)
        for row, drill in enumerate(drills, 1):
            for column, name in enumerate(fields):
                value = getattr(drill, name)
                if name in _RENAMED:
                    value = _RENAMED[name].format(value)
                _write_cell(sheet, row, column, value, formats)


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: list[Any]) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value.astimezone(UTC).replace(tzinfo=None), formats[1])
    elif isinstance(value, date):
        sheet.write_datetime(
            row,
            column,
            datetime(value.year, value.month, value.day, tzinfo=UTC).replace(tzinfo=None),
            formats[0],
        )
    elif isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no")
    else:
        sheet.write(row, column, value)
