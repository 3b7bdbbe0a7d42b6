"""What can be done with drills: scheduled, conducted, logged, their findings put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, cast

from msgspec import UNSET
from sqlalchemy import select

from drillapp.core.batch import Batch, Target
from drillapp.core.cards.model import Card
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.drills.entries import DrillEntry, FindingEntry, LogEntry
from drillapp.core.drills.logged_times import keep_logged_times
from drillapp.core.drills.model import Drill, DrillLogEntry, Finding
from drillapp.core.drills.record.reserving import refuse_if_overdrawn
from drillapp.core.errors import Denied, Problem
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.office import Office
from drillapp.core.plans.titled import look_up_plans
from drillapp.core.saving import Saved, Saving, always, refuse_if_any, save
from drillapp.core.supplies.model import Item
from drillapp.core.units.references import look_up_units
from drillapp.core.work import Work

Finish = Callable[[Work, Batch], None]

_DRILLS = Target(
    kind="drills",
    table=table_of(Drill),
    key=("number",),
    fields=(
        "number", "title", "kind", "hazard", "evacuation", "unannounced", "content", "form", "purpose", "planned_on", "started_at", "ended_at", "place", "leader",
        "expected", "participants", "rating", "third_party", "reported_on",
    ),
    required=("number", "unit_code", "title", "planned_on"),
    choices={
        "kind": "drill_kind", "content": "drill_content", "form": "drill_form", "purpose": "drill_purpose",
        "rating": "drill_rating",
    },
    searched=("title", "number"),
)  # fmt: skip
_LOG = Target(
    kind="drill_log",
    table=table_of(DrillLogEntry),
    key=("drill_id", "at", "who", "text"),
    fields=("at", "text", "who"),
    required=("drill_number", "at", "text"),
    key_field="text",
)
_FINDINGS = Target(
    kind="findings",
    table=table_of(Finding),
    key=("drill_id", "number"),
    fields=(
        "number",
        "text",
        "severity",
        "cause",
        "action_kind",
        "action",
        "owner",
        "due_on",
        "done_on",
        "verified_on",
        "verified_by",
        "evaluation_item",
    ),
    required=("drill_number", "number", "text"),
    choices={"severity": "finding_severity", "cause": "finding_cause", "action_kind": "action_kind"},
    key_field="number",
)


def save_drills(
    office: Office, entries: Sequence[DrillEntry], saving: Saving = Saving(), finish: Finish | None = None
) -> Saved:
    """Create or update drills by number; `finish` writes what hangs on them in the same transaction.

    Raises InvalidInput for unknown units and plans, a plan that is not in force on the drill's day, an end before
    the start, counts below zero, a report before the drill, a day on which what is set aside for it is not there,
    another start or end than the drill's log says.
    """

    def follow(work: Work, batch: Batch) -> None:
        _follow_times(work, batch)
        if finish is not None:
            finish(work, batch)

    def settled(batch: Batch) -> bool:
        return finish is None and not batch.changed

    return save(office, _DRILLS, entries, saving, _prepare_drills, follow, settled)


def save_drill_log(office: Office, entries: Sequence[LogEntry], saving: Saving = Saving()) -> Saved:
    """Append lines to drills' logs; a line that stands there already is left alone.

    Raises InvalidInput for unknown drills, Denied when a line is to be edited.
    """
    if saving.editing is not None:
        raise Denied(
            _("A line of a drill's log is never changed."), _("Add a further line that puts it right.")
        )
    return save(office, _LOG, entries, saving, _prepare_log, settled=always)


def save_findings(office: Office, entries: Sequence[FindingEntry], saving: Saving = Saving()) -> Saved:
    """Create or update findings by drill and number.

    The responsible unit is the drill's own unless named. Raises InvalidInput for unknown drills and units, an action
    verified before it was done.
    """
    return save(office, _FINDINGS, entries, saving, _prepare_findings, settled=always)


def _prepare_drills(batch: Batch) -> None:
    look_up_units(batch)
    keep_logged_times(batch)
    _check_times(batch)
    for field in ("expected", "participants"):
        for i, count in enumerate(batch.given[field]):
            if isinstance(count, int) and count < 0:
                batch.refuse(i, field, _("Must be 0 or more."))
    _look_up_plans(batch)
    _note_held_without_times(batch)


def _note_held_without_times(batch: Batch) -> None:
    """Say, at the first of them, of new drills of the past that they count as planned, although it is said who took part."""
    told = {
        entry.number: i
        for i, entry in enumerate(cast(Sequence[DrillEntry], batch.entries))
        if not entry.started_at and entry.planned_on and entry.planned_on < batch.as_of
        and (entry.participants or entry.rating) and i not in batch.refused
    }  # fmt: skip
    if not told:
        return
    numbers = narrowed(select(Drill.number), Drill.number, set(told)).where(Drill.owner_id == batch.owner_id)
    for known in batch.connection.scalars(numbers):
        told.pop(known, None)
    if told:
        words = _(
            "Drills of which is said who took part or how they went, but not when they began and ended: {count}. They count as not held."
        )
        batch.note(min(told.values()), "started_at", words.format(count=len(told)))


def _check_times(batch: Batch) -> None:
    times = zip(*(batch.given[name] for name in ("started_at", "ended_at", "reported_on")), strict=True)
    for i, (begin, end, reported) in enumerate(times):
        if end and begin is None:
            batch.refuse(i, "started_at", _("A drill that ended must have started."))
        if begin and end and end < begin:
            batch.refuse(i, "ended_at", _("Lies before the start."))
        if reported and begin and reported < local_day(begin):
            batch.refuse(i, "reported_on", _("Lies before the drill."))


def _follow_times(work: Work, batch: Batch) -> None:
    """What must still hold of drills that are known already when only some of their times were said."""
    for i, fields in batch.changed.items():
        begin, end = batch.value("started_at", i), batch.value("ended_at", i)
        if not fields.keys().isdisjoint(("started_at", "ended_at")) and end and (not begin or end < begin):
            words = _("Lies before the start.") if begin else _("A drill that ended must have started.")
            refuse_if_any([Problem(i, "ended_at", str(end), words)], partial=False)
    moved = [batch.id_of(i) for i, fields in batch.changed.items() if "planned_on" in fields]
    if moved:
        refuse_if_overdrawn(work, moved)


def _look_up_plans(batch: Batch) -> None:
    periods = look_up_plans(batch)
    numbers = batch.given["plan_number"]
    unknown = _("The plan {number} is not in force on {day}: it has been neither approved nor published.")
    early = _("The plan {number} is not in force on {day}: it came into force on {begin}.")
    late = _("The plan {number} is not in force on {day}: it was retired on {end}.")
    days = zip(numbers, batch.given["planned_on"], batch.given["started_at"], strict=True)
    for i, (number, planned_on, started_at) in enumerate(days):
        period = periods.get(number)
        if period is None or i in batch.refused:
            continue
        day, begin, end = drill_day(planned_on, started_at), period[1], period[2]
        if begin is None:
            batch.refuse(i, "plan_number", unknown.format(number=numbers[i], day=day))
        elif day < begin:
            batch.refuse(i, "plan_number", early.format(number=numbers[i], day=day, begin=begin))
        elif end is not None and day >= end:
            batch.refuse(i, "plan_number", late.format(number=numbers[i], day=day, end=end))


def drill_day(planned_on: date, started_at: datetime | None | Any) -> date:
    """The day a drill counts for: when it started, or else when it is planned."""
    return local_day(started_at) if isinstance(started_at, datetime) else planned_on


def _prepare_log(batch: Batch) -> None:
    _look_up_drills(batch)
    # Who said it is part of the line: the same words of somebody else are a further line.
    batch.columns["who"] = [who or None for who in batch.given["who"]]


def _look_up_drills(batch: Batch) -> dict[str, int]:
    """Turn drill numbers into keys; returns the unit of each drill."""
    numbers = batch.codes_of("drill_number")
    statement = narrowed(select(Drill.number, Drill.id, Drill.unit_id), Drill.number, numbers)
    rows = batch.connection.execute(statement).all()
    message = _("There is no drill with the number '{value}'.")
    batch.look_up("drill_number", "drill_id", {row.number: row.id for row in rows}, message)
    return {row.number: row.unit_id for row in rows}


def _prepare_findings(batch: Batch) -> None:
    units = _look_up_drills(batch)
    look_up_units(batch)
    _look_up_subjects(batch)
    own = [units.get(number) for number in batch.given["drill_number"]]
    known = _findings_there(batch)
    batch.columns["unit_id"] = [
        (UNSET if number in known else mine) if unit is UNSET or unit is None else unit
        for unit, mine, number in zip(
            batch.columns["unit_id"],
            own,
            zip(batch.columns["drill_id"], batch.given["number"], strict=True),
            strict=True,
        )
    ]
    for i, entry in enumerate(cast(Sequence[FindingEntry], batch.entries)):
        if entry.verified_on and entry.done_on and entry.verified_on < entry.done_on:
            batch.refuse(
                i, "verified_on", _("Lies before the action was done, {day}.").format(day=entry.done_on)
            )
        if entry.verified_on and entry.done_on is None:
            batch.refuse(i, "done_on", _("What is verified must have been done: give the day."))


def _look_up_subjects(batch: Batch) -> None:
    """The cards and kinds of supply that findings are about."""
    for field, column, key, key_column, message in (
        ("card_number", "card_id", Card.number, Card.id, _("There is no card with the number '{value}'.")),
        ("item_code", "item_id", Item.code, Item.id, _("There is no item with the code '{value}'.")),
    ):
        codes = batch.codes_of(field)
        rows = batch.connection.execute(narrowed(select(key, key_column), key, codes)).all() if codes else ()
        batch.look_up(field, column, dict(rows), message)


def _findings_there(batch: Batch) -> set[tuple[int, str]]:
    drills = {key for key in batch.columns["drill_id"] if isinstance(key, int)}
    statement = narrowed(select(Finding.drill_id, Finding.number), Finding.drill_id, drills)
    return {(row.drill_id, row.number) for row in batch.connection.execute(statement)}
