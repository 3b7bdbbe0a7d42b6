"""Duty rosters from a ledger: each row a member in a shift of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, save
from drillapp.core.teams.duty import clash_words
from drillapp.core.teams.entries import DutyEntry
from drillapp.core.teams.model import DutyShift
from drillapp.core.teams.references import look_up_members, look_up_teams
from drillapp.core.teams.shifts import HALVES, Slot, overlaps

_DUTY = Target(
    kind="duty_shifts",
    table=table_of(DutyShift),
    key=("team_id", "day", "shift", "member_id"),
    fields=("day", "shift", "leads"),
    required=("unit_code", "team", "day", "shift", "member"),
    choices={"shift": "duty_shift"},
    key_field="member",
)


class _Stored(NamedTuple):
    team_id: int
    slot: Slot
    leads: bool


def save_duty(office: Office, entries: Sequence[DutyEntry], saving: Saving = Saving()) -> Saved:
    """Put members on duty; raises InvalidInput for unknown ones and for who would be on duty twice at once."""
    return save(office, _DUTY, entries, saving, _prepare)


def _prepare(batch: Batch) -> None:
    look_up_teams(batch)
    look_up_members(batch)
    slots = {i: slot for i, slot in enumerate(_slots(batch)) if slot is not None}
    stored = _stored(batch, {slot.member_id for slot in slots.values()}, slots)
    _refuse_clashes(batch, slots, stored)
    _refuse_second_leaders(batch, slots, stored)


def _slots(batch: Batch) -> Iterator[Slot | None]:
    columns = (batch.given["day"], batch.given["shift"], batch.columns["member_id"])
    for i, (day, shift, member) in enumerate(zip(*columns, strict=True)):
        yield None if i in batch.refused else Slot(day, shift, member)


def _stored(batch: Batch, members: set[int], slots: dict[int, Slot]) -> list[_Stored]:
    """What stands in the rosters of the days and teams concerned, but for the record that a form changes."""
    if not slots:
        return []
    days = [slot.day for slot in slots.values()]
    statement = select(
        DutyShift.id, DutyShift.team_id, DutyShift.day, DutyShift.shift, DutyShift.member_id, DutyShift.leads
    ).where(DutyShift.day.between(min(days), max(days)))
    teams = {batch.columns["team_id"][i] for i in slots}
    rows = batch.connection.execute(narrowed(statement, DutyShift.team_id, teams))
    return [
        _Stored(row.team_id, Slot(row.day, row.shift, row.member_id), row.leads)
        for row in rows
        if row.id != batch.edited
    ]


def _refuse_clashes(batch: Batch, slots: dict[int, Slot], stored: Sequence[_Stored]) -> None:
    places: dict[Slot, list[int]] = defaultdict(list)
    for i, slot in slots.items():
        places[slot].append(i)
    for first, second in overlaps([*(one.slot for one in stored), *places]):
        for i in places[second]:
            name = batch.given["member"][i]
            batch.refuse(i, "member", clash_words(name, first, second))


def _refuse_second_leaders(batch: Batch, slots: dict[int, Slot], stored: Sequence[_Stored]) -> None:
    led: dict[tuple[int, date, str], Slot] = {}
    rewritten = set(slots.values())
    for one in stored:
        if one.leads and one.slot not in rewritten:
            led[one.team_id, one.slot.day, one.slot.shift] = one.slot
    for i, slot in slots.items():
        if batch.given["leads"][i] is not True:
            continue
        before = led.setdefault((batch.columns["team_id"][i], slot.day, slot.shift), slot)
        if before != slot and slot.shift in HALVES:
            batch.refuse(i, "leads", _("A shift has one leader, not several."))
