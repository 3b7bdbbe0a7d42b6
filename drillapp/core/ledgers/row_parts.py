"""Some rows of a sheet on their way from cells to entries, and those of them that are empty or hold one text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import compress
from typing import Any, NamedTuple

from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.reading import Block
from drillapp.core.ledgers.shapes import Cell

FEWEST_OF_A_TABLE = 3
"""So many columns tell a line across the table from one of its rows."""


class Part(NamedTuple):
    """Rows by columns."""

    numbers: Sequence[int]
    """The sheet's own numbers of the rows."""
    columns: Sequence[Sequence[Cell]]
    others: Sequence[str]
    """What each row has in the columns that are not read."""

    def without(self, offsets: Collection[int]) -> Part:
        """The same without some rows, which are told by their place among these."""
        if not offsets:
            return self
        stays = staying(len(self.numbers), offsets)
        columns = [list(compress(cells, stays)) for cells in self.columns]
        return Part(list(compress(self.numbers, stays)), columns, list(compress(self.others, stays)))

    def row(self, offset: int) -> list[Cell]:
        """The cells of a row."""
        return [cells[offset] for cells in self.columns]


def part_of(block: Block) -> Part:
    """A block as it was read."""
    return Part(range(block.first_row, block.first_row + len(block.columns[0])), block.columns, block.others)


def staying(count: int, offsets: Collection[int]) -> list[bool]:
    """For each of so many rows whether it stays when these go."""
    stays = [True] * count
    for offset in offsets:
        stays[offset] = False
    return stays


def without(values: list[Any], offsets: Collection[int]) -> list[Any]:
    """A column without some of its rows."""
    return list(compress(values, staying(len(values), offsets))) if offsets else values


def empty_rows(columns: Sequence[Sequence[Cell]]) -> list[int]:
    """The places of the rows that have nothing in them."""
    if any("" not in column for column in columns):
        return []
    return [i for i, row in enumerate(zip(*columns, strict=True)) if not any(map(_is_filled, row))]


def lines(part: Part, numbers: Collection[int]) -> dict[int, str]:
    """Which of these rows hold but one text in all their columns, and the text."""
    if len(part.columns) < FEWEST_OF_A_TABLE:
        return {}
    found = {}
    for offset, number in enumerate(part.numbers):
        if number in numbers and not part.others[offset]:
            texts = [cell_text(cell) for cell in part.row(offset) if _is_filled(cell)]
            if len(texts) == 1:
                found[number] = texts[0]
    return found


def _is_filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())
