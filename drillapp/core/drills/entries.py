"""What a form, a ledger row or a package says about drills, their log and their findings."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import UNSET, Struct, UnsetType


class DrillEntry(Struct, frozen=True, kw_only=True):
    """A drill or an event, known by its number."""

    number: str
    unit_code: str
    title: str
    planned_on: date
    kind: str | None | UnsetType = UNSET
    plan_number: str | None | UnsetType = UNSET
    hazard: str | None | UnsetType = UNSET
    evacuation: bool | None | UnsetType = UNSET
    unannounced: bool | None | UnsetType = UNSET
    content: str | None | UnsetType = UNSET
    form: str | None | UnsetType = UNSET
    purpose: str | None | UnsetType = UNSET
    started_at: datetime | None | UnsetType = UNSET
    ended_at: datetime | None | UnsetType = UNSET
    place: str | None | UnsetType = UNSET
    leader: str | None | UnsetType = UNSET
    expected: int | None | UnsetType = UNSET
    participants: int | None | UnsetType = UNSET
    rating: str | None | UnsetType = UNSET
    third_party: bool | None | UnsetType = UNSET
    reported_on: date | None | UnsetType = UNSET


class LogEntry(Struct, frozen=True, kw_only=True):
    """A line of a drill's log."""

    drill_number: str
    at: datetime
    text: str
    who: str | None | UnsetType = UNSET


class FindingEntry(Struct, frozen=True, kw_only=True):
    """A finding, known by its drill and its number there."""

    drill_number: str
    number: str
    text: str
    unit_code: str | None | UnsetType = UNSET
    severity: str | None | UnsetType = UNSET
    cause: str | None | UnsetType = UNSET
    action_kind: str | None | UnsetType = UNSET
    action: str | None | UnsetType = UNSET
    owner: str | None | UnsetType = UNSET
    due_on: date | None | UnsetType = UNSET
    done_on: date | None | UnsetType = UNSET
    verified_on: date | None | UnsetType = UNSET
    verified_by: str | None | UnsetType = UNSET
    card_number: str | None | UnsetType = UNSET
    item_code: str | None | UnsetType = UNSET
    evaluation_item: str | None | UnsetType = UNSET
    """The item of the evaluation form that it came from."""
