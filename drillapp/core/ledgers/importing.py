"""A ledger file becomes entries, and the entries become records: all of them or, if one is bad, none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import compress, repeat
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET

from drillapp.core.changes import Changes
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kinds import Kind, kind_of
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.layout import Field, Layout, find_header, layout
from drillapp.core.ledgers.reading import Block, Cell, Sheet
from drillapp.core.ledgers.values import Column, Fault
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.saving import Saved, Saving
from drillapp.core.search.rebuild import SEARCHED
from drillapp.core.search.tokens import title_tokens
from drillapp.core.uncollected import uncollected
from drillapp.core.work import Origin

_FEWEST_OF_A_TABLE = 3
"""So many columns tell a remark below a table from one of its rows."""


class LedgerError(msgspec.Struct, frozen=True):
    """What is wrong with one cell (or row) of a file."""

    sheet: str
    row: int
    """The spreadsheet's own row number, from 1."""
    column: str
    """The header of the column, as the file has it; '' for the row as a whole."""
    value: str
    message: str


class ImportResult(msgspec.Struct, frozen=True):
    """What came of an import, or would come of it in a dry run."""

    read: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    """Rows with errors."""
    errors: tuple[LedgerError, ...] = ()
    notes: tuple[LedgerError, ...] = ()
    """What is worth a thought in rows that are not refused."""
    ignored: tuple[str, ...] = ()
    """Headers of columns that mean no field of this kind and were left out."""
    dry_run: bool = False
    changes: Changes = Changes()


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
    ) -> None:
        self.sheet = sheet
        self.fields = fields
        self.headers = dict(zip((field.name for field in fields), headers, strict=True))
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
        self.errors.append(LedgerError(self.sheet.name, row, self.headers.get(field, field), value, message))

    def note(self, row: int, field: str, value: str, message: str) -> None:
        """Note what is worth a thought about a field of a row."""
        self.notes.append(LedgerError(self.sheet.name, row, self.headers.get(field, field), value, message))

    def _note_faults(
        self, values: Sequence[list[Any]], columns: Sequence[list[Cell]], numbers: Sequence[int]
    ) -> set[int]:
        bad: set[int] = set()
        for column, found, cells in zip(self._columns, values, columns, strict=True):
            if not column.has_faults:
                continue
            for number, value, cell in zip(numbers, found, cells, strict=True):
                if isinstance(value, Fault) and not self._has_flaw(number, column.field):
                    self.error(number, column.field.name, _shown(cell), value.message)
                    bad.add(number)
        return bad

    def _position(self, field: Field) -> int:
        choice = self.sheet.choice.columns[self.fields.index(field)]
        return choice + self.sheet.left

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


@uncollected()
def import_ledger(
    office: Office,
    kind: str,
    path: Path,
    *,
    sheet: str | None = None,
    column_map: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
    dry_run: bool = False,
    partial: bool = False,
    progress: Progress = SILENT,
) -> ImportResult:
    """Bring a ledger file into the office: every row is checked first, and one bad row stops all unless `partial`.

    `given` are values of fields for which the file has no column. The result names every bad row. Raises NotFound for an unknown kind, and what `reading.opened` raises for a file
    that cannot be read as this ledger at all.
    """
    target = kind_of(kind)
    of_title = cache(title_tokens)
    rows = read_rows(
        layout(kind),
        target.entry,
        path,
        sheet,
        column_map,
        progress,
        lambda entries: _foresee(kind, of_title, entries),
        given,
    )
    entries, numbers = _without_repeats(layout(kind), rows)
    saving = Saving(
        partial=partial or bool(rows.errors),
        dry_run=dry_run or (bool(rows.errors) and not partial),
        origin=Origin(path.name, reading.digest(path)),
        progress=progress,
        of_title=of_title,
    )
    saved = _save(office, target, entries, saving)
    for problem in saved.problems:
        rows.error(numbers[problem.index], problem.field, problem.value, problem.message)
    for note in saved.notes:
        rows.note(numbers[note.index], note.field, note.value, note.message)
    repeated = rows.read - len(entries) - len({error.row for error in rows.errors} - set(numbers))
    return _result(rows, saved, repeated, dry_run=dry_run, partial=partial)


def constants(kind: str, said: Mapping[str, str]) -> dict[str, Any]:
    """The values of fields that are said for a file as a whole, read as its cells are.

    Raises InvalidInput for a field that the kind does not have, and for what a cell could not hold either.
    """
    by_name = {field.name: field for field in layout(kind).field}
    values: dict[str, Any] = {}
    for name, text in said.items():
        if name not in by_name:
            raise InvalidInput(
                _("There is no field '{field}' in this ledger.").format(field=name),
                _("The fields are: {fields}.").format(fields=", ".join(by_name)),
                field=name,
            )
        [value] = Column(by_name[name]).read([text])
        if isinstance(value, Fault):
            raise InvalidInput(f"{by_name[name].label}: {value.message}", field=name)
        values[name] = value
    return values


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

    def choose(head: Sequence[Sequence[Cell]]) -> reading.Choice:
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
        return reading.Choice(match.row, tuple(found.values()), once)

    with reading.opened(path, choose, progress, sheet=sheet) as opened:
        rows = Rows(opened, [by_name[name] for name in found], headers, ignored, entry, given)
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


def _foresee(kind: str, of_title: Callable[[str], object], entries: Sequence[Any]) -> None:
    """Work out what titles are found by: this process waits for the one that reads, and later has it ready."""
    if kind in SEARCHED:
        for title in map(attrgetter(SEARCHED[kind][0]), entries):
            if isinstance(title, str):
                of_title(title)


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


def _shown(cell: Cell) -> str:
    text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)
    return text if len(text) <= 80 else text[:79] + "…"


def _flaw_message(text: str) -> str:
    if text.startswith("#"):
        return _("The cell shows an error instead of a value.")
    return _(
        "A formula without its result: open the file in a spreadsheet program, save it, or enter the value itself."
    )


def _without_repeats(layout: Layout, rows: Rows) -> tuple[list[Any], list[int]]:
    """The entries whose key did not stand further above, and their row numbers; each repetition becomes an error.

    Rows that say nothing of their key are told apart by all that they say, and those that say the same are one.
    """
    keyed = [field.name for field in layout.field if field.key]
    names = [name for name in keyed if name in rows.headers]
    if keyed and not names:
        first_rows = dict(zip(reversed(rows.entries), reversed(rows.numbers), strict=True))
        return list(reversed(first_rows)), list(reversed(first_rows.values()))
    columns = [[getattr(entry, name) for entry in rows.entries] for name in names]
    if not names or len(set(zip(*columns, strict=True))) == len(rows.entries):
        return rows.entries, rows.numbers
    keys = list(zip(*columns, strict=True))
    first: dict[Any, int] = dict(zip(reversed(keys), reversed(rows.numbers), strict=True))
    nothing = (UNSET,) * len(names)
    unique = [first[key] == number or key == nothing for key, number in zip(keys, rows.numbers, strict=True)]
    for key, number, is_first in zip(keys, rows.numbers, unique, strict=True):
        if not is_first:
            value = _shown(" / ".join(str(part) for part in key if part is not UNSET))
            rows.error(number, names[0], value, _("Stands in row {row} already.").format(row=first[key]))
    return list(compress(rows.entries, unique)), list(compress(rows.numbers, unique))


def _save(office: Office, kind: Kind, entries: Sequence[Any], saving: Saving) -> Saved:
    if not entries:
        return Saved()
    try:
        return kind.save(office, entries, saving)
    except InvalidInput as error:
        if not error.problems:
            raise
        return Saved(problems=error.problems)


def _result(rows: Rows, saved: Saved, repeated: int, *, dry_run: bool, partial: bool) -> ImportResult:
    errors = tuple(sorted(rows.errors, key=lambda error: error.row))
    notes = tuple(sorted(rows.notes, key=lambda note: note.row))
    rejected = len({error.row for error in errors})
    if errors and not partial:
        return ImportResult(
            read=rows.read,
            rejected=rejected,
            errors=errors,
            notes=notes,
            ignored=rows.ignored,
            dry_run=dry_run,
        )
    return ImportResult(
        read=rows.read, created=saved.created, updated=saved.updated, unchanged=saved.unchanged + repeated,
        rejected=rejected, errors=errors, notes=notes, ignored=rows.ignored, dry_run=dry_run, changes=Changes() if dry_run else saved.changes,
    )  # fmt: skip
