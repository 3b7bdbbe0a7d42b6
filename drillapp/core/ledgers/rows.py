"""Reading the rows of a ledger file: the good ones as entries, the others as errors that name their cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import compress, repeat
from pathlib import Path
from typing import Any

import msgspec

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.layout import Field, Layout, find_header
from drillapp.core.ledgers.reading import Block, Cell, Sheet
from drillapp.core.ledgers.values import Column, Fault
from drillapp.core.progress import Progress

_FEWEST_OF_A_TABLE = 3
"""So many columns tell a remark below a table from one of its rows."""


class LedgerError(msgspec.Struct, frozen=True):
    """What is wrong with one cell (or row) of a file."""

    sheet: str
    row: int
    """The spreadsheet's own row number, from 1."""
    column: str
    """The header of the column, as the file has it, or would have it; '' for the row as a whole."""
    value: str
    message: str


class Rows:
    """The rows read so far: the good ones as entries, the others as errors."""

    def __init__(
        self,
        sheet: Sheet,
        fields: Sequence[Field],
        headers: Sequence[str],
        ignored: Sequence[str],
        entry: type[Any],
        given: Mapping[str, Any] | None = None,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """`labels` are the headers of fields that the file may lack, by name."""
        self.sheet = sheet
        self.fields = fields
        self.headers = dict(zip((field.name for field in fields), headers, strict=True))
        self._called = {**(labels or {}), **self.headers}
        self.ignored = tuple(ignored)
        self.entries: list[Any] = []
        self.numbers: list[int] = []
        """The row number of each entry."""
        self.errors: list[LedgerError] = []
        self.notes: list[LedgerError] = []
        self.read = 0
        self._remark_rows: set[int] = set()
        """Refused rows that hold but one text."""
        self._given = {name: value for name, value in (given or {}).items() if name not in self.headers}
        said = self._given.keys() | self.headers.keys()
        # In the order of the entry's own fields, which is what `_positional` goes by.
        self._names = [name for name in entry.__struct_fields__ if name in said]
        self._make = _positional(entry, self._names)
        self._columns = [Column(field) for field in fields]

    def add(self, block: Block) -> Sequence[Any]:
        """Convert a block of rows; returns the entries of the good ones."""
        numbers: Sequence[int] = range(block.first_row, block.first_row + len(block.columns[0]))
        columns: list[list[Cell]] = block.columns
        filled = _filled_rows(columns)
        if filled is not None:
            numbers = list(compress(numbers, filled))
            columns = [list(compress(cells, filled)) for cells in columns]
        self.read += len(numbers)
        values = [column.read(cells) for column, cells in zip(self._columns, columns, strict=True)]
        bad = self._note_faults(values, columns, numbers) | self._note_flaws(numbers)
        if bad:
            self._remark_rows |= _remarks(columns, numbers) & bad
            good = [number not in bad for number in numbers]
            numbers = list(compress(numbers, good))
            values = [list(compress(column, good)) for column in values]
        self.numbers.extend(numbers)
        read = dict(zip(self.headers, values, strict=True))
        entries = list(
            map(self._make, *(read.get(name, repeat(self._given.get(name))) for name in self._names))
        )
        self.entries.extend(entries)
        return entries

    def leave_out_remarks(self) -> None:
        """Leave out the lines below the table that are no rows of it: a sentence, who made it, a date."""
        last = max(self.numbers, default=0)
        remarks = {row for row in self._remark_rows if row > last}
        if (
            not last
            or not remarks
            or any(error.row > last and error.row not in remarks for error in self.errors)
        ):
            return
        self.read -= len(remarks)
        for row in sorted(remarks):
            self.note(row, "", "", _("A remark below the table, left out."))
        self.errors = [error for error in self.errors if error.row not in remarks]

    def error(self, row: int, field: str, value: str, message: str) -> None:
        """Note what is wrong with a field of a row."""
        self.errors.append(LedgerError(self.sheet.name, row, self._called.get(field, field), value, message))

    def note(self, row: int, field: str, value: str, message: str) -> None:
        """Note what is worth a thought about a field of a row."""
        self.notes.append(LedgerError(self.sheet.name, row, self._called.get(field, field), value, message))

    def _note_faults(
        self, values: Sequence[list[Any]], columns: Sequence[list[Cell]], numbers: Sequence[int]
    ) -> set[int]:
        bad: set[int] = set()
        for column, found, cells in zip(self._columns, values, columns, strict=True):
            if not column.has_faults:
                continue
            for number, value, cell in zip(numbers, found, cells, strict=True):
                if isinstance(value, Fault) and not self._has_flaw(number, column.field):
                    self.error(number, column.field.name, shown(cell), value.message)
                    bad.add(number)
        return bad

    def _position(self, field: Field) -> int:
        return self.sheet.choice.columns[self.fields.index(field)]

    def _has_flaw(self, number: int, field: Field) -> bool:
        return bool(self.sheet.flaws) and (number, self._position(field)) in self.sheet.flaws

    def _note_flaws(self, numbers: Sequence[int]) -> set[int]:
        """Cells that show something but hold no value would be taken for empty ones: refuse their rows."""
        bad: set[int] = set()
        if not self.sheet.flaws or not numbers:
            return bad
        wanted = set(numbers)
        positions = {self._position(field): field for field in self.fields}
        for (number, position), text in self.sheet.flaws.items():
            if number in wanted and position in positions:
                self.error(number, positions[position].name, text, _flaw_message(text))
                bad.add(number)
        return bad


def _positional(entry: type[Any], names: Sequence[str]) -> Callable[..., Any]:
    """Makes entries from the values of these fields in this order, nine times as fast as by keywords."""
    types = {field.name: field.type for field in msgspec.structs.fields(entry)}
    fields = [(name, types[name]) for name in names]
    return msgspec.defstruct(entry.__name__, fields, bases=(entry,), frozen=True, gc=False)


def read_rows(
    layout: Layout,
    entry: type[Any],
    path: Path,
    sheet: str | None,
    column_map: Mapping[str, str] | None,
    progress: Progress,
    meanwhile: Callable[[Sequence[Any]], None] | None = None,
    given: Mapping[str, Any] | None = None,
) -> Rows:
    """All rows of a file as entries of a type, or errors; raises what `reading.opened` raises, and InvalidInput for none.

    `given` are values of fields for which the file has no column; a required one need not be there then.

    `meanwhile` is told the entries of each block, while another process reads the next ones.
    """
    found: dict[str, int] = {}
    headers: list[str] = []
    ignored: list[str] = []
    by_name = {field.name: field for field in layout.field}

    def choose(glance: reading.Glance) -> reading.Choice:
        head = glance.rows
        match = find_header(layout, head, column_map, frozenset(given or ()))
        # In the order of the entry's own fields, which is what `_positional` goes by.
        found.update({name: match.columns[name] for name in entry.__struct_fields__ if name in match.columns})
        headers.extend(str(head[match.row][position]).strip() for position in found.values())
        used = frozenset(found.values())
        ignored.extend(
            str(cell).strip() for position, cell in enumerate(head[match.row])
            if position not in used and cell is not None and str(cell).strip()
        )  # fmt: skip
        once = frozenset(found[name] for name in found if by_name[name].type in ("quantity", "interval"))
        return reading.Choice(match.row + 1, match.row + 1, tuple(found.values()), once)

    with reading.opened(path, choose, progress, sheet=sheet) as opened:
        labels = {field.name: field.label for field in layout.field}
        rows = Rows(opened, [by_name[name] for name in found], headers, ignored, entry, given, labels)
        for block in opened.blocks:
            entries = rows.add(block)
            if meanwhile is not None:
                meanwhile(entries)
    rows.leave_out_remarks()
    if not rows.read:
        raise InvalidInput(
            _("There are no rows below the header in '{sheet}'.").format(sheet=opened.name),
            _("Choose the sheet that holds the ledger, or fill it in first."),
        )
    return rows


def _filled_rows(columns: Sequence[Sequence[Cell]]) -> list[bool] | None:
    """Which rows have anything in them; None when all have."""
    if any("" not in column for column in columns):
        return None
    filled = [any(map(_is_filled, row)) for row in zip(*columns, strict=True)]
    return None if all(filled) else filled


def _remarks(columns: Sequence[Sequence[Cell]], numbers: Sequence[int]) -> set[int]:
    """The rows that hold but one cell of several columns."""
    if len(columns) < _FEWEST_OF_A_TABLE:
        return set()
    filled = (sum(map(_is_filled, row)) for row in zip(*columns, strict=True))
    return {number for number, count in zip(numbers, filled, strict=True) if count == 1}


def _is_filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


def shown(cell: Cell) -> str:
    """A cell in an error's words, cut where it is long."""
    text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)
    return text if len(text) <= 80 else text[:79] + "…"


def _flaw_message(text: str) -> str:
    if text.startswith("#"):
        return _("The cell shows an error instead of a value.")
    return _(
        "A formula without its result: open the file in a spreadsheet program, save it, or enter the value itself."
    )
