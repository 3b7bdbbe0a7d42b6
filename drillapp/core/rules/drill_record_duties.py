"""What is asked about drills: that they are held, as SQL."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import case, func, select

from drillapp.core.plans.model import Plan
from drillapp.core.rules.drill_evidence import asked_since, drill_number
from drillapp.core.rules.drill_states import drill_rows
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.units.model import Unit


def drill_held(scope: Scope) -> Iterator[Duty]:
    """Each unit, or plan, has its drill in the rule's window or months; all such rules are asked together."""
    asked = drill_rows(scope).c
    title = select(Plan.title).where(Plan.id == asked.plan_id).correlate_except(Plan).scalar_subquery()
    yield Duty(
        scope.as_of,
        select().select_from(asked.unit_id.table),
        asked.unit_id, asked.rule, asked.state,
        case((asked.plan_id.is_(None), "units"), else_="plans"), func.coalesce(asked.plan_id, asked.unit_id),
        case((asked.plan_id.is_(None), Unit.name), else_=title),
        asked_since(asked, scope.book, scope.as_of), asked.held_at, evidence=drill_number(asked, scope.book),
        is_ever_due=True, may_lack_data=True,
    )  # fmt: skip
