"""What can be asked about the corrections of findings: their steps, and what was found before already."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from drillapp.core.attachments.model import Attachment
from drillapp.core.dates import months_before
from drillapp.core.drills.findings.model import FindingStep
from drillapp.core.drills.findings.rows import Repeat, StepRow
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.localtime import local_day
from drillapp.core.office import Office
from drillapp.core.plans.model import PlanSection
from drillapp.core.units.model import Unit

REPEATED_WITHIN_MONTHS = 36
"""What was found so many months before is found again (a convention: three years, as plans are assessed)."""


def steps_of(office: Office, finding_id: int) -> list[StepRow]:
    """The steps of a finding in the order in which they were taken."""
    statement = (
        select(
            FindingStep.id, FindingStep.kind, FindingStep.happened_on, FindingStep.recorded_at, FindingStep.who,
            FindingStep.note, FindingStep.attachment_name, Attachment.digest, Drill.number,
        )
        .outerjoin(Attachment, Attachment.id == FindingStep.attachment_id)
        .outerjoin(Drill, Drill.id == FindingStep.drill_id)
        .where(FindingStep.finding_id == finding_id)
        .order_by(FindingStep.id)
    )  # fmt: skip
    with office.read() as connection:
        return [StepRow(*row) for row in connection.execute(statement)]


def repeats(office: Office, finding_ids: Collection[int]) -> dict[int, list[Repeat]]:
    """What each of these findings repeats: the same cause in the same section of a plan, in the same family of units.

    A family are the units under the same unit. Findings that name no section are compared by the drill's plan.
    The later of two is the repeat; the newest earlier one comes first.
    """
    if not finding_ids:
        return {}
    now, before = aliased(Finding), aliased(Finding)
    drill, earlier = aliased(Drill), aliased(Drill)
    unit, other = aliased(Unit), aliased(Unit)
    section, same = aliased(PlanSection), aliased(PlanSection)
    day, earlier_day = _moment(drill), _moment(earlier)
    statement = (
        select(
            now.id, before.id, earlier.number, before.number, before.text, other.name, earlier_day,
            earlier.planned_on, before.verified_on, day, drill.planned_on,
        )
        .select_from(now)
        .join(drill, drill.id == now.drill_id)
        .join(unit, unit.id == now.unit_id)
        .join(other, or_(other.id == unit.id, other.parent_id == unit.parent_id))
        .join(before, and_(before.unit_id == other.id, before.cause == now.cause, before.drill_id != now.drill_id))
        .join(earlier, earlier.id == before.drill_id)
        .outerjoin(section, section.id == now.section_id)
        .outerjoin(same, same.id == before.section_id)
        .where(
            now.id.in_(finding_ids),
            before.retired_on.is_(None),
            _same_place(section.lineage, same.lineage, drill, earlier),
            earlier.planned_on <= drill.planned_on,
        )
        .order_by(now.id, earlier.planned_on.desc(), before.id.desc())
    )  # fmt: skip
    found: dict[int, list[Repeat]] = {}
    with office.read() as connection:
        for row in connection.execute(statement):
            held, earlier_held = _day(row[9], row[10]), _day(row[6], row[7])
            if months_before(held, REPEATED_WITHIN_MONTHS) <= earlier_held <= held:
                repeat = Repeat(row[0], row[1], row[2], row[3], row[4], row[5], earlier_held, row[8])
                found.setdefault(row[0], []).append(repeat)
    return found


def _same_place(here: Any, there: Any, drill: Any, earlier: Any) -> ColumnElement[bool]:
    both_unnamed = and_(
        here.is_(None), there.is_(None), func.coalesce(drill.plan_id, 0) == func.coalesce(earlier.plan_id, 0)
    )
    return or_(here == there, both_unnamed)


def _moment(drill: Any) -> Any:
    return func.coalesce(drill.started_at, drill.ended_at, type_=Drill.started_at.type)


def _day(at: datetime | None, planned_on: Any) -> Any:
    return local_day(at) if at is not None else planned_on
