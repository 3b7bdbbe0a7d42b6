"""Drills, their logs and findings as rows."""

from __future__ import annotations

from datetime import date, datetime

import msgspec


class DrillRow(msgspec.Struct, frozen=True):
    """A drill in a list."""

    id: int
    unit_id: int
    revision: int
    number: str
    unit_code: str
    unit_name: str
    title: str
    kind: str
    plan_number: str | None
    plan_title: str | None
    hazard: str | None
    evacuation: bool
    unannounced: bool
    content: str | None
    form: str | None
    purpose: str | None
    planned_on: date
    started_at: datetime | None
    ended_at: datetime | None
    place: str | None
    leader: str | None
    expected: int | None
    participants: int | None
    rating: str | None
    third_party: bool
    reported_on: date | None
    findings: int
    state: str
    retired_on: date | None
    hazard_category: str | None
    """Of the hazard, the plan's where none is named, or else of what the title says."""


class LogRow(msgspec.Struct, frozen=True):
    """A line of a drill's log."""

    id: int
    unit_id: int
    revision: int
    drill_number: str
    at: datetime
    text: str
    who: str | None
    retired_on: date | None


class FindingRow(msgspec.Struct, frozen=True):
    """A finding in a list, with how far its correction is as of a date."""

    id: int
    unit_id: int
    revision: int
    drill_number: str
    drill_title: str
    number: str
    text: str
    unit_code: str
    unit_name: str
    severity: str | None
    cause: str | None
    action_kind: str | None
    action: str | None
    owner: str | None
    due_on: date | None
    done_on: date | None
    verified_on: date | None
    verified_by: str | None
    verified_drill: str | None
    """The number of the later drill that showed the correction to work."""
    effect: str | None
    accepted_until: date | None
    section_id: int | None
    section: str | None
    card_number: str | None
    item_code: str | None
    evaluation_item: str | None
    state: str
    again: bool
    """Whether the same was found within the three years before already (findings.again)."""
    waits_until: date | None
    """The last day of what is still to be put right."""
    retired_on: date | None


class PlannedDrill(msgspec.Struct, frozen=True):
    """A drill that is still to come."""

    id: int
    number: str
    title: str
    unit_name: str
    planned_on: date


class DrillFile(msgspec.Struct, frozen=True):
    """All that is kept of one drill."""

    drill: DrillRow
    log: tuple[LogRow, ...]
    """By time."""
    findings: tuple[FindingRow, ...]
    """In the order in which they were entered."""
