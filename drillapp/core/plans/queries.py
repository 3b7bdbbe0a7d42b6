"""What can be asked about plans."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import and_, case, func, inspect, or_, select
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.dates import earliest_begin
from drillapp.core.law import assessment_rule
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.plans.events import as_of_event, filing_number_as_of, in_force_on
from drillapp.core.plans.filing import earliest_in_time, filing_from, filing_rules_of, filing_state
from drillapp.core.plans.hazards import hazard_category
from drillapp.core.plans.model import Plan
from drillapp.core.plans.standing import superior_gap, version_in_force_as_of
from drillapp.core.plans.told import DATED, newest_label
from drillapp.core.plans.versions import VersionRow, version_rows
from drillapp.core.units.model import Unit
from drillapp.core.workdays.calendar import Calendar, office_calendar


class PlanRow(msgspec.Struct, frozen=True):
    """A plan in a list, as of a date."""

    id: int
    unit_id: int
    revision: int
    number: str
    title: str
    unit_code: str
    unit_name: str
    tier: str | None
    kind: str | None
    hazard: str | None
    parent_number: str | None
    version: str | None
    approved_on: date | None
    published_on: date | None
    filed_on: date | None
    assessed_on: date | None
    filing_number: str | None
    retired_on: date | None
    state: str
    hazard_category: str | None
    label_in_force: str | None
    """The label of the version in force."""
    filing_state: str
    """Whether the version in force is filed: filed, due, late, not_asked."""
    filing_due_on: date | None
    parent_title: str | None
    superior_gap: str | None
    """newer or retired: what happened to the superior plan since this one came into force."""


class ListedVersion(VersionRow, frozen=True):
    """A version in a list, as of a date."""

    unit_id: int
    number: str
    title: str
    unit_code: str
    unit_name: str
    retired_on: date | None


@lru_cache(maxsize=8)  # putting so large a statement together costs more than reading a page of rows
def _plans(as_of: date, in_time: tuple[date, ...]) -> AnySelect:
    plans = table_of(Plan)
    parent = aliased(Plan)
    # Not joined, so that lists that show nothing of it need not look for it.
    current = version_in_force_as_of(plans.c.id, as_of)
    dates = {field: as_of_event(plans, kind, as_of) for field, kind in DATED.items()}
    return (
        select(
            Plan.id, Plan.unit_id, Plan.revision, Plan.number, Plan.title, Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), Plan.tier, Plan.kind, Plan.hazard, parent.number.label("parent_number"),
            newest_label(plans).label("version"), *(day.label(field) for field, day in dates.items()),
            filing_number_as_of(plans, as_of).label("filing_number"), Plan.retired_on,
            _state(as_of).label("state"),
            hazard_category(func.coalesce(Plan.hazard, Plan.title)).label("hazard_category"),
            version_in_force_as_of(plans.c.id, as_of, "label").label("label_in_force"),
            filing_state(current, in_time, as_of).label("filing_state"),
            filing_from(current, as_of).label("filing_due_on"), parent.title.label("parent_title"),
            superior_gap(plans, inspect(parent).selectable, as_of).label("superior_gap"),
        )
        .join(Unit, Unit.id == Plan.unit_id)
        .outerjoin(parent, Plan.parent_id == parent.id)
    )  # fmt: skip


def _plans_of(office: Office) -> AnySelect:
    return _plans(office.as_of, earliest_in_time(office_calendar(office), office.as_of))


def _with_due_days(office: Office, rows: list[PlanRow]) -> list[PlanRow]:
    """The day by which each plan is, or was, to be filed, in the place of the day from which the term runs."""
    calendar = office_calendar(office)
    rules = filing_rules_of(office, [row.id for row in rows if row.filing_state in ("due", "late")])
    due = {
        row.id: calendar.after(row.filing_due_on, rules[row.id].days).day
        for row in rows
        if row.id in rules and rules[row.id].days and row.filing_due_on
    }
    return [replace(row, filing_due_on=due.get(row.id)) for row in rows]


def _state(as_of: date) -> Any:
    """Draft, in force, due for assessment, or retired: derived from the events, never typed."""
    plans = table_of(Plan)
    begin = in_force_on(plans)
    reviewed = as_of_event(plans, ("approved", "published", "assessed"), as_of)
    return case(
        (Plan.retired_on <= as_of, "retired"),
        (and_(as_of_event(plans, "approved", as_of).is_(None), or_(begin.is_(None), begin > as_of)), "draft"),
        (or_(begin.is_(None), begin > as_of), "approved"),
        (reviewed < earliest_begin(as_of, assessment_rule().months), "assessment_due"),
        else_="in_force",
    )


PLANS = Listing(
    "plans",
    PlanRow,
    (
        Column("number", "Plan number", width=160),
        Column("title", "Plan title", width=280),
        Column("state", "State", "choice", 100, "plan_state"),
        Column("unit_name", "Unit", width=180),
        Column("tier", "Tier", "choice", 80, "plan_tier"),
        Column("kind", "Kind", "choice", 110, "plan_kind"),
        Column("hazard", "Hazard", width=110),
        Column("hazard_category", "Category of emergency", "choice", 100, "hazard_category"),
        Column("label_in_force", "Version in force", width=90),
        Column("version", "Newest version", width=90),
        Column("approved_on", "Approved on", "date", 100),
        Column("published_on", "Published on", "date", 100),
        Column("filed_on", "Filed on", "date", 100),
        Column("filing_number", "Filing number", width=140),
        Column("filing_state", "Filing", "choice", 100, "filing_state"),
        Column("filing_due_on", "To be filed by", "date", 100),
        Column("assessed_on", "Assessed on", "date", 100),
        Column("parent_number", "Superior plan", width=150),
        Column("parent_title", "Title of the superior plan", width=220),
        Column("superior_gap", "Superior plan is", "choice", 100, "superior_gap"),
        Column("retired_on", "Retired on", "date", 100),
    ),
    lambda as_of: _plans(as_of, earliest_in_time(Calendar({}), as_of)),
    searched=("title", "number", "unit_name"),
    sort=(("number", False),),
    for_office=_plans_of,
    finished=_with_due_days,
)


def _versions(as_of: date) -> AnySelect:
    return (
        version_rows(as_of)
        .add_columns(
            Plan.unit_id, Plan.number, Plan.title, Unit.code.label("unit_code"), Unit.name.label("unit_name"),
            Plan.retired_on,
        )
        .join(Unit, Unit.id == Plan.unit_id)
    )  # fmt: skip


PLAN_VERSIONS = Listing(
    "plan_versions",
    ListedVersion,
    (
        Column("number", "Plan number", width=160),
        Column("title", "Plan title", width=280),
        Column("unit_name", "Unit", width=180),
        Column("label", "Version", width=90),
        Column("state", "State", "choice", 100, "plan_version_state"),
        Column("begin", "In force from", "date", 100),
        Column("end", "In force until", "date", 100),
        Column("summary", "What was changed", width=280),
    ),
    _versions,
    searched=("title", "number", "unit_name", "label"),
    sort=(("number", False), ("ordinal", True)),
)
