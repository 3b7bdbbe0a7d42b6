"""What stands behind the figures of standards: who, how many, which day; one statement each for all teams asked about."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, or_, select

from drillapp.core.database.base import still
from drillapp.core.database.types import from_thousandths
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.supplies.model import Item
from drillapp.core.teams.chosen import Chosen
from drillapp.core.teams.figures import drilled_by_team, duty_cover, equipment_of_teams, took_part
from drillapp.core.teams.model import Team, TeamAgreement, TeamMember, TeamTraining
from drillapp.core.teams.roster import insured_until, is_there


class Insured(NamedTuple):
    """A member and until when he or she is insured."""

    name: str
    role: str | None
    until: date | None


class Cover(NamedTuple):
    """How many are on duty in half a day."""

    day: date
    half: str
    on_duty: int


class Short(NamedTuple):
    """An item that a team must have."""

    item: str
    unit_of_measure: str
    required: float
    available: float | None


class Details(NamedTuple):
    """By team."""

    members: dict[int, list[Insured]]
    cover: dict[int, list[Cover]]
    equipment: dict[int, list[Short]]
    trained: dict[int, str]
    """Subject of the last training."""
    drilled: dict[int, str]
    """Title of the last drill."""
    agreements: dict[int, list[str]]
    """Those in force."""


def details(connection: Connection, chosen: Chosen, as_of: date) -> Details:
    """Everything that the sentences of standards are made of."""
    return Details(
        _members(connection, chosen, as_of), _cover(connection, chosen, as_of), _equipment(connection, chosen, as_of),
        _trained(connection, chosen, as_of), _drilled(connection, chosen, as_of), _agreements(connection, chosen, as_of),
    )  # fmt: skip


def _members(connection: Connection, chosen: Chosen, as_of: date) -> dict[int, list[Insured]]:
    statement = (
        select(TeamMember.team_id, TeamMember.name, TeamMember.role, insured_until())
        .join(Team, Team.id == TeamMember.team_id)
        .where(is_there(as_of), chosen.where(TeamMember.team_id))
        .order_by(TeamMember.id)
    )
    return _by_team((row[0], Insured(*row[1:])) for row in connection.execute(statement))


def _cover(connection: Connection, chosen: Chosen, as_of: date) -> dict[int, list[Cover]]:
    cover = duty_cover(as_of).subquery()
    statement = select(cover).where(chosen.where(cover.c.team_id)).order_by(cover.c.day, cover.c.half)
    return _by_team((row[0], Cover(*row[1:])) for row in connection.execute(statement))


def _equipment(connection: Connection, chosen: Chosen, as_of: date) -> dict[int, list[Short]]:
    lines = equipment_of_teams(as_of).subquery()
    statement = (
        select(lines.c.team_id, Item.name, Item.unit_of_measure, lines.c.required, lines.c.available)
        .join(Item, Item.id == lines.c.item_id)
        .where(chosen.where(lines.c.team_id))
        .order_by(Item.code)
    )
    return _by_team(
        (
            row[0],
            Short(
                row[1],
                row[2] or "",
                from_thousandths(row[3]),
                None if row[4] is None else from_thousandths(row[4]),
            ),
        )
        for row in connection.execute(statement)
    )


def _trained(connection: Connection, chosen: Chosen, as_of: date) -> dict[int, str]:
    statement = (
        select(TeamTraining.team_id, TeamTraining.subject)
        .where(
            TeamTraining.held_on <= as_of,
            still(TeamTraining.retired_on, as_of),
            chosen.where(TeamTraining.team_id),
        )
        .order_by(TeamTraining.held_on, TeamTraining.id)
    )
    return dict(connection.execute(statement).all())


def _drilled(connection: Connection, chosen: Chosen, as_of: date) -> dict[int, str]:
    last = drilled_by_team(as_of).subquery()
    statement = (
        select(last.c.team_id, func.max(Drill.title))
        .join(DrillParty, DrillParty.team_id == last.c.team_id)
        .join(Drill, and_(Drill.id == DrillParty.drill_id, Drill.planned_on == last.c.day))
        .where(took_part(as_of), chosen.where(last.c.team_id))
        .group_by(last.c.team_id)
    )
    return dict(connection.execute(statement).all())


def _agreements(connection: Connection, chosen: Chosen, as_of: date) -> dict[int, list[str]]:
    statement = (
        select(TeamAgreement.team_id, TeamAgreement.partner)
        .where(
            or_(TeamAgreement.valid_from.is_(None), TeamAgreement.valid_from <= as_of),
            or_(TeamAgreement.valid_until.is_(None), TeamAgreement.valid_until >= as_of),
            still(TeamAgreement.retired_on, as_of), chosen.where(TeamAgreement.team_id),
        )
        .order_by(TeamAgreement.id)
    )  # fmt: skip
    return _by_team((row[0], row[1]) for row in connection.execute(statement))


def _by_team(pairs: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for team_id, value in pairs:
        found[team_id].append(value)
    return found
