"""What can be done with the injects of a drill: the script written, and shifted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.drills.conduct.drill import open_drill
from drillapp.core.drills.injects.checking import FURTHEST, problems_of
from drillapp.core.drills.injects.model import Inject
from drillapp.core.drills.injects.queries import inject_rows
from drillapp.core.drills.injects.rows import InjectEntry, InjectRow
from drillapp.core.drills.model import DrillLogEntry
from drillapp.core.errors import Conflict, InvalidInput, NotFound, Problem
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.model import PlanSection
from drillapp.core.saving import refuse_if_any
from drillapp.core.work import Work

_INJECTS = table_of(Inject)
_TEXTS = ("stage", "sender", "addressee", "means", "expected_action", "subject")


def save_injects(
    office: Office,
    drill_id: int,
    entries: Sequence[InjectEntry],
    *,
    before: Sequence[InjectEntry] | None = None,
) -> Changes:
    """Write the whole script of a drill, each inject known by its number; `before` is the script as it was read.

    What is not there any more is removed, or only retired when the log names it. Raises InvalidInput with all that is
    wrong, NotFound, Denied; Conflict when the script is not any more what it was before.
    """
    with office.write("write injects") as work:
        drill = open_drill(work.connection, drill_id)
        if before is not None:
            _refuse_if_changed(work.connection, drill_id, before)
        problems = [*problems_of(entries), *_unknown_sections(work.connection, entries)]
        refuse_if_any(sorted(problems, key=lambda problem: problem.index), partial=False)
        _store(work, drill_id, entries)
        work.touched("drill_injects", {drill.unit_id})
        return work.changes


def shift_all(office: Office, drill_id: int, seconds: int) -> Changes:
    """Plan all injects that are timed and not released later by these seconds, or earlier when negative."""
    return _shift(office, drill_id, seconds, None)


def shift_from(office: Office, drill_id: int, inject_id: int, seconds: int) -> Changes:
    """Plan this inject, and all at its time or later that are not released, later by these seconds, or earlier."""
    return _shift(office, drill_id, seconds, inject_id)


def _shift(office: Office, drill_id: int, seconds: int, inject_id: int | None) -> Changes:
    with office.write("shift injects") as work:
        drill = open_drill(work.connection, drill_id)
        rows = [row for row in inject_rows(work.connection, drill_id) if not row.retired]
        first = _first(rows, inject_id)
        released = _named_in_log(work.connection, drill_id)
        changed = {
            row.id: (row.offset_seconds, row.offset_seconds + seconds)
            for row in rows
            if row.offset_seconds is not None
            and row.id not in released
            and (first is None or row.offset_seconds >= first)
        }
        if not changed or not seconds:
            raise InvalidInput(_("There is nothing to shift."), field="seconds")
        if any(abs(new) > FURTHEST for _old, new in changed.values()):
            raise InvalidInput(_("Lies more than 60 days from the start."), field="seconds")
        statement = (
            update(_INJECTS).where(_INJECTS.c.id == bindparam("_id")).values(offset_seconds=bindparam("_new"))
        )
        work.connection.execute(
            statement, [{"_id": key, "_new": new} for key, (_old, new) in changed.items()]
        )
        for key, pair in changed.items():
            work.changed("drill_injects", key, {"offset_seconds": pair})
        work.touched("drill_injects", {drill.unit_id})
        return work.changes


def _first(rows: Sequence[InjectRow], inject_id: int | None) -> int | None:
    """The planned time of the inject that is shifted from; None for all."""
    if inject_id is None:
        return None
    found = next((row for row in rows if row.id == inject_id), None)
    if found is None:
        raise NotFound(_("This inject is not in the script of this drill."), _("Look at the script again."))
    if found.offset_seconds is None:
        raise InvalidInput(_("An inject without a time cannot be shifted."), field="inject")
    return found.offset_seconds


def _refuse_if_changed(connection: Connection, drill_id: int, before: Sequence[InjectEntry]) -> None:
    stored = [row.entry for row in inject_rows(connection, drill_id) if not row.retired]
    if stored != [entry.tidied for entry in before]:
        raise Conflict(
            _("Someone else changed this script since you opened it."),
            _("Open it again and enter what is missing."),
        )


def _unknown_sections(connection: Connection, entries: Sequence[InjectEntry]) -> list[Problem]:
    wanted = {entry.section_id for entry in entries if entry.section_id is not None}
    if not wanted:
        return []
    known = set(connection.execute(select(PlanSection.id).where(PlanSection.id.in_(wanted))).scalars())
    message = _("This section is not in the plan any more.")
    return [
        Problem(i, "section_id", "", message)
        for i, entry in enumerate(entries)
        if entry.section_id is not None and entry.section_id not in known
    ]


def _store(work: Work, drill_id: int, entries: Sequence[InjectEntry]) -> None:
    # Of two with one number the one still in the script comes last, so that it is the one that is known.
    before = {row.number: row for row in reversed(inject_rows(work.connection, drill_id))}
    ids = {
        entry.number.strip(): before[entry.number.strip()].id
        for entry in entries
        if entry.number.strip() in before
    }
    new = [i for i, entry in enumerate(entries) if entry.number.strip() not in ids]
    keys = next_ids(work.connection, _INJECTS, len(new)) if new else []
    ids |= {entries[i].number.strip(): key for i, key in zip(new, keys, strict=True)}
    rows = [_values(drill_id, i, entry, ids) for i, entry in enumerate(entries)]
    _take_out(
        work, drill_id, [row for number, row in before.items() if number not in ids and not row.retired]
    )
    _insert(work, [rows[i] for i in new])
    _update(work, before, [row for i, row in enumerate(rows) if i not in set(new)])


def _values(drill_id: int, position: int, entry: InjectEntry, ids: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": ids[entry.number.strip()],
        "drill_id": drill_id,
        "position": position,
        "number": entry.number.strip(),
        "content": entry.content.strip(),
        "offset_seconds": entry.offset_seconds,
        "within_seconds": entry.within_seconds,
        "section_id": entry.section_id,
        "after_id": ids[entry.after.strip()] if entry.after.strip() else None,
        "retired": False,
        **{name: getattr(entry, name).strip() or None for name in _TEXTS},
    }


def _insert(work: Work, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    # What waits for another may stand before it: the reference is written once all are there.
    names = [name for name in rows[0] if name != "after_id"]
    insert_rows(work.connection, _INJECTS, {name: [row[name] for row in rows] for name in names})
    _write(
        work.connection, [{"id": row["id"], "after_id": row["after_id"]} for row in rows if row["after_id"]]
    )
    for row in rows:
        fields = {name: (None, value) for name, value in row.items() if value is not None and name != "id"}
        work.changed("drill_injects", row["id"], fields)


def _update(work: Work, before: Mapping[str, InjectRow], rows: Sequence[dict[str, Any]]) -> None:
    changed = []
    for row in rows:
        old = before[row["number"]]
        fields = {name: (getattr(old, name), new) for name, new in row.items() if getattr(old, name) != new}
        if fields:
            work.changed("drill_injects", old.id, fields)
            changed.append(row)
    _write(work.connection, changed)


def _write(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    names = [name for name in rows[0] if name != "id"]
    statement = update(_INJECTS).where(_INJECTS.c.id == bindparam("_id"))
    statement = statement.values({name: bindparam(f"_{name}") for name in names})
    connection.execute(statement, [{f"_{name}": value for name, value in row.items()} for row in rows])


def _take_out(work: Work, drill_id: int, rows: Sequence[InjectRow]) -> None:
    """Remove injects; those that the log names stay, retired, so that it can still be read."""
    if not rows:
        return
    named = _named_in_log(work.connection, drill_id)
    keys = [row.id for row in rows]
    connection = work.connection
    connection.execute(update(_INJECTS).where(_INJECTS.c.after_id.in_(keys)).values(after_id=None))
    kept = [key for key in keys if key in named]
    if kept:
        connection.execute(
            update(_INJECTS).where(_INJECTS.c.id.in_(kept)).values(retired=True, after_id=None)
        )
    gone = [key for key in keys if key not in named]
    if gone:
        connection.execute(delete(_INJECTS).where(_INJECTS.c.id.in_(gone)))
    for row in rows:
        work.changed(
            "drill_injects", row.id, {"number": (row.number, row.number if row.id in named else None)}
        )


def _named_in_log(connection: Connection, drill_id: int) -> set[int]:
    statement = select(DrillLogEntry.inject_id).where(
        DrillLogEntry.drill_id == drill_id, DrillLogEntry.inject_id.is_not(None)
    )
    return {key for key in connection.execute(statement).scalars() if key is not None}
