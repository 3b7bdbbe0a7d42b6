"""What the reading process does: opens one workbook with calamine and sends its cells through a pipe.

Only light modules are imported here, since the process is started anew for each file; it has no database and no window.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, islice
from multiprocessing.connection import Connection
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from python_calamine import (
    CalamineError,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from drillapp.core.confined import inside
from drillapp.core.confined.inside import Parent
from drillapp.core.confined.limits import Limits
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.look import MAX_MERGED, Edges, Look, nothing_seen
from drillapp.core.ledgers.shapes import GLANCE_ROWS

Format = Literal["xlsx", "xls", "ods"]

BLOCK_ROWS = 2000
_BLOCK_CELLS = 2_000_000
_OTHERS_LENGTH = 80
FEW_TITLES, _MOST_TITLES = 1000, 200_000
"""From so many on titles are taken apart ahead, and so many of them."""
_TITLES = 2000
"""So many go through the pipe at once: several short messages are taken in sooner than one as long as all of them."""


class _Sheet(NamedTuple):
    name: str
    is_hidden: bool
    cells: Any
    look: Look
    merged: Sequence[Edges]


def serve(connection: Connection, limits: Limits, path: str, form: Format, wanted: str) -> None:
    """Send the beginning of each of the workbook's sheets, or of the wanted one, and all of the one that is chosen."""
    inside.serve(connection, limits, lambda parent: _send_workbook(parent, path, form, wanted), _EXPECTED)


def serve_glances(connection: Connection, limits: Limits, path: str, form: Format) -> None:
    """Send the beginning of each sheet: of the file itself or, where the path is '', of the bytes that are sent."""
    inside.serve(connection, limits, lambda parent: _send_glances(parent, path, form), _EXPECTED)


_EXPECTED = (CalamineError, OSError, ValueError, zipfile.BadZipFile)


def _send_glances(parent: Parent, path: str, form: Format) -> None:
    source = path or parent.receive()
    for sheet in _sheets(source, form, ""):
        parent.send("head", *_head(sheet, list(islice(_rows(sheet), GLANCE_ROWS))))
    parent.send("end")


def _send_workbook(parent: Parent, path: str, form: Format, wanted: str) -> None:
    titles = _send_wanted(parent, path, form, wanted)
    if titles is None:
        parent.send("end")
        return
    _send_titles(parent, titles)


def _send_wanted(parent: Parent, path: str, form: Format, wanted: str) -> Collection[Any] | None:
    """Send the sheet that the parent wants, and let go of the workbook; returns its titles, None for no such sheet."""
    for sheet in _sheets(path, form, wanted, parent.send):
        titles = _send_sheet(parent, sheet)
        if titles is not None:
            return titles
    return None


def _sheets(
    source: str | bytes, form: Format, wanted: str, tell: Callable[..., None] | None = None
) -> Iterator[_Sheet]:
    """The sheets, those that are shown before the hidden ones; `tell` is told the names of all first."""
    look = _looker(source, form)
    with _opened(source, form) as workbook:
        sheets = [
            (sheet.name, sheet.visible != SheetVisibleEnum.Visible, number)
            for number, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
        sheets.sort(key=itemgetter(1))
        if tell:
            tell("sheets", [name for name, _hidden, _number in sheets])
        for name, is_hidden, number in sheets:
            if wanted in ("", name):
                cells = workbook.get_sheet_by_name(name)
                seen = look(number)
                yield _Sheet(name, is_hidden, cells, seen, seen.merged or _merged(cells))


def _opened(source: str | bytes, form: Format) -> Any:
    """The workbook; calamine goes by the suffix of a path, so a wrong one is kept from it."""
    if isinstance(source, bytes):
        return load_workbook(io.BytesIO(source))
    if source.lower().endswith(f".{form}"):
        return load_workbook(source)
    return load_workbook(open(source, "rb"))


def _looker(source: str | bytes, form: Format) -> Callable[[int], Look]:
    """Tells of the sheet of a number what calamine does not; the parent looks at an .xlsx file itself."""
    if isinstance(source, bytes) or form == "xlsx":
        return lambda _number: nothing_seen()
    if form == "ods":
        return _look_at_document(source)
    return _look_at_old_workbook(source)


def _look_at_document(path: str) -> Callable[[int], Look]:
    from drillapp.core.ledgers.open_document import looks

    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
        seen = looks(content)
    return lambda number: seen[number] if number < len(seen) else nothing_seen()


def _look_at_old_workbook(path: str) -> Callable[[int], Look]:
    from drillapp.core.ledgers.old_workbook import OldWorkbook

    with open(path, "rb") as file:
        content = file.read()
    try:
        book = OldWorkbook(content)
    except ValueError:
        return lambda _number: nothing_seen()
    if book.has_password:
        raise PasswordError
    return book.look


def _rows(sheet: _Sheet) -> Iterator[list[Any]]:
    rows: Iterator[list[Any]] = sheet.cells.iter_rows()
    return rows


def _left(sheet: _Sheet) -> int:
    """Empty columns before the first that calamine gives."""
    return sheet.cells.start[1] if sheet.cells.start else 0


def _head(sheet: _Sheet, rows: list[list[Any]]) -> tuple[Any, ...]:
    """What the parent is told of a sheet first."""
    left = [""] * _left(sheet)
    return sheet.name, sheet.is_hidden, [left + row for row in rows], sheet.merged[:MAX_MERGED], sheet.look


def _send_sheet(parent: Parent, sheet: _Sheet) -> Collection[Any] | None:
    """Send one sheet, or only its first rows when the parent does not want the rest (None); returns its titles."""
    rows = _rows(sheet)
    head = list(islice(rows, GLANCE_ROWS))
    parent.send("head", *_head(sheet, head))
    answer = parent.receive()
    if answer is None:
        return None
    header, columns, once, title = answer
    below = _merged_below(sheet.merged, {*columns}.difference(once), header)
    left = _left(sheet)
    rest = islice(chain(head, rows), header, None)
    first = header + 1
    titles = set[Any]()
    step = block_rows(left + sheet.cells.width)
    while block := list(islice(rest, step)):
        turned = [("",) * len(block)] * left + list(zip(*block, strict=True))
        parent.send("rows", first, *_chosen(turned, columns, below, first, len(block)))
        first += len(block)
        if 0 <= title < len(turned) and len(titles) < _MOST_TITLES:
            titles.update(turned[title])
    parent.send("end")
    return titles


def _send_titles(parent: Parent, titles: Collection[Any]) -> None:
    """Send what titles are found by: worked out here while the parent, which has all rows now, checks them."""
    texts = [title for title in titles if isinstance(title, str)][:_MOST_TITLES]
    if len(texts) >= FEW_TITLES:
        from drillapp.core.search.tokens import title_tokens

        tokens = list(map(title_tokens, texts))
        for start in range(0, len(texts), _TITLES):
            some = slice(start, start + _TITLES)
            parent.send("titles", texts[some], *zip(*tokens[some], strict=True))
    parent.send("end")


def block_rows(width: int) -> int:
    """How many rows of so many columns go through the pipe at once."""
    return max(1, min(BLOCK_ROWS, _BLOCK_CELLS // max(width, 1)))


def _merged(cells: Any) -> list[Edges]:
    return [
        (top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in cells.merged_cell_ranges or ()
    ]


def others(turned: Sequence[Sequence[Any]], chosen: Sequence[int], count: int) -> list[str]:
    """What each of so many rows has outside of the chosen columns, shortened."""
    rest = [
        column
        for position, column in enumerate(turned)
        if position not in chosen and column.count("") < count
    ]
    if not rest:
        return [""] * count
    return [
        " ".join(text for cell in row if (text := cell_text(cell).strip()))[:_OTHERS_LENGTH]
        for row in zip(*rest, strict=True)
    ]


def _chosen(
    turned: list[tuple[Any, ...]],
    columns: list[int],
    below: dict[int, dict[int, list[Any]]],
    first: int,
    count: int,
) -> tuple[list[list[Any]], list[str], list[tuple[int, int]]]:
    chosen = [list(turned[column]) if column < len(turned) else [""] * count for column in columns]
    filled: list[tuple[int, int]] = []
    for column, cells in zip(columns, chosen, strict=True):
        if ranges := below.get(column):
            filled.extend((row, column) for row in _fill_down(cells, ranges, first))
    return chosen, others(turned, columns, count), filled


def _merged_below(merged: Sequence[Edges], columns: set[int], header: int) -> dict[int, dict[int, list[Any]]]:
    """Per chosen column: row number to the memory shared by all rows of a merged cell below the header."""
    below: dict[int, dict[int, list[Any]]] = {}
    heads = {(left, right) for _top, left, bottom, right in merged if bottom <= header}
    for top, left, bottom, right in merged:
        # Cells merged sideways as well are titles and notes, not values meant for each row, unless the header is so too.
        is_column = left == right or (left, right) in heads
        if top > header and bottom > top and is_column and left in columns:
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
