"""Some teams of the sample district whole, from resources/samples/team_details.toml, by the commands people use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
from msgspec import UNSET, UnsetType

from drillapp.core.datafile import read_data_file
from drillapp.core.office import Office
from drillapp.core.teams.commands import (
    save_agreements,
    save_equipment,
    save_members,
    save_teams,
    save_trainings,
)
from drillapp.core.teams.duty import rotate
from drillapp.core.teams.entries import AgreementEntry, EquipmentEntry, MemberEntry, TeamEntry, TrainingEntry
from drillapp.core.teams.references import team_named
from drillapp.core.teams.shifts import WEEK, Rotation, monday_of
from drillapp.core.units.references import unit_id

_FILE = "samples/team_details.toml"


class _Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    role: str = "member"
    phone: str | UnsetType = UNSET
    qualification: str | UnsetType = UNSET
    qualified_until: date | UnsetType = UNSET
    insured_until: date | UnsetType = UNSET
    joined_on: date | UnsetType = UNSET
    left_on: date | UnsetType = UNSET


class _Training(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    held_on: date
    subject: str
    hours: float
    attended: int
    trainer: str


class _Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: str
    partner: str
    scope: str
    valid_from: date
    valid_until: date


class _Rotation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    shifts: tuple[str, ...]
    size: int
    weeks: int


class _Team(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    unit: str
    name: str
    station: str
    response_minutes: int
    storehouse: str | UnsetType = UNSET
    insured_until: date | UnsetType = UNSET
    equipment: dict[str, float] = {}
    member: tuple[_Member, ...] = ()
    rotation: _Rotation | None = None
    training: tuple[_Training, ...] = ()
    agreement: tuple[_Agreement, ...] = ()


class _Details(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    team: tuple[_Team, ...]


def fill_teams(office: Office) -> None:
    """Complete some of the teams that the ledger brought; trainings after the office's day are left out."""
    teams = read_data_file(_FILE, _Details).team
    save_teams(
        office,
        [
            TeamEntry(
                unit_code=team.unit, name=team.name, station=team.station, response_minutes=team.response_minutes,
                storehouse=team.storehouse, insured_until=team.insured_until,
            )
            for team in teams
        ],
    )  # fmt: skip
    _fill_parts(office, teams)
    for team in teams:
        if team.rotation is not None:
            _fill_roster(office, team, team.rotation)


def _fill_parts(office: Office, teams: Sequence[_Team]) -> None:
    def entries(kind: type, parts: str) -> list[msgspec.Struct]:
        return [
            kind(unit_code=team.unit, team=team.name, **msgspec.structs.asdict(one))
            for team in teams
            for one in getattr(team, parts)
        ]

    save_members(office, entries(MemberEntry, "member"))  # type: ignore[arg-type]
    save_equipment(
        office,
        [
            EquipmentEntry(unit_code=team.unit, team=team.name, item_code=item, quantity=quantity)
            for team in teams
            for item, quantity in team.equipment.items()
        ],
    )
    save_agreements(office, entries(AgreementEntry, "agreement"))  # type: ignore[arg-type]
    today = office.clock.today()
    held = [one for one in entries(TrainingEntry, "training") if one.held_on <= today]  # type: ignore[attr-defined]
    save_trainings(office, held)  # type: ignore[arg-type]


def _fill_roster(office: Office, team: _Team, said: _Rotation) -> None:
    with office.read() as connection:
        unit = unit_id(connection, team.unit)
    first = monday_of(office.as_of)
    last = first + timedelta(days=WEEK * said.weeks - 1)
    rotate(office, team_named(office, team.name, unit), Rotation(first, last, said.shifts, said.size))
