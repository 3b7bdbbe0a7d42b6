"""What is asked about rescue teams, as SQL."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import case, exists, func, literal, or_, select

from drillapp.core.database.base import still
from drillapp.core.rules.concerning import concerns
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.teams.figures import is_agreed
from drillapp.core.teams.model import Team, TeamAgreement
from drillapp.core.teams.standards import team_states
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect

_HELPED = "part_time"
"""The kind of team that stands for one of one's own only together with an agreement (生产安全事故应急条例 article 10)."""


def team_standing(scope: Scope) -> Iterator[Duty]:
    """Each unit has a team in use, or part-time rescuers and an agreement; without data where it never had any team."""
    agreed = exists().where(TeamAgreement.team_id == Team.id, is_agreed(scope.as_of))
    suffices = or_(func.coalesce(Team.kind, "") != _HELPED, agreed)
    in_use = select(Team.name).where(Team.unit_id == Unit.id, still(Team.retired_on, scope.as_of))
    nearest = in_use.order_by(case((suffices, 0), else_=1), Team.id.desc()).limit(1)
    recorded = exists().where(Team.unit_id == Unit.id)
    for rule in scope.rules_settled_by("team_standing"):
        yield Duty(
            scope.as_of,
            select().select_from(Unit).where(scope.has(Unit.id), in_effect(scope.as_of), concerns(rule)),
            Unit.id, literal(rule.id),
            case((in_use.where(suffices).exists(), "met"), (~recorded, "no_data"), else_="overdue"),
            literal("units"), Unit.id, Unit.name, evidence=nearest.scalar_subquery(),
            is_of_units=True, may_lack_data=True,
        )  # fmt: skip


def team_standard(scope: Scope) -> Iterator[Duty]:
    """Each team in use meets the standard of its kind, as the page of standards tells it."""
    states = team_states(scope.as_of).subquery()
    state = case((states.c.state == "not_met", "overdue"), else_=states.c.state)
    for rule in scope.rules_settled_by("team_standard"):
        yield Duty(
            scope.as_of,
            select()
            .select_from(Team)
            .join(states, states.c.team_id == Team.id)
            .join(Unit, Unit.id == Team.unit_id)
            .where(scope.has(Team.unit_id), in_effect(scope.as_of), concerns(rule)),
            Team.unit_id, literal(rule.id), state, literal("teams"), Team.id, Team.name, evidence=Team.name,
            is_of_units=True, may_lack_data=True,
        )  # fmt: skip
