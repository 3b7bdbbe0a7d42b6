"""Which versions may still be written: those that were never approved or published."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, exists, or_, select

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.plans.model import (
    Plan,
    PlanEvent,
    PlanLevel,
    PlanPerson,
    PlanResource,
    PlanSection,
    PlanVersion,
)

DRAFTS = ("drafting", "reviewed")
"""States (plan_version_state) of a version that is still being written."""


class Draft(NamedTuple):
    """A version that may be written, and where it belongs."""

    id: int
    plan_id: int
    unit_id: int
    revision: int


def refuse_unless_draft(connection: Connection, version_id: int, *, or_unwritten: bool = False) -> Draft:
    """The version, if it may still be written; raises NotFound, InvalidInput once it was approved or published.

    With `or_unwritten` an approved version may be given its content once: those from a ledger come as dates alone.
    """
    begun = exists(
        select(PlanEvent.id).where(
            PlanEvent.version_id == PlanVersion.id, PlanEvent.kind.in_(("approved", "published"))
        )
    )
    parts = (PlanSection, PlanLevel, PlanPerson, PlanResource)
    written = or_(*(exists(select(part.id).where(part.version_id == PlanVersion.id)) for part in parts))
    row = connection.execute(
        select(
            PlanVersion.id, PlanVersion.plan_id, Plan.unit_id, PlanVersion.revision, begun.label("begun"),
            written.label("written"),
        )
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .where(PlanVersion.id == version_id)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound(_("There is no such version of a plan."))
    if row.begun and (row.written or not or_unwritten):
        raise InvalidInput(
            _("This version is approved and is not changed any more."), _("Begin a new version of the plan.")
        )
    return Draft(row.id, row.plan_id, row.unit_id, row.revision)
