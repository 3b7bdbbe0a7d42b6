"""All that the window shows of a drill that is conducted, in four statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, case, func, select

from drillapp.core.database.base import AnySelect
from drillapp.core.drills.conduct.drill import timeline_of
from drillapp.core.drills.conduct.lines import LineRow, lines_of
from drillapp.core.drills.conduct.standing import Standing, standings
from drillapp.core.drills.conduct.timeline import Timeline, drill_time, replaced_lines
from drillapp.core.drills.injects.queries import inject_rows
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.drills.model import Drill
from drillapp.core.drills.naming import not_there
from drillapp.core.drills.record.model import DrillDesign, DrillPerson
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
from drillapp.core.units.model import Unit


class ConductedDrill(msgspec.Struct, frozen=True):
    """What the window says about the drill itself."""

    id: int
    unit_id: int
    number: str
    title: str
    kind: str
    form: str | None
    unit_name: str
    plan_number: str | None
    plan_title: str | None
    place: str | None
    leader: str | None
    planned_on: date
    started_at: datetime | None
    ended_at: datetime | None
    expected: int | None
    participants: int | None
    retired_on: date | None
    scenario: str | None
    subjects: str | None
    """One a line."""
    safety: str | None
    stop_conditions: str | None


class LogLine(msgspec.Struct, frozen=True):
    """A line of the log as it is shown."""

    row: LineRow
    seconds: float | None
    """On the drill's clock; None while it has not started."""
    is_struck: bool
    """Another line took its place, or it annuls one."""
    is_ignored: bool
    """It contradicts what was before it, so it counts for nothing."""
    inject_number: str | None


class Roll(msgspec.Struct, frozen=True):
    """How many people are on the roll of a drill, and how many of them are there."""

    expected: int
    checked_in: int


class ConductView(msgspec.Struct, frozen=True, dict=True):
    """A drill while it is conducted; what depends on the moment is asked of it at each tick."""

    drill: ConductedDrill
    injects: tuple[InjectRow, ...]
    """Those of the script, in its order, and those taken out that were released before."""
    lines: tuple[LineRow, ...]
    """All lines in the order in which they were written."""
    roll: Roll
    timeline: Timeline

    def seconds(self, now: datetime) -> float:
        """The drill's clock."""
        return drill_time(self.timeline, self.moment(now)).total_seconds()

    def standings(self, now: datetime) -> list[Standing]:
        """How the injects stand, in their order."""
        return standings(self.timeline, (inject.planned for inject in self.injects), self.moment(now))

    def moment(self, now: datetime) -> datetime:
        """Now, but never before what was logged last: the machine's clock may have been set back."""
        last = self.timeline.effective[-1].at if self.timeline.effective else now
        return max(now, last)

    @cached_property
    def log(self) -> tuple[LogLine, ...]:
        """The lines by moment, each with what became of it; a line that was replaced stands before what replaced it."""
        return tuple(self._shown())

    def _shown(self) -> Sequence[LogLine]:
        struck = replaced_lines([row.line for row in self.lines])
        numbers = {inject.id: inject.number for inject in self.injects}
        began = self.timeline.started_at is not None
        return [
            LogLine(
                row,
                drill_time(self.timeline, row.at).total_seconds() if began else None,
                row.id in struck,
                row.id in self.timeline.ignored,
                numbers.get(row.inject_id) if row.inject_id is not None else None,
            )
            for row in sorted(self.lines, key=lambda row: (row.at, row.id))
        ]


def conduct_view(office: Office, drill_id: int) -> ConductView:
    """A drill as the window shows it while it runs; raises NotFound."""
    with office.read() as connection:
        drill = _drill(connection, drill_id)
        lines = lines_of(connection, drill_id)
        timeline = timeline_of(drill, lines)
        injects = inject_rows(connection, drill_id)
        roll = _roll(connection, drill_id)
    kept = tuple(inject for inject in injects if not inject.retired or inject.id in timeline.released)
    return ConductView(ConductedDrill(*tuple(drill)), kept, tuple(lines), roll, timeline)


def _drill(connection: Connection, drill_id: int) -> Row[Any]:
    statement: AnySelect = (
        select(
            Drill.id, Drill.unit_id, Drill.number, Drill.title, Drill.kind, Drill.form, Unit.name,
            Plan.number.label("plan_number"), Plan.title.label("plan_title"), Drill.place, Drill.leader, Drill.planned_on,
            Drill.started_at, Drill.ended_at, Drill.expected, Drill.participants, Drill.retired_on, DrillDesign.scenario,
            DrillDesign.subjects, DrillDesign.safety, DrillDesign.stop_conditions,
        )
        .join(Unit, Unit.id == Drill.unit_id)
        .outerjoin(Plan, Plan.id == Drill.plan_id)
        .outerjoin(DrillDesign, DrillDesign.drill_id == Drill.id)
        .where(Drill.id == drill_id)
    )  # fmt: skip
    row = connection.execute(statement).first()
    if row is None:
        raise not_there()
    return row


def _roll(connection: Connection, drill_id: int) -> Roll:
    there = case((DrillPerson.checked_in_at.is_not(None), DrillPerson.count), else_=0)
    statement = select(func.sum(DrillPerson.count), func.sum(there)).where(DrillPerson.drill_id == drill_id)
    expected, checked_in = connection.execute(statement).one()
    return Roll(int(expected or 0), int(checked_in or 0))
