"""What a drill had best be that is to settle a rule: what its form begins with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from drillapp.core.database.base import still, table_of
from drillapp.core.law import Rule
from drillapp.core.office import Office
from drillapp.core.plans.events import has_come_into_force
from drillapp.core.plans.model import Plan
from drillapp.core.rules.book import rule_book_of


def proposed_drill(office: Office, rule_id: str, unit_id: int, plan_id: int | None = None) -> dict[str, Any]:
    """Fields of a drill by which a unit would settle a rule: plan, hazard, evacuation, content, form, as far as it says.

    `plan_id` where the rule asks for a drill of that plan; else of such plans of the unit the newest in force.
    """
    with office.read() as connection:
        rule = rule_book_of(connection).known.get(rule_id)
        if rule is None:
            return {}
        number = _plan_number(connection, office, rule, unit_id, plan_id)
    values = {
        "plan_number": number, "hazard": next(iter(rule.hazards), None), "evacuation": rule.evacuation or None,
        "content": rule.content, "form": rule.form,
    }  # fmt: skip
    return {name: value for name, value in values.items() if value is not None}


def _plan_number(
    connection: Connection, office: Office, rule: Rule, unit_id: int, plan_id: int | None
) -> str | None:
    statement = select(Plan.number)
    if plan_id is not None:
        statement = statement.where(Plan.id == plan_id)
    elif rule.plan_kinds:
        statement = statement.where(
            Plan.unit_id == unit_id, Plan.kind.in_(rule.plan_kinds),
            has_come_into_force(table_of(Plan), office.as_of), still(Plan.retired_on, office.as_of),
        )  # fmt: skip
    else:
        return None
    return connection.execute(statement.order_by(Plan.id.desc()).limit(1)).scalar()
