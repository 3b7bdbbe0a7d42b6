"""A drill that was run on paper: its lines are entered afterwards, in any order, by the clock on the wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, select

from drillapp.core import enumerations
from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.drills.conduct.commands import CORRECTABLE, MOST_CHARACTERS
from drillapp.core.drills.conduct.drill import keep_in_step, open_drill, refuse_out_of_force, timeline_of
from drillapp.core.drills.conduct.lines import LineRow, lines_of, write_lines
from drillapp.core.drills.conduct.refusals import refuse_contradictions
from drillapp.core.drills.injects.model import Inject
from drillapp.core.drills.injects.offsets import TimeOfDay, time_of_day
from drillapp.core.errors import Problem
from drillapp.core.i18n import _
from drillapp.core.localtime import BEIJING, local_moment
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any

_BEFORE_START = timedelta(hours=6)
"""A time of day up to so long before the start's is taken for before it; an earlier one for the next day's."""


class PaperLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a paper record."""

    at: str
    """A time of day: 9:15, 09:15:30; or with its date: 2026-05-12 09:15."""
    text: str = ""
    kind: str = "note"
    who: str = ""
    subject: str = ""
    inject: str = ""
    """Number of the inject that was released, or answered."""


class PaperEntered(NamedTuple):
    """What was touched, and the lines that were written, by their moments."""

    changes: Changes
    lines: list[LineRow]


def enter_afterwards(office: Office, drill_id: int, lines: Sequence[PaperLine]) -> PaperEntered:
    """Enter the lines of a paper record, all or none.

    Times of day belong to the day of the drill's start, or to the next one where they lie more than six hours before
    the start. Raises InvalidInput naming each line that is wrong or contradicts the others; NotFound, Denied.
    """
    with office.write("enter paper record") as work:
        drill = open_drill(work.connection, drill_id)
        before = lines_of(work.connection, drill_id)
        injects = _injects(work.connection, drill_id)
        moments = _moments(drill, before, lines)
        refuse_if_any(_problems(lines, moments, injects, office.clock.now()), partial=False)
        rows = [
            _row(line, moment, injects, office.clock.now())
            for line, moment in zip(lines, moments, strict=True)
            if moment is not None
        ]
        for row in rows:
            if row.kind == "start":
                refuse_out_of_force(work.connection, drill, row.at)
        order = sorted(range(len(rows)), key=lambda i: rows[i].at)
        written = write_lines(work, drill_id, drill.unit_id, [rows[i] for i in order]) if rows else []
        every = [*before, *written]
        after = timeline_of(drill, every)
        keys = dict(zip(order, (row.id for row in written), strict=True))
        refuse_contradictions(timeline_of(drill, before), after, every, [keys[i] for i in range(len(rows))])
        keep_in_step(work, drill, every, after)
        return PaperEntered(work.changes, written)


def _moments(drill: Row[Any], before: Sequence[LineRow], lines: Sequence[PaperLine]) -> list[datetime | None]:
    """The moment of each line; None for one whose time cannot be read."""
    times = [time_of_day(line.at.strip()) for line in lines]
    start = _start(drill, before, lines, times)
    return [None if one is None else _moment(one, start, drill.planned_on) for one in times]


def _start(
    drill: Row[Any], before: Sequence[LineRow], lines: Sequence[PaperLine], times: Sequence[TimeOfDay | None]
) -> datetime | None:
    """When the drill started, in Beijing; None when neither the office nor the paper says so."""
    for line, one in zip(lines, times, strict=True):
        if line.kind == "start" and one is not None:
            return datetime.combine(one.day or drill.planned_on, one.time, BEIJING)
    started_at = timeline_of(drill, before).started_at
    return None if started_at is None else local_moment(started_at)


def _moment(one: TimeOfDay, start: datetime | None, planned_on: date) -> datetime:
    if one.day is not None:
        return _utc(one.day, one.time)
    if start is None:
        return _utc(planned_on, one.time)
    same_day = datetime.combine(start.date(), one.time, BEIJING)
    day = start.date() + timedelta(days=1) if same_day < start - _BEFORE_START else start.date()
    return _utc(day, one.time)


def _utc(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, BEIJING).astimezone(UTC)


def _problems(
    lines: Sequence[PaperLine],
    moments: Sequence[datetime | None],
    injects: Mapping[str, Inject],
    now: datetime,
) -> list[Problem]:
    found = []
    for i, (line, moment) in enumerate(zip(lines, moments, strict=True)):
        if moment is None:
            found.append(Problem(i, "at", line.at, _("Must be a time, such as 9:15 or 2026-05-12 9:15.")))
        elif moment > now:
            found.append(Problem(i, "at", line.at, _("This moment has not come yet.")))
        if line.kind not in CORRECTABLE:
            allowed = _("Allowed: {codes}").format(codes=" ".join(CORRECTABLE))
            found.append(Problem(i, "kind", line.kind, allowed))
        if (line.inject.strip() or line.kind in ("release", "done")) and line.inject.strip() not in injects:
            text = _("There is no inject with the number '{value}' in the script.")
            found.append(Problem(i, "inject", line.inject, text.format(value=line.inject)))
        if not line.text.strip() and line.kind in ("note", "comment", "stop"):
            found.append(Problem(i, "text", "", _("Must not be empty.")))
        if problem := text_problem(line.text, MOST_CHARACTERS):
            found.append(Problem(i, "text", line.text[:80], problem))
    return found


def _row(line: PaperLine, at: datetime, injects: Mapping[str, Any], now: datetime) -> LineRow:
    inject = injects.get(line.inject.strip())
    told = inject and {"release": inject.content, "done": inject.expected_action}.get(line.kind)
    text = line.text.strip() or told or enumerations.label("log_kind", line.kind)
    return LineRow(
        0, at, line.kind, text, line.who.strip() or None, line.subject.strip() or (inject.subject if inject else None),
        inject.id if inject else None, None, now,
    )  # fmt: skip


def _injects(connection: Connection, drill_id: int) -> dict[str, Any]:
    statement = select(Inject.__table__).where(Inject.drill_id == drill_id).order_by(Inject.retired.desc())
    return {row.number: row for row in connection.execute(statement)}
