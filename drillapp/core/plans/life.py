"""A plan's life as a dated line."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select

from drillapp.core.database.base import AnySelect
from drillapp.core.office import Office
from drillapp.core.plans.model import PlanEvent, PlanVersion


class LifeEvent(msgspec.Struct, frozen=True):
    """Something that happened to a version of a plan: a code of the enumeration plan_event, when, and what was said."""

    kind: str
    happened_on: date
    reference: str | None
    id: int
    version_id: int
    version_ordinal: int
    version_label: str | None
    authority: str | None
    people: str | None
    conclusion: str | None
    note: str | None


def life_of(office: Office, plan_id: int) -> list[LifeEvent]:
    """What happened to a plan until the office's date, the earliest first."""
    statement: AnySelect = (
        select(
            PlanEvent.kind, PlanEvent.happened_on, PlanEvent.reference, PlanEvent.id, PlanEvent.version_id,
            PlanVersion.ordinal, PlanVersion.label, PlanEvent.authority, PlanEvent.people, PlanEvent.conclusion,
            PlanEvent.note,
        )
        .join(PlanVersion, PlanVersion.id == PlanEvent.version_id)
        .where(PlanEvent.plan_id == plan_id, PlanEvent.happened_on <= office.as_of)
        .order_by(PlanEvent.happened_on, PlanEvent.id)
    )  # fmt: skip
    with office.read() as connection:
        return [LifeEvent(*row) for row in connection.execute(statement)]
