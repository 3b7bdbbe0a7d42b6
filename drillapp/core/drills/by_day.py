"""The drills of a year counted by day and state, from an index alone."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from drillapp.core.database.base import still
from drillapp.core.drills.model import Drill
from drillapp.core.drills.queries import drill_state
from drillapp.core.office import Office
from drillapp.core.units.references import in_scope


def drills_by_day(office: Office, unit_id: int | None, year: int) -> dict[date, dict[str, int]]:
    """For each day of a year with drills how many there are in each state, of a unit and those below it or of all."""
    state = drill_state(office.as_of)
    statement = (
        select(Drill.planned_on, state, func.count())
        .where(
            Drill.planned_on.between(date(year, 1, 1), date(year, 12, 31)),
            still(Drill.retired_on, office.as_of),
            in_scope(Drill.unit_id, unit_id),
        )
        .group_by(Drill.planned_on, state)
    )
    found: dict[date, dict[str, int]] = {}
    with office.read() as connection:
        for day, known, count in connection.execute(statement):
            found.setdefault(day, {})[known] = count
    return found
