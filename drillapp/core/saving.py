"""Saving records of one kind, one from a form or 100,000 from a ledger, by one way: check, match, write, journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import nullcontext
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from drillapp.core import enumerations
from drillapp.core.batch import Batch, Target
from drillapp.core.changes import Changes
from drillapp.core.database.bulk_writer import MANY, BulkWriter, bulk_writer
from drillapp.core.database.engine import prepare_bulk
from drillapp.core.database.rows import insert_rows, next_ids, update_rows
from drillapp.core.database.uid import new_uids
from drillapp.core.errors import Conflict, InvalidInput, Problem
from drillapp.core.i18n import _
from drillapp.core.kept import Kept
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.search import index
from drillapp.core.search.tokens import Tokens, title_tokens
from drillapp.core.uncollected import uncollected
from drillapp.core.work import Origin, Work

_FEW_UNITS = 1000
"""So many units are told one by one; more stand for any."""
_UNSAID: Set[type] = {type(None), msgspec.UnsetType}
"""The types of what entries do not say."""


class Editing(NamedTuple):
    """Which record a form changes, and the revision it had when the form opened."""

    id: int
    revision: int


class Completed(NamedTuple):
    """Entries with what they did not say themselves."""

    entries: Sequence[Any]
    notes: Sequence[tuple[int, str, str]] = ()
    """Entry, field and what is to be told."""
    refused: Sequence[tuple[int, str, str]] = ()
    """Entry, field and why it cannot be completed."""


class Saving(NamedTuple):
    """How a set of entries is to be saved."""

    partial: bool = False
    """Save the good ones although others are refused."""
    dry_run: bool = False
    """Check everything, write nothing."""
    origin: Origin | None = None
    editing: Editing | None = None
    progress: Progress = SILENT
    of_title: Callable[[str], Tokens] = title_tokens
    """What a title is found by; may remember what was worked out before."""
    complete: Callable[[Connection, Sequence[Any]], Completed] | None = None
    """Finds, inside the transaction, what entries do not say themselves, such as the code of a known name."""
    kept: Kept | None = None
    """Takes what a dry run finds out to the writing that follows it."""


class Saved(msgspec.Struct, frozen=True):
    """What came of it."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    """What is worth a thought but refuses nothing."""
    changes: Changes = Changes()
    ids: tuple[int | None, ...] = ()
    """The record's key for each entry; None for a refused one."""
    new: Sequence[int] = ()
    """Which entries became records."""
    changed: Mapping[int, Mapping[str, tuple[Any, Any]]] = {}
    """Which entries changed a record: column or field to its old and its new value."""


class Abandoned(Exception):
    """Rolls a dry run back."""


def save(
    office: Office,
    target: Target,
    entries: Sequence[msgspec.Struct],
    saving: Saving,
    prepare: Callable[[Batch], None],
    finish: Callable[[Work, Batch], None] | None = None,
    settled: Callable[[Batch], bool] | None = None,
) -> Saved:
    """Create or update the records of the entries by their key.

    `prepare` resolves references and refuses what is wrong; `finish` writes what hangs on the records.
    `settled` says whether all is known once the entries are matched: `finish` refuses and notes nothing, and needs
    nothing that `prepare` remembers. Then a dry run ends there.
    Raises InvalidInput with all problems unless `partial`; Conflict when an edited record changed meanwhile.
    """
    result = Saved()
    if not entries:
        return result
    try:
        with (
            uncollected() if len(entries) >= MANY else nullcontext(),
            office.write(f"save {target.kind}") as work,
        ):
            work.origin = saving.origin
            result = _saved(office, work, target, entries, saving, prepare, finish, settled)
            if saving.dry_run:
                raise Abandoned
    except Abandoned:
        return msgspec.structs.replace(result, changes=Changes())
    return result


def save_within(
    office: Office,
    work: Work,
    target: Target,
    entries: Sequence[msgspec.Struct],
    saving: Saving,
    prepare: Callable[[Batch], None],
    finish: Callable[[Work, Batch], None] | None = None,
) -> Saved:
    """Save as part of a larger command, inside its transaction; raises what `save` raises."""
    batch = _checked(office, work, target, entries, saving, prepare)
    return _written(work, batch, saving, finish)


def _saved(
    office: Office, work: Work, target: Target, entries: Sequence[msgspec.Struct], saving: Saving,
    prepare: Callable[[Batch], None], finish: Callable[[Work, Batch], None] | None,
    settled: Callable[[Batch], bool] | None,
) -> Saved:  # fmt: skip
    """Save; a dry run of what is settled ends with the check, which is kept for the writing that follows."""
    kept = saving.kept or Kept()
    batch = None if saving.dry_run else kept.take(work.connection, entries, office.as_of)
    if batch is None:
        batch = _checked(office, work, target, entries, saving, prepare)
    else:
        refuse_if_any(batch.problems, saving.partial)
    if not saving.dry_run or settled is None or not settled(batch):
        return _written(work, batch, saving, finish)
    kept.keep(batch, entries)
    return _result(work, batch)


def always(_batch: Batch) -> bool:
    """Said of what is settled once the entries are matched, whatever they are."""
    return True


def refuse_if_any(problems: Sequence[Problem], partial: bool) -> None:
    """Raise InvalidInput with all problems, unless the good entries are to be saved all the same."""
    if not problems or partial:
        return
    hint = "" if len(problems) == 1 else _("{count} problems in all.").format(count=len(problems))
    raise InvalidInput(problems[0].message, hint, problems=problems)


def _checked(
    office: Office, work: Work, target: Target, entries: Sequence[msgspec.Struct], saving: Saving,
    prepare: Callable[[Batch], None],
) -> Batch:  # fmt: skip
    saving.progress.step(0, len(entries), _("Checking"))
    batch = _batch(office, work, target, entries, saving)
    batch.edited = saving.editing.id if saving.editing is not None else None
    batch.check_texts()
    for field, enumeration in target.choices.items():
        batch.check_choice(field, enumerations.codes(enumeration))
    prepare(batch)
    if saving.editing is not None:
        _match_edited(batch, saving.editing)
    else:
        batch.match()
    batch.problems.sort(key=lambda problem: problem.index)
    refuse_if_any(batch.problems, saving.partial)
    return batch


def _batch(
    office: Office, work: Work, target: Target, entries: Sequence[msgspec.Struct], saving: Saving
) -> Batch:
    completed = Completed(entries)
    if saving.complete is not None:
        completed = saving.complete(work.connection, entries)
    lookups = saving.kept.lookups if saving.kept is not None else None
    batch = Batch(work.connection, office.id, office.as_of, target, completed.entries, lookups)
    for refusal in completed.refused:
        batch.refuse(*refusal)
    for note in completed.notes:
        batch.note(*note)
    return batch


def _match_edited(batch: Batch, editing: Editing) -> None:
    batch.match_to(editing.id)
    revision = batch.existing[editing.id]["revision"]
    if revision != editing.revision:
        raise Conflict(
            _("Someone else changed this record since you opened it."),
            _("Open it again: your entries are still in the form."),
        )


def _written(work: Work, batch: Batch, saving: Saving, finish: Callable[[Work, Batch], None] | None) -> Saved:
    if len(batch.entries) >= MANY:
        prepare_bulk(work.connection)
        _gather_by_unit(batch)
    for kind, key, made in batch.made:
        work.changed(kind, key, {name: (None, value) for name, value in made.items()})
    _step(batch, saving, 4)
    with bulk_writer(work.connection, len(batch.new)) as writer:
        _insert(work, batch, saving, writer)
        found = _index_rows(batch, batch.new, saving)
    _step(batch, saving, 6)
    _update(work, batch)
    if finish is not None:
        finish(work, batch)
    _step(batch, saving, 7)
    index.put(work.connection, found, new=True)
    _index_changed(work, batch, saving)
    _step(batch, saving, 8)
    work.touched(batch.target.kind, _units(batch))
    return _result(work, batch)


def _step(batch: Batch, saving: Saving, eighths: float) -> None:
    """Say how far the writing is, about, and stop it where that is wanted; the check before it is the first half."""
    count = len(batch.entries)
    saving.progress.step(int(count * eighths) // 8, count, _("Writing"))


def _result(work: Work, batch: Batch) -> Saved:
    accepted = len(batch.entries) - len(batch.refused)
    return Saved(
        created=len(batch.new),
        updated=len(batch.changed),
        unchanged=accepted - len(batch.new) - len(batch.changed),
        problems=tuple(sorted(batch.problems, key=lambda problem: problem.index)),
        notes=tuple(sorted(batch.notes, key=lambda note: note.index)),
        changes=work.changes if batch.new or batch.changed else Changes(),
        ids=tuple(batch.ids),
        new=tuple(batch.new),
        changed=batch.changed,
    )


def _units(batch: Batch) -> set[int] | None:
    """The units that the entries concern, of a moved record both; None for more than are worth telling."""
    if "unit_id" not in batch.columns or len(batch.new) + len(batch.changed) > _FEW_UNITS:
        return None
    touched = (*batch.new, *batch.changed)
    before = {fields["unit_id"][0] for fields in batch.changed.values() if "unit_id" in fields}
    return before | {batch.value("unit_id", i) for i in touched}


def _gather_by_unit(batch: Batch) -> None:
    """Let what belongs to a unit be written together: the indexes by unit, plan and number then grow place by place."""
    units = batch.columns.get("unit_id")
    if units is not None:
        batch.new.sort(key=lambda i: units[i] or 0)


def _insert(work: Work, batch: Batch, saving: Saving, writer: BulkWriter | None) -> None:
    if not batch.new:
        return
    table, new = batch.target.table, batch.new
    keys = next_ids(work.connection, table, len(new))

    def columns(some: slice) -> dict[str, Sequence[Any]]:
        _step(batch, saving, 4 + 2 * some.start / len(new))
        return _columns(work, batch, new[some], keys[some])

    if writer is None:
        insert_rows(work.connection, table, _columns(work, batch, new, keys))
    else:
        writer.insert_rows(table, len(new), columns)
    for i, key in zip(new, keys, strict=True):
        batch.ids[i] = key
    if saving.origin is not None:
        work.created(batch.target.kind, keys)
        return
    for i in new:
        given = {name: values[i] for name, values in batch.comparable().items()}
        fields = {
            name: (None, value)
            for name, value in given.items()
            if value is not None and value is not msgspec.UNSET
        }
        work.changed(batch.target.kind, batch.id_of(i), fields)


def _columns(work: Work, batch: Batch, new: Sequence[int], keys: Sequence[int]) -> dict[str, Sequence[Any]]:
    """The columns of some new records, as far as they say anything."""
    columns: dict[str, Sequence[Any]] = {
        "id": keys,
        "uid": new_uids(len(new)),
        "owner_id": [work.office_id] * len(new),
        "revision": [1] * len(new),
    }
    for name, values in batch.columns.items():
        chosen = _chosen(values, new)
        kinds = set(map(type, chosen))
        if not _fills_itself(batch, name, kinds):
            columns[name] = chosen if kinds.isdisjoint(_UNSAID) else _told(chosen, batch.default(name))
    return columns


def _chosen(values: Sequence[Any], indices: Sequence[int]) -> Sequence[Any]:
    if len(indices) == 1:
        return [values[indices[0]]]
    chosen: Sequence[Any] = itemgetter(*indices)(values)
    return chosen


def _fills_itself(batch: Batch, name: str, kinds: Set[type]) -> bool:
    """Whether nothing is said of a column and the database writes there what it must hold: of no use to bind it."""
    column = batch.target.table.c[name]
    is_left = column.server_default is not None or (bool(column.nullable) and column.default is None)
    return is_left and kinds <= _UNSAID


def _told(values: Sequence[Any], default: Any) -> Sequence[Any]:
    """The values with the default where nothing is said."""
    return [default if value is None or value is msgspec.UNSET else value for value in values]


def _update(work: Work, batch: Batch) -> None:
    if not batch.changed:
        return
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for i, fields in batch.changed.items():
        written = {
            name: batch.stored(name, new) for name, (_old, new) in fields.items() if name in batch.columns
        }
        row = {"id": batch.id_of(i), **written}
        by_columns.setdefault(tuple(written), []).append(row)
        work.changed(batch.target.kind, batch.id_of(i), fields)
    for names, rows in by_columns.items():
        update_rows(work.connection, batch.target.table, names, rows)


def _found_by(batch: Batch, name: str, chosen: Sequence[int]) -> Sequence[str]:
    """A field by which records are found, as it will be."""
    values = _chosen(batch.columns[name], chosen) if name in batch.columns else ()
    if values and set(map(type, values)) == {str}:
        return values
    return [batch.value(name, i) or "" for i in chosen]


def _index_rows(batch: Batch, chosen: Sequence[int], saving: Saving) -> list[index.Row]:
    """What makes these entries' records findable."""
    searched = batch.target.searched
    if not searched or not chosen:
        return []
    found_by = zip(*(_found_by(batch, name, chosen) for name in searched), strict=True)
    return index.rows(batch.target.kind, map(batch.id_of, chosen), found_by, saving.of_title)


def _index_changed(work: Work, batch: Batch, saving: Saving) -> None:
    searched = batch.target.searched
    changed = [i for i, fields in batch.changed.items() if any(name in fields for name in searched)]
    index.put(work.connection, _index_rows(batch, changed, saving), new=False)
