"""What the reading process does: opens one workbook with calamine and sends its cells through a pipe.

Only light modules are imported here, since the process is started anew for each file; it has no database and no window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from drillapp.core.confined import inside
from drillapp.core.confined.inside import Parent
from drillapp.core.ledgers.shapes import GLANCE_ROWS

BLOCK_ROWS = 4000
_OTHERS_LENGTH = 80


def serve(connection: Connection, memory: int, path: str, wanted: str) -> None:
    """Send the cells of the workbook's sheets as the parent asks for them; `memory` is the limit in bytes."""
    inside.serve(
        connection,
        memory,
        lambda parent: _send_workbook(parent, path, wanted),
        (CalamineError, OSError, ValueError),
    )


def _send_workbook(parent: Parent, path: str, wanted: str) -> None:
    with load_workbook(path) as workbook:
        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        parent.send("sheets", [sheet.name for sheet in sheets])
        for sheet in sheets:
            is_hidden = sheet.visible != SheetVisibleEnum.Visible
            if wanted in ("", sheet.name) and _send_sheet(
                parent, workbook.get_sheet_by_name(sheet.name), is_hidden
            ):
                return
        parent.send("end")


def _send_sheet(parent: Parent, sheet: Any, is_hidden: bool) -> bool:
    """Send one sheet, or only its first rows when the parent does not want the rest."""
    left = sheet.start[1] if sheet.start else 0
    rows: Iterator[list[Any]] = sheet.iter_rows()
    head = list(islice(rows, GLANCE_ROWS))
    merged = _merged(sheet)
    parent.send("head", sheet.name, is_hidden, [[""] * left + row for row in head], merged)
    answer = parent.receive()
    if answer is None:
        return False
    header, columns, once = answer
    block = head[header:]
    first = header + 1
    below = _merged_below(merged, {*columns}.difference(once), header)
    while block:
        turned = [("",) * len(block)] * left + list(zip(*block, strict=True))
        parent.send("rows", first, *_chosen(turned, columns, below, first))
        first += len(block)
        block = list(islice(rows, BLOCK_ROWS))
    parent.send("end")
    return True


def _merged(sheet: Any) -> list[tuple[int, int, int, int]]:
    """Top, left, bottom and right of each merged cell: rows from 1, columns from 0."""
    return [
        (top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]


def others(turned: Sequence[Sequence[Any]], chosen: Sequence[int]) -> list[str]:
    """What each row has outside of the chosen columns, shortened."""
    count = len(turned[0])
    rest = [
        column
        for position, column in enumerate(turned)
        if position not in chosen and column.count("") < count
    ]
    if not rest:
        return [""] * count
    return [
        " ".join(text for cell in row if (text := str(cell).strip()))[:_OTHERS_LENGTH]
        for row in zip(*rest, strict=True)
    ]


def _chosen(
    turned: list[tuple[Any, ...]], columns: list[int], below: dict[int, dict[int, list[Any]]], first: int
) -> tuple[list[list[Any]], list[str], list[tuple[int, int]]]:
    count = len(turned[0])
    chosen = [list(turned[column]) if column < len(turned) else [""] * count for column in columns]
    filled: list[tuple[int, int]] = []
    for column, cells in zip(columns, chosen, strict=True):
        if ranges := below.get(column):
            filled.extend((row, column) for row in _fill_down(cells, ranges, first))
    return chosen, others(turned, columns), filled


def _merged_below(
    merged: list[tuple[int, int, int, int]], columns: set[int], header: int
) -> dict[int, dict[int, list[Any]]]:
    """Per chosen column: row number to the memory shared by all rows of a merged cell below the header."""
    below: dict[int, dict[int, list[Any]]] = {}
    for top, left, bottom, right in merged:
        # Cells merged sideways as well are titles and notes, not values meant for each row.
        if top > header and bottom > top and left == right and left in columns:
            shared: list[Any] = [""]
            below.setdefault(left, {}).update(dict.fromkeys(range(top, bottom + 1), shared))
    return below


def _fill_down(cells: list[Any], ranges: dict[int, list[Any]], first: int) -> Iterator[int]:
    """Give each row of a merged cell its value, and tell the rows that have got it so."""
    for offset, cell in enumerate(cells):
        shared = ranges.get(first + offset)
        if shared is None:
            continue
        if cell != "":
            shared[0] = cell
        elif shared[0] != "":
            cells[offset] = shared[0]
            yield first + offset
