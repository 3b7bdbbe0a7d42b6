"""Any list as it is shown, with its filter, columns and order, as a workbook or a text file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from drillapp.core import shown
from drillapp.core.i18n import _
from drillapp.core.ledgers.sheets import (
    Cell,
    CellKind,
    Head,
    Note,
    refuse_too_many,
    replacing,
    write_delimited,
    write_workbook,
)
from drillapp.core.list_shown import ListShown, narrowing, ordering
from drillapp.core.listing import Column
from drillapp.core.localtime import local_moment
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.uncollected import uncollected

_BLOCK = 1000
_PIXELS = 7
"""Of a character, as spreadsheets measure their columns."""
_NARROWEST, _WIDEST = 8.0, 60.0
_CELLS: dict[str, CellKind] = {"date": "day", "moment": "moment", "number": "number"}


def write_list_file(office: Office, path: Path, wanted: ListShown, progress: Progress = SILENT) -> int:
    """Write a list as .xlsx, or for any other name as .csv; returns how many rows it has.

    Raises InvalidInput for more rows than a sheet holds, NotFound for a folder that is not there, Unavailable when the
    file cannot be written.
    """
    ids = wanted.source.keys(office, wanted.view)
    rows = _cells(office, wanted, ids, progress)
    with replacing(path) as temporary, uncollected():
        if path.suffix.lower() == ".xlsx":
            refuse_too_many(len(ids))
            note = Note(_("About this list"), _about(office, wanted, len(ids)))
            heads = list(map(_head, wanted.columns))
            write_workbook(temporary, wanted.title, heads, rows, filtered=True, note=note)
        else:
            write_delimited(temporary, list(map(_head, wanted.columns)), rows)
    return len(ids)


def _head(column: Column) -> Head:
    width = min(max(column.width / _PIXELS, _NARROWEST), _WIDEST)
    return Head(_(column.label), width, _CELLS.get(column.type, "text"))


def _rows(office: Office, wanted: ListShown, ids: Sequence[int], progress: Progress) -> Iterator[Any]:
    for start in range(0, len(ids), _BLOCK):
        progress.step(start, len(ids), _("Writing the rows"))
        yield from wanted.source.rows(office, ids[start : start + _BLOCK])


def _cells(office: Office, wanted: ListShown, ids: Sequence[int], progress: Progress) -> Iterator[list[Cell]]:
    columns = [(column, column.name) for column in wanted.columns]
    for row in _rows(office, wanted, ids, progress):
        yield [_cell(column, getattr(row, name)) for column, name in columns]


def _cell(column: Column, value: Any) -> Cell:
    """Numbers and days as such, so that a spreadsheet can count with them; all else in words."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime) and column.type == "moment":
        return local_moment(value).replace(tzinfo=None)
    if isinstance(value, date) and column.type == "date":
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, int | float) and not isinstance(value, bool) and column.type == "number":
        return value
    return shown.words(column, value)


def _about(office: Office, wanted: ListShown, count: int) -> list[tuple[str, str]]:
    lines = [
        (_("Office"), office.name),
        (_("List"), wanted.title),
        (_("Unit"), wanted.scope),
        (_("As of"), office.as_of.isoformat()),
        (_("Filter"), "\n".join(narrowing(wanted))),
        (_("Order"), ordering(wanted)),
        (_("Rows"), f"{count:,}"),
        (_("Written"), local_moment(office.clock.now()).strftime("%Y-%m-%d %H:%M")),
    ]
    return [(what, said) for what, said in lines if said]
