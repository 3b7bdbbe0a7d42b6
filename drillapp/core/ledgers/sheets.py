"""Tables into spreadsheet files: typed cells, a header that stays in sight, and no text that becomes a formula."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from drillapp.core.errors import DrillappError, InvalidInput, NotFound, Unavailable
from drillapp.core.i18n import _
from drillapp.core.ledgers.delimited import protect

SHEET_ROWS = 1_048_575
"""Rows of a sheet below its head."""
CELL_TEXT = 32_767
"""Longest text of a cell, in units of UTF-16."""
_FIRST_DAY = date(1899, 12, 30).toordinal()
_FORBIDDEN = str.maketrans("[]:*?/\\", "()：＊？／＼")
_RICH = "<r>"

Cell: TypeAlias = str | float | date | datetime | None
Rows: TypeAlias = Iterable[Sequence[Cell]]
"""Rows with a value for each column: numbers, days and moments (in the clock that is to be shown) are written as such."""
CellKind = Literal["text", "day", "moment", "number"]


class Head(NamedTuple):
    """A column of a table to be written."""

    words: str
    width: float
    """In characters, as spreadsheets have it."""
    cell: CellKind = "text"


class Note(NamedTuple):
    """Lines beside the table, on a sheet of their own."""

    title: str
    lines: Sequence[tuple[str, str]]
    """What it is and what it says."""


def write_workbook(
    path: Path,
    title: str,
    heads: Sequence[Head],
    rows: Rows,
    *,
    filtered: bool = False,
    note: Note | None = None,
) -> None:
    """Write a table as an .xlsx workbook; raises InvalidInput for what no sheet holds."""
    from xlsxwriter import Workbook

    with closing(Workbook(str(path), {"constant_memory": True})) as book:
        sheet = _begin(book, title, heads)
        last = _fill(book, sheet, heads, rows)
        if filtered:
            sheet.autofilter(0, 0, last, len(heads) - 1)
            _lay_for_print(sheet, title)
        if note is not None:
            _add_note(book, note)


def write_delimited(path: Path, heads: Sequence[Head], rows: Rows) -> None:
    """Write a table as a .csv file that Excel opens right, and as text alone."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([protect(head.words) for head in heads])
        writer.writerows(map(_texts, rows))


def sheet_title(title: str) -> str:
    """A title as spreadsheets take it for a sheet: at most 31 characters, without marks of theirs."""
    return title.translate(_FORBIDDEN)[:31].strip("'") or "1"


def refuse_too_many(count: int) -> None:
    """Raise InvalidInput for more rows than a sheet holds."""
    if count > SHEET_ROWS:
        raise InvalidInput(
            _("{count} rows are more than an .xlsx sheet holds.").format(count=count),
            _("Export to .csv instead."),
        )


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file that takes the place of `path` when all went well, and vanishes otherwise.

    Raises NotFound for a folder that is not there, Unavailable when the file cannot be written.
    """
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


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it, where it is not there; raises Unavailable when that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise folder_not_writable(folder) from error


def folder_not_writable(folder: Path) -> DrillappError:
    """What is said of a folder in which files cannot be written."""
    return Unavailable(
        _("The folder '{folder}' cannot be written.").format(folder=folder),
        _("Check the folder and the free space, or choose another one."),
    )


def _not_writable(path: Path) -> DrillappError:
    return Unavailable(
        _("'{file}' cannot be written.").format(file=path),
        _("Close it in other programs, check the folder and the free space, or choose another name."),
    )


def _begin(book: Any, title: str, heads: Sequence[Head]) -> Any:
    sheet = book.add_worksheet(sheet_title(title))
    sheet.freeze_panes(1, 0)
    formats = _formats(book)
    heading = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "vcenter"})
    for place, head in enumerate(heads):
        # As text, so that a code typed below by hand keeps its zeros and its last digits.
        sheet.set_column(place, place, head.width, formats[head.cell])
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head.words, heading)
    return sheet


def _formats(book: Any) -> dict[str, Any]:
    return {
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "number": None,
    }


def _fill(book: Any, sheet: Any, heads: Sequence[Head], rows: Rows) -> int:
    """Write the rows below the head; returns the number of the last one."""
    # Without the wrappers, which look into each call for a cell's name such as 'A1'.
    put_text, put_number = sheet.write_string.__wrapped__, sheet.write_number.__wrapped__
    number = 0
    day, moment = (book.add_format({"num_format": shown}) for shown in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                # Never `write`, which would make a formula or a link of some texts.
                put_text(sheet, number, place, _sound(value))
            elif isinstance(value, datetime):
                put_number(sheet, number, place, _serial(value), moment)
            elif isinstance(value, date):
                put_number(sheet, number, place, value.toordinal() - _FIRST_DAY, day)
            else:
                put_number(sheet, number, place, value)
    return number


def _sound(text: str) -> str:
    if len(text) > CELL_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > CELL_TEXT:
        raise InvalidInput(
            _("The text that begins with '{text}' is longer than a cell of .xlsx holds.").format(
                text=text[:20]
            ),
            _("Export to .csv instead."),
        )
    # XlsxWriter takes a text within these marks for the inside of a cell as it stands in the file.
    return f" {text}" if text.startswith(_RICH) else text


def _serial(moment: datetime) -> float:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return moment.toordinal() - _FIRST_DAY + seconds / 86_400


def _lay_for_print(sheet: Any, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&C" + title.replace("&", "&&")[:200])
    sheet.set_footer("&C&P / &N")


def _add_note(book: Any, note: Note) -> None:
    sheet = book.add_worksheet(sheet_title(note.title))
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 80)
    wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    for number, (what, said) in enumerate(note.lines):
        sheet.write_string(number, 0, what, bold)
        sheet.write_string(number, 1, _sound(said), wrapped)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [_as_text(value) for value in row]


def _as_text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return protect(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
