"""Cells that say nothing because the cell above them says it: below the first row of a group, or by a ditto mark.

Merged cells that were saved as text leave their word in the first row alone. Who sees the table reads it on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from drillapp.core.i18n import _
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.cells import Fault, is_nothing
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.reading import Cell, Sheet
from drillapp.core.ledgers.row_parts import Part
from drillapp.core.ledgers.told import ranges
from drillapp.core.ledgers.values import Column
from drillapp.core.ledgers.words import word

_FEWEST = 2
"""So many empty cells it takes, and as many as there are words."""
_FEWEST_OTHERS = 2
"""A row of the table has so many other cells filled; what has fewer may be a line below it."""
_LONGEST = 40
_DITTOED = ("text", "choice", "list")


Beside = Mapping[tuple[int, str], Cell]
"""By row and field what counts for the cells below in the place of what is read: the file's own word where a row was
left out, '' where somebody said what an empty cell should have said, which is meant for that cell alone."""
NOTHING_BESIDE: Beside = {}


class Filled(NamedTuple):
    """A cell that got its content from above."""

    row: int
    field: str
    message: str
    """What is to be told of it."""


class Groups:
    """Fills the columns of a sheet down, a block of rows at a time."""

    def __init__(self, sheet: Sheet, fields: Sequence[Field], *, as_written: bool) -> None:
        """`as_written`: the program wrote the file itself, so that what is empty is meant to be empty."""
        self._fields = fields
        self._marks = frozenset(word("ditto"))
        shaped = {} if as_written else dict(_shaped_like_groups(sheet, fields))
        self._shaped = frozenset(shaped)
        # A workbook says which cells are merged, so that others are empty.
        self._groups = frozenset(
            i for i, words in shaped.items() if sheet.glance.is_text and _is_group(fields[i], words)
        )
        self._dittoed = () if as_written else _of_types(fields, _DITTOED)
        self._above: dict[int, Cell] = {}
        """By the place of a column its last cell so far."""
        self._word: dict[int, Cell] = {}
        """By the place of a group's column its last word so far; '' for one that says nothing."""
        self._left: dict[int, list[int]] = {}
        """By the place of a column the rows in which it is left empty."""
        self._filled: list[Filled] = []

    def filled(self, part: Part, beside: Beside = NOTHING_BESIDE) -> tuple[Part, list[Filled]]:
        """The rows with what stands above in the place of empty cells of a group's column, and of ditto marks."""
        columns = list(part.columns)
        self._filled = []
        for i in self._dittoed:
            if not self._marks.isdisjoint(columns[i]):
                columns[i] = self._without_dittos(i, columns[i], part.numbers)
            self._above[i] = columns[i][-1] if columns[i] else self._above.get(i, "")
        for i in self._shaped:
            name = self._fields[i].name
            known = {row: cell for (row, field), cell in beside.items() if field == name}
            columns[i] = self._down(i, columns[i], part, known)
        return part._replace(columns=columns), self._filled

    def left(self, rows: Collection[int]) -> Iterator[Filled]:
        """What was left empty although it may have been merged, of these rows, which are brought in."""
        message = _("Empty below a cell that may have been merged; left empty in rows {rows}. If it holds for them too, fill it down in the file.")  # fmt: skip
        for i, numbers in sorted(self._left.items()):
            if within := [number for number in numbers if number in rows]:
                yield Filled(within[0], self._fields[i].name, message.format(rows=ranges(within)))

    def _without_dittos(self, i: int, cells: Sequence[Cell], numbers: Sequence[int]) -> list[Cell]:
        above = self._word.get(i, self._above.get(i, ""))
        found: list[Cell] = []
        for number, cell in zip(numbers, cells, strict=True):
            if cell in self._marks and not _is_blank(above):
                self._tell(number, i, _("Read as '{text}', which stands above."), above)
                cell = above
            if i not in self._groups or not _is_blank(cell):
                above = cell
            found.append(cell)
        return found

    def _down(self, i: int, cells: Sequence[Cell], part: Part, beside: Mapping[int, Cell]) -> Sequence[Cell]:
        others = [column for place, column in enumerate(part.columns) if place != i]
        above = self._word.get(i, "")
        fills = self._fills(i, above)
        passed = sorted(row for row, cell in beside.items() if not _is_blank(cell))
        found: list[Cell] = []
        for offset, cell in enumerate(cells):
            number = part.numbers[offset]
            while passed and passed[0] < number:
                above = beside[passed.pop(0)]
                fills = self._fills(i, above)
            if not _is_blank(cell):
                if number not in beside:
                    above = "" if is_nothing(cell) else cell
                    fills = self._fills(i, above)
            elif above != "" and _is_of_table(others, offset):
                if self._is_itself(i, others, offset, above):
                    above = ""
                elif fills:
                    self._tell(number, i, _("Empty, as below the first row of merged cells: read as '{text}'."), above)  # fmt: skip
                    cell = above
                else:
                    self._left.setdefault(i, []).append(number)
            found.append(cell)
        self._word[i] = beside[passed[-1]] if passed else above
        return found

    def _fills(self, i: int, above: Cell) -> bool:
        """Whether what stands above is filled down: not where it would but be refused once more."""
        return i in self._groups and not isinstance(Column(self._fields[i]).read([above])[0], Fault)

    def _is_itself(self, i: int, others: Sequence[Sequence[Cell]], offset: int, above: Cell) -> bool:
        """Whether a row is what the rows above it stand below: nothing is above itself, and a list goes on beside it."""
        is_above = self._fields[i].name in ("parent_code", "parent")
        return is_above and any(_plain(column[offset]) == _plain(above) for column in others)

    def _tell(self, row: int, i: int, message: str, above: Cell) -> None:
        self._filled.append(
            Filled(row, self._fields[i].name, message.format(text=str(above).strip()[:_LONGEST]))
        )


def _is_group(field: Field, words: int) -> bool:
    """Whether so many words in sight are of groups: a single one of a few that can be chosen may be of its row alone."""
    return field.name in word("groups") and (words > 1 or field.type != "choice")


def _of_types(fields: Sequence[Field], types: Collection[str]) -> tuple[int, ...]:
    return tuple(i for i, field in enumerate(fields) if field.type in types)


def _shaped_like_groups(sheet: Sheet, fields: Sequence[Field]) -> Iterator[tuple[int, int]]:
    """The columns whose first row is filled, and then only a row here and there, each with another word; how many words."""
    known = {*word("groups"), *word("perhaps_groups")}
    chosen = sheet.choice.columns
    rows = sheet.glance.rows[sheet.choice.header_last :]
    for i, field in enumerate(fields):
        if (
            field.single
            or field.name not in known
            or chosen[i] < 0
            or chosen.count(chosen[i]) > 1
            or _is_merged(sheet, chosen[i])
        ):
            continue
        others = [column for column in set(chosen) if column >= 0 and column != chosen[i]]
        cells = [
            _at(row, chosen[i]) for row in rows if _count(row, others) >= min(_FEWEST_OTHERS, len(others))
        ]
        words = [str(cell).strip() for cell in cells if not _is_blank(cell)]
        if _are_of_groups(words, cells):
            yield i, len(words)


def _are_of_groups(words: Sequence[str], cells: Sequence[Cell]) -> bool:
    empty = len(cells) - len(words)
    if not words or _is_blank(cells[0]) or is_nothing(cells[0]):
        return False
    return empty >= max(_FEWEST, len(words)) and len(set(words)) == len(words)


def _is_merged(sheet: Sheet, column: int) -> bool:
    """Whether the column has merged cells below the header: then what is empty besides is empty."""
    last = sheet.choice.header_last
    return any(one.left <= column <= one.right and one.bottom > last for one in sheet.glance.merged)


def _is_of_table(others: Sequence[Sequence[Cell]], offset: int) -> bool:
    filled = sum(not _is_blank(column[offset]) for column in others)
    return filled >= min(_FEWEST_OTHERS, len(others))


def _count(row: Sequence[Cell], columns: Collection[int]) -> int:
    return sum(not _is_blank(_at(row, column)) for column in columns)


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else ""


def _plain(cell: Cell) -> str:
    return cell_text(cell).strip()


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
