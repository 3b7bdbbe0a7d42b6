"""What of teams lapses or has lapsed: insurance, qualifications, agreements, trainings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, literal, null, or_, select, union_all

from drillapp.core.database.base import AnySelect, still
from drillapp.core.database.months import later
from drillapp.core.listing import Column, Condition, Listing, View, keys, rows
from drillapp.core.office import Office
from drillapp.core.teams.clauses import clauses
from drillapp.core.teams.model import Team, TeamAgreement, TeamMember, TeamTraining
from drillapp.core.teams.roster import is_there
from drillapp.core.teams.rows import LapseRow
from drillapp.core.units.model import Unit

_SOON, _LATER = 30, 90
"""Days before."""
_SOURCES = 8
"""Keys of rows are the keys of their records times this plus the number of their source."""


def _lapses(as_of: date) -> AnySelect:
    every = union_all(
        _insurances(), _qualifications(), _team_insurances(), _agreements(as_of), *_trainings(as_of)
    ).subquery()
    of_member = or_(every.c.member_id.is_(None), is_there(as_of))
    state = case(
        (every.c.due_on < as_of, "lapsed"),
        (every.c.due_on <= as_of + timedelta(days=_SOON), "due_30"),
        else_="due_90",
    )
    return (
        select(
            every.c.id, Team.unit_id, Unit.code.label("unit_code"), Unit.name.label("unit_name"),
            Team.name.label("team"), every.c.what, every.c.subject, every.c.due_on, state.label("state"),
            func.coalesce(TeamMember.phone, Team.phone).label("phone"), every.c.team_id,
        )
        .join(Team, Team.id == every.c.team_id)
        .join(Unit, Unit.id == Team.unit_id)
        .outerjoin(TeamMember, TeamMember.id == every.c.member_id)
        .where(of_member, still(Team.retired_on, as_of), every.c.due_on <= as_of + timedelta(days=_LATER))
    )  # fmt: skip


def _insurances() -> AnySelect:
    """Of members, but where the insurance of the team lasts as long anyway."""
    covered = and_(Team.insured_until.is_not(None), Team.insured_until >= TeamMember.insured_until)
    return _source(
        0, "member_insurance", TeamMember, TeamMember.name, TeamMember.insured_until, TeamMember.id
    ).where(TeamMember.insured_until.is_not(None), ~covered)


def _qualifications() -> AnySelect:
    subject = case(
        (TeamMember.qualification.is_(None), TeamMember.name),
        else_=TeamMember.name + literal(" ") + TeamMember.qualification,
    )
    statement = _source(1, "qualification", TeamMember, subject, TeamMember.qualified_until, TeamMember.id)
    return statement.where(TeamMember.qualified_until.is_not(None))


def _team_insurances() -> AnySelect:
    statement = _source(2, "team_insurance", Team, cast(null(), Text), Team.insured_until, None)
    return statement.where(Team.insured_until.is_not(None))


def _agreements(as_of: date) -> AnySelect:
    subject = TeamAgreement.number + literal(" ") + TeamAgreement.partner
    statement = _source(3, "agreement", TeamAgreement, subject, TeamAgreement.valid_until, None)
    return statement.where(TeamAgreement.valid_until.is_not(None), still(TeamAgreement.retired_on, as_of))


def _trainings(as_of: date) -> list[AnySelect]:
    """The last training of each team, due again after the months that the standard of its kind says."""
    newest = (
        select(TeamTraining.team_id, func.max(TeamTraining.held_on).label("day"))
        .where(TeamTraining.held_on <= as_of, still(TeamTraining.retired_on, as_of))
        .group_by(TeamTraining.team_id)
        .subquery()
    )
    found = []
    for clause in clauses():
        if clause.measure == "training" and clause.months is not None:
            due = later(newest.c.day, clause.months)
            statement = _source(4, "training", Team, cast(null(), Text), due, None)
            statement = statement.join(newest, newest.c.team_id == Team.id)
            found.append(statement.where(Team.kind.in_(clause.kinds)) if clause.kinds else statement)
    return found


def _source(
    number: int, what: str, model: Any, subject: Any, due_on: Any, member: ColumnElement[int] | Any | None
) -> AnySelect:
    team_id = Team.id if model is Team else model.team_id
    statement: AnySelect = select(
        (model.id * _SOURCES + number).label("id"), team_id.label("team_id"), literal(what).label("what"),
        subject.label("subject"), due_on.label("due_on"),
        (cast(null(), Team.id.type) if member is None else member).label("member_id"),
    )  # fmt: skip
    return statement if model is Team else statement.join(Team, Team.id == model.team_id)


LAPSES = Listing(
    "team_lapses",
    LapseRow,
    (
        Column("due_on", "Lapses on", "date", 100),
        Column("state", "State", "choice", 120, "lapse_state"),
        Column("what", "What lapses", "choice", 120, "team_lapse"),
        Column("subject", "Whose, which", width=200),
        Column("team", "Team name", width=200),
        Column("unit_name", "Unit", width=180),
        Column("phone", "Phone", width=120),
    ),
    _lapses,
    searched=("team", "subject", "unit_name"),
    sort=(("due_on", False), ("unit_code", False), ("team", False), ("subject", False)),
)


def lapses(office: Office, unit_id: int | None = None, within_days: int = _LATER) -> list[LapseRow]:
    """What has lapsed or does within so many days (0 to 90), in the teams of a unit and those below it, earliest first."""
    last = office.as_of + timedelta(days=within_days)
    view = View(unit_id=unit_id, conditions=(Condition("due_on", "<=", last),))
    return rows(office, LAPSES, keys(office, LAPSES, view))
