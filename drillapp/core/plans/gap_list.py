"""The plans of a scope that lack something which can be told of all of them at once; `gaps_of` tells the rest of one."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec
from sqlalchemy import CTE, ColumnElement, FromClause, Subquery, and_, case, exists, func, or_, select

from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.dates import earliest_begin
from drillapp.core.law import assessment_rule
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.plans.filing import earliest_in_time, filing_state
from drillapp.core.plans.model import Plan, PlanEvent, PlanSection, PlanVersion
from drillapp.core.plans.standing import begin_of
from drillapp.core.units.model import Unit
from drillapp.core.workdays.calendar import Calendar, office_calendar

GAPS_OF_MANY = ("no_content", "superior_newer", "superior_retired", "not_filed", "assessment_due")
"""The codes of plan_gap that can be told of all plans at once."""


class PlanGapRow(msgspec.Struct, frozen=True):
    """A plan that lacks something, as of a date."""

    id: int
    unit_id: int
    number: str
    title: str
    unit_name: str
    tier: str | None
    kind: str | None
    gaps: str
    """Codes of the enumeration plan_gap, joined with commas."""
    parent_title: str | None
    begin: date | None
    """The day on which the version in force came into force."""
    retired_on: date | None


@lru_cache(maxsize=8)  # putting so large a statement together costs more than reading a page of rows
def _plan_gaps(as_of: date, in_time: tuple[date, ...]) -> AnySelect:
    """Versions are worked out once for all plans and joined, instead of being looked for by each of them."""
    superior, newest, current = table_of(Plan).alias(), _newest(), _in_force(as_of)
    above = current.alias()
    conditions = {
        "no_content": ~exists(select(PlanSection.id).where(PlanSection.version_id == newest.c.id)),
        "superior_newer": and_(still(superior.c.retired_on, as_of), above.c.begin > current.c.begin),
        "superior_retired": superior.c.retired_on <= as_of,
        "not_filed": filing_state(current.c.id, in_time, as_of) == "late",
        "assessment_due": _looked_at(current, as_of) < earliest_begin(as_of, assessment_rule().months),
    }
    return (
        select(
            Plan.id, Plan.unit_id, Plan.number, Plan.title, Unit.name.label("unit_name"), Plan.tier, Plan.kind,
            _codes(conditions).label("gaps"), superior.c.title.label("parent_title"), current.c.begin,
            Plan.retired_on,
        )
        .join(Unit, Unit.id == Plan.unit_id)
        .outerjoin(newest, newest.c.plan_id == Plan.id)
        .outerjoin(current, current.c.plan_id == Plan.id)
        .outerjoin(superior, superior.c.id == Plan.parent_id)
        .outerjoin(above, above.c.plan_id == superior.c.id)
        .where(still(Plan.retired_on, as_of), or_(*conditions.values()))
    )  # fmt: skip


def _newest() -> FromClause:
    """The newest version of each plan."""
    versions = table_of(PlanVersion)
    return _last(select(versions.c.id, versions.c.plan_id, versions.c.ordinal).subquery()).subquery()


def _in_force(as_of: date) -> CTE:
    """The version of each plan that is in force on a day; asked twice, worked out once."""
    versions = table_of(PlanVersion)
    begin = begin_of(versions).label("begin")
    rows = select(versions.c.id, versions.c.plan_id, versions.c.ordinal, begin).subquery()
    return _last(rows, rows.c.begin <= as_of).cte("version_in_force")


def _last(rows: Subquery, *conditions: ColumnElement[bool]) -> AnySelect:
    """The row of each plan with the highest ordinal."""
    place = func.row_number().over(partition_by=rows.c.plan_id, order_by=rows.c.ordinal.desc())
    ranked = select(rows, place.label("place")).where(*conditions).subquery()
    return select(ranked).where(ranked.c.place == 1)


def _looked_at(version: FromClause, as_of: date) -> ColumnElement[date]:
    """The day on which a version was last assessed, or else came into force."""
    assessed = (
        select(func.max(PlanEvent.happened_on))
        .where(
            PlanEvent.version_id == version.c.id, PlanEvent.kind == "assessed", PlanEvent.happened_on <= as_of
        )
        .scalar_subquery()
    )
    return func.coalesce(assessed, version.c.begin)


def _codes(conditions: dict[str, ColumnElement[bool]]) -> ColumnElement[str]:
    """The codes of the conditions that hold, joined with commas."""
    first, *others = (case((condition, f"{code},"), else_="") for code, condition in conditions.items())
    told: ColumnElement[str] = first
    for each in others:
        told = told.concat(each)
    return func.rtrim(told, ",")


def _of_office(office: Office) -> AnySelect:
    return _plan_gaps(office.as_of, earliest_in_time(office_calendar(office), office.as_of))


PLAN_GAPS = Listing(
    "plan_gaps",
    PlanGapRow,
    (
        Column("number", "Plan number", width=160),
        Column("title", "Plan title", width=280),
        Column("gaps", "What it lacks", "choice", 240, "plan_gap"),
        Column("unit_name", "Unit", width=180),
        Column("tier", "Tier", "choice", 80, "plan_tier"),
        Column("kind", "Kind", "choice", 110, "plan_kind"),
        Column("parent_title", "Title of the superior plan", width=220),
        Column("begin", "In force from", "date", 100),
    ),
    lambda as_of: _plan_gaps(as_of, earliest_in_time(Calendar({}), as_of)),
    searched=("title", "number", "unit_name"),
    joined=("gaps",),
    sort=(("number", False),),
    for_office=_of_office,
)
