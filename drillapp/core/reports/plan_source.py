"""A plan with its unit and versions, as the papers about plans begin with."""

from __future__ import annotations

from datetime import date

import msgspec
from sqlalchemy import select

from drillapp.core.database.base import still
from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.concerned import SUBJECT, Subject
from drillapp.core.plans.model import Plan
from drillapp.core.plans.versions import VersionRow, versions_of
from drillapp.core.reports.filing_papers import FiledPlan, Filer
from drillapp.core.units.model import Person, Unit
from drillapp.core.units.references import unit_id

_BY_HAND = "\u3000"
"""A field left free, to be filled in by hand."""


class PlanFile(msgspec.Struct, frozen=True):
    """What papers say of a plan."""

    id: int
    number: str
    title: str
    tier: str | None
    kind: str | None
    unit_id: int
    unit: str
    address: str
    subject: Subject
    versions: tuple[VersionRow, ...]
    """The newest first."""

    @property
    def shown(self) -> VersionRow:
        """The version in force, or the newest while there is none."""
        return next((each for each in self.versions if each.state == "in_force"), self.versions[0])

    @property
    def tier_and_kind(self) -> str:
        """In words, one under the other."""
        return kind_words(self.tier, self.kind)


def plan_file(office: Office, number: str) -> PlanFile:
    """The plan with that number; raises NotFound."""
    statement = (
        select(Plan.id, Plan.number, Plan.title, Plan.tier, Plan.unit_id, Unit.name, Unit.address, *SUBJECT)
        .join(Unit, Unit.id == Plan.unit_id)
        .where(Plan.number == number, Plan.owner_id == office.id)
    )
    with office.read() as connection:
        row = connection.execute(statement).first()
    if row is None:
        raise NotFound(_("There is no plan with the number '{value}'.").format(value=number))
    key, own, title, tier, unit_id, unit, address = row[:7]
    subject = Subject._make(row[7:])
    named = office.name if unit_id == office.unit_id else unit
    versions = tuple(versions_of(office, key))
    return PlanFile(
        key, own, title, tier, subject.plan_kind, unit_id, named, address or "", subject, versions
    )


def scope_of(office: Office, code: str | None) -> tuple[int, str]:
    """Key and name of the unit with that code, or of the office's own when none is given.

    Raises NotFound for an unknown code, InvalidInput for none where the office has no unit.
    """
    if code is None and office.unit_id is not None:
        return office.unit_id, office.name
    if not code:
        raise InvalidInput(_("Say which unit the report is about."), field="unit_code")
    with office.read() as connection:
        key = unit_id(connection, code)
        return key, str(connection.execute(select(Unit.name).where(Unit.id == key)).scalar_one())


def kind_words(tier: str | None, kind: str | None) -> str:
    """Tier and kind of a plan in words, one under the other."""
    return "\n".join(filter(None, (label("plan_tier", tier), label("plan_kind", kind))))


def version_words(version: VersionRow) -> str:
    """What people call a version, or its place among the plan's."""
    return version.label or _("version {number}").format(number=version.ordinal)


def filed_plan(plan: PlanFile, version: VersionRow, published_on: date | None) -> FiledPlan:
    """The plan as the papers of its filing say it."""
    kind = plan.tier_and_kind.replace("\n", " ")
    return FiledPlan(plan.number, plan.title, version_words(version), kind, published_on)


def filer(office: Office, plan: PlanFile) -> Filer:
    """The plan's unit; whom to call is a key person, or whoever of it has a phone."""
    statement = (
        select(Person.name, Person.phone)
        .where(
            Person.unit_id == plan.unit_id, Person.phone.is_not(None), still(Person.retired_on, office.as_of)
        )
        .order_by(Person.key_person.desc(), Person.id)
        .limit(1)
    )
    with office.read() as connection:
        row = connection.execute(statement).first()
    name, phone = (row.name, row.phone or "") if row else (_BY_HAND, _BY_HAND)
    sectors = [label("sector", code) for code in (plan.subject.sectors or "").split(",") if code]
    return Filer(plan.unit, plan.address or _BY_HAND, _(", ").join(sectors), _BY_HAND, name, phone)
