"""Conducting a drill: each command writes one line of its log, which is on disk when the command returns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import Row, select

from drillapp.core import enumerations
from drillapp.core.batch import text_problem
from drillapp.core.database.rows import asked_plainly
from drillapp.core.drills.conduct.drill import (
    keep_in_step,
    open_drill,
    refuse_out_of_force,
    refuse_retired,
    timeline_of,
)
from drillapp.core.drills.conduct.lines import Entered, LineRow, lines_of, write_lines
from drillapp.core.drills.conduct.refusals import refuse_contradictions
from drillapp.core.drills.conduct.timeline import Timeline
from drillapp.core.drills.injects.model import Inject
from drillapp.core.drills.model import DrillLogEntry
from drillapp.core.drills.naming import not_there
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.work import Work

MOST_CHARACTERS = 10_000
"""Longest text of one line."""
CORRECTABLE = ("note", "comment", "report", "start", "pause", "resume", "end", "stop", "release", "done")
"""The kinds that a line can be corrected to."""

_TO_NOTE = """
    SELECT unit_id, retired_on, (SELECT max(at) FROM drill_log WHERE drill_id = drills.id), (SELECT max(id) FROM drill_log)
    FROM drills WHERE id = {:d}
"""
"""In the words of both databases, since nothing may stand between a key and the disk that need not."""


def log_entry(
    office: Office,
    drill_id: int,
    text: str,
    *,
    who: str = "",
    subject: str = "",
    kind: str = "note",
    at: datetime | None = None,
) -> Entered:
    """Write down what happened; `kind` is note, comment or report. Without `at` it happened now.

    Raises InvalidInput for an empty or too long text and a moment to come, NotFound, Denied.
    """
    if kind not in ("note", "comment", "report"):
        raise InvalidInput(_("Only notes, comments and reports are written in this way."), field="kind")
    now = office.clock.now()
    line = LineRow(
        0,
        moment(now, at),
        kind,
        _checked(text),
        who.strip() or None,
        subject.strip() or None,
        None,
        None,
        now,
    )
    with office.write("log drill line") as work:
        found = asked_plainly(work.connection, _TO_NOTE.format(drill_id))
        if not found:
            raise not_there()
        unit_id, retired_on, last, newest = found[0]
        refuse_retired(retired_on)
        if at is None and last is not None and line.at < _moment_read(last):
            # The clock was set back, or another seat's is ahead: what is written later happened later.
            line = msgspec.structs.replace(line, at=_newest(lines_of(work.connection, drill_id), line.at))
        # Known already where nobody else can write meanwhile: one statement less before the line is on disk.
        ids = None if office.is_server else [(newest or 0) + 1]
        [written] = write_lines(work, drill_id, unit_id, [line], ids)
        return Entered(work.changes, written)


def comment(
    office: Office, drill_id: int, text: str, *, who: str = "", at: datetime | None = None
) -> Entered:
    """Write down an on-the-spot comment (YJ/T 9007-2019, 8.5)."""
    return log_entry(office, drill_id, text, who=who, kind="comment", at=at)


def start(office: Office, drill_id: int, *, text: str = "", at: datetime | None = None) -> Entered:
    """Start the drill's clock; raises InvalidInput when it was started, or its plan is not in force on the day."""
    return _enter(office, drill_id, "start", text=text, at=at)


def pause(office: Office, drill_id: int, *, text: str = "", at: datetime | None = None) -> Entered:
    """Let the drill's clock stand still; raises InvalidInput unless it runs."""
    return _enter(office, drill_id, "pause", text=text, at=at)


def resume(office: Office, drill_id: int, *, text: str = "", at: datetime | None = None) -> Entered:
    """Let the drill's clock run on; raises InvalidInput unless it is paused."""
    return _enter(office, drill_id, "resume", text=text, at=at)


def end(office: Office, drill_id: int, *, text: str = "", at: datetime | None = None) -> Entered:
    """End the drill; people checked in become its participants. Raises InvalidInput unless it was started."""
    return _enter(office, drill_id, "end", text=text, at=at)


def stop(office: Office, drill_id: int, reason: str, *, at: datetime | None = None) -> Entered:
    """End the drill early, saying why."""
    return _enter(office, drill_id, "stop", text=_checked(reason, "reason"), at=at)


def release(
    office: Office,
    drill_id: int,
    inject_id: int,
    *,
    text: str = "",
    who: str = "",
    at: datetime | None = None,
    regardless: bool = False,
) -> Entered:
    """Bring an inject in, now; `text` says what was really told where it was not what the script has.

    Raises InvalidInput for one that was released already, one that waits for another (unless `regardless`), during a
    pause, and before the start of the drill unless it is planned before.
    """
    with office.write("release inject") as work:
        drill, lines, timeline = _opened(work, drill_id)
        inject = _inject(work, drill_id, inject_id)
        _refuse_release(work, timeline, inject, at, regardless)
        line = LineRow(
            0,
            moment(office.clock.now(), at),
            "release",
            text or inject.content,
            who or None,
            inject.subject,
            inject_id,
        )
        return _written(office, work, drill, lines, timeline, line, at_now=at is None)


def done(
    office: Office,
    drill_id: int,
    inject_id: int,
    *,
    text: str = "",
    who: str = "",
    at: datetime | None = None,
) -> Entered:
    """Note that the action expected on an inject is done; raises InvalidInput unless it was released."""
    with office.write("note action done") as work:
        drill, lines, timeline = _opened(work, drill_id)
        inject = _inject(work, drill_id, inject_id)
        words = text or inject.expected_action or enumerations.label("log_kind", "done")
        line = LineRow(
            0, moment(office.clock.now(), at), "done", words, who or None, inject.subject, inject_id
        )
        return _written(office, work, drill, lines, timeline, line, at_now=at is None)


def correct(
    office: Office,
    line_id: int,
    *,
    text: str | UnsetType = UNSET,
    at: datetime | UnsetType = UNSET,
    kind: str | UnsetType = UNSET,
    who: str | None | UnsetType = UNSET,
    subject: str | None | UnsetType = UNSET,
    inject_id: int | None | UnsetType = UNSET,
) -> Entered:
    """Put a line right by a further line that takes its place; what is not said stays. Brings an annulled line back.

    Raises InvalidInput when nothing is changed, or when the drill could not have gone so; NotFound, Denied.
    """
    said: dict[str, Any] = {
        name: value
        for name, value in (
            ("text", text), ("at", at), ("kind", kind), ("who", who), ("subject", subject), ("inject_id", inject_id),
        )
        if value is not UNSET
    }  # fmt: skip
    if said.get("kind", "note") not in CORRECTABLE:
        raise InvalidInput(_("Allowed: {codes}").format(codes=" ".join(CORRECTABLE)), field="kind")
    with office.write("correct drill line") as work:
        drill, lines, timeline = _opened(work, _drill_of(work, line_id))
        chain = _chain(lines, line_id)
        base = next(line for line in reversed(chain) if line.kind != "void")
        if said.get("inject_id") is not None:
            _inject(work, drill.id, said["inject_id"])
        line = msgspec.structs.replace(base, **said, corrects_id=chain[-1].id)
        if chain[-1] is base and msgspec.structs.replace(line, corrects_id=base.corrects_id) == base:
            raise InvalidInput(_("Nothing is changed."), field="text")
        return _written(office, work, drill, lines, timeline, line, at_now=False)


def void(office: Office, line_id: int, reason: str = "") -> Entered:
    """Annul a line: it stays in the log, struck out, and counts for nothing.

    Raises InvalidInput when it is annulled already, or when what came after could not have been without it.
    """
    with office.write("annul drill line") as work:
        drill, lines, timeline = _opened(work, _drill_of(work, line_id))
        last = _chain(lines, line_id)[-1]
        if last.kind == "void":
            raise InvalidInput(_("This line is annulled already."), field="line")
        words = reason or enumerations.label("log_kind", "void")
        line = LineRow(0, office.clock.now(), "void", words, corrects_id=last.id)
        return _written(office, work, drill, lines, timeline, line, at_now=True)


def _enter(office: Office, drill_id: int, kind: str, *, text: str, at: datetime | None) -> Entered:
    with office.write(f"{kind} drill") as work:
        drill, lines, timeline = _opened(work, drill_id)
        line = LineRow(0, moment(office.clock.now(), at), kind, text or enumerations.label("log_kind", kind))
        if kind == "start":
            refuse_out_of_force(work.connection, drill, line.at)
        return _written(office, work, drill, lines, timeline, line, at_now=at is None)


def _opened(work: Work, drill_id: int) -> tuple[Row[Any], list[LineRow], Timeline]:
    drill = open_drill(work.connection, drill_id)
    lines = lines_of(work.connection, drill_id)
    return drill, lines, timeline_of(drill, lines)


def _written(
    office: Office,
    work: Work,
    drill: Row[Any],
    lines: list[LineRow],
    before: Timeline,
    line: LineRow,
    *,
    at_now: bool,
) -> Entered:
    """Write a line if the drill can have gone so, with what follows from it."""
    _checked(line.text)
    if at_now:
        line = msgspec.structs.replace(line, at=_newest(lines, line.at))
    [written] = write_lines(work, drill.id, drill.unit_id, [_recorded(office, line)])
    lines = [*lines, written]
    after = timeline_of(drill, lines)
    refuse_contradictions(before, after, lines, [written.id])
    keep_in_step(work, drill, lines, after)
    return Entered(work.changes, written)


def _moment_read(value: datetime | str) -> datetime:
    """A moment as the driver gives it."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC)


def _newest(lines: list[LineRow], at: datetime) -> datetime:
    """A moment that is not before any line that holds."""
    replaced = {line.corrects_id for line in lines}
    held = (line.at for line in lines if line.kind != "void" and line.id not in replaced)
    return max(at, *held, at)


def _recorded(office: Office, line: LineRow) -> LineRow:
    return msgspec.structs.replace(line, recorded_at=office.clock.now())


def moment(now: datetime, at: datetime | None) -> datetime:
    """This moment where none is given; raises InvalidInput for one that has not come yet, or has no time zone."""
    if at is None:
        return now
    if at.tzinfo is None:
        raise InvalidInput(_("Must be a moment with its time zone."), field="at")
    if at > now:
        raise InvalidInput(_("This moment has not come yet."), field="at")
    return at


def _checked(text: str, field: str = "text") -> str:
    if not text.strip():
        raise InvalidInput(_("Must not be empty."), field=field)
    if problem := text_problem(text, MOST_CHARACTERS):
        raise InvalidInput(problem, field=field)
    return text.strip()


def _drill_of(work: Work, line_id: int) -> int:
    statement = select(DrillLogEntry.drill_id).where(DrillLogEntry.id == line_id)
    found: int | None = work.connection.execute(statement).scalar()
    if found is None:
        raise NotFound(_("This line is not in the log."), _("Look at the log again."))
    return found


def _chain(lines: list[LineRow], line_id: int) -> list[LineRow]:
    """A line as it was first written and all that took its place one after the other."""
    by_id = {line.id: line for line in lines}
    first = by_id[line_id]
    while first.corrects_id in by_id:
        first = by_id[first.corrects_id]
    chain, members = [first], {first.id}
    for line in lines:
        if line.corrects_id in members:
            chain.append(line)
            members.add(line.id)
    return chain


def _inject(work: Work, drill_id: int, inject_id: int) -> Inject:
    statement = select(Inject.__table__).where(Inject.id == inject_id, Inject.drill_id == drill_id)
    found: Any = work.connection.execute(statement).first()
    if found is None:
        raise NotFound(_("This inject is not in the script of this drill."), _("Look at the script again."))
    return cast(Inject, found)


def _refuse_release(
    work: Work, timeline: Timeline, inject: Inject, at: datetime | None, regardless: bool
) -> None:
    if inject.retired:
        raise InvalidInput(_("This inject was taken out of the script."), field="inject")
    if at is not None:
        return  # what was really done is written down afterwards, whatever it was
    if timeline.state == "paused":
        raise InvalidInput(
            _("The drill is paused: nothing is brought in now."), _("Resume it first."), field="inject"
        )
    planned_before = inject.offset_seconds is not None and inject.offset_seconds < 0
    if timeline.state == "ready" and not planned_before:
        raise InvalidInput(_("The drill has not started."), _("Start it first."), field="inject")
    if inject.after_id is not None and not regardless:
        _refuse_blocked(work, timeline, inject.after_id)


def _refuse_blocked(work: Work, timeline: Timeline, before_id: int) -> None:
    before = work.connection.execute(select(Inject.__table__).where(Inject.id == before_id)).one()
    awaits = before.expected_action is not None or before.within_seconds is not None
    if before_id not in (timeline.done if awaits else timeline.released):
        raise InvalidInput(
            _("Waits until the action on the inject {number} is done.").format(number=before.number),
            _("Note that action done first, or release it regardless."),
            field="inject",
        )
