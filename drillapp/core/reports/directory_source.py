"""Whom to call by the plans in force of a unit and those below it, or by one plan, as of the office's date."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import select

from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan, PlanPerson, PlanVersion
from drillapp.core.plans.standing import version_in_force_as_of
from drillapp.core.reports.contact_directory import ContactDirectory, DirectoryGroup, DirectoryLine
from drillapp.core.reports.plan_source import plan_file, scope_of
from drillapp.core.units.model import Unit, UnitAncestor


def contact_directory(office: Office, unit_code: str | None, number: str | None) -> ContactDirectory:
    """What the directory of a plan, or of a unit and those below it, says; the office's own unit when none is named.

    Raises NotFound for an unknown unit or plan.
    """
    if number is not None:
        plan = plan_file(office, number)
        title = _("{plan}: directory").format(plan=plan.title)
        chosen = _people().where(PlanPerson.version_id == plan.shown.id)
        return ContactDirectory(office.name, title, office.as_of, tuple(_groups(office, chosen)))
    scope, name = scope_of(office, unit_code)
    title = _("{unit}: emergency directory").format(unit=name)
    plans = table_of(Plan)
    chosen = (
        _people()
        .join(UnitAncestor, UnitAncestor.unit_id == Plan.unit_id)
        .where(
            UnitAncestor.ancestor_id == scope,
            still(Plan.retired_on, office.as_of),
            PlanPerson.version_id == version_in_force_as_of(plans.c.id, office.as_of),
        )
    )
    return ContactDirectory(office.name, title, office.as_of, tuple(_groups(office, chosen)))


def _people() -> AnySelect:
    return (
        select(
            Plan.id, Plan.title, Plan.number, PlanVersion.label, Unit.name.label("unit"), PlanPerson.list,
            PlanPerson.name, PlanPerson.role, PlanPerson.organisation, PlanPerson.phone, PlanPerson.duty,
        )
        .select_from(PlanPerson)
        .join(PlanVersion, PlanVersion.id == PlanPerson.version_id)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .join(Unit, Unit.id == Plan.unit_id)
    )  # fmt: skip


def _groups(office: Office, chosen: AnySelect) -> Iterator[DirectoryGroup]:
    """Plan by plan, in the order of units and numbers."""
    ordered = chosen.order_by(Unit.code, Plan.number, PlanPerson.list.desc(), PlanPerson.position)
    with office.read() as connection:
        rows = connection.execute(ordered).all()
    for _key, group in groupby(rows, key=lambda row: row.id):
        people = list(group)
        lists = {
            name: tuple(_line(row) for row in people if row.list == name) for name in ("roster", "contacts")
        }
        head = people[0]
        plan = _("“{plan}” {number}").format(plan=head.title, number=head.number)
        version = _("({version})").format(version=head.label) if head.label else ""
        yield DirectoryGroup(plan + version, head.unit, **lists)


def _line(row: Any) -> DirectoryLine:
    return DirectoryLine(*((value or "") for value in row[6:]))
