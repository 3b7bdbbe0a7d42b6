"""How far a programme is: by month, and by unit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import extract, func, select

from drillapp.core.database.base import AnySelect
from drillapp.core.drills.model import Drill
from drillapp.core.drills.programme.model import ProgrammeItem
from drillapp.core.drills.programme.queries import item_day, item_state
from drillapp.core.drills.programme.rows import MonthProgress, UnitProgress
from drillapp.core.office import Office
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope


def progress_by_month(office: Office, programme_id: int, unit_id: int | None = None) -> list[MonthProgress]:
    """All twelve months, of a unit and those below it or of all."""
    month = extract("month", item_day)
    statement = _counted(office, programme_id, unit_id, month)
    counted: dict[int, dict[str, int]] = {number: {} for number in range(1, 13)}
    with office.read() as connection:
        for number, state, count in connection.execute(statement):
            counted[int(number)][state] = count
    return [MonthProgress(number, **states) for number, states in counted.items()]


def progress_by_unit(office: Office, programme_id: int, unit_id: int | None = None) -> list[UnitProgress]:
    """The units that have something to drill, in the order of their codes."""
    statement = _counted(office, programme_id, unit_id, Unit.code, Unit.name)
    statement = statement.join(Unit, Unit.id == ProgrammeItem.unit_id).order_by(Unit.code)
    counted: dict[tuple[str, str], dict[str, int]] = {}
    with office.read() as connection:
        for code, name, state, count in connection.execute(statement):
            counted.setdefault((code, name), {})[state] = count
    return [UnitProgress(code, name, **states) for (code, name), states in counted.items()]


def _counted(office: Office, programme_id: int, unit_id: int | None, *by: Any) -> AnySelect:
    state = item_state(office.as_of)
    return (
        select(*by, state, func.count())
        .select_from(ProgrammeItem)
        .outerjoin(Drill, Drill.id == ProgrammeItem.drill_id)
        .where(ProgrammeItem.programme_id == programme_id, in_scope(ProgrammeItem.unit_id, unit_id))
        .group_by(*by, state)
    )
