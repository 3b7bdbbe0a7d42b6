"""Rows of the lists of teams."""

from __future__ import annotations

from datetime import date

import msgspec


class TeamRow(msgspec.Struct, frozen=True):
    """A rescue team in a list."""

    id: int
    unit_id: int
    revision: int
    unit_code: str
    unit_name: str
    name: str
    kind: str | None
    leader: str | None
    phone: str | None
    members: int | None
    station: str | None
    response_minutes: int | None
    insured_until: date | None
    storehouse: str | None
    note: str | None
    retired_on: date | None
    state: str | None
    """Whether it meets its standard: a code of the enumeration standard_state; None when it is not in use."""
    people: int | None
    """The named members who are there, else the number given."""
    met: int | None
    """Clauses of its standard that count and are met."""
    asked: int | None


class MemberRow(msgspec.Struct, frozen=True):
    """A member of a team."""

    id: int
    unit_id: int
    revision: int
    unit_code: str
    unit_name: str
    team: str
    name: str
    role: str | None
    phone: str | None
    qualification: str | None
    qualified_until: date | None
    insured_until: date | None
    joined_on: date | None
    left_on: date | None
    note: str | None
    retired_on: date | None
    team_id: int
    state: str
    """A code of the enumeration member_state."""


class EquipmentRow(msgspec.Struct, frozen=True):
    """What a team must have of an item, and what is there."""

    id: int
    unit_id: int
    revision: int
    unit_code: str
    unit_name: str
    team: str
    item_code: str
    item_name: str
    unit_of_measure: str | None
    quantity: float
    available: float | None
    """In date and not set apart in the team's storehouse; None without one."""
    state: str
    """A code of the enumeration standard_state."""
    retired_on: date | None
    team_id: int


class DutyListRow(msgspec.Struct, frozen=True):
    """A line of a duty roster."""

    id: int
    unit_id: int
    revision: int
    unit_code: str
    unit_name: str
    team: str
    day: date
    shift: str
    member: str
    leads: bool
    phone: str | None
    team_id: int


class AgreementRow(msgspec.Struct, frozen=True):
    """An agreement of a team."""

    id: int
    unit_id: int
    revision: int
    unit_code: str
    unit_name: str
    team: str
    number: str
    partner: str
    scope: str | None
    valid_from: date | None
    valid_until: date | None
    state: str
    """A code of the enumeration agreement_state."""
    retired_on: date | None
    team_id: int


class TrainingRow(msgspec.Struct, frozen=True):
    """A training of a team."""

    id: int
    unit_id: int
    revision: int
    unit_code: str
    unit_name: str
    team: str
    held_on: date
    subject: str
    hours: float | None
    attended: int | None
    trainer: str | None
    note: str | None
    retired_on: date | None
    team_id: int


class LapseRow(msgspec.Struct, frozen=True):
    """Something of a team that lapses, or has."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    team: str
    what: str
    """A code of the enumeration team_lapse."""
    subject: str | None
    """Whose it is, which one."""
    due_on: date
    state: str
    """A code of the enumeration lapse_state."""
    phone: str | None
    team_id: int

    @property
    def title(self) -> str:
        """What stands above its facts."""
        return self.team


class TeamDrillRow(msgspec.Struct, frozen=True):
    """A drill that a team took part in, or is to."""

    id: int
    team_id: int
    number: str
    title: str
    planned_on: date
    held: bool
    role: str | None
    present: int | None
