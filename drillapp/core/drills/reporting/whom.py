"""To whom a unit reports its drills."""

from __future__ import annotations

from sqlalchemy import or_, select

from drillapp.core.database.base import still
from drillapp.core.i18n import language
from drillapp.core.office import Office
from drillapp.core.plans.filing import body
from drillapp.core.units.model import Unit, UnitAncestor

_BODY = "emergency_of_government"


def reported_to(office: Office, unit_id: int) -> str:
    """The emergency management of the district (or else city) in which a unit stands, as it is called.

    The department of that name where the units have one, or else its usual name; empty for a unit that stands in no
    district. Source: Regulations on emergency response to production safety accidents, article 8 (the emergency
    management of the county's government or above); the sector's authority is told as well, which is left to the office.
    """
    wanted = body(_BODY)
    government = (
        select(Unit.id, Unit.name)
        .join(UnitAncestor, UnitAncestor.ancestor_id == Unit.id)
        .where(UnitAncestor.unit_id == unit_id, Unit.kind.in_(wanted.unit_kinds))
        .order_by(UnitAncestor.distance)
        .limit(1)
    )
    with office.read() as connection:
        found = connection.execute(government).first()
        if found is None:
            return ""
        department = connection.scalar(
            select(Unit.name)
            .where(
                Unit.parent_id == found.id, Unit.kind == "department", still(Unit.retired_on, office.as_of),
                or_(*(Unit.name.contains(word, autoescape=True) for word in wanted.within)),
            )
            .order_by(Unit.code)
            .limit(1)
        )  # fmt: skip
    usual = wanted.zh if language() == "zh_CN" else wanted.en
    return department or usual.format(territory=found.name)
