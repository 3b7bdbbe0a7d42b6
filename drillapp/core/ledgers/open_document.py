"""What the XML of an .ods file says besides its cells: hidden rows and columns, merged cells, errors.

Looked for by patterns, a piece at a time: to follow each element of a million cells takes six times as long as reading them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import IO

from drillapp.core.ledgers.look import MAX_FLAWS, MAX_HIDDEN_ROWS, MAX_SHOWN, Look, nothing_seen

_TABLES = re.compile(rb'xmlns:(\w+)="urn:oasis:names:tc:opendocument:xmlns:table:1.0"')
_LAST_COLUMN = 16_383
_LAST_ROW = 1_048_576
_CHUNK = 1024 * 1024
_MOST_OF_ROW = 16 * _CHUNK
_CELL = re.compile(rb"<\w+:(?:covered-)?table-cell(?=[\s/>])([^<>]*)>")
_COUNT = re.compile(rb'\bnumber-(rows|columns)-(repeated|spanned)="(\d{1,7})"')
_HIDDEN = re.compile(rb'\bvisibility="(?:collapse|filter)"')
_SHOWN = re.compile(rb"<\w+:p[^<>]*>([^<]*)<")


def looks(content: IO[bytes]) -> list[Look]:
    """What is said of each sheet, in their order; raises ValueError for XML that has definitions of its own."""
    found: list[Look] = []
    place = _Place()
    for name, attributes, inside in _elements(content):
        if name == b"table" and b"is-sub-table" not in attributes:
            found.append(nothing_seen())
            place = _Place()
        elif found and name == b"table-row":
            place.go_on_to_row(found[-1], attributes, inside)
        elif found and name == b"table-column":
            place.go_on_to_column(found[-1], attributes)
    return found


def _elements(content: IO[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Tables, rows and columns: name, attributes, and what follows up to the next of them."""
    rest = content.read(_CHUNK)
    found = _TABLES.search(rest)
    prefix = found[1] if found else b"table"
    element = re.compile(rb"<%b:(table|table-row|table-column)(?=[\s/>])([^<>]*)>" % prefix)
    opening = b"<%b:table" % prefix
    while True:
        if b"<!DOCTYPE" in rest:
            raise ValueError("definitions of its own")
        chunk = content.read(_CHUNK)
        # The last element of a piece goes on in the next one; so does one whose name is cut.
        end = _last_start(element, rest, opening) if chunk else len(rest)
        starts = list(element.finditer(rest, 0, end))
        for one, until in zip(starts, [*(one.start() for one in starts[1:]), end], strict=False):
            yield one[1], one[2], rest[one.end() : until]
        if not chunk:
            return
        rest = rest[end:] + chunk
        if len(rest) > _MOST_OF_ROW:
            raise ValueError("a row without an end")


def _last_start(element: re.Pattern[bytes], text: bytes, opening: bytes) -> int:
    """Where the last row, column or table begins; 0 where there is none."""
    at = len(text)
    while (at := text.rfind(opening, 0, at)) >= 0:
        if element.match(text, at):
            return at
    return 0


class _Place:
    """Counts the rows and columns of a sheet."""

    def __init__(self) -> None:
        self._row = self._column = 0

    def go_on_to_row(self, look: Look, attributes: bytes, inside: bytes) -> None:
        """The next row, which may stand for many."""
        first = self._row + 1
        self._row = min(self._row + _counts(attributes)["rows repeated"], _LAST_ROW)
        if _HIDDEN.search(attributes) and len(look.hidden_rows) + self._row - first < MAX_HIDDEN_ROWS:
            look.hidden_rows.extend(range(first, self._row + 1))
        if b"-spanned=" in inside or b'value-type="error"' in inside:
            _look_at_cells(look, first, inside)

    def go_on_to_column(self, look: Look, attributes: bytes) -> None:
        """The next column, which may stand for many."""
        first = self._column
        self._column = min(first + _counts(attributes)["columns repeated"], _LAST_COLUMN + 1)
        if _HIDDEN.search(attributes):
            look.hidden_columns.extend(range(first, self._column))


def _look_at_cells(look: Look, row: int, inside: bytes) -> None:
    column = 0
    for cell in _CELL.finditer(inside):
        counts = _counts(cell[1])
        down, right = counts["rows spanned"], counts["columns spanned"]
        if down > 1 or right > 1:
            look.merged.append((row, column, row + down - 1, column + right - 1))
        if b'value-type="error"' in cell[1] and len(look.flaws) <= MAX_FLAWS:
            shown = _SHOWN.match(inside, cell.end())
            text = shown[1][:MAX_SHOWN].decode("utf-8", "replace") if shown else "#?"
            look.flaws.append((row, column, unescape(text)))
        column += counts["columns repeated"]


def _counts(attributes: bytes) -> dict[str, int]:
    counts = {"rows repeated": 1, "columns repeated": 1, "rows spanned": 1, "columns spanned": 1}
    if b"number-" in attributes:
        counts |= {
            f"{what.decode()} {how.decode()}": int(count) for what, how, count in _COUNT.findall(attributes)
        }
    return counts
