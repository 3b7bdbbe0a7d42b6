"""What can be asked about the injects of a drill."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect
from drillapp.core.drills.injects.model import Inject
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.office import Office
from drillapp.core.plans.model import PlanSection


def injects_of(office: Office, drill_id: int) -> list[InjectRow]:
    """The script of a drill in its order, without what was taken out of it."""
    with office.read() as connection:
        return [row for row in inject_rows(connection, drill_id) if not row.retired]


def inject_rows(connection: Connection, drill_id: int) -> list[InjectRow]:
    """The injects of a drill in their order, those taken out last."""
    before = aliased(Inject)
    statement: AnySelect = (
        select(
            Inject.id, Inject.drill_id, Inject.position, Inject.number, Inject.stage, Inject.offset_seconds,
            Inject.after_id, before.number, Inject.sender, Inject.addressee, Inject.means, Inject.content,
            Inject.expected_action, Inject.within_seconds, Inject.subject, Inject.section_id, PlanSection.title,
            Inject.retired,
        )
        .outerjoin(before, before.id == Inject.after_id)
        .outerjoin(PlanSection, PlanSection.id == Inject.section_id)
        .where(Inject.drill_id == drill_id)
        .order_by(Inject.retired, Inject.position, Inject.id)
    )  # fmt: skip
    return [InjectRow(*row) for row in connection.execute(statement)]
