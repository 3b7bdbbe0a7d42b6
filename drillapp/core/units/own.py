"""The unit that an office is; asked at every start, so that it needs nothing but the table of units."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from drillapp.core.office import Office
from drillapp.core.units.model import Unit


class OwnUnit(NamedTuple):
    """An office's own unit."""

    id: int
    code: str
    name: str


def own_unit(office: Office) -> OwnUnit | None:
    """The office's own unit, or None where it has none yet."""
    with office.read() as connection:
        row = connection.execute(
            select(Unit.id, Unit.code, Unit.name).where(Unit.id == office.unit_id)
        ).first()
    return None if row is None else OwnUnit(*row)
