"""A stocktake's sheet as a spreadsheet: written, filled in, and taken back row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from drillapp.core.changes import Changes
from drillapp.core.errors import InvalidInput
from drillapp.core.ledgers.exporting import write_rows
from drillapp.core.ledgers.layout import layout
from drillapp.core.ledgers.reading import digest
from drillapp.core.ledgers.rows import LedgerError, Rows
from drillapp.core.ledgers.sheet_rows import read_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.supplies.stocktake.entering import SheetRow, enter_sheet
from drillapp.core.supplies.stocktake.queries import stocktake_view
from drillapp.core.supplies.stocktake.rows import LineRow
from drillapp.core.work import Origin


class SheetImport(msgspec.Struct, frozen=True):
    """What came of a sheet, or would come of it in a dry run."""

    read: int
    counted: int
    """Rows in which something was filled in."""
    errors: tuple[LedgerError, ...] = ()
    """What is wrong; then nothing was written."""
    ignored: tuple[str, ...] = ()
    changes: Changes = Changes()


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row as the sheet has it."""

    number: str | UnsetType = UNSET
    position: int | UnsetType = UNSET
    shelf: str | UnsetType = UNSET
    item_code: str | UnsetType = UNSET
    item_name: str | UnsetType = UNSET
    spec: str | UnsetType = UNSET
    lot: str | UnsetType = UNSET
    expires_on: date | UnsetType = UNSET
    unit_of_measure: str | UnsetType = UNSET
    book: float | UnsetType = UNSET
    counted: float | UnsetType = UNSET
    recounted: float | UnsetType = UNSET
    counted_at: datetime | UnsetType = UNSET
    note: str | UnsetType = UNSET


def export_sheet(office: Office, stocktake_id: int, path: Path) -> int:
    """Write the sheet to .xlsx or .csv; of a blind stocktake without the book quantity. Returns how many lines."""
    view = stocktake_view(office, stocktake_id)
    told = not view.header.blind or view.header.state != "counting"
    write_rows(path, layout("stocktake"), _cells(view.header.number, view.lines, told))
    return len(view.lines)


def import_sheet(
    office: Office,
    stocktake_id: int,
    path: Path,
    by: str,
    *,
    sheet: str | None = None,
    at: datetime | None = None,
    dry_run: bool = False,
    progress: Progress = SILENT,
) -> SheetImport:
    """Take a sheet that was filled in by `by`; one wrong row stops all. `at` is the moment of rows without one.

    A line without a number in it stays not counted. Raises what reading a ledger raises, NotFound, InvalidInput.
    """
    rows = read_rows("stocktake", _Row, path, progress, sheet=sheet)
    entries = [_entry(row) for row in rows.entries]
    counted = sum(row.counted is not None or row.recounted is not None for row in entries)
    changes = Changes()
    if not rows.errors:
        try:
            changes = enter_sheet(
                office, stocktake_id, entries, by, at=at, origin=Origin(path.name, digest(path)), dry_run=dry_run
            )  # fmt: skip
        except InvalidInput as error:
            if not error.problems:
                raise
            _note(rows, error)
    errors = tuple(sorted(rows.errors, key=lambda error: error.row))
    return SheetImport(rows.read, counted, errors, rows.ignored, changes)


def _cells(number: str, lines: Sequence[LineRow], told: bool) -> Iterator[list[Any]]:
    for line in lines:
        again = line.first_counted is not None
        values = {
            "number": number,
            "item_code": line.item,
            "book": line.book if told else None,
            "counted": line.first_counted if again else line.counted,
            "recounted": line.counted if again else None,
        }
        yield [values[name] if name in values else getattr(line, name) for name in layout("stocktake").names]


def _entry(row: _Row) -> SheetRow:
    said: dict[str, Any] = {
        name: value if (value := getattr(row, name)) is not UNSET and value != "" else None
        for name in row.__struct_fields__
    }
    return SheetRow(
        position=said["position"], number=said["number"], item_code=said["item_code"], lot=said["lot"],
        expires_on=said["expires_on"], shelf=said["shelf"], counted=said["counted"], recounted=said["recounted"],
        at=said["counted_at"], note=said["note"],
    )  # fmt: skip


def _note(rows: Rows, error: InvalidInput) -> None:
    """Problems by the row in which they stand."""
    for problem in error.problems:
        rows.error(rows.numbers[problem.index], problem.field, problem.value, problem.message)
