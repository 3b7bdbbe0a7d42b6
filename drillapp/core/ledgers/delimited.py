"""Reading .csv ledgers: whatever encoding and separator a spreadsheet program gave them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO

from drillapp.core.confined.refusals import too_large
from drillapp.core.errors import Damaged
from drillapp.core.i18n import _
from drillapp.core.ledgers.archive import Flaws

MAX_BYTES = 512 * 1024 * 1024
_LONGEST_CELL = 16 * 1024 * 1024
_LONGEST_LINE = 4 * 1024 * 1024
_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576
_SAMPLE = 65_536
DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 30
_END = "\x1e"
_NUMBER = re.compile(r"[+-]?[\d,，]*\.?\d+%?")
_CALCULATION = re.compile(r"=|[+\-@][\s\w.]*\(|.*\|.*!")
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")
_NEEDS_PROTECTION = re.compile(r"'*[=+\-@\t\r]")
_MARKS = frozenset("=+-@'")


def records(path: Path, encoding: str) -> Iterator[list[str]]:
    """The rows of a text file; raises Damaged at the end when the last quoted cell is never closed.

    InvalidInput for more of them, or longer ones, than any spreadsheet has.
    """
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE)
        file.seek(0)
        # A row of our own behind the last one: when a quotation mark was left open, it vanishes into that cell.
        lines = chain(_lines(path, file), [_END])
        rows = csv.reader(lines, delimiter=find_delimiter(sample))
        last: list[str] = []
        try:
            for number, row in enumerate(rows):
                if row == [_END]:
                    return
                if len(row) > _MOST_COLUMNS or number >= _MOST_ROWS:
                    raise too_large(path)
                last = row
                yield row
        except csv.Error:  # a cell beyond all measure
            pass
    raise Damaged(
        _("'{file}' is cut off or damaged: a quotation mark in it is never closed.").format(file=path.name),
        _("The cell begins with: {text}").format(text=(last[-1] if last else "")[:40]),
    )


def _lines(path: Path, file: IO[str]) -> Iterator[str]:
    while line := file.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and line[-1] not in "\r\n":
            raise too_large(path)
        yield line


def ends_with_a_line(path: Path) -> bool:
    """Whether the file's last line has an end, as programs write it."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 2, 0))
        return file.read().rstrip(b"\0")[-1:] in (b"\n", b"\r")


def find_delimiter(sample: str) -> str:
    """The separator that cuts the first rows into the most columns of the same number; a comma when none does."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        rows = list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE_ROWS))
        widths = [len(row) for row in rows if len(row) > 1]
        agreement = max((widths.count(width) * width for width in set(widths)), default=0)
        if agreement > most:
            best, most = delimiter, agreement
    return best


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
