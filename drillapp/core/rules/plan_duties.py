"""What is asked about plans, as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, case, exists, func, literal, or_, select

from drillapp.core.dates import earliest_begin
from drillapp.core.plans.model import Plan, PlanEvent
from drillapp.core.rules.concerning import concerns
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_effect


def plan_in_force(scope: Scope) -> Iterator[Duty]:
    """Each unit has a plan in force; without data where no plan of it was ever recorded."""
    plans = scope.plans_in_force
    held = select(plans.c.unit_id, func.max(plans.c.id).label("plan_id")).group_by(plans.c.unit_id).subquery()
    number = select(Plan.number).where(Plan.id == held.c.plan_id).scalar_subquery()
    recorded = exists().where(Plan.unit_id == Unit.id, _was_recorded(scope.as_of))
    for rule in scope.rules_settled_by("plan_in_force"):
        yield Duty(
            scope.as_of,
            select()
            .select_from(Unit)
            .outerjoin(held, held.c.unit_id == Unit.id)
            .where(scope.has(Unit.id), in_effect(scope.as_of), concerns(rule)),
            Unit.id, literal(rule.id),
            case((held.c.plan_id.is_not(None), "met"), (~recorded, "no_data"), else_="overdue"),
            literal("units"), Unit.id, Unit.name, Unit.valid_from, evidence=number, is_of_units=True, may_lack_data=True,
        )  # fmt: skip


def _was_recorded(as_of: date) -> ColumnElement[bool]:
    """Whether anything was known of a plan by a day: an event of it, unless it has none at all."""
    events = select(PlanEvent.id).where(PlanEvent.plan_id == Plan.id).correlate(Plan)
    return or_(events.where(PlanEvent.happened_on <= as_of).exists(), ~events.exists())


def plan_assessed(scope: Scope) -> Iterator[Duty]:
    """Each plan in force was assessed, or issued, within the rule's months."""
    plans = scope.plans_in_force
    title, number = (
        select(column).where(Plan.id == plans.c.id).scalar_subquery() for column in (Plan.title, Plan.number)
    )
    for rule in scope.rules_settled_by("plan_assessed"):
        limit = earliest_begin(scope.as_of, rule.months)
        yield Duty(
            scope.as_of,
            select().select_from(plans),
            plans.c.unit_id, literal(rule.id), case((plans.c.reviewed_on >= limit, "met"), else_="overdue"),
            literal("plans"), plans.c.id, title, plans.c.reviewed_on, months=literal(rule.months), evidence=number,
        )  # fmt: skip
