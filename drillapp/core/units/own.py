"""The unit that an office is; asked at every start, so that it needs nothing but the table of units."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import column, select, table

from drillapp.core.office import Office

_UNITS = table("units", column("id"), column("code"), column("name"))
"""Not the mapped class: to map the units with all that belongs to them takes a fiftieth of the start."""


class OwnUnit(NamedTuple):
    """An office's own unit."""

    id: int
    code: str
    name: str


def own_unit(office: Office) -> OwnUnit | None:
    """The office's own unit, or None where it has none yet."""
    with office.read() as connection:
        row = connection.execute(select(_UNITS).where(_UNITS.c.id == office.unit_id)).first()
    return None if row is None else OwnUnit(*row)
