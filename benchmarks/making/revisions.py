"""A second version for each tenth plan that is in force, so that cards written from the first are outdated."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from benchmarks.making.filling import Filling
from benchmarks.making.plans import MadePlan
from benchmarks.making.words import TODAY, dice
from drillapp.core.plans.model import PlanEvent, PlanVersion


def make_revisions(filling: Filling, plans: list[MadePlan]) -> None:
    """Write the versions with their approval and publication, none before the first version began."""
    chance = dice("revisions")
    revised = [plan for plan in plans if plan.begin is not None and plan.begin < TODAY][::10]
    first = filling.work.connection.execute(select(func.max(PlanVersion.id))).scalar_one() + 1
    versions = filling.add(
        PlanVersion,
        {
            "plan_id": [plan.id for plan in revised],
            "ordinal": [2] * len(revised),
            "label": ["2026"] * len(revised),
        },
        first,
    )
    since = [(TODAY - plan.begin).days if plan.begin else 1 for plan in revised]
    days = [TODAY - timedelta(days=chance.randrange(0, min(at_most, 400))) for at_most in since]
    filling.add(
        PlanEvent,
        {
            "plan_id": [plan.id for plan in revised] * 2,
            "version_id": [*versions, *versions],
            "kind": ["approved"] * len(revised) + ["published"] * len(revised),
            "happened_on": days * 2,
            "reference": [None] * 2 * len(revised),
        },
        filling.work.connection.execute(select(func.max(PlanEvent.id))).scalar_one() + 1,
    )
