"""A ledger file becomes entries, and the entries become records: all of them or, if one is bad, none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import compress
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
from drillapp.core.ledgers.layout import Layout, layout
from drillapp.core.ledgers.rows import LedgerError, Rows, read_rows, shown
from drillapp.core.ledgers.values import Column, Fault
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.saving import Saved, Saving
from drillapp.core.search.rebuild import SEARCHED
from drillapp.core.search.tokens import title_tokens
from drillapp.core.uncollected import uncollected
from drillapp.core.work import Origin


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


def _foresee(kind: str, of_title: Callable[[str], object], entries: Sequence[Any]) -> None:
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
