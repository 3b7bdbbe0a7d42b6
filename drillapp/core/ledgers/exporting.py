"""Records become a ledger file that people can work on and that import reads back without loss."""

from __future__ import annotations

import csv
import os
import tempfile
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec import UNSET

from drillapp.core import enumerations
from drillapp.core.errors import DrillappError, InvalidInput, NotFound, Unavailable
from drillapp.core.i18n import _
from drillapp.core.kinds import Kind, kind_of
from drillapp.core.ledgers.dates import show_moment
from drillapp.core.ledgers.delimited import protect
from drillapp.core.ledgers.layout import Field, Layout, layout
from drillapp.core.ledgers.words import word
from drillapp.core.listing import View, keys
from drillapp.core.listing import rows as fetch_rows
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.units.references import unit_id

_BLOCK_ROWS = 2000
_SHEET_ROWS = 1_048_575
_WIDTHS = {
    "date": 12,
    "expiry": 12,
    "production": 12,
    "moment": 20,
    "number": 10,
    "quantity": 10,
    "interval": 10,
    "integer": 10,
    "flag": 10,
    "choice": 14,
    "list": 20,
    "text": 22,
}

_DAYS = frozenset({"date", "expiry", "production"})

Rows = Iterator[list[Any]]


def export_ledger(
    office: Office,
    kind: str,
    path: Path,
    *,
    unit_code: str | None = None,
    progress: Progress = SILENT,
) -> int:
    """Write the records of a kind, of one unit and those under it if given, to .xlsx or .csv; returns how many.

    The file appears whole or not at all. Raises InvalidInput for another suffix, NotFound for an unknown kind or unit,
    Unavailable when the file cannot be written.
    """
    target = kind_of(kind)
    write = _writer(path)
    shape = layout(kind)
    ids = _ids(office, target, unit_code)
    if write is _write_workbook and len(ids) > _SHEET_ROWS:
        raise InvalidInput(
            _("{count} rows are more than an .xlsx sheet holds.").format(count=len(ids)),
            _("Export to .csv instead."),
        )
    rows = _rows(office, target, shape, ids, progress)
    with _replacing(path) as temporary:
        write(temporary, shape, rows)
    return len(ids)


def write_rows(path: Path, shape: Layout, rows: Rows) -> None:
    """Write rows, each with a value for every field, to .xlsx or .csv; raises what `export_ledger` raises."""
    write = _writer(path)
    with _replacing(path) as temporary:
        write(temporary, shape, rows)


def _writer(path: Path) -> Callable[[Path, Layout, Rows], None]:
    writers = {".xlsx": _write_workbook, ".csv": _write_delimited}
    if path.suffix.lower() not in writers:
        raise InvalidInput(
            _("A ledger cannot be written as '{suffix}'.").format(suffix=path.suffix),
            _("Choose a name that ends in .xlsx or .csv."),
        )
    return writers[path.suffix.lower()]


def _ids(office: Office, kind: Kind, unit_code: str | None) -> array[int]:
    with office.read() as connection:
        unit = unit_id(connection, unit_code) if unit_code else None
    # In the order of entry: goods without lot number are told apart on re-import as they were on entry.
    return keys(office, kind.listing, View(unit_id=unit, sort=(("id", False),), retired=True))


def _rows(office: Office, kind: Kind, shape: Layout, ids: array[int], progress: Progress) -> Rows:
    names = shape.names
    for start in range(0, len(ids), _BLOCK_ROWS):
        progress.step(start, len(ids), _("Writing the rows"))
        for row in fetch_rows(office, kind.listing, ids[start : start + _BLOCK_ROWS]):
            yield [getattr(row, name) for name in names]


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A temporary file that takes the place of `path` when all went well, and vanishes otherwise."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    except FileNotFoundError as error:
        raise NotFound(
            _("There is no folder '{folder}'.").format(folder=path.parent),
            _("Choose a folder that is there, or make it first."),
        ) from error
    except OSError as error:
        raise _not_writable(path) from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        raise _not_writable(path) from error
    finally:
        temporary.unlink(missing_ok=True)


def _not_writable(path: Path) -> DrillappError:
    return Unavailable(
        _("'{file}' cannot be written.").format(file=path),
        _("Close it in other programs, check the folder and the free space, or choose another name."),
    )


def _write_delimited(path: Path, shape: Layout, rows: Rows) -> None:
    fields = shape.field
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.label for field in fields])
        for row in rows:
            writer.writerow([_as_text(field, value) for field, value in zip(fields, row, strict=True)])


def _as_text(field: Field, value: Any) -> str:
    shown = _shown(field, value)
    if field.type in ("text", "choice", "list"):
        return protect(str(shown))
    return shown.isoformat() if isinstance(shown, date) else str(shown)


def _shown(field: Field, value: Any) -> str | int | float | date:
    """The value as a person reads it in a cell."""
    if value is None or value is UNSET:
        return ""
    if isinstance(value, datetime):
        return show_moment(value)
    if isinstance(value, bool):
        return enumerations.label("yes_no", "yes" if value else "no")
    if field.type == "choice":
        return enumerations.label(field.enumeration, value)
    if field.type == "list":
        # A list's row holds its codes as one text, joined with commas.
        return str(word("joint")).join(
            enumerations.label(field.enumeration, code) for code in value.split(",")
        )
    shown: str | int | float | date = value
    return shown


def _write_workbook(path: Path, shape: Layout, rows: Rows) -> None:
    from xlsxwriter import Workbook

    with closing(Workbook(str(path), {"constant_memory": True})) as book:
        sheet = book.add_worksheet(shape.title[:31])
        sheet.freeze_panes(1, 0)
        formats = _column_formats(book)
        for position, field in enumerate(shape.field):
            # As text, so that a code typed below by hand keeps its zeros and its last digits.
            sheet.set_column(position, position, _WIDTHS[field.type], formats[field.type])
        heading = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        for position, field in enumerate(shape.field):
            sheet.write_string(0, position, field.label, heading)
        for number, row in enumerate(rows, 1):
            _write_row(sheet, number, shape.field, row, formats)


def _column_formats(book: Any) -> dict[str, Any]:
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    general = book.add_format()
    return {
        kind: text if kind in ("text", "moment") else day if kind in _DAYS else general for kind in _WIDTHS
    }


def _write_row(
    sheet: Any, number: int, fields: Sequence[Field], row: Sequence[Any], formats: Mapping[str, Any]
) -> None:
    for position, (field, value) in enumerate(zip(fields, row, strict=True)):
        shown = _shown(field, value)
        if isinstance(shown, date):
            sheet.write_datetime(number, position, shown, formats["date"])
        elif isinstance(shown, str):
            # Never `write`, which would make a formula or a link of some texts.
            if shown:
                sheet.write_string(number, position, shown, formats[field.type])
        else:
            sheet.write_number(number, position, shown)
