"""The drill that is conducted: looked up, and its columns kept in step with its log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.database.rows import update_rows
from drillapp.core.drills.conduct.lines import LineRow
from drillapp.core.drills.conduct.timeline import Timeline, told
from drillapp.core.drills.model import Drill
from drillapp.core.drills.naming import not_there
from drillapp.core.drills.record.model import DrillPerson
from drillapp.core.errors import Denied, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.plans.events import in_force_periods
from drillapp.core.plans.model import Plan
from drillapp.core.work import Work

_DRILLS = table_of(Drill)


def open_drill(connection: Connection, drill_id: int) -> Row[Any]:
    """A drill that is about to be written to; raises NotFound, Denied for one that was taken off the list."""
    row = drill_row(connection, drill_id)
    refuse_retired(row.retired_on)
    return row


def drill_row(connection: Connection, drill_id: int) -> Row[Any]:
    """What conducting needs to know of a drill; raises NotFound."""
    statement: AnySelect = select(
        Drill.id, Drill.unit_id, Drill.retired_on, Drill.plan_id, Drill.planned_on, Drill.started_at, Drill.ended_at,
        Drill.participants,
    ).where(Drill.id == drill_id)  # fmt: skip
    row = connection.execute(statement).first()
    if row is None:
        raise not_there()
    return row


def refuse_retired(retired_on: object) -> None:
    """Raises Denied for a drill that was taken off the list."""
    if retired_on is not None:
        raise Denied(
            _("This drill was taken off the list: nothing is logged in it."), _("Bring it back first.")
        )


def timeline_of(drill: Row[Any], lines: Sequence[LineRow]) -> Timeline:
    """What a drill's log says, with its columns where the log is silent."""
    return told((line.line for line in lines), started_at=drill.started_at, ended_at=drill.ended_at)


def keep_in_step(work: Work, drill: Row[Any], lines: Sequence[LineRow], timeline: Timeline) -> None:
    """Let start, end and the number of participants, which lists and duties read, say what the log says."""
    kinds = {line.kind for line in lines}
    wanted: dict[str, Any] = {}
    if "start" in kinds:
        wanted["started_at"] = timeline.started_at
    if not kinds.isdisjoint(("end", "stop")) or timeline.started_at is None:
        wanted["ended_at"] = timeline.ended_at
    if timeline.is_over and drill.ended_at is None:
        wanted["participants"] = checked_in(work.connection, drill.id) or drill.participants
    put(work, drill, wanted)


def put(work: Work, drill: Row[Any], wanted: dict[str, Any]) -> None:
    """Write these columns of a drill as far as they say something else."""
    changed: dict[str, tuple[datetime | int | None, Any]] = {
        name: (getattr(drill, name), value) for name, value in wanted.items() if value != getattr(drill, name)
    }
    if not changed:
        return
    row = {"id": drill.id, **{name: new for name, (_old, new) in changed.items()}}
    update_rows(work.connection, _DRILLS, tuple(changed), [row])
    work.changed("drills", drill.id, changed)
    work.touched("drills", {drill.unit_id})


def checked_in(connection: Connection, drill_id: int) -> int:
    """How many people were checked in."""
    statement = select(func.sum(DrillPerson.count)).where(
        DrillPerson.drill_id == drill_id, DrillPerson.checked_in_at.is_not(None)
    )
    return int(connection.execute(statement).scalar() or 0)


def refuse_out_of_force(connection: Connection, drill: Row[Any], at: datetime) -> None:
    """Raises InvalidInput when the drill's plan is not in force on the day it starts."""
    if drill.plan_id is None:
        return
    number = connection.execute(select(Plan.number).where(Plan.id == drill.plan_id)).scalar_one()
    _key, begin, end = in_force_periods(connection, [number])[number]
    day = local_day(at)
    if begin is not None and begin <= day and (end is None or day < end):
        return
    raise InvalidInput(
        _("The plan {number} is not in force on {day}.").format(number=number, day=day),
        _("Give the drill a plan in force, or none, then start it."),
        field="plan_number",
    )
