"""The drills of a year counted by day and state, from an index alone."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, case, func, or_, select

from drillapp.core.database.base import still
from drillapp.core.drills.model import Drill
from drillapp.core.localtime import end_of_day
from drillapp.core.office import Office
from drillapp.core.units.references import in_scope, or_all


def drills_by_day(office: Office, unit_id: int | None, year: int) -> dict[date, dict[str, int]]:
    """For each day of a year with drills how many there are in each state, of a unit and those below it or of all.

    The states are those of the list (drills.queries.drill_state), told from counts by day alone: grouping by the
    state itself would sort all drills of the year.
    """
    as_of, now = office.as_of, end_of_day(office.as_of)
    has_ended = Drill.ended_at <= now
    reported = func.sum(case((and_(has_ended, Drill.reported_on <= as_of), 1), else_=0))
    ended = func.sum(case((has_ended, 1), else_=0))
    is_open = or_(Drill.ended_at.is_(None), Drill.ended_at > now)
    running = func.sum(case((and_(is_open, Drill.started_at <= now), 1), else_=0))
    statement = (
        select(Drill.planned_on, func.count(), reported, ended, running)
        .where(
            Drill.planned_on.between(date(year, 1, 1), date(year, 12, 31)),
            still(Drill.retired_on, as_of),
        )
        .group_by(Drill.planned_on)
    )
    found: dict[date, dict[str, int]] = {}
    with office.read() as connection:
        # As a sum, so that the database walks the year's days instead of looking each unit up.
        statement = statement.where(in_scope(Drill.unit_id + 0, or_all(connection, unit_id)))
        for day, total, n_reported, n_ended, n_running in connection.execute(statement):
            waiting = "overdue" if day < as_of else "planned"
            states = {
                "reported": n_reported,
                "held": n_ended - n_reported,
                "running": n_running,
                waiting: total - n_ended - n_running,
            }
            found[day] = {state: int(count) for state, count in states.items() if count}
    return found
