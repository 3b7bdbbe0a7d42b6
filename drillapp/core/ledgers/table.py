"""A sheet's cells kept in memory, so that a file is parsed once however often it is corrected and checked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.reading import Block, Cell, Glance, Sheet
from drillapp.core.progress import Progress

_OTHERS_LENGTH = 80


class Place(NamedTuple):
    """Which cells of a file are wanted."""

    sheet: str
    header: tuple[int, int]
    columns: tuple[int, ...]


class Table:
    """The rows below a header, by blocks of columns."""

    def __init__(self, place: Place, sheet: Sheet, blocks: list[Block]) -> None:
        self.place = place
        self.sheet = sheet
        self.blocks = blocks
        self._starts = [block.first_row for block in blocks]
        self._position = {column: i for i, column in enumerate(place.columns)}

    def holds(self, place: Place) -> bool:
        """Whether all that is wanted is in memory."""
        return place[:2] == self.place[:2] and self._position.keys() >= set(place.columns)

    def cell(self, row: int, column: int) -> Cell:
        """What the file has there; '' for what lies outside."""
        number = bisect_right(self._starts, row) - 1
        position = self._position.get(column)
        if number < 0 or position is None:
            return ""
        cells = self.blocks[number].columns[position]
        offset = row - self._starts[number]
        return cells[offset] if offset < len(cells) else ""

    def chosen(self, columns: Sequence[int], once: Collection[int]) -> tuple[Sheet, list[Block]]:
        """The sheet as if these columns had been asked for, in this order; merged cells of `once` count once."""
        choice = self.sheet.choice._replace(columns=tuple(columns), once=frozenset(once))
        return self.sheet._replace(choice=choice), [
            self._block(block, columns, once) for block in self.blocks
        ]

    def _block(self, block: Block, columns: Sequence[int], once: Collection[int]) -> Block:
        cells = [block.columns[self._position[column]] for column in columns]
        emptied = {(row, column) for row, column in block.filled if column in once}
        for row, column in emptied:
            position = list(columns).index(column)
            if cells[position] is block.columns[self._position[column]]:
                cells[position] = list(cells[position])
            cells[position][row - block.first_row] = ""
        rest = [block.columns[i] for column, i in self._position.items() if column not in columns]
        return block._replace(columns=cells, others=_with(block.others, rest), filled=block.filled - emptied)


def read_table(path: Path, place: Place, progress: Progress) -> Table:
    """Read the cells that are wanted; raises what `reading.opened` raises."""

    def choose(glance: Glance) -> reading.Choice:
        if glance.sheet != place.sheet:
            raise InvalidInput(_("There is no sheet '{sheet}' in the file.").format(sheet=place.sheet))
        return reading.Choice(*place.header, place.columns)

    with reading.opened(path, choose, progress) as opened:
        return Table(place, opened, list(opened.blocks))


def _with(others: list[str], columns: Sequence[Sequence[Cell]]) -> list[str]:
    """What stands outside of the chosen columns, when more columns are outside of them than when they were read."""
    count = len(others)
    filled = [column for column in columns if column.count("") < count]
    if not filled:
        return others
    return [
        " ".join(text for cell in row if (text := str(cell).strip()))[:_OTHERS_LENGTH]
        for row in zip(*filled, others, strict=True)
    ]
