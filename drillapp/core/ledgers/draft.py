"""A file on its way in: what is guessed of it, what the clerk said, what would come of it, and then the import."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kinds import kind_of
from drillapp.core.ledgers import reading
from drillapp.core.ledgers.bringing import How, Outcome, bring_in
from drillapp.core.ledgers.checked import Checked, DraftRow, State
from drillapp.core.ledgers.importing import constants
from drillapp.core.ledgers.layout import Field, layout
from drillapp.core.ledgers.provisional import glances, guess
from drillapp.core.ledgers.reading import Block, Cell
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.rows import Rows
from drillapp.core.ledgers.said import Said
from drillapp.core.ledgers.shapes import Glance, Guess
from drillapp.core.ledgers.table import Place, Table, read_table
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.search.tokens import title_tokens
from drillapp.core.uncollected import uncollected
from drillapp.core.work import Origin

__all__ = ["Checked", "Draft", "DraftRow", "Said"]


class _Chosen(NamedTuple):
    """The fields that are read and the column of each."""

    fields: list[Field]
    columns: list[int]


class Draft:
    """A ledger file on its way into the office; nothing is written, and no transaction open, until `write`."""

    def __init__(self, path: Path, shown: list[Glance], said: Said) -> None:
        """Use `open`, which looks at the file."""
        self.path = path
        self.glances = shown
        self.said = said
        self.guess: Guess = self._guessed()
        self._table: Table | None = None
        self._of_title = cache(title_tokens)

    @classmethod
    def open(
        cls,
        office: Office,
        path: Path,
        *,
        kind: str | None = None,
        sheet: str | None = None,
        column_map: Mapping[str, str] | None = None,
        given: Mapping[str, Any] | None = None,
        progress: Progress = SILENT,
    ) -> Self:
        """Look at the beginning of a file and guess what it is; an incomplete guess is no error.

        `column_map` goes from header words to fields, `given` are values of fields for the file as a whole. Raises
        what `reading.opened` raises for a file that cannot be read at all.
        """
        said = Said(kind=kind, sheet=sheet, words=dict(column_map or {}), given=dict(given or {}))
        return cls(path, glances(path, progress), said)

    @property
    def kind(self) -> str | None:
        """The kind of ledger that the file is taken for."""
        return self.guess.kind

    def set_kind(self, kind: str) -> None:
        """Say what kind of ledger it is; what was said of its columns goes, since they are other fields'."""
        kind_of(kind)
        self.said.kind = kind
        self.said.columns.clear()
        self.said.words.clear()
        self._guess_again()

    def set_sheet(self, name: str) -> None:
        """Say which sheet holds it; what was said of another sheet's cells goes."""
        self.said.sheet = name
        self.said.header = None
        self.said.columns.clear()
        self.said.forget_rows()
        self._guess_again()

    def set_header(self, first: int, last: int) -> None:
        """Say from which to which row the header reaches; (0, 0) for a sheet without one."""
        self.said.header = (first, last)
        self.said.columns.clear()
        self._guess_again()

    def set_column(self, column: int, field: str) -> None:
        """Say which field a column holds; '' leaves it out. A column that held the field so far loses it."""
        for other, held in list(self.said.columns.items()):
            if field and held == field:
                del self.said.columns[other]
        self.said.columns[column] = field
        self._guess_again()

    def set_cell(self, row: int, field: str, text: str) -> None:
        """Correct a cell."""
        self.said.cells[row, field] = text

    def set_alike(self, field: str, written: str, text: str) -> None:
        """Correct all cells of a field in which just this stands."""
        self.said.alike[field, written] = text

    def leave_out(self, row: int, out: bool = True) -> None:
        """Leave a row out, or take it in again."""
        if out:
            self.said.left_out.add(row)
        else:
            self.said.left_out.discard(row)

    def give(self, field: str, text: str) -> None:
        """Say a field for the file as a whole; '' takes it back. Raises InvalidInput for what a cell could not hold."""
        if not text:
            self.said.given.pop(field, None)
        elif self.kind is not None:
            self.said.given |= constants(self.kind, {field: text})
        self._guess_again()

    def number_new(self, number: bool = True) -> None:
        """Say whether new records without a code get the office's next numbers."""
        self.said.number = number
        self._guess_again()

    def check(self, office: Office, progress: Progress = SILENT) -> Checked:
        """What would come of the whole file; nothing is written.

        Raises InvalidInput when kind or required columns are not known, and what reading the file raises.
        """
        rows = self._converted(progress)
        outcome = bring_in(office, self._known_kind(), rows, self._how(progress, dry_run=True, partial=True))
        return self._checked(rows, outcome)

    @uncollected()
    def write(self, office: Office, progress: Progress = SILENT, *, partial: bool = False) -> ImportResult:
        """Bring the file in, in one transaction with one entry in the journal; one bad row stops all unless `partial`.

        Raises what `check` raises.
        """
        rows = self._converted(progress)
        how = self._how(progress, dry_run=False, partial=partial)
        return bring_in(office, self._known_kind(), rows, how).result

    def _guessed(self) -> Guess:
        return guess(self.glances, self.said)

    def _guess_again(self) -> None:
        self.guess = self._guessed()

    def _known_kind(self) -> str:
        if self.guess.kind is None:
            raise InvalidInput(_("What kind of ledger this is, is not clear."), _("Choose the kind first."))
        return self.guess.kind

    def _how(self, progress: Progress, *, dry_run: bool, partial: bool) -> How:
        origin = Origin(self.path.name, reading.digest(self.path))
        return How(origin, dry_run, partial, progress, self._of_title)

    def _chosen(self) -> _Chosen:
        kind = self._known_kind()
        if self.guess.missing:
            by_name = {field.name: field.label for field in layout(kind).field}
            missing = ", ".join(by_name.get(name, name) for name in self.guess.missing)
            raise InvalidInput(
                _("No column is known for: {missing}.").format(missing=missing),
                _("Say which column holds it, or what it is for all rows."),
                field=self.guess.missing[0],
            )
        by_field = {field.name: field for field in layout(kind).field}
        # In the order of the entry's own fields, which is what rows are made by.
        names = [name for name in kind_of(kind).entry.__struct_fields__ if name in self.guess.columns]
        return _Chosen([by_field[name] for name in names], [self.guess.columns[name] for name in names])

    def _converted(self, progress: Progress) -> Rows:
        chosen = self._chosen()
        once = {
            column
            for field, column in zip(chosen.fields, chosen.columns, strict=True)
            if field.type in ("quantity", "interval")
        }
        sheet, blocks = self._read(progress).chosen(chosen.columns, once)
        kind = self._known_kind()
        headers = [self.guess.headers.get(column, "") for column in chosen.columns]
        ignored = [
            words for column, words in self.guess.headers.items() if column not in chosen.columns and words
        ]
        labels = {field.name: field.label for field in layout(kind).field}
        rows = Rows(sheet, chosen.fields, headers, ignored, kind_of(kind).entry, self.said.given, labels)
        for block in blocks:
            rows.add(self._corrected(block, chosen.fields))
        rows.leave_out_remarks()
        if not rows.read:
            raise InvalidInput(
                _("There are no rows below the header in '{sheet}'.").format(sheet=sheet.name),
                _("Choose the sheet that holds the ledger, or fill it in first."),
            )
        return rows

    def _read(self, progress: Progress) -> Table:
        columns = tuple(sorted(self.guess.headers.keys() | set(self.guess.columns.values())))
        place = Place(self.guess.sheet, self.guess.header, columns)
        if self._table is None or not self._table.holds(place):
            self._table = read_table(self.path, place, progress)
        return self._table

    def _corrected(self, block: Block, fields: list[Field]) -> Block:
        """The block with what the clerk said in the place of what the file has."""
        last = block.first_row + len(block.columns[0]) - 1
        out = [row - block.first_row for row in self.said.left_out if block.first_row <= row <= last]
        cells = {key: text for key, text in self.said.cells.items() if block.first_row <= key[0] <= last}
        if not out and not cells and not self.said.alike:
            return block
        columns: list[list[Cell]] = [list(column) for column in block.columns]
        for field, column in zip(fields, columns, strict=True):
            self._correct(field.name, column)
        position = {field.name: i for i, field in enumerate(fields)}
        for (row, name), text in cells.items():
            if name in position:
                columns[position[name]][row - block.first_row] = text
        for column in columns:
            for offset in out:
                column[offset] = ""
        return block._replace(columns=columns)

    def _correct(self, field: str, column: list[Cell]) -> None:
        alike = {written: text for (name, written), text in self.said.alike.items() if name == field}
        if alike:
            column[:] = [alike.get(str(cell), cell) for cell in column]

    def _checked(self, rows: Rows, outcome: Outcome) -> Checked:
        assert self._table is not None
        states: dict[int, State] = dict.fromkeys(rows.numbers, "same")
        created = set(outcome.saved.new)
        changed = set(outcome.saved.changed)
        for i, row in enumerate(outcome.numbers):
            if i in created:
                states[row] = "new"
            elif i in changed:
                states[row] = "changed"
        states |= dict.fromkeys((error.row for error in rows.errors), "refused")
        states |= dict.fromkeys(self.said.left_out, "left_out")
        why = {error.row: f"{error.column}: {error.message}" for error in reversed(rows.errors)}
        entries = dict(zip(outcome.numbers, outcome.entries, strict=True))
        fields = [field for field in layout(self._known_kind()).field if field.name in self.guess.columns]
        cells = dict(self.said.cells)
        return Checked(outcome.result, fields, self.guess.columns, self._table, cells, entries, states, why)
