"""Later drills that can show that a correction works, and what of them shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from drillapp.core.drills.evaluation.overall import evaluation_of
from drillapp.core.drills.findings.rows import LaterDrill
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.localtime import end_of_day, local_day
from drillapp.core.office import Office
from drillapp.core.units.model import Unit

_MOST = 100


def later_drills(office: Office, finding_ids: Sequence[int]) -> list[LaterDrill]:
    """Drills held since all these findings were put right, by their units or of their plans; the newest first."""
    source = aliased(Drill)
    with office.read() as connection:
        units = select(Finding.unit_id).where(Finding.id.in_(finding_ids))
        own = select(Finding.drill_id).where(Finding.id.in_(finding_ids))
        plans = (
            select(source.plan_id)
            .join(Finding, Finding.drill_id == source.id)
            .where(Finding.id.in_(finding_ids), source.plan_id.is_not(None))
        )
        done: date | None = connection.execute(
            select(func.max(Finding.done_on)).where(Finding.id.in_(finding_ids))
        ).scalar()
        statement = (
            select(Drill.id, Drill.number, Drill.title, Unit.name, Drill.ended_at)
            .join(Unit, Unit.id == Drill.unit_id)
            .where(
                or_(Drill.unit_id.in_(units), Drill.plan_id.in_(plans)),
                Drill.ended_at <= end_of_day(office.as_of),
                Drill.retired_on.is_(None),
                Drill.id.not_in(own),
            )
            .order_by(Drill.ended_at.desc(), Drill.id.desc())
            .limit(_MOST)
        )
        rows = [LaterDrill(*row[:4], local_day(row[4])) for row in connection.execute(statement)]
    return [row for row in rows if done is None or row.held_on >= done]


def what_it_showed(office: Office, drill_id: int) -> list[str]:
    """What went well in a drill by its evaluation: the items without a fault, each as one line of words."""
    judged = evaluation_of(office, drill_id).items
    good = (one.item for one in judged if one.share is not None and not one.is_fault)
    return [f"{item.code} {item.title}" for item in good]
