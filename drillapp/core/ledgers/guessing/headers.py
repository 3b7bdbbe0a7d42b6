"""Where the header of a table stands on its sheet, and what it calls each column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.guessing.contents import Content, is_value
from drillapp.core.ledgers.layout import plain_word
from drillapp.core.ledgers.shapes import Cell, Glance, Merged

DEEPEST = 3
"""A header has at most so many rows."""
FEWEST_NAMES = 3
"""A header of groups names at least so many of them, or it is a title with something beside it."""
_LONGEST = 40
"""A longer text is a note, not the name of a column."""
_WIDE = 0.7
"""A header names at least so much of what the fullest row has."""
_DEPTH = 0.01
"""What each further row of a header costs: a title merged over names is no part of them."""
_UID = "uid"
"""What whole offices carry in their ledgers to be known by: put back apart, no column of the ledger itself."""
_PLACEHOLDER = re.compile(r"unnamed:?\s*\d*", re.IGNORECASE)
"""What a data program writes above a column without a name."""


class Header(NamedTuple):
    """A possible header: its rows, and the words of each named column from the top down."""

    first: int
    last: int
    words: dict[int, tuple[str, ...]]

    def readings(self, column: int) -> list[str]:
        """What the column may be called: all of its words, then without the names of groups, the outermost first."""
        words = self.words.get(column, ())
        return [" ".join(words[start:]) for start in range(len(words))]

    @property
    def joined(self) -> dict[int, str]:
        """Each column's words as one."""
        return {column: " ".join(words) for column, words in self.words.items()}


class Grid:
    """A sheet's beginning, asked by row (from 1) and column (from 0)."""

    def __init__(self, glance: Glance) -> None:
        self.glance = glance
        self.count = len(glance.rows)
        self.width = max(map(len, glance.rows), default=0)
        self._texts = [
            tuple(_header_text(row[column]) if column < len(row) else "" for column in range(self.width))
            for row in glance.rows
        ]
        self._filled = [[column for column, text in enumerate(row) if text] for row in self._texts]
        self._likeness: dict[tuple[int, int, int], float] = {}
        self._contents: dict[tuple[int, int], Content] = {}

    def cell(self, row: int, column: int) -> Cell:
        """What stands there; '' beyond the sheet."""
        cells = self.glance.rows[row - 1] if 0 < row <= self.count else []
        return cells[column] if column < len(cells) else ""

    def text(self, row: int, column: int) -> str:
        """A cell as it would be a header: one line, half-width; '' beyond the sheet."""
        return self._texts[row - 1][column] if 0 < row <= self.count else ""

    def row(self, row: int) -> tuple[str, ...]:
        """The texts of a row."""
        return self._texts[row - 1]

    def filled(self, row: int) -> list[int]:
        """The columns in which the row has something."""
        return self._filled[row - 1] if 0 < row <= self.count else []

    @cached_property
    def widest(self) -> int:
        """How many cells the fullest row has."""
        return max((len(self.filled(row)) for row in range(1, self.count + 1)), default=0)

    @cached_property
    def headers(self) -> list[Header]:
        """Every row that could begin a header, each with the rows that belong to it."""
        found = []
        for first in range(1, self.count + 1):
            if self.filled(first):
                found.extend(_beside(self, header_at(self, first, _last_row(self, first))))
        return found

    def likeness(self, header: Header) -> float:
        """How much a header looks like one, by its form alone: 0 to 1."""
        key = (header.first, header.last, min(header.words, default=0))
        if key not in self._likeness:
            self._likeness[key] = _likeness(self, header)
        return self._likeness[key]

    def content(self, below: int, column: int) -> Content:
        """What is in a column below a row, as far as it is seen."""
        key = (below, column)
        if key not in self._contents:
            self._contents[key] = Content(
                [self.cell(row, column) for row in range(below + 1, self.count + 1)]
            )
        return self._contents[key]

    @cached_property
    def wide(self) -> dict[int, list[Merged]]:
        """The merged cells that are wider than a column, by the row in which they begin."""
        return _by_top(merged for merged in self.glance.merged if merged.right > merged.left)


def _beside(grid: Grid, header: Header) -> list[Header]:
    """The headers of tables that stand beside one another: an empty column between them, and the same words again."""
    parts: list[dict[int, tuple[str, ...]]] = [{}]
    for column in range(grid.width):
        if column in header.words:
            parts[-1][column] = header.words[column]
        elif parts[-1] and not grid.content(header.last, column).cells:
            parts.append({})
    parts = [part for part in parts if len(part) > 1]
    repeated = len(parts) > 1 and len(set(parts[0].values()) & set(parts[1].values())) > 1
    return [Header(header.first, header.last, part) for part in parts] if repeated else [header]


def header_at(grid: Grid, first: int, last: int) -> Header:
    """The header that these rows are, whatever they look like."""
    words: dict[int, tuple[str, ...]] = {}
    groups = [_group_words(grid, row, last) for row in range(first, last + 1)]
    for column in range(grid.width):
        parts = [group[column] for group in groups if group.get(column)]
        if parts and parts != [_UID]:
            words[column] = tuple(dict.fromkeys(parts))
    return Header(first, last, words)


def _likeness(grid: Grid, header: Header) -> float:
    named = header.words.keys()
    below = range(header.last + 1, min(header.last + 16, grid.count + 1))
    used = {column for row in below for column in grid.filled(row)}
    lasts = [words[-1] for words in header.words.values()]
    if not named or (len(named) == 1 and grid.widest > 1):
        return 0.0
    covered = len(named & used) / max(len(used | named), _WIDE * grid.widest) if used else 0.3
    names = sum(_is_name(grid, header, column) for column in named) / len(named)
    distinct = len(set(lasts)) / len(lasts)
    return covered * 0.4 + names * 0.4 + distinct * 0.2 - _DEPTH * (header.last - header.first)


def has_values(grid: Grid, header: Header) -> bool:
    """Whether it has cells that hardly any header has: numbers, dates, phones, codes."""
    return any(
        is_value(grid.cell(row, column))
        for row in range(header.first, header.last + 1)
        for column in grid.filled(row)
    )


def _is_name(grid: Grid, header: Header, column: int) -> bool:
    """Whether what stands there names the column: no value, no long text, and not what stands below it again."""
    rows = [row for row in range(header.first, header.last + 1) if grid.text(row, column)]
    if not rows:
        return True
    text = grid.text(rows[-1], column)
    if is_value(grid.cell(rows[-1], column)) or len(text) > _LONGEST:
        return False
    # A header that is repeated further down is one all the same.
    again = [row for row in range(header.last + 1, grid.count + 1) if grid.text(row, column) == text]
    return all(_repeats(grid, header, row) for row in again)


def _repeats(grid: Grid, header: Header, row: int) -> bool:
    return [*map(plain_word, grid.row(row))] == [*map(plain_word, grid.row(header.last))]


def _last_row(grid: Grid, first: int) -> int:
    """How far down the header that begins in this row goes."""
    last = first
    while last < first + DEEPEST - 1 and last < grid.count and _goes_on(grid, first, last):
        last += 1
    return last


def _goes_on(grid: Grid, first: int, last: int) -> bool:
    """Whether the row below belongs to the header too."""
    below = last + 1
    filled = grid.filled(below)
    if not filled or any(is_value(grid.cell(below, column)) for column in filled):
        return False
    if _reaches(grid, first, below):
        return True
    return _fills_gaps(grid, last, filled)


def _reaches(grid: Grid, first: int, below: int) -> bool:
    """Whether a name right above is merged over several of that row's names, and nothing else stands in the row."""
    wide = [
        merged
        for merged in grid.wide.get(below - 1, ())
        if merged.bottom == merged.top and not _spans_all(grid, merged)
    ]
    under = {column for merged in wide for column in range(merged.left, merged.right + 1)}
    filled = set(grid.filled(below))
    return len(filled & under) > 1 and filled <= under | _unnamed(grid, first, below)


def _unnamed(grid: Grid, first: int, below: int) -> set[int]:
    return {
        column
        for column in range(grid.width)
        if not any(grid.text(row, column) for row in range(first, below))
    }


def _fills_gaps(grid: Grid, above: int, filled: list[int]) -> bool:
    """Whether a row names columns just where the row above has a name over several, as in text without merged cells."""
    named = set(grid.filled(above))
    if not named or any(merged for merged in grid.glance.merged if merged.top <= above <= merged.bottom):
        return False
    gaps = [column for column in filled if column not in named]
    begun = {column for column in named if column + 1 in gaps}
    if not gaps or not begun or min(gaps) < min(named) or len(named) < FEWEST_NAMES:
        return False
    return all(column in begun or column in gaps for column in filled)


def _spans_all(grid: Grid, merged: Merged) -> bool:
    """Whether it is a title: over all that there is in the row."""
    return len(grid.filled(merged.top)) == 1


def _group_words(grid: Grid, row: int, last: int) -> dict[int, str]:
    """What a row of the header says of each column: its own words, or those of the group that it stands in."""
    words = {column: grid.text(row, column) for column in grid.filled(row)}
    # In the last row a name over two columns is that of the first; what the other holds is not said.
    for merged in grid.wide.get(row, ()) if row < last else ():
        if merged.left in words:
            for column in range(merged.left + 1, merged.right + 1):
                words.setdefault(column, words[merged.left])
    if row < last:
        _spread(grid, row, last, words)
    return words


def _spread(grid: Grid, row: int, last: int, words: dict[int, str]) -> None:
    """A group without merged cells is named above its first column alone."""
    covered = _covered(grid, row)
    group = ""
    for column in range(grid.width):
        if column in words:
            group = words[column] if column not in covered else ""
        elif group and any(grid.text(below, column) for below in range(row + 1, last + 1)):
            words[column] = group


def _covered(grid: Grid, row: int) -> set[int]:
    """The columns where a merged cell says how far a name goes: down, or to the side and no further."""
    return {
        column
        for merged in grid.glance.merged
        if merged.top <= row <= merged.bottom and merged.bottom > merged.top
        for column in range(merged.left, merged.right + 1)
    }


def _header_text(cell: Cell) -> str:
    text = " ".join(cell_text(cell).split())
    if not text.isascii():
        text = " ".join(unicodedata.normalize("NFKC", text).split())
    return "" if _PLACEHOLDER.fullmatch(text) else text


def _by_top(merged: Iterable[Merged]) -> dict[int, list[Merged]]:
    found: dict[int, list[Merged]] = {}
    for one in merged:
        found.setdefault(one.top, []).append(one)
    return found
