"""Which findings were made before: the same cause in the same section of a plan, in the same family of units.

A family are the units under the same unit. Findings that name no section are compared by the plan of their drill.
The later of two drills repeats, by the days for which they were planned, when no more than three years lie between.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, extract, func, or_, select
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect
from drillapp.core.drills.model import Drill, Finding
from drillapp.core.plans.model import PlanSection
from drillapp.core.units.model import Unit

WITHIN_YEARS = 3
"""A convention: as long as plans may go unassessed."""


NOW, BEFORE = aliased(Finding), aliased(Finding)
"""A finding and an earlier one that it repeats."""
DRILL, EARLIER = aliased(Drill), aliased(Drill)
UNIT, OTHER = aliased(Unit), aliased(Unit)


def repeats(*columns: Any) -> AnySelect:
    """Columns of each finding with each earlier one that it repeats."""
    section, same = aliased(PlanSection), aliased(PlanSection)
    return (
        select(*columns)
        .select_from(NOW)
        .join(DRILL, DRILL.id == NOW.drill_id)
        .join(UNIT, UNIT.id == NOW.unit_id)
        .join(OTHER, or_(OTHER.id == UNIT.id, OTHER.parent_id == UNIT.parent_id))
        .join(BEFORE, and_(BEFORE.unit_id == OTHER.id, BEFORE.cause == NOW.cause))
        .join(EARLIER, EARLIER.id == BEFORE.drill_id)
        .outerjoin(section, section.id == NOW.section_id)
        .outerjoin(same, same.id == BEFORE.section_id)
        .where(
            NOW.retired_on.is_(None),
            BEFORE.retired_on.is_(None),
            _same_place(section.lineage, same.lineage),
            DRILL.planned_on > EARLIER.planned_on,
            _within(DRILL.planned_on, EARLIER.planned_on),
        )
    )


def is_again() -> ColumnElement[bool]:
    """Whether a finding of a list's statement repeats an earlier one; quick for a page of them."""
    return repeats(NOW.id).where(NOW.id == Finding.id).correlate(Finding).exists()


def are_again(rows: FromClause) -> ColumnElement[bool]:
    """The same, quick for all of them: in one pass each looks at the last day before its own in its group."""
    finding, drill, unit, section = aliased(Finding), aliased(Drill), aliased(Unit), aliased(PlanSection)
    plan = case((section.lineage.is_(None), func.coalesce(drill.plan_id, 0)), else_=0)
    earlier = func.max(drill.planned_on).over(
        partition_by=(finding.cause, section.lineage, plan, func.coalesce(unit.parent_id, -unit.id)),
        order_by=drill.planned_on,
        groups=(-1, -1),
    )
    days = (
        select(finding.id, drill.planned_on.label("day"), earlier.label("earlier"))
        .join(drill, drill.id == finding.drill_id)
        .join(unit, unit.id == finding.unit_id)
        .outerjoin(section, section.id == finding.section_id)
        .where(finding.cause.is_not(None), finding.retired_on.is_(None))
        .subquery()
    )
    return rows.c.id.in_(select(days.c.id).where(_within(days.c.day, days.c.earlier)))


def _same_place(here: Any, there: Any) -> ColumnElement[bool]:
    same_plan = func.coalesce(DRILL.plan_id, 0) == func.coalesce(EARLIER.plan_id, 0)
    return or_(here == there, and_(here.is_(None), there.is_(None), same_plan))


def _within(day: Any, earlier: Any) -> ColumnElement[bool]:
    return _number(day) - _number(earlier) <= WITHIN_YEARS * 10000


def _number(day: Any) -> ColumnElement[int]:
    """A day as YYYYMMDD, by which both databases can tell how many years lie between two."""
    return extract("year", day) * 10000 + extract("month", day) * 100 + extract("day", day)
