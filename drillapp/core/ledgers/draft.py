"""A file on its way in: what is guessed of it, what the clerk said, what would come of it, and then the import."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection

from drillapp.core.errors import DrillappError, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kept import Kept
from drillapp.core.kinds import kind_of
from drillapp.core.ledgers.bringing import How, Prepared, bring_in, prepare
from drillapp.core.ledgers.checked import Checked, DraftRow
from drillapp.core.ledgers.constants import constants
from drillapp.core.ledgers.converting import NO_COLUMN, Wanted, convert, own_code, wanted_of
from drillapp.core.ledgers.guessing.guess import guess
from drillapp.core.ledgers.guessing.remembering import Remembered, recall_mappings, remember_mapping
from drillapp.core.ledgers.layout import layout, plain_word
from drillapp.core.ledgers.matching import Completer
from drillapp.core.ledgers.reading import begun
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.said import Said
from drillapp.core.ledgers.shapes import Glance, Guess
from drillapp.core.ledgers.sheet_process import FEW_TITLES
from drillapp.core.ledgers.states import checked
from drillapp.core.ledgers.table import Place, Source, Table, digest_now
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.search.foreseen import Foreseen
from drillapp.core.uncollected import uncollected
from drillapp.core.work import Origin

__all__ = ["Checked", "Draft", "DraftRow", "Said"]


class Draft:
    """A ledger file on its way into the office; nothing is written, and no transaction open, until `write`.

    From the beginning another process reads it. It ends with the first check, or for many rows, whose titles it takes
    apart afterwards, with `write`; in any case with `close`, or with the draft.
    """

    def __init__(
        self,
        source: Source,
        shown: list[Glance],
        known: Mapping[str, Remembered],
        said: Said,
        *,
        keep: bool,
    ) -> None:
        """Use `open`, which looks at the file. `keep` keeps all its columns in memory, for corrections."""
        self.path = source.path
        self._source = source
        self.glances = shown
        self.said = said
        self._known = known
        self._keep = keep
        self.guess: Guess = self._guessed(said)
        self._table: Table | None = None
        self._prepared: Prepared | None = None
        self._kept = Kept()
        self._foreseen = Foreseen()
        self._open_files = ExitStack()
        weakref.finalize(self, self._open_files.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def is_open(self) -> bool:
        """Whether the other process is still there."""
        return self._source.early is not None or self._foreseen.is_awaited

    def close(self) -> None:
        """Let go of the file; what is wanted of it later is read anew."""
        self._source = self._source._replace(early=None)
        self._foreseen.expect(None)
        self._open_files.close()

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
        NotFound for an unknown kind, InvalidInput for a sheet, column or field that there is not, and what
        `reading.opened` raises for a file that cannot be read at all.
        """
        return cls._of(office, path, _said_first(kind, sheet, column_map, given), progress, keep=True)

    @classmethod
    def at_once(
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
        """The same for a file that is brought in with nobody to correct it; to be closed afterwards."""
        return cls._of(office, path, _said_first(kind, sheet, column_map, given), progress, keep=False)

    @classmethod
    def _of(cls, office: Office, path: Path, said: Said, progress: Progress, *, keep: bool) -> Self:
        digest = digest_now(path)
        with ExitStack() as opened:
            source = Source(path, digest, opened.enter_context(begun(path, progress, said.sheet)))
            shown = source.glances(progress)
            with office.read() as connection:
                known = recall_mappings(connection, shown)
            draft = cls(source, shown, known, said, keep=keep)
            draft._open_files.enter_context(opened.pop_all())
            return draft

    def again(self, office: Office, progress: Progress = SILENT) -> Self:
        """The file as it is by now, understood as it was said; of a changed one, what was said of single rows is gone.

        Its columns are then known by their headers, since they may stand elsewhere. Raises what `open` raises.
        """
        self.close()
        if digest_now(self.path) == self._source.digest:
            return self._of(office, self.path, deepcopy(self.said), progress, keep=True)
        said = Said(kind=self.kind, given=self.said.given, alike=self.said.alike, number=self.said.number)
        anew = self._of(office, self.path, deepcopy(said), progress, keep=True)
        anew._follow(self.guess)
        return anew

    def _follow(self, before: Guess) -> None:
        """Understand the file as it was before, as far as that sheet and those columns are there still."""
        if before.sheet in (one.sheet for one in self.glances):
            self._say(sheet=before.sheet)
        fields = dict.fromkeys(before.left_out, "") | {
            column: name for name, column in before.columns.items()
        }
        words = {head: fields[column] for column, head in before.headers.items() if head and column in fields}
        there = set(map(plain_word, self.guess.headers.values()))
        try:
            self._say(words=words)
        except InvalidInput:
            self._say(words={head: field for head, field in words.items() if plain_word(head) in there})

    @property
    def kind(self) -> str | None:
        """The kind of ledger that the file is taken for; None when that is not clear."""
        return self.guess.kind

    @property
    def missing(self) -> tuple[str, ...]:
        """Required fields that neither a column nor the clerk says; a code that the office can find is not missing."""
        return tuple(name for name in self.guess.missing if name != self.open_code)

    @property
    def open_code(self) -> str:
        """The field of a code that no column holds: known names keep theirs, new ones may be numbered; '' for none."""
        code = own_code(self.kind) if self.kind is not None else ""
        return "" if code in self.guess.columns else code

    # --- what the clerk says; all else is guessed anew

    def set_kind(self, kind: str) -> None:
        """Say what kind of ledger it is; what was said of the fields of another one goes."""
        kind_of(kind)
        if kind == self.kind:
            self._say(kind=kind)
            return
        self._say(kind=kind, columns={}, words={}, alike={}, cells={}, given={}, number=False)

    def set_sheet(self, name: str) -> None:
        """Say which sheet holds it; what was said of another sheet's cells goes. Raises InvalidInput for an unknown one."""
        self._say(sheet=name, header=None, columns={}, cells={}, left_out=set(), taken_in=set())

    def set_header(self, first: int, last: int) -> None:
        """Say from which to which row the header reaches; (0, 0) for a sheet without one."""
        self._say(header=(first, last), columns={})

    def set_column(self, column: int, field: str) -> None:
        """Say which field a column holds; '' leaves it out. A column that held the field so far loses it."""
        kept = {other: held for other, held in self.said.columns.items() if not field or held != field}
        self._say(columns={**kept, column: field})

    def set_cell(self, row: int, field: str, text: str) -> None:
        """Correct a cell."""
        self._say(cells={**self.said.cells, (row, field): text})

    def set_alike(self, field: str, written: str, text: str) -> None:
        """Correct all cells of a field in which just this stands."""
        self._say(alike={**self.said.alike, (field, written): text})

    def leave_out(self, row: int, out: bool = True) -> None:
        """Leave a row out, or take it in again, even one that looks like no data."""
        left, taken = self.said.left_out - {row}, self.said.taken_in - {row}
        self._say(left_out=left | {row} if out else left, taken_in=taken if out else taken | {row})

    def give(self, field: str, text: str) -> None:
        """Say a field for the file as a whole; '' takes it back. Raises InvalidInput for what a cell could not hold."""
        given = {name: value for name, value in self.said.given.items() if name != field}
        if text:
            given |= constants(self._known_kind(), {field: text})
        self._say(given=given)

    def number_new(self, number: bool = True) -> None:
        """Say whether new records without a code get the office's next numbers."""
        self._say(number=number)

    # --- what comes of it

    @uncollected()
    def check(self, office: Office, progress: Progress = SILENT) -> Checked:
        """What would come of the whole file; nothing is written.

        Raises InvalidInput when kind or required columns are not known, Conflict when the file was changed since it
        was opened, and what reading the file raises.
        """
        self._kept = Kept()
        with self._reading():
            prepared = self._converted(office, progress)
            outcome = bring_in(office, prepared, self._how(office, progress, dry_run=True, partial=True))
            assert self._table is not None
            found = checked(
                office, prepared, outcome, self.guess, deepcopy(self.said), self._table, self._kept.lookups
            )
            if len(prepared.entries) < FEW_TITLES:
                self._foreseen.take_in()
            return found

    @uncollected()
    def write(self, office: Office, progress: Progress = SILENT, *, partial: bool = False) -> ImportResult:
        """Bring the file in, in one transaction with one entry in the journal; one bad row stops all unless `partial`.

        Raises what `check` raises.
        """
        return self.bring(office, progress, partial=partial, dry_run=False)

    def bring(self, office: Office, progress: Progress, *, partial: bool, dry_run: bool) -> ImportResult:
        """Bring the file in, or find out what would come of that; raises what `check` raises."""
        with self._reading():
            prepared = self._converted(office, progress)
            how = self._how(office, progress, dry_run=dry_run, partial=partial)
            return bring_in(office, prepared, how).result

    def _say(self, **changes: Any) -> None:
        """Take in what the clerk said; when it cannot be, all stays as it was."""
        said = deepcopy(self.said)
        for name, value in changes.items():
            setattr(said, name, value)
        self.guess = self._guessed(said)
        self.said = said
        self._prepared = None

    def _guessed(self, said: Said) -> Guess:
        return guess(
            self.glances, kind=said.kind, sheet=said.sheet, header=said.header, column_map=said.words,
            said=said.columns, known=self._known, given=frozenset(said.given), file_name=self.path.name,
        )  # fmt: skip

    def _known_kind(self) -> str:
        if self.kind is None:
            raise InvalidInput(_("What kind of ledger this is, is not clear."), _("Choose the kind first."))
        return self.kind

    def _how(self, office: Office, progress: Progress, *, dry_run: bool, partial: bool) -> How:
        kind = self._known_kind()
        is_open = own_code(kind) and (self.open_code or self.said.number)
        return How(
            Origin(self.path.name, self._source.digest), dry_run, partial, progress, self._foreseen.__getitem__,
            Completer(office, kind, number=self.said.number) if is_open else None, self._kept,
            _remembering(self.guess, office),
        )  # fmt: skip

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Afterwards let go of who read the file inside, unless he still has something to tell."""
        try:
            yield
        except BaseException:
            self._foreseen.expect(None)
            raise
        finally:
            self._kept.lookups.forget()
            if not self.is_open:
                self.close()

    def _converted(self, office: Office, progress: Progress) -> Prepared:
        if self._prepared is not None:
            return self._prepared
        kind = self._known_kind()
        self._refuse_incomplete(kind)
        wanted = wanted_of(self.guess, kind, self.said)
        if self._source.takes_long:
            self._look_ahead(office, wanted)
        source, self._source = self._source, self._source._replace(early=None)
        converted = convert(
            source, self.glances, self.guess, self.said, wanted, self._table, progress, self._open_files,
            keep=self._keep,
        )  # fmt: skip
        if converted.table is not self._table:
            self._foreseen.expect(converted.table.sheet.titles)
        self._table = converted.table
        self._prepared = prepare(kind, converted.rows)
        return self._prepared

    def _look_ahead(self, office: Office, wanted: Wanted) -> None:
        """While another process reads the rows, look up what they will ask for: all that the first of them ask for."""
        glance = next(one for one in self.glances if one.sheet == self.guess.sheet)
        columns = tuple(sorted({*wanted.columns} - {NO_COLUMN}))
        table = Table.of_glance(Place(glance.sheet, self.guess.header, columns), glance)
        lookups = self._kept.lookups
        lookups.is_ahead = True
        how = self._how(office, SILENT, dry_run=True, partial=True)._replace(kept=Kept(lookups))
        try:
            converted = convert(
                self._source, self.glances, self.guess, self.said, wanted, table, SILENT, self._open_files,
                keep=False,
            )  # fmt: skip
            prepared = prepare(wanted.kind, converted.rows)
            outcome = bring_in(office, prepared, how)
            if self._keep:
                checked(office, prepared, outcome, self.guess, self.said, table, lookups)
        except DrillappError:
            return  # what is wrong is told of all rows
        finally:
            lookups.is_ahead = False

    def _refuse_incomplete(self, kind: str) -> None:
        if not self.missing:
            return
        labels = {field.name: field.label for field in layout(kind).field}
        raise InvalidInput(
            _("No column is known for: {missing}.").format(
                missing=", ".join(labels.get(name, name) for name in self.missing)
            ),
            _("Say which column holds it, or what it is for all rows."),
            field=self.missing[0],
        )


def _said_first(
    kind: str | None, sheet: str | None, column_map: Mapping[str, str] | None, given: Mapping[str, Any] | None
) -> Said:
    """What is said of a file before it is looked at; raises NotFound for an unknown kind."""
    if kind is not None:
        kind_of(kind)
    return Said(kind=kind, sheet=sheet, words=dict(column_map or {}), given=dict(given or {}))


def _remembering(guess: Guess, office: Office) -> Callable[[Connection], None]:
    """Takes down how a file was understood."""

    def remember(connection: Connection) -> None:
        remember_mapping(connection, guess, office.clock.now())

    return remember
