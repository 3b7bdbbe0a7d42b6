"""The last steps of every import: entries become records, and every problem is told by the row that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import UNSET, structs

from drillapp.core.changes import Changes
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.kinds import Kind, kind_of
from drillapp.core.ledgers.layout import Layout, layout
from drillapp.core.ledgers.results import ImportResult
from drillapp.core.ledgers.rows import Rows, shown
from drillapp.core.ledgers.undoing.keeping import Keeping
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.saving import Saved, Saving
from drillapp.core.search.rebuild import SEARCHED
from drillapp.core.search.tokens import Tokens, title_tokens
from drillapp.core.work import Origin


class How(NamedTuple):
    """How rows are brought in."""

    origin: Origin
    dry_run: bool = False
    partial: bool = False
    """Bring in the good rows although others are refused."""
    progress: Progress = SILENT
    of_title: Callable[[str], Tokens] = title_tokens


class Outcome(NamedTuple):
    """What came of rows that were handed to the office."""

    result: ImportResult
    saved: Saved
    entries: list[Any]
    """Those that were handed on: of rows that say the same, the first."""
    numbers: list[int]
    """The row of each entry."""


def bring_in(office: Office, kind: str, rows: Rows, how: How) -> Outcome:
    """Save the entries of the rows; what is wrong with them is added to the errors of the rows.

    One bad row stops all unless `partial`; all problems are found all the same.
    """
    entries, numbers = _without_repeats(layout(kind), rows)
    keeping = Keeping(kind, how.origin)
    dry_run = how.dry_run or (bool(rows.errors) and not how.partial)
    saving = Saving(
        partial=how.partial or bool(rows.errors) or how.dry_run,
        dry_run=dry_run,
        origin=how.origin if dry_run else keeping.origin,
        progress=how.progress,
        of_title=how.of_title,
    )
    saved = _save(office, kind_of(kind), entries, saving)
    for problem in saved.problems:
        rows.error(numbers[problem.index], problem.field, problem.value, problem.message)
    for note in saved.notes:
        rows.note(numbers[note.index], note.field, note.value, note.message)
    repeated = rows.read - len(entries) - len({error.row for error in rows.errors} - set(numbers))
    result = structs.replace(_result(kind, rows, saved, repeated, how), entry=keeping.entry)
    return Outcome(result, saved, entries, numbers)


def foresee(kind: str, of_title: Callable[[str], object], entries: Sequence[Any]) -> None:
    """Work out what titles are found by: this process waits for the one that reads, and later has it ready."""
    if kind in SEARCHED:
        for title in map(attrgetter(SEARCHED[kind][0]), entries):
            if isinstance(title, str):
                of_title(title)


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
            value = shown(" / ".join(str(part) for part in key if part is not UNSET))
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


def _result(kind: str, rows: Rows, saved: Saved, repeated: int, how: How) -> ImportResult:
    errors = tuple(sorted(rows.errors, key=lambda error: error.row))
    notes = tuple(sorted(rows.notes, key=lambda note: note.row))
    rejected = len({error.row for error in errors})
    if errors and not how.partial:
        return ImportResult(
            read=rows.read, rejected=rejected, errors=errors, notes=notes, ignored=rows.ignored,
            dry_run=how.dry_run, kind=kind,
        )  # fmt: skip
    return ImportResult(
        read=rows.read, created=saved.created, updated=saved.updated, unchanged=saved.unchanged + repeated,
        rejected=rejected, errors=errors, notes=notes, ignored=rows.ignored, dry_run=how.dry_run,
        changes=Changes() if how.dry_run else saved.changes, kind=kind,
    )  # fmt: skip
