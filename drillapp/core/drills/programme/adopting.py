"""Drills that were scheduled without a programme, taken over into the one that is drawn up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from drillapp.core.drills.held import is_drill
from drillapp.core.drills.model import Drill
from drillapp.core.drills.programme.model import ProgrammeItem
from drillapp.core.drills.programme.writing import Standing, add_items
from drillapp.core.office import Office
from drillapp.core.units.references import in_scope
from drillapp.core.work import Work

_TAKEN = (
    "unit_id", "title", "plan_id", "hazard", "evacuation", "content", "form", "purpose", "planned_on", "place",
    "expected", "leader",
)  # fmt: skip
"""What an item has from its drill."""


def scheduled_elsewhere(
    office: Office, connection: Connection, unit_id: int, year: int
) -> Sequence[Row[Any]]:
    """The drills of a unit and those below it that are still to be held in a year and stand in no programme."""
    columns = [Drill.__table__.c[name] for name in _TAKEN]
    known = select(ProgrammeItem.drill_id).where(ProgrammeItem.drill_id.is_not(None))
    statement = (
        select(Drill.id, *columns)
        .where(
            Drill.planned_on.between(max(office.as_of, date(year, 1, 1)), date(year, 12, 31)),
            in_scope(Drill.unit_id, unit_id),
            is_drill(),
            Drill.started_at.is_(None),
            Drill.id.not_in(known),
        )
        .order_by(Drill.planned_on, Drill.id)
    )
    return connection.execute(statement).all()


def adopt(
    office: Office, work: Work, programme: Standing, drills: Sequence[Row[Any]], reason: str | None
) -> int:
    """Write items for drills that are scheduled already; returns how many."""
    if drills:
        columns: dict[str, Sequence[Any]] = {name: [getattr(one, name) for one in drills] for name in _TAKEN}
        columns |= {"is_day_fixed": [True] * len(drills), "drill_id": [one.id for one in drills]}
        add_items(office, work, programme, columns, reason)
    return len(drills)
