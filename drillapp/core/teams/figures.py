"""What standards look at, for all teams at once: one row a team, each figure derived as of a date."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from drillapp.core.database.base import AnySelect, still
from drillapp.core.drills.held import is_held
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.supplies.levels.usable import usable
from drillapp.core.supplies.model import Holding
from drillapp.core.teams.clauses import clauses
from drillapp.core.teams.model import DutyShift, Team, TeamAgreement, TeamEquipment, TeamMember, TeamTraining
from drillapp.core.teams.roster import insured_until, is_there

_LOOKING_ON = ("observer", "evaluator")


def figures(as_of: date) -> AnySelect:
    """One row for each team in use.

    team_id, unit_id, kind, leader, phone, people (0 to n or null), insured, insurances (how many are recorded),
    response_minutes, equipment and complete (kinds of items required, and there in full), least_on_duty (null without
    a roster), trained_on, drilled_on, agreements.
    """
    members, kit, duty = _members(as_of).subquery(), _kit(as_of).subquery(), _duty(as_of).subquery()
    trained, drilled = _trained(as_of).subquery(), drilled_by_team(as_of).subquery()
    agreements = _agreements(as_of).subquery()
    named = func.coalesce(members.c.people, 0)
    return (
        select(
            Team.id.label("team_id"), Team.unit_id, Team.kind,
            or_(func.trim(func.coalesce(Team.leader, "")) != "", func.coalesce(members.c.leaders, 0) > 0).label("led"),
            (func.trim(func.coalesce(Team.phone, "")) != "").label("reachable"),
            case((named > 0, named), else_=Team.members).label("people"), named.label("named"),
            func.coalesce(members.c.insured, 0).label("insured"),
            (func.coalesce(members.c.insurances, 0) + case((Team.insured_until.is_(None), 0), else_=1)).label("insurances"),
            Team.insured_until, Team.response_minutes, Team.storehouse_id,
            func.coalesce(kit.c.kinds, 0).label("equipment"), func.coalesce(kit.c.complete, 0).label("complete"),
            duty.c.least.label("least_on_duty"), trained.c.day.label("trained_on"), drilled.c.day.label("drilled_on"),
            func.coalesce(agreements.c.count, 0).label("agreements"),
        )
        .outerjoin(members, members.c.team_id == Team.id)
        .outerjoin(kit, kit.c.team_id == Team.id)
        .outerjoin(duty, duty.c.team_id == Team.id)
        .outerjoin(trained, trained.c.team_id == Team.id)
        .outerjoin(drilled, drilled.c.team_id == Team.id)
        .outerjoin(agreements, agreements.c.team_id == Team.id)
        .where(still(Team.retired_on, as_of))
    )  # fmt: skip


def equipment_of_teams(as_of: date) -> AnySelect:
    """One row for each item that a team must have: team_id, item_id, required, available, both in thousandths.

    Available is what its storehouse has of it on that day in date and not set apart; null without a storehouse.
    """
    of_teams = select(Team.storehouse_id).where(Team.storehouse_id.is_not(None))
    holdings = select(Holding.id).where(Holding.storehouse_id.in_(of_teams))
    stock = usable(as_of, Holding.storehouse_id, Holding.item_id, chosen=holdings).subquery()
    required = type_coerce(TeamEquipment.quantity, BigInteger)
    there = case((Team.storehouse_id.is_not(None), func.coalesce(stock.c.available, 0)))
    return (
        select(
            TeamEquipment.id, TeamEquipment.team_id, TeamEquipment.item_id, required.label("required"),
            there.label("available"),
        )
        .join(Team, Team.id == TeamEquipment.team_id)
        .outerjoin(
            stock,
            and_(stock.c.storehouse_id == Team.storehouse_id, stock.c.item_id == TeamEquipment.item_id),
        )
        .where(still(TeamEquipment.retired_on, as_of))
    )  # fmt: skip


def duty_cover(as_of: date) -> AnySelect:
    """How many are on duty in each half of the days that standards look at: team_id, day, half, on_duty.

    Of teams with a roster for any of those days. Who does not belong to the team on a day is not counted.
    """
    days = duty_days()
    last = as_of + timedelta(days=days - 1)
    slots = union_all(*(
        select(literal(as_of + timedelta(days=offset), Date).label("day"), literal(half).label("half"))
        for offset in range(days) for half in ("day", "night")
    )).subquery()  # fmt: skip
    teams = select(DutyShift.team_id).where(DutyShift.day.between(as_of, last)).distinct().subquery()
    there = (
        select(DutyShift.team_id, DutyShift.day, DutyShift.shift, DutyShift.member_id)
        .join(TeamMember, TeamMember.id == DutyShift.member_id)
        .where(DutyShift.day.between(as_of, last), is_there(DutyShift.__table__.c.day))
        .subquery()
    )
    in_slot = and_(
        there.c.team_id == teams.c.team_id, there.c.day == slots.c.day,
        or_(there.c.shift == slots.c.half, there.c.shift == "whole"),
    )  # fmt: skip
    return (
        select(
            teams.c.team_id, slots.c.day, slots.c.half, func.count(there.c.member_id.distinct()).label("on_duty")
        )
        .select_from(teams.join(slots, literal(1) == 1).outerjoin(there, in_slot))
        .group_by(teams.c.team_id, slots.c.day, slots.c.half)
    )  # fmt: skip


def duty_days() -> int:
    """How many days of a roster standards look at."""
    return max((clause.days or 1 for clause in clauses() if clause.measure == "on_duty"), default=7)


def took_part(as_of: date) -> ColumnElement[bool]:
    """Whether a team was in a drill that was held by a date, and did not only look on."""
    return and_(
        DrillParty.team_id.is_not(None),
        or_(DrillParty.role.is_(None), DrillParty.role.not_in(_LOOKING_ON)),
        or_(DrillParty.present.is_(None), DrillParty.present > 0),
        is_held(as_of),
    )


def drilled_by_team(as_of: date) -> AnySelect:
    """The day of the last drill that each team took part in: team_id, day."""
    return (
        select(DrillParty.team_id, func.max(Drill.planned_on).label("day"))
        .join(Drill, Drill.id == DrillParty.drill_id)
        .where(took_part(as_of))
        .group_by(DrillParty.team_id)
    )


def _members(as_of: date) -> AnySelect:
    insured = insured_until() >= as_of
    return (
        select(
            TeamMember.team_id, func.count().label("people"),
            func.sum(case((insured, 1), else_=0)).label("insured"),
            func.count(TeamMember.insured_until).label("insurances"),
            func.sum(case((TeamMember.role == "leader", 1), else_=0)).label("leaders"),
        )
        .join(Team, Team.id == TeamMember.team_id)
        .where(is_there(as_of))
        .group_by(TeamMember.team_id)
    )  # fmt: skip


def _kit(as_of: date) -> AnySelect:
    lines = equipment_of_teams(as_of).subquery()
    return select(
        lines.c.team_id, func.count().label("kinds"),
        func.sum(case((lines.c.available >= lines.c.required, 1), else_=0)).label("complete"),
    ).group_by(lines.c.team_id)  # fmt: skip


def _duty(as_of: date) -> AnySelect:
    cover = duty_cover(as_of).subquery()
    return select(cover.c.team_id, cast(func.min(cover.c.on_duty), Integer).label("least")).group_by(
        cover.c.team_id
    )


def _trained(as_of: date) -> AnySelect:
    held = and_(TeamTraining.held_on <= as_of, still(TeamTraining.retired_on, as_of))
    return (
        select(TeamTraining.team_id, func.max(TeamTraining.held_on).label("day"))
        .where(held)
        .group_by(TeamTraining.team_id)
    )


def is_agreed(as_of: date) -> ColumnElement[bool]:
    """Whether an agreement of a team is in force on a day."""
    begun = or_(TeamAgreement.valid_from.is_(None), TeamAgreement.valid_from <= as_of)
    lasts = or_(TeamAgreement.valid_until.is_(None), TeamAgreement.valid_until >= as_of)
    return and_(begun, lasts, still(TeamAgreement.retired_on, as_of))


def _agreements(as_of: date) -> AnySelect:
    return (
        select(TeamAgreement.team_id, func.count().label("count"))
        .where(is_agreed(as_of))
        .group_by(TeamAgreement.team_id)
    )
