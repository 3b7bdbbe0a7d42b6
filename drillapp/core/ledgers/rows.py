"""Reading the rows of a ledger file: the good ones as entries, the others as errors that name their cell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress, repeat
from typing import Any

import msgspec

from drillapp.core.i18n import _
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.groups import NOTHING_BESIDE, Beside, Groups
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.own_files import is_own
from drillapp.core.ledgers.reading import Block, Cell, Sheet
from drillapp.core.ledgers.row_notes import RowNotes
from drillapp.core.ledgers.row_parts import Part, empty_rows, lines, part_of, without
from drillapp.core.ledgers.sieve import Sieve
from drillapp.core.ledgers.told import told as told_of_sheet
from drillapp.core.ledgers.values import Column, Fault, Unclear

MOST_ERRORS = 5_000
"""So many faults are told one by one; from then on only the first of each row."""


class LedgerError(msgspec.Struct, frozen=True):
    """What is wrong with one cell (or row) of a file, or worth a word."""

    sheet: str
    row: int
    """The spreadsheet's own row number, from 1."""
    column: str
    """The header of the column, as the file has it, or would have it; '' for the row as a whole."""
    value: str
    message: str
    field: str = ""
    """The name of the column's field; '' for the row as a whole."""


class Rows:
    """The rows read so far: the good ones as entries, the others as errors. Only after `finish` nothing changes any more."""

    def __init__(
        self,
        sheet: Sheet,
        fields: Sequence[Field],
        headers: Sequence[str],
        ignored: Sequence[str],
        entry: type[Any],
        given: Mapping[str, Any] | None = None,
        labels: Mapping[str, str] | None = None,
        kept: Iterable[int] = (),
    ) -> None:
        """`labels` are the headers of fields that the file may lack, by name; `kept` rows are data, whatever they look like."""
        self.sheet = sheet
        self.fields = fields
        self.headers = dict(zip((field.name for field in fields), headers, strict=True))
        self._called = {**(labels or {}), **self.headers}
        self.ignored = tuple(ignored)
        self.entries: list[Any] = []
        self.numbers: list[int] = []
        """The row number of each entry."""
        self.errors: list[LedgerError] = []
        """One at least for each refused row."""
        self.notes: list[LedgerError] = []
        self.left_out: dict[int, str] = {}
        """Rows that are no data, with the reason."""
        self.read = 0
        """How many rows of data there are."""
        self.columns = _columns(sheet, fields)
        """One a field, in the order of `fields`; after `finish` they read single cells as the whole column was read."""
        self._groups = Groups(sheet, fields, as_written=is_own(sheet.glance, sheet.choice.header_last))
        self._sieve = Sieve(sheet)
        self._told = RowNotes(self.note)
        self._kept = frozenset(kept)
        self._end = 0
        """The row in which another table begins, once one has."""
        self._header_rows: list[int] = []
        """Where the header stands once more."""
        self._refused: set[int] = set()
        self._is_short = False
        """Whether further faults of a row are no longer told."""
        self._lines: dict[int, str] = {}
        """Refused rows that hold but one text, by number."""
        self._open: list[tuple[int, str, Cell]] = []
        """Row, field and content of the cells that only the whole column explains."""
        self._given = {name: value for name, value in (given or {}).items() if name not in self.headers}
        said = self._given.keys() | self.headers.keys()
        # In the order of the entry's own fields, which is what `_positional` goes by.
        self._names = [name for name in entry.__struct_fields__ if name in said]
        self._make = _positional(entry, self._names)

    def add(self, block: Block, beside: Beside = NOTHING_BESIDE) -> Sequence[Any]:
        """Convert a block of rows; returns the entries of those that are good so far.

        `beside` is what the file says of groups where somebody said something else.
        """
        written = self._of_data(part_of(block))
        self._told.filled(block.filled)
        part, filled = self._groups.filled(written, beside)
        values = [column.read(cells) for column, cells in zip(self.columns, part.columns, strict=True)]
        left = self._sift(written, self._faulty(values), is_refused=True)
        written, part = written.without(left), part.without(left)
        values = [without(column, left) for column in values]
        self.read += len(part.numbers)
        bad = self._note_faults(values, part) | self._note_flaws(part.numbers)
        if bad:
            self._lines |= lines(written, bad)
            offsets = [i for i, number in enumerate(part.numbers) if number in bad]
            part, values = part.without(offsets), [without(column, offsets) for column in values]
        self._tell(values, part)
        there = set(part.numbers) if filled else set[int]()
        for cell in filled:
            if cell.row in there:
                self._told.cell(cell.row, cell.field, "", cell.message)
        return self._make_entries(values, part.numbers)

    def finish(self) -> None:
        """Read what only the whole columns explain, and leave out the lines around the table that are no rows of it."""
        self._settle()
        self._leave_out_lines()
        self._told.finish(self._fields_of, frozenset(self.numbers))
        for left in self._groups.left(frozenset(self.numbers)):
            self.note(left.row, left.field, "", left.message)
        for said in told_of_sheet(self.sheet, self.numbers):
            fields = [] if said.column is None else self._fields_of(said.column)
            self.note(said.row, fields[0] if fields else "", "", said.message)

    def error(self, row: int, field: str, value: str, message: str) -> None:
        """Note what is wrong with a field of a row."""
        if len(self.errors) >= MOST_ERRORS:
            if not self._is_short:
                self._is_short = True
                self.note(
                    row, "", "", _("Very many faults: from here on only the first of each row is told.")
                )
            if row in self._refused:
                return
        self._refused.add(row)
        self.errors.append(self.told(row, field, value, message))

    def note(self, row: int, field: str, value: str, message: str) -> None:
        """Note what is worth a thought about a field of a row."""
        self.notes.append(self.told(row, field, value, message))

    def told(self, row: int, field: str, value: str, message: str) -> LedgerError:
        """What is to be said of a field of a row, in the file's own words for it."""
        return LedgerError(self.sheet.name, row, self._called.get(field, field), value, message, field)

    def _make_entries(self, values: Sequence[list[Any]], numbers: Sequence[int]) -> list[Any]:
        self.numbers.extend(numbers)
        read = dict(zip(self.headers, values, strict=True))
        entries = list(
            map(self._make, *(read.get(name, repeat(self._given.get(name))) for name in self._names))
        )
        self.entries.extend(entries)
        return entries

    # --- which rows are data

    def _of_data(self, part: Part) -> Part:
        """The rows without the empty ones, and without those that say by their first words that they are no data."""
        empty = empty_rows(part.columns)
        outside = [(part.numbers[i], part.others[i]) for i in empty if part.others[i]]
        told = self._sift(part, self._sieve.candidates(part.columns, part.others))
        for number, other in outside:
            if number not in self.left_out and not (self._end and number > self._end):
                self._leave_out(number, other, _("It has something only in columns that are left out."))
        return part.without({*empty, *told})

    def _sift(self, part: Part, offsets: Iterable[int], *, is_refused: bool = False) -> set[int]:
        """Which of some rows are no data; all below another table's header are none."""
        left: set[int] = set()
        for i in sorted(offsets):
            row = part.numbers[i]
            if row in self._kept or (self._end and row > self._end):
                continue
            found = self._sieve.why(part.row(i), part.others[i], is_refused=is_refused)
            if found is not None:
                self._leave_out(row, found.text, found.why)
                left.add(i)
                if found.what == "header":
                    self._header_rows.append(row)
                if found.what == "other table":
                    self._end = row
        return left | self._below(part) if self._end else left

    def _below(self, part: Part) -> set[int]:
        below = {i for i, number in enumerate(part.numbers) if number > self._end}
        for i in below.difference(empty_rows(part.columns)):
            self.left_out[part.numbers[i]] = _("It belongs to another table.")
        return below

    def _leave_out(self, row: int, text: str, why: str) -> None:
        self.left_out[row] = why
        self._told.left_out(row, shown(text), why)

    def _leave_out_lines(self) -> None:
        """Leave out lines below the table: a sentence, who made it, a date; and the title above a repeated header."""
        faulty = {error.row for error in self.errors}
        last = max({*self.numbers[-1:], *faulty.difference(self._lines)}, default=0)
        remarks = {row for row in self._lines if last and row > last and row not in self._kept}
        titles = self._titles(faulty)
        for row in sorted(remarks):
            self._leave_out(row, self._lines[row], _("A remark below the table, left out."))
        for row in sorted(titles - remarks):
            self._leave_out(row, self._lines[row], _("A title above the header, left out."))
        self.read -= len(remarks | titles)
        self.errors = [error for error in self.errors if error.row not in remarks | titles]

    def _titles(self, faulty: set[int]) -> set[int]:
        """The lines between a repeated header and the last row above it."""
        titles: set[int] = set()
        for header in self._header_rows:
            entry = bisect_left(self.numbers, header) - 1
            above = max(
                self.numbers[entry] if entry >= 0 else 0,
                max((row for row in faulty.difference(self._lines) if row < header), default=0),
            )
            titles |= {row for row in self._lines if above < row < header}
        return titles

    # --- what the cells say

    def _faulty(self, values: Sequence[list[Any]]) -> set[int]:
        """The places of rows with a cell that cannot be its field's value."""
        return {
            i
            for column, found in zip(self.columns, values, strict=True)
            if column.has_faults
            for i, value in enumerate(found)
            if isinstance(value, Fault) and not isinstance(value, Unclear)
        }

    def _note_faults(self, values: Sequence[list[Any]], part: Part) -> set[int]:
        bad: set[int] = set()
        for column, found, cells in zip(self.columns, values, part.columns, strict=True):
            if not column.has_faults:
                continue
            name = column.field.name
            for number, value, cell in zip(part.numbers, found, cells, strict=True):
                if not isinstance(value, Fault) or self._has_flaw(number, column.field):
                    continue
                if isinstance(value, Unclear):
                    self._open.append((number, name, cell))
                    continue
                self.error(number, name, shown(cell), value.message)
                bad.add(number)
        return bad

    def _tell(self, values: Sequence[list[Any]], part: Part) -> None:
        """Tell how cells were read where that is worth a word."""
        for column, cells in zip(self.columns, part.columns, strict=True):
            if column.notes and not column.notes.keys().isdisjoint(cells):
                for number, cell in zip(part.numbers, cells, strict=True):
                    if cell in column.notes:
                        self._told.cell(number, column.field.name, shown(cell), column.notes[cell])

    def _settle(self) -> None:
        """Put the values of cells that only the whole column explains into the entries, or refuse their rows."""
        settled = {column.field.name: column.settle() for column in self.columns if column.unclear}
        notes = {column.field.name: column.notes for column in self.columns if column.unclear}
        rows = set(self.numbers)
        changes: dict[int, dict[str, Any]] = {}
        bad: set[int] = set()
        for row, field, cell in self._open:
            value = settled[field][cell]
            if isinstance(value, Fault):
                self.error(row, field, shown(cell), value.message)
                bad.add(row)
            elif row in rows:
                changes.setdefault(row, {})[field] = value
                self._told.cell(row, field, shown(cell), notes[field][cell])
        if changes or bad:
            self._put(changes, bad)

    def _put(self, changes: Mapping[int, Mapping[str, Any]], bad: set[int]) -> None:
        stays = [number not in bad for number in self.numbers]
        self.entries = [
            msgspec.structs.replace(entry, **changes[number]) if number in changes else entry
            for number, entry in compress(zip(self.numbers, self.entries, strict=True), stays)
        ]
        self.numbers = list(compress(self.numbers, stays))

    def _position(self, field: Field) -> int:
        return self.sheet.choice.columns[self.fields.index(field)]

    def _fields_of(self, position: int) -> list[str]:
        return [field.name for field in self.fields if self._position(field) == position]

    def _has_flaw(self, number: int, field: Field) -> bool:
        return bool(self.sheet.flaws) and (number, self._position(field)) in self.sheet.flaws

    def _note_flaws(self, numbers: Sequence[int]) -> set[int]:
        """Cells that show something but hold no value would be taken for empty ones: refuse their rows."""
        flaws, bad = self.sheet.flaws, set[int]()
        if not flaws:
            return bad
        for position in dict.fromkeys(self.sheet.choice.columns):
            for number in numbers:
                if (number, position) in flaws:
                    text = flaws[number, position]
                    for name in self._fields_of(position):
                        self.error(number, name, text, _flaw_message(text))
                        bad.add(number)
        return bad


def _columns(sheet: Sheet, fields: Sequence[Field]) -> list[Column]:
    """Readers of the fields, which know the file's ways and which columns feed two fields."""
    chosen = sheet.choice.columns
    as_written = is_own(sheet.glance, sheet.choice.header_last)
    return [
        Column(
            field,
            is_1904=sheet.glance.is_1904,
            is_shared=chosen.count(position) > 1,
            as_written=as_written,
        )
        for field, position in zip(fields, chosen, strict=True)
    ]


def _positional(entry: type[Any], names: Sequence[str]) -> Callable[..., Any]:
    """Makes entries from the values of these fields in this order, nine times as fast as by keywords."""
    types = {field.name: field.type for field in msgspec.structs.fields(entry)}
    fields = [(name, types[name]) for name in names]
    return msgspec.defstruct(entry.__name__, fields, bases=(entry,), frozen=True, gc=False)


def shown(cell: Cell) -> str:
    """A cell in an error's words, cut where it is long."""
    text = cell_text(cell)
    return text if len(text) <= 80 else text[:79] + "…"


def _flaw_message(text: str) -> str:
    if text.startswith("#"):
        return _("The cell shows an error instead of a value.")
    return _(
        "A formula without its result: open the file in a spreadsheet program, save it, or enter the value itself."
    )
