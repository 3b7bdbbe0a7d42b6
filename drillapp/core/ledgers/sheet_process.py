"""What the reading process does: opens one workbook with calamine and sends its cells through a pipe.

Only light modules are imported here, since the process is started anew for each file; it has no database and no window.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

from python_calamine import CalamineError, SheetTypeEnum, load_workbook

from drillapp.core.confined import inside
from drillapp.core.confined.inside import Parent

HEAD_ROWS = 20
BLOCK_ROWS = 4000


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
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        parent.send("sheets", names)
        for name in [wanted] if wanted else names:
            if name in names and _send_sheet(parent, workbook.get_sheet_by_name(name)):
                return
        parent.send("end")


def _send_sheet(parent: Parent, sheet: Any) -> bool:
    """Send one sheet, or only its first rows when the parent does not want the rest."""
    rows: Iterator[list[Any]] = sheet.iter_rows()
    left = sheet.start[1] if sheet.start else 0
    head = list(islice(rows, HEAD_ROWS))
    parent.send("head", sheet.name, left, head)
    answer = parent.receive()
    if answer is None:
        return False
    header, columns, once = answer
    block = head[header + 1 :]
    first = header + 2
    merged = _merged_below(sheet, [column for column in columns if column not in once], left, header)
    while block:
        parent.send("rows", first, _chosen(block, columns, merged, first))
        first += len(block)
        block = list(islice(rows, BLOCK_ROWS))
    parent.send("end")
    return True


def _chosen(
    block: list[list[Any]], columns: list[int], merged: dict[int, dict[int, list[Any]]], first: int
) -> list[list[Any]]:
    turned = list(zip(*block, strict=True))
    chosen = [list(turned[column]) for column in columns]
    for position, cells in enumerate(chosen):
        ranges = merged.get(columns[position])
        if ranges:
            _fill_down(cells, ranges, first)
    return chosen


def _merged_below(sheet: Any, columns: list[int], left: int, header: int) -> dict[int, dict[int, list[Any]]]:
    """Per chosen column: row number to the memory shared by all rows of a merged cell below the header."""
    below: dict[int, dict[int, list[Any]]] = {}
    for (top, start), (bottom, stop) in sheet.merged_cell_ranges or ():
        # Cells merged sideways as well are titles and notes, not values meant for each row.
        if top > header and bottom > top and start == stop and start - left in columns:
            shared: list[Any] = [""]
            below.setdefault(start - left, {}).update(dict.fromkeys(range(top + 1, bottom + 2), shared))
    return below


def _fill_down(cells: list[Any], ranges: dict[int, list[Any]], first: int) -> None:
    for offset, cell in enumerate(cells):
        shared = ranges.get(first + offset)
        if shared is None:
            continue
        if cell != "":
            shared[0] = cell
        cells[offset] = shared[0]
