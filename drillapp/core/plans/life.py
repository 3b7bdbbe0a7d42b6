"""A plan's life as a dated line."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select

from drillapp.core.office import Office
from drillapp.core.plans.model import PlanEvent


class LifeEvent(msgspec.Struct, frozen=True):
    """Something that happened to a plan: a code of the enumeration plan_event, when, under which number."""

    kind: str
    happened_on: date
    reference: str | None


def life_of(office: Office, plan_id: int) -> list[LifeEvent]:
    """What happened to a plan until the office's date, the earliest first."""
    statement = (
        select(PlanEvent.kind, PlanEvent.happened_on, PlanEvent.reference)
        .where(PlanEvent.plan_id == plan_id, PlanEvent.happened_on <= office.as_of)
        .order_by(PlanEvent.happened_on, PlanEvent.id)
    )
    with office.read() as connection:
        return [LifeEvent(*row) for row in connection.execute(statement)]
