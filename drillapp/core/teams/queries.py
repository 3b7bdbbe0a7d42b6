"""The lists of rescue teams and of what belongs to them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, type_coerce

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import Quantity
from drillapp.core.drills.held import is_drill, is_held
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.supplies.model import Item, Storehouse
from drillapp.core.teams.chosen import Chosen
from drillapp.core.teams.figures import equipment_of_teams
from drillapp.core.teams.model import DutyShift, Team, TeamAgreement, TeamEquipment, TeamMember, TeamTraining
from drillapp.core.teams.roster import insured_until, is_there
from drillapp.core.teams.rows import (
    AgreementRow,
    DutyListRow,
    EquipmentRow,
    MemberRow,
    TeamDrillRow,
    TeamRow,
    TrainingRow,
)
from drillapp.core.teams.standards import team_states
from drillapp.core.units.model import Unit

_OF_TEAM = Unit.code.label("unit_code"), Unit.name.label("unit_name"), Team.name.label("team")
_TEAM = (Column("team", "Team name", width=180), Column("unit_name", "Unit", width=180))
_SORT = (("unit_code", False), ("team", False))


@lru_cache(16)  # to build it takes longer than to ask it
def _teams(as_of: date) -> AnySelect:
    states = team_states(as_of).subquery()
    named = (
        select(TeamMember.team_id, func.count().label("count"))
        .where(is_there(as_of))
        .group_by(TeamMember.team_id)
    ).subquery()
    return (
        select(
            Team.id, Team.unit_id, Team.revision, Unit.code.label("unit_code"), Unit.name.label("unit_name"), Team.name,
            Team.kind, Team.leader, Team.phone, Team.members, Team.station, Team.response_minutes, Team.insured_until,
            Storehouse.code.label("storehouse"), Team.note, Team.retired_on, states.c.state,
            func.coalesce(named.c.count, Team.members).label("people"), states.c.met, states.c.asked,
        )
        .join(Unit, Unit.id == Team.unit_id)
        .outerjoin(Storehouse, Storehouse.id == Team.storehouse_id)
        .outerjoin(states, states.c.team_id == Team.id)
        .outerjoin(named, named.c.team_id == Team.id)
    )  # fmt: skip


def _members(as_of: date) -> AnySelect:
    until = insured_until()
    state = case(
        (~is_there(as_of), "gone"),
        (until < as_of, "uninsured"),
        (TeamMember.qualified_until < as_of, "unqualified"),
        (until.is_(None), "unknown"),
        else_="ready",
    )
    return _of_team(
        select(
            TeamMember.id, Team.unit_id, TeamMember.revision, *_OF_TEAM, TeamMember.name, TeamMember.role,
            TeamMember.phone, TeamMember.qualification, TeamMember.qualified_until, TeamMember.insured_until,
            TeamMember.joined_on, TeamMember.left_on, TeamMember.note, TeamMember.retired_on, TeamMember.team_id,
            state.label("state"),
        ).join(Team, Team.id == TeamMember.team_id)
    )  # fmt: skip


def _equipment(as_of: date) -> AnySelect:
    lines = equipment_of_teams(as_of).subquery()
    state = case(
        (lines.c.available.is_(None), "no_data"),
        (lines.c.available >= lines.c.required, "met"),
        else_="not_met",
    )
    return _of_team(
        select(
            TeamEquipment.id, Team.unit_id, TeamEquipment.revision, *_OF_TEAM, Item.code.label("item_code"),
            Item.name.label("item_name"), Item.unit_of_measure, TeamEquipment.quantity,
            type_coerce(lines.c.available, Quantity).label("available"), state.label("state"),
            TeamEquipment.retired_on, TeamEquipment.team_id,
        )
        .join(Team, Team.id == TeamEquipment.team_id)
        .join(Item, Item.id == TeamEquipment.item_id)
        .outerjoin(lines, lines.c.id == TeamEquipment.id)
    )  # fmt: skip


def _duty(_as_of: date) -> AnySelect:
    return _of_team(
        select(
            DutyShift.id, Team.unit_id, DutyShift.revision, *_OF_TEAM, DutyShift.day, DutyShift.shift,
            TeamMember.name.label("member"), DutyShift.leads, TeamMember.phone, DutyShift.team_id,
        )
        .join(Team, Team.id == DutyShift.team_id)
        .join(TeamMember, TeamMember.id == DutyShift.member_id)
    )  # fmt: skip


def _agreements(as_of: date) -> AnySelect:
    ends = TeamAgreement.valid_until
    state = case((ends < as_of, "ended"), (TeamAgreement.valid_from > as_of, "to_come"), else_="in_force")
    return _of_team(
        select(
            TeamAgreement.id, Team.unit_id, TeamAgreement.revision, *_OF_TEAM, TeamAgreement.number,
            TeamAgreement.partner, TeamAgreement.scope, TeamAgreement.valid_from, TeamAgreement.valid_until,
            state.label("state"), TeamAgreement.retired_on, TeamAgreement.team_id,
        ).join(Team, Team.id == TeamAgreement.team_id)
    )  # fmt: skip


def _trainings(_as_of: date) -> AnySelect:
    return _of_team(
        select(
            TeamTraining.id, Team.unit_id, TeamTraining.revision, *_OF_TEAM, TeamTraining.held_on, TeamTraining.subject,
            TeamTraining.hours, TeamTraining.attended, TeamTraining.trainer, TeamTraining.note,
            TeamTraining.retired_on, TeamTraining.team_id,
        ).join(Team, Team.id == TeamTraining.team_id)
    )  # fmt: skip


def _of_team(statement: AnySelect) -> AnySelect:
    return statement.join(Unit, Unit.id == Team.unit_id)


TEAMS = Listing(
    "teams",
    TeamRow,
    (
        Column("name", "Team name", width=190),
        Column("state", "Standard", "choice", 90, "standard_state"),
        Column("kind", "Kind", "choice", 100, "team_kind"),
        Column("people", "Head count", "number", 60),
        Column("unit_name", "Unit", width=160),
        Column("leader", "Leader", width=80),
        Column("phone", "Phone", width=120),
        Column("response_minutes", "Response (minutes)", "number", 90),
        Column("station", "Station", width=160),
        Column("insured_until", "Insured until", "date", 100),
        Column("storehouse", "Storehouse code", width=120),
        Column("note", "Note", width=160),
    ),
    _teams,
    searched=("name", "leader", "unit_name", "station"),
    sort=(("unit_code", False), ("name", False)),
)
MEMBERS = Listing(
    "team_members",
    MemberRow,
    (
        Column("name", "Name", width=90),
        *_TEAM,
        Column("role", "Role", "choice", 80, "team_role"),
        Column("state", "State", "choice", 100, "member_state"),
        Column("phone", "Phone", width=120),
        Column("qualification", "Qualification", width=150),
        Column("qualified_until", "Qualified until", "date", 100),
        Column("insured_until", "Insured until", "date", 100),
        Column("joined_on", "Joined on", "date", 100),
        Column("left_on", "Left on", "date", 100),
        Column("note", "Note", width=140),
    ),
    _members,
    searched=("name", "team", "phone", "qualification"),
    sort=(*_SORT, ("id", False)),
)
EQUIPMENT = Listing(
    "team_equipment",
    EquipmentRow,
    (
        Column("item_name", "Item name", width=160),
        *_TEAM,
        Column("quantity", "Required", "number", 80),
        Column("available", "Available", "number", 80),
        Column("unit_of_measure", "Unit of measure", width=80),
        Column("state", "State", "choice", 90, "standard_state"),
        Column("item_code", "Item code", width=100),
    ),
    _equipment,
    searched=("item_name", "item_code", "team"),
    sort=(*_SORT, ("item_code", False)),
)
DUTY = Listing(
    "duty_shifts",
    DutyListRow,
    (
        Column("day", "Day", "date", 100),
        Column("shift", "Shift", "choice", 80, "duty_shift"),
        *_TEAM,
        Column("member", "Member", width=100),
        Column("leads", "Leads", "flag", 60),
        Column("phone", "Phone", width=120),
    ),
    _duty,
    searched=("member", "team"),
    sort=(("day", False), *_SORT, ("shift", False)),
)
AGREEMENTS = Listing(
    "team_agreements",
    AgreementRow,
    (
        Column("number", "Number of the agreement", width=140),
        *_TEAM,
        Column("partner", "Partner", width=180),
        Column("scope", "About what", width=180),
        Column("valid_from", "In force from", "date", 100),
        Column("valid_until", "Valid until", "date", 100),
        Column("state", "State", "choice", 90, "agreement_state"),
    ),
    _agreements,
    searched=("number", "partner", "scope", "team"),
    sort=(*_SORT, ("valid_until", True)),
)
TRAININGS = Listing(
    "team_trainings",
    TrainingRow,
    (
        Column("held_on", "Held on", "date", 100),
        *_TEAM,
        Column("subject", "Training subject", width=200),
        Column("hours", "Hours trained", "number", 70),
        Column("attended", "Attended", "number", 80),
        Column("trainer", "Trainer", width=100),
        Column("note", "Note", width=160),
    ),
    _trainings,
    searched=("subject", "team", "trainer"),
    sort=(("held_on", True), *_SORT),
)


def drills_of(office: Office, chosen: Chosen) -> list[TeamDrillRow]:
    """The drills that teams take part in, the latest first: those that were held, and those that are to come."""
    held = is_held(office.as_of)
    to_come = and_(Drill.ended_at.is_(None), Drill.planned_on >= office.as_of)
    statement = (
        select(
            Drill.id, DrillParty.team_id, Drill.number, Drill.title, Drill.planned_on, _flag(held).label("held"),
            DrillParty.role, DrillParty.present,
        )
        .join(Drill, Drill.id == DrillParty.drill_id)
        .where(chosen.where(DrillParty.team_id), is_drill(), or_(held, to_come))
        .order_by(Drill.planned_on.desc(), Drill.id.desc())
    )  # fmt: skip
    with office.read() as connection:
        return [TeamDrillRow(*(*row[:5], bool(row.held), *row[6:])) for row in connection.execute(statement)]


def _flag(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return case((condition, 1), else_=0)
