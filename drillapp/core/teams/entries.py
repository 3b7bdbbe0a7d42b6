"""What a form, a ledger row or a package says about a rescue team and what belongs to it."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, Struct, UnsetType


class TeamEntry(Struct, frozen=True, kw_only=True):
    """A rescue team, known by unit and name."""

    unit_code: str
    name: str
    kind: str | None | UnsetType = UNSET
    leader: str | None | UnsetType = UNSET
    phone: str | None | UnsetType = UNSET
    members: int | None | UnsetType = UNSET
    station: str | None | UnsetType = UNSET
    response_minutes: int | None | UnsetType = UNSET
    insured_until: date | None | UnsetType = UNSET
    storehouse: str | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET


class OfTeam(Struct, frozen=True, kw_only=True):
    """Something of a team, which is known by its unit and its name."""

    unit_code: str
    team: str


class MemberEntry(OfTeam, frozen=True, kw_only=True):
    """A member, known by team and name."""

    name: str
    role: str | None | UnsetType = UNSET
    phone: str | None | UnsetType = UNSET
    qualification: str | None | UnsetType = UNSET
    qualified_until: date | None | UnsetType = UNSET
    insured_until: date | None | UnsetType = UNSET
    joined_on: date | None | UnsetType = UNSET
    left_on: date | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET


class EquipmentEntry(OfTeam, frozen=True, kw_only=True):
    """What a team must have of an item."""

    item_code: str
    quantity: float


class DutyEntry(OfTeam, frozen=True, kw_only=True):
    """A member on duty in a shift of a day."""

    day: date
    shift: str
    """A code of the enumeration duty_shift."""
    member: str
    leads: bool | None | UnsetType = UNSET


class AgreementEntry(OfTeam, frozen=True, kw_only=True):
    """An agreement, known by team and number."""

    number: str
    partner: str
    scope: str | None | UnsetType = UNSET
    valid_from: date | None | UnsetType = UNSET
    valid_until: date | None | UnsetType = UNSET


class TrainingEntry(OfTeam, frozen=True, kw_only=True):
    """A training, known by team, day and subject."""

    held_on: date
    subject: str
    hours: float | None | UnsetType = UNSET
    attended: int | None | UnsetType = UNSET
    trainer: str | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
