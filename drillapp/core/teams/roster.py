"""What can be asked about duty rosters."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from drillapp.core.database.base import AnySelect
from drillapp.core.office import Office
from drillapp.core.teams.chosen import Chosen
from drillapp.core.teams.model import DutyShift, Team, TeamMember
from drillapp.core.teams.shifts import Hand


class DutyRow(msgspec.Struct, frozen=True):
    """A member on duty in a shift of a day."""

    id: int
    team_id: int
    day: date
    shift: str
    member_id: int
    member: str
    role: str | None
    phone: str | None
    leads: bool
    concern: str = ""
    """What speaks against it: a code of the enumeration duty_concern, or nothing."""


def is_there(day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Whether a member belongs to the team on a day."""
    joined = or_(TeamMember.joined_on.is_(None), TeamMember.joined_on <= day)
    stays = or_(TeamMember.left_on.is_(None), TeamMember.left_on > day)
    in_use = or_(TeamMember.retired_on.is_(None), TeamMember.retired_on > day)
    return and_(joined, stays, in_use)


def insured_until() -> ColumnElement[date]:
    """Until when a member of a joined team is insured: the later of the own insurance and that of the team."""
    own, team = TeamMember.insured_until, Team.insured_until
    return case((own.is_(None), team), (team.is_(None), own), (own < team, team), else_=own)


def roster(office: Office, team_id: int, first: date, last: date) -> list[DutyRow]:
    """Who of a team is on duty from a day to a day, by day and shift, who leads first."""
    return duty_of(office, Chosen(team_id=team_id), first, last)


def duty_of(office: Office, chosen: Chosen, first: date, last: date) -> list[DutyRow]:
    """Who of the teams chosen is on duty from a day to a day, by day and shift, who leads first."""
    statement = _shifts().where(chosen.where(DutyShift.team_id), DutyShift.day.between(first, last))
    found = []
    with office.read() as connection:
        for row in connection.execute(statement):
            hand = Hand(row.member_id, row.member, row.role, row.joined_on, row.gone_on, row.insured_until)
            found.append(DutyRow(*(*row[:9], hand.concern(row.day))))
    return found


def members_for_duty(
    office: Office, team_id: int, first: date, last: date, also: Collection[int] = ()
) -> list[Hand]:
    """The members who belong to a team on some day of a stretch, and others that are to be shown; the leader first."""
    with office.read() as connection:
        hands = hands_of(connection, team_id).values()
    return [hand for hand in hands if hand.id in also or _is_there_between(hand, first, last)]


def _is_there_between(hand: Hand, first: date, last: date) -> bool:
    joined = hand.joined_on is None or hand.joined_on <= last
    return joined and (hand.gone_on is None or hand.gone_on > first)


def hands_of(connection: Connection, team_id: int) -> dict[int, Hand]:
    """All members that a team ever had, the leader first, then deputies, then by their entry."""
    rank = case((TeamMember.role == "leader", 0), (TeamMember.role == "deputy", 1), else_=2)
    statement = (
        select(
            TeamMember.id, TeamMember.name, TeamMember.role, TeamMember.joined_on, _gone_on(), insured_until()
        )
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.team_id == team_id)
        .order_by(rank, TeamMember.id)
    )
    return {row[0]: Hand(*row) for row in connection.execute(statement)}


def _gone_on() -> ColumnElement[date]:
    """The first day on which a member is not there any more."""
    left, retired = TeamMember.left_on, TeamMember.retired_on
    return case((left.is_(None), retired), (retired.is_(None), left), (left < retired, left), else_=retired)


def _shifts() -> AnySelect:
    order = case((DutyShift.shift == "whole", 0), (DutyShift.shift == "day", 1), else_=2)
    return (
        select(
            DutyShift.id, DutyShift.team_id, DutyShift.day, DutyShift.shift, DutyShift.member_id,
            TeamMember.name.label("member"), TeamMember.role, TeamMember.phone, DutyShift.leads, TeamMember.joined_on,
            _gone_on().label("gone_on"), insured_until().label("insured_until"),
        )
        .join(TeamMember, TeamMember.id == DutyShift.member_id)
        .join(Team, Team.id == DutyShift.team_id)
        .order_by(DutyShift.day, order, DutyShift.leads.desc(), func.lower(TeamMember.name), TeamMember.id)
    )  # fmt: skip
