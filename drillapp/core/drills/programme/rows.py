"""Programmes, their items and what hangs on them, as rows."""

from __future__ import annotations

import zlib
from datetime import date, datetime

import msgspec


class ProgrammeRow(msgspec.Struct, frozen=True):
    """A unit's programme for a year as of a date."""

    id: int
    unit_id: int
    revision: int
    unit_code: str
    unit_name: str
    year: int
    state: str
    """A code of the enumeration programme_state."""
    items: int
    """Drills in it, those dropped left out."""
    approved_on: date | None
    approved_by: str | None
    published_on: date | None
    document: str | None
    retired_on: date | None


class ItemRow(msgspec.Struct, frozen=True):
    """A drill of a programme as of a date."""

    id: int
    programme_id: int
    unit_id: int
    unit_code: str
    unit_name: str
    title: str
    planned_on: date
    """Once it is scheduled, the day of its drill."""
    is_day_fixed: bool
    state: str
    """A code of the enumeration programme_item_state."""
    plan_number: str | None
    plan_title: str | None
    hazard: str | None
    evacuation: bool
    content: str | None
    form: str | None
    purpose: str | None
    place: str | None
    expected: int | None
    budget: float | None
    leader: str | None
    note: str | None
    drill_number: str | None
    settles: int
    """How many duties it is to settle."""

    @property
    def revision(self) -> int:
        """Tells whether somebody changed it: the check sum of what can be changed."""
        return checked_revision(self)


_CHECKED = (
    "unit_code", "title", "planned_on", "is_day_fixed", "plan_number", "hazard", "evacuation", "content", "form",
    "purpose", "place", "expected", "budget", "leader", "note", "drill_number",
)  # fmt: skip


def checked_revision(row: ItemRow) -> int:
    """The check sum of what of an item can be changed."""
    return zlib.crc32(repr([getattr(row, name) for name in _CHECKED]).encode())


class SettledDuty(msgspec.Struct, frozen=True):
    """A duty that an item is to settle."""

    rule: str
    plan_title: str | None
    due_on: date
    is_in_time: bool
    """Whether the item lies before the end of the period."""


class ProgrammeChangeRow(msgspec.Struct, frozen=True):
    """A change made after the approval."""

    changed_at: datetime
    who: str
    reason: str
    title: str
    """Of the item."""
    fields: dict[str, tuple[object, object]]
    """Old and new value by field."""


class MonthProgress(msgspec.Struct, frozen=True):
    """How far a month of a programme is."""

    month: int
    planned: int = 0
    scheduled: int = 0
    held: int = 0
    late: int = 0
    dropped: int = 0


class UnitProgress(msgspec.Struct, frozen=True):
    """How far a unit's part of a programme is."""

    unit: str
    unit_name: str
    planned: int = 0
    scheduled: int = 0
    held: int = 0
    late: int = 0
    dropped: int = 0
