"""A sheet's cells kept in memory, so that a file is parsed once however often it is corrected and checked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Self

from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.heads import glances
from drillapp.core.ledgers.reading import Block, Cell, Glance, Sheet
from drillapp.core.ledgers.sheet_process import others
from drillapp.core.progress import Progress


class Place(NamedTuple):
    """Which cells of a file are wanted."""

    sheet: str
    header: tuple[int, int]
    columns: tuple[int, ...]
    title: int = -1
    """The column by which records are found (`reading.Choice.title`)."""


class Source(NamedTuple):
    """The file that cells are read from."""

    path: Path
    digest: str
    """SHA-256 of its bytes when it was looked at; '' for one that could not be read."""
    early: reading.Begun | None = None
    """What was begun to be read of it."""

    def glances(self, progress: Progress) -> list[Glance]:
        """The beginning of every sheet (`heads.glances`)."""
        return self.early.glances(progress) if self.early else glances(self.path, progress)

    @property
    def takes_long(self) -> bool:
        """Whether another process is at it for so long that something can be done meanwhile."""
        return self.early is not None and self.early.is_large


class Table:
    """The rows below a header, by blocks of columns; they are read as `blocks` is gone through for the first time."""

    def __init__(self, place: Place, sheet: Sheet) -> None:
        self.place = place
        self.sheet = sheet
        self._blocks: list[Block] = []
        self._starts: list[int] = []
        self._is_read = False
        self._position = {column: i for i, column in enumerate(place.columns)}

    def blocks(self) -> Iterator[Block]:
        """All blocks, with the columns of the place."""
        yield from self._blocks
        if self._is_read:
            return
        for block in self.sheet.blocks:
            self._blocks.append(block)
            self._starts.append(block.first_row)
            yield block
        self._is_read = True

    @classmethod
    def of_glance(cls, place: Place, glance: Glance) -> Self:
        """The rows below the header as far as a first look has shown them."""
        header, wanted = place.header[1], range(max(place.columns, default=-1) + 1)
        rows = [
            [row[column] if column < len(row) else "" for column in wanted] for row in glance.rows[header:]
        ]
        columns = [[row[column] for row in rows] for column in place.columns]
        block = Block(header + 1, columns, [""] * len(rows), set())
        choice = reading.Choice(*place.header, place.columns)
        table = cls(place, Sheet(glance.sheet, glance, choice, {}, iter([block]), []))
        for _block in table.blocks():
            pass
        return table

    def holds(self, place: Place) -> bool:
        """Whether all that is wanted is in memory."""
        is_there = place[:2] == self.place[:2] and self._position.keys() >= set(place.columns)
        return self._is_read and is_there

    def cell(self, row: int, column: int) -> Cell:
        """What the file has there; '' for what lies outside."""
        number = bisect_right(self._starts, row) - 1
        position = self._position.get(column)
        if number < 0 or position is None:
            return ""
        cells = self._blocks[number].columns[position]
        offset = row - self._starts[number]
        return cells[offset] if offset < len(cells) else ""

    def chosen(self, block: Block, columns: Sequence[int], once: Collection[int]) -> Block:
        """A block as if these columns had been asked for, in this order; merged cells of `once` count once."""
        if tuple(columns) == self.place.columns and not block.filled:
            return block
        cells = [block.columns[self._position[column]] for column in columns]
        emptied = {(row, column) for row, column in block.filled if column in once}
        for place, column in enumerate(columns):
            rows = [row for row, filled in emptied if filled == column]
            if rows:
                cells[place] = list(cells[place])
            for row in rows:
                cells[place][row - block.first_row] = ""
        rest = [block.columns[i] for column, i in self._position.items() if column not in columns]
        filled = {one for one in block.filled if one[1] in columns} - emptied
        return block._replace(
            columns=cells, others=others([*rest, block.others], (), len(block.others)), filled=filled
        )


def open_table(source: Source, place: Place, progress: Progress, open_files: ExitStack) -> Table:
    """The cells that are wanted, to be read before `open_files` is closed; after them `refuse_changed` is to be asked.

    Raises what `reading.opened` raises, and Conflict when the file is not as it was looked at.
    """

    def choose(glance: Glance) -> reading.Choice:
        if glance.sheet != place.sheet:
            raise InvalidInput(_("There is no sheet '{sheet}' in the file.").format(sheet=place.sheet))
        return reading.Choice(*place.header, place.columns, title=place.title)

    refuse_changed(source)
    opened = reading.opened(source.path, choose, progress, sheet=place.sheet, early=source.early)
    return Table(place, open_files.enter_context(opened))


def digest_now(path: Path) -> str:
    """SHA-256 of a file's bytes; '' for one that cannot be read: opening it says why."""
    try:
        return reading.digest(path)
    except OSError:
        return ""


def refuse_changed(source: Source) -> None:
    """Raise Conflict for a changed file: what was guessed of it, and said of its cells, holds for its content alone."""
    if digest_now(source.path) != source.digest:
        raise Conflict(
            _("'{file}' was changed or moved since it was looked at.").format(file=source.path.name),
            _("Read the file again: nothing was written."),
        )
