"""Reading .csv ledgers: whatever encoding and separator a spreadsheet program gave them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO, NamedTuple

from drillapp.core.confined.refusals import too_large
from drillapp.core.errors import Damaged
from drillapp.core.i18n import _
from drillapp.core.ledgers.archive import Flaws
from drillapp.core.ledgers.shapes import GLANCE_ROWS

MAX_BYTES = 512 * 1024 * 1024
_LONGEST_ROW = 4 * 1024 * 1024
_LONGEST_BEGINNING = 8 * 1024 * 1024
"""Letters, of which each may take four bytes."""
_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576
_SAMPLE = 65_536
DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 30
_END = "\x1e"
_NUMBER = re.compile(r"[+-]?[\d,，]*\.?\d+%?")
_CALCULATION = re.compile(r"=|[+\-@]\s*(?:[A-Za-z][A-Za-z0-9.]+\(|[^|]*\|[^!]*!)")
"""A function that is called, or a program: not what merely has brackets, as +86(10)6512-3456."""
_BEGINS_A_FORMULA = r"\n*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]"
"""Spreadsheet programs pass over line breaks, and some take the wide signs for the ordinary ones."""
_PROTECTED = re.compile(f"'+{_BEGINS_A_FORMULA}")
_NEEDS_PROTECTION = re.compile(f"'*{_BEGINS_A_FORMULA}")
_MARKS = frozenset("=+-@'")


def records(path: Path, encoding: str) -> Iterator[list[str]]:
    """The rows of a text file; raises Damaged at the end when the last quoted cell is never closed.

    InvalidInput for more of them, or longer ones, than any spreadsheet has.
    """
    csv.field_size_limit(_LONGEST_ROW)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE)
        file.seek(0)
        # A row of our own behind the last one: when a quotation mark was left open, it vanishes into that cell.
        letters = [0]
        lines = chain(_lines(path, file, letters), [_END])
        rows = csv.reader(lines, delimiter=find_delimiter(sample))
        last: list[str] = []
        try:
            for number, row in enumerate(rows):
                if row == [_END]:
                    return
                if len(row) > _MOST_COLUMNS or number >= _MOST_ROWS:
                    raise too_large(path)
                last, letters[0] = row, 0
                yield row
        except csv.Error:  # a row beyond all measure
            pass
    raise Damaged(
        _("'{file}' is cut off or damaged: a quotation mark in it is never closed.").format(file=path.name),
        _("The cell begins with: {text}").format(text=(last[-1] if last else "")[:40]),
    )


def _lines(path: Path, file: IO[str], letters: list[int]) -> Iterator[str]:
    """The lines; raises csv.Error when those since `letters` was set to 0 are too many for a row."""
    while line := file.readline(_LONGEST_ROW):
        if len(line) == _LONGEST_ROW and line[-1] not in "\r\n":
            raise too_large(path)
        letters[0] += len(line)
        if letters[0] > _LONGEST_ROW:
            raise csv.Error
        yield line


def beginning(path: Path, rows: Iterator[list[str]]) -> list[list[str]]:
    """The first rows, as many as are looked at; raises InvalidInput when they would fill the memory."""
    head: list[list[str]] = []
    letters = 0
    for row in islice(rows, GLANCE_ROWS):
        letters += sum(map(len, row))
        if letters > _LONGEST_BEGINNING:
            raise too_large(path)
        head.append(row)
    return head


def ends_with_a_line(path: Path) -> bool:
    """Whether the file's last line has an end, as programs write it."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 2, 0))
        return file.read().rstrip(b"\0")[-1:] in (b"\n", b"\r")


class _Cut(NamedTuple):
    """How a separator cuts the first rows."""

    delimiter: str
    first: int
    """The first row with the width that most have."""
    rows: int
    width: int


def find_delimiter(sample: str) -> str:
    """The separator that cuts the first rows into the most columns of the same number; a comma when none does.

    The header must be among them: what stands only in the cells below it, as the packs of items, is no separator.
    """
    for strict in (True, False):
        found = [cut for mark in DELIMITERS if (cut := _cut(sample, mark, strict=strict))]
        if found:
            # A line above the table may have a mark or two of its own, which no other line has.
            most = max(cut.rows for cut in found)
            of_table = [cut for cut in found if 2 * cut.rows >= most]
            return min(of_table, key=lambda cut: (cut.first, -cut.rows * cut.width)).delimiter
    return ","


def _cut(sample: str, delimiter: str, *, strict: bool) -> _Cut | None:
    """`strict`: only up to a cell with something behind its closing quotation mark, as all have for a wrong separator."""
    widths: list[int] = []
    try:
        for row in islice(
            csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=strict), _SAMPLE_ROWS
        ):
            widths.append(len(row))
    except csv.Error:
        pass
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return None
    width = max(counts, key=lambda width: counts[width] * width)
    return _Cut(delimiter, widths.index(width), counts[width], width)


def unprotect(cells: list[str], column: int, first_row: int, flaws: Flaws) -> None:
    """Take the protecting apostrophe off the cells of a column, and note those that hold a formula."""
    if _MARKS.isdisjoint({cell[:1] for cell in cells}):
        return
    for offset, cell in enumerate(cells):
        if not cell or cell[0] not in _MARKS:
            continue
        if _PROTECTED.match(cell):
            cells[offset] = cell[1:]
        elif _CALCULATION.match(cell) and not _NUMBER.fullmatch(cell) and cell[0] != "'":
            flaws[first_row + offset, column] = cell
            cells[offset] = ""


def protect(text: str) -> str:
    """The text as a .csv cell that no spreadsheet program takes for a formula; `unprotect` takes it back."""
    return f"'{text}" if _NEEDS_PROTECTION.match(text) else text
