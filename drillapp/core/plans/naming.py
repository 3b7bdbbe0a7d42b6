"""Which plan, version and section is meant by somebody who names them."""

from __future__ import annotations

from sqlalchemy import select

from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.content import Section
from drillapp.core.plans.model import Plan
from drillapp.core.plans.versions import VersionRow, read_content, versions_of


def plan_named(office: Office, number: str) -> int:
    """The plan with a number, the office's own one where a neighbour's has the same; raises NotFound."""
    statement = select(Plan.id).where(Plan.number == number).order_by((Plan.owner_id == office.id).desc())
    with office.read() as connection:
        found: int | None = connection.execute(statement.limit(1)).scalar()
    if found is None:
        raise NotFound(_("There is no plan with the number '{value}'.").format(value=number))
    return found


def version_named(office: Office, number: str, name: str = "") -> VersionRow:
    """A plan's version by its label or its place (1, 2, …), a label first; the newest when none is named.

    Raises NotFound naming those that there are.
    """
    versions = versions_of(office, plan_named(office, number))
    if not name:
        return versions[0]
    by_place = {str(version.ordinal): version for version in versions}
    by_label = {version.label: version for version in versions if version.label}
    found = by_label.get(name) or by_place.get(name)
    if found is None:
        names = ", ".join(version.label or str(version.ordinal) for version in reversed(versions))
        text = _("The plan {number} has no version '{name}'.").format(number=number, name=name)
        raise NotFound(text, _("There are: {names}").format(names=names))
    return found


def section_named(office: Office, version_id: int, name: str) -> Section:
    """A version's first section with this title, number, or number and title; raises NotFound."""
    for section in read_content(office, version_id).sections:
        if name in (section.title, section.number, f"{section.number} {section.title}"):
            return section
    raise NotFound(_("This version of the plan has no section '{name}'.").format(name=name))
