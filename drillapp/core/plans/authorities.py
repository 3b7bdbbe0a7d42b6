"""Who supervises a plan: by territory and by sector, with whom it is filed, and who gets a copy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from drillapp.core.database.base import still
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _, language
from drillapp.core.office import Office
from drillapp.core.plans.concerned import SUBJECT, Subject
from drillapp.core.plans.filing import Body, Filing, body, filing_rule, sector_body
from drillapp.core.plans.model import Plan
from drillapp.core.units.model import Unit, UnitAncestor

_TERRITORIES = ("street", "district", "city")


class Authorities(msgspec.Struct, frozen=True):
    """The authorities of a plan by name, as they are printed."""

    territorial: str
    """The street office of the plan's unit, or else its district; empty for a unit that has none above it."""
    sector: str
    """Empty when the unit has no sector."""
    filed_with: str
    direct_to: str
    """To whom the papers also go at once (径送); empty: to nobody."""
    copies: tuple[str, ...]
    days: int
    """Working days from publication within which it is filed; 0: no term."""
    article: str


class _Above(NamedTuple):
    id: int
    name: str
    kind: str


class _Department(NamedTuple):
    name: str
    sectors: frozenset[str]
    government: int


class _Place(NamedTuple):
    """Where a plan's unit stands."""

    subject: Subject
    above: tuple[_Above, ...]
    """The units above it, the nearest first."""
    departments: tuple[_Department, ...]
    """The departments of the governments above it."""

    def nearest(self, kinds: Iterable[str]) -> _Above | None:
        """The nearest unit above of one of these kinds."""
        return next((unit for unit in self.above if unit.kind in kinds), None)


def authorities_of(office: Office, plan_id: int) -> Authorities:
    """The authorities of a plan, from the tree of units and the rules of filing; raises NotFound."""
    with office.read() as connection:
        place = _place(connection, plan_id, office)
    rule: Filing = filing_rule(place.subject)
    territory = place.nearest(_TERRITORIES)
    copies = tuple(dict.fromkeys(name for body_name in rule.copies if (name := _named(place, body_name))))
    return Authorities(
        territorial=territory.name if territory else "",
        sector=_sector_authority(place),
        filed_with=_named(place, rule.with_whom),
        direct_to=_named(place, rule.direct_to) if rule.direct_to else "",
        copies=copies,
        days=rule.days,
        article=rule.article,
    )


def _named(place: _Place, name: str) -> str:
    """An authority by its name in the rules: the unit it is, or else what it is called."""
    if name == "sector_authority":
        return _sector_authority(place)
    wanted = body(name)
    anchor = place.nearest(wanted.unit_kinds)
    if anchor is None or not wanted.within:
        return anchor.name if anchor else _called(wanted, "")
    own = [one for one in place.departments if one.government == anchor.id]
    return _by_words(own, wanted) or _called(wanted, anchor.name)


def _sector_authority(place: _Place) -> str:
    """The department that carries the unit's first sector, or one named like its authority."""
    sector = (place.subject.sectors or "").split(",")[0]
    wanted = sector_body(sector)
    if wanted is None:
        return ""
    carrying = [one.name for one in place.departments if sector in one.sectors]
    return carrying[0] if carrying else _by_words(place.departments, wanted) or _called(wanted, "")


def _by_words(departments: Iterable[_Department], wanted: Body) -> str:
    found = (one.name for one in departments if any(word in one.name for word in wanted.within))
    return next(found, "")


def _called(wanted: Body, territory: str) -> str:
    text = wanted.zh if language() == "zh_CN" else wanted.en
    return text.format(territory=territory).removeprefix(": ")


def _place(connection: Connection, plan_id: int, office: Office) -> _Place:
    plan = connection.execute(
        select(Plan.unit_id, *SUBJECT).join(Unit, Unit.id == Plan.unit_id).where(Plan.id == plan_id)
    ).first()
    if plan is None:
        raise NotFound(_("This plan is not there any more."))
    above = connection.execute(
        select(Unit.id, Unit.name, Unit.kind)
        .join(UnitAncestor, UnitAncestor.ancestor_id == Unit.id)
        .where(UnitAncestor.unit_id == plan.unit_id, UnitAncestor.distance > 0)
        .order_by(UnitAncestor.distance)
    )
    units = tuple(_Above(*row) for row in above)
    departments = connection.execute(
        select(Unit.name, Unit.sectors, Unit.parent_id)
        .where(
            Unit.kind == "department",
            Unit.parent_id.in_([unit.id for unit in units]),
            still(Unit.retired_on, office.as_of),
        )
        .order_by(Unit.code)
    )
    known = tuple(
        _Department(row.name, frozenset((row.sectors or "").split(",")), row.parent_id) for row in departments
    )
    return _Place(Subject(*plan[1:]), units, known)
