"""What can be asked about plans."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.dates import earliest_begin
from drillapp.core.listing import Column, Listing
from drillapp.core.plans.events import as_of_event, filing_number_as_of, in_force_on
from drillapp.core.plans.model import Plan
from drillapp.core.plans.told import DATED, newest_label
from drillapp.core.plans.versions import VersionRow, version_rows
from drillapp.core.units.model import Unit

ASSESSED_EVERY_YEARS = 3
"""生产安全事故应急预案管理办法 article 35; 国办发〔2024〕5号 article 34."""


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


class ListedVersion(VersionRow, frozen=True):
    """A version in a list, as of a date."""

    unit_id: int
    number: str
    title: str
    unit_code: str
    unit_name: str
    retired_on: date | None


def _plans(as_of: date) -> AnySelect:
    plans = table_of(Plan)
    parent = aliased(Plan)
    dates = {field: as_of_event(plans, kind, as_of) for field, kind in DATED.items()}
    return (
        select(
            Plan.id, Plan.unit_id, Plan.revision, Plan.number, Plan.title, Unit.code.label("unit_code"),
            Unit.name.label("unit_name"), Plan.tier, Plan.kind, Plan.hazard, parent.number.label("parent_number"),
            newest_label(plans).label("version"), *(day.label(field) for field, day in dates.items()),
            filing_number_as_of(plans, as_of).label("filing_number"), Plan.retired_on,
            _state(as_of).label("state"),
        )
        .join(Unit, Unit.id == Plan.unit_id)
        .outerjoin(parent, Plan.parent_id == parent.id)
    )  # fmt: skip


def _state(as_of: date) -> Any:
    """Draft, in force, due for assessment, or retired: derived from the events, never typed."""
    plans = table_of(Plan)
    begin = in_force_on(plans)
    reviewed = as_of_event(plans, ("approved", "published", "assessed"), as_of)
    return case(
        (Plan.retired_on <= as_of, "retired"),
        (and_(as_of_event(plans, "approved", as_of).is_(None), or_(begin.is_(None), begin > as_of)), "draft"),
        (or_(begin.is_(None), begin > as_of), "approved"),
        (reviewed < earliest_begin(as_of, 12 * ASSESSED_EVERY_YEARS), "assessment_due"),
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
        Column("version", "Version", width=70),
        Column("approved_on", "Approved on", "date", 100),
        Column("published_on", "Published on", "date", 100),
        Column("filed_on", "Filed on", "date", 100),
        Column("filing_number", "Filing number", width=140),
        Column("assessed_on", "Assessed on", "date", 100),
        Column("parent_number", "Superior plan", width=150),
        Column("retired_on", "Retired on", "date", 100),
    ),
    _plans,
    searched=("title", "number", "unit_name"),
    sort=(("number", False),),
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
