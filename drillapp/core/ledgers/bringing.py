"""The last steps of every import: entries become records, and every problem is told by the row that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace
from sqlalchemy import Connection

from drillapp.core.changes import Changes
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kept import Kept
from drillapp.core.kinds import Kind, kind_of
from drillapp.core.ledgers.layout import Layout, layout
from drillapp.core.ledgers.matching import Completer
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.row_notes import RowNotes
from drillapp.core.ledgers.rows import LedgerError, Rows, shown
from drillapp.core.ledgers.undoing.keeping import Keeping
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.saving import Saved, Saving
from drillapp.core.search.tokens import Tokens, title_tokens
from drillapp.core.work import Origin, Work


class How(NamedTuple):
    """How rows are brought in."""

    origin: Origin
    dry_run: bool = False
    partial: bool = False
    """Bring in the good rows although others are refused."""
    progress: Progress = SILENT
    of_title: Callable[[str], Tokens] = title_tokens
    completer: Completer | None = None
    """Finds the codes that rows do not say."""
    kept: Kept | None = None
    """Takes what a dry run finds out to the writing."""
    remember: Callable[[Connection], None] | None = None
    """What else is written down in the transaction, when anything is."""


class Prepared(NamedTuple):
    """The rows of a file, of those that say the same only the first; never changed again."""

    kind: str
    rows: Rows
    entries: list[Any]
    numbers: list[int]
    """The row of each entry."""
    errors: tuple[LedgerError, ...]
    repeats: Mapping[int, int]
    """Rows that are taken as one with a row further above, which says the same; to that row."""


class Outcome(NamedTuple):
    """What came of rows that were handed to the office."""

    result: ImportResult
    saved: Saved
    entries: Sequence[Any]
    """What was handed on, with the codes that were found for it."""


def prepare(kind: str, rows: Rows) -> Prepared:
    """Take out the rows whose key stood further above: each of them is an error, or says the same and is told."""
    entries, numbers, repeated, repeats = _without_repeats(layout(kind), rows)
    return Prepared(kind, rows, entries, numbers, (*rows.errors, *repeated), repeats)


def says_the_same(row: int) -> str:
    """What is told of a row that is taken as one with this row."""
    return _("Says the same as row {row} in all that is read: taken as one with it.").format(row=row)


def bring_in(office: Office, prepared: Prepared, how: How) -> Outcome:
    """Save the entries: one bad row stops all unless `partial`, but all problems are found."""
    is_stopped = bool(prepared.errors) and not how.partial
    keeping = Keeping(prepared.kind, how.origin)
    dry_run = how.dry_run or is_stopped
    saving = Saving(
        partial=how.partial or bool(prepared.errors) or how.dry_run,
        dry_run=dry_run,
        origin=how.origin if dry_run else _remembering(keeping.origin, how.remember),
        progress=how.progress,
        of_title=how.of_title,
        complete=how.completer,
        kept=how.kept,
    )
    saved = _save(office, kind_of(prepared.kind), prepared.entries, saving)
    result = _result(prepared, saved, how, keeping.entry)
    completed = how.completer.entries if how.completer is not None else None
    return Outcome(result, saved, prepared.entries if completed is None else completed)


def _remembering(origin: Origin, remember: Callable[[Connection], None] | None) -> Origin:
    """The origin of an import that writes something more down once it is in the journal."""
    if remember is None:
        return origin

    def begin(work: Work) -> None:
        # Written down before the undoing is told what to keep: it forgets this as well.
        work.afterwards(lambda entry: None if entry is None else remember(work.connection))
        if origin.begin is not None:
            origin.begin(work)

    return Origin(origin.name, origin.digest, begin)


def _without_repeats(
    layout: Layout, rows: Rows
) -> tuple[list[Any], list[int], list[LedgerError], dict[int, int]]:
    """The entries whose key did not stand further above, and their row numbers; each repetition becomes an error.

    Rows that say nothing of their key are told apart by all that they say, and those that say the same are one:
    they come last, with the first row that says it.
    """
    keyed = [field.name for field in layout.field if field.key]
    names = [name for name in keyed if name in rows.headers]
    columns = [[getattr(entry, name) for entry in rows.entries] for name in names]
    if keyed and (not names or all(column.count(UNSET) == len(column) for column in columns)):
        first_rows: dict[Any, int] = {}
        repeats: dict[int, int] = {}
        for entry, number in zip(rows.entries, rows.numbers, strict=True):
            if (above := first_rows.setdefault(entry, number)) != number:
                repeats[number] = above
        return list(first_rows), list(first_rows.values()), [], repeats
    if not names or len(set(zip(*columns, strict=True))) == len(rows.entries):
        return rows.entries, rows.numbers, [], {}
    keys = list(zip(*columns, strict=True))
    first: dict[Any, int] = dict(zip(reversed(keys), reversed(rows.numbers), strict=True))
    nothing = (UNSET,) * len(names)
    unique = [first[key] == number or key == nothing for key, number in zip(keys, rows.numbers, strict=True)]
    errors = []
    for key, number, is_first in zip(keys, rows.numbers, unique, strict=True):
        if not is_first:
            value = shown(" / ".join(str(part) for part in key if part is not UNSET))
            told = _("Stands in row {row} already.").format(row=first[key])
            errors.append(rows.told(number, names[0], value, told))
    return list(compress(rows.entries, unique)), list(compress(rows.numbers, unique)), errors, {}


def _told_repeats(prepared: Prepared) -> list[LedgerError]:
    told: list[LedgerError] = []
    notes = RowNotes(lambda *said: told.append(prepared.rows.told(*said)))
    for row, above in prepared.repeats.items():
        notes.cell(row, "", "", says_the_same(above))
    notes.finish(lambda _column: [], ())
    return told


def _save(office: Office, kind: Kind, entries: Sequence[Any], saving: Saving) -> Saved:
    if not entries:
        return Saved()
    try:
        return kind.save(office, entries, saving)
    except InvalidInput as error:
        if not error.problems:
            raise
        return Saved(problems=error.problems)


def _result(prepared: Prepared, saved: Saved, how: How, entry: int | None) -> ImportResult:
    rows, numbers = prepared.rows, prepared.numbers
    problems = [rows.told(numbers[one.index], one.field, one.value, one.message) for one in saved.problems]
    told = [rows.told(numbers[one.index], one.field, one.value, one.message) for one in saved.notes]
    errors = tuple(sorted((*prepared.errors, *problems), key=lambda error: error.row))
    notes = tuple(sorted((*rows.notes, *told, *_told_repeats(prepared)), key=lambda note: note.row))
    rejected = {error.row for error in errors}
    result = ImportResult(
        read=rows.read, rejected=len(rejected), errors=errors, notes=notes, ignored=rows.ignored,
        dry_run=how.dry_run, kind=prepared.kind,
    )  # fmt: skip
    if errors and not how.partial:
        return result
    repeated = rows.read - len(prepared.entries) - len(rejected - set(numbers))
    return replace(
        result, created=saved.created, updated=saved.updated, unchanged=saved.unchanged + repeated,
        changes=Changes() if how.dry_run else saved.changes, entry=entry,
    )  # fmt: skip
