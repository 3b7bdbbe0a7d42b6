"""What the lines of a drill's log say: its state, its clock without pauses, what was released and done.

Nothing here knows a database. All moments are UTC, so that neither midnight nor summer time is an edge. These rules
hold whatever the lines are:

- A line takes the place of the one that it corrects; of several corrections the newest holds; a void line annuls.
- Lines follow each other by their moments, lines of one moment in the order in which they were first written.
- A line that cannot be in the state before it (a pause while paused, an end before the start, a second release) counts
  for nothing; `Timeline.ignored` says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

State = Literal["ready", "running", "paused", "ended", "stopped"]
Reason = Literal[
    "not_ready",
    "not_running",
    "not_paused",
    "not_begun",
    "over",
    "no_inject",
    "released",
    "not_released",
    "done",
]
"""Why a line counts for nothing."""

_NO_TIME = timedelta()


class Line(NamedTuple):
    """What matters of a line of a log."""

    id: int
    kind: str
    """A code of the enumeration log_kind."""
    at: datetime
    inject_id: int | None = None
    corrects_id: int | None = None


class Span(NamedTuple):
    """A pause; `end` is None while it lasts."""

    begin: datetime
    end: datetime | None


class Timeline(NamedTuple):
    """What the lines that hold tell."""

    state: State
    started_at: datetime | None
    ended_at: datetime | None
    """Also of a drill that was stopped early."""
    pauses: tuple[Span, ...]
    released: Mapping[int, datetime]
    """The moment of release of each inject that was released, in their order."""
    done: Mapping[int, datetime]
    """When the expected action of a released inject was done."""
    effective: tuple[Line, ...]
    """The lines that hold, in their order."""
    ignored: Mapping[int, Reason]
    """Those of them that count for nothing, and why."""

    @property
    def is_over(self) -> bool:
        """Whether it has ended, in one way or the other."""
        return self.ended_at is not None


def effective_lines(lines: Iterable[Line]) -> list[Line]:
    """The lines that hold, by moment and, within one, in the order in which they were first written."""
    newest: dict[int, Line] = {}
    roots: dict[int, int] = {}
    for line in sorted(lines, key=lambda line: line.id):
        root = line.id if line.corrects_id is None else roots.get(line.corrects_id, line.corrects_id)
        roots[line.id] = root
        newest[root] = line
    held = [(line.at, root, line) for root, line in newest.items() if line.kind != "void"]
    return [line for _at, _root, line in sorted(held, key=lambda each: each[:2])]


def replaced_lines(lines: Sequence[Line]) -> set[int]:
    """The lines that hold no longer, and those that only annul others: shown struck out."""
    return {line.id for line in lines} - {line.id for line in effective_lines(lines)}


def told(
    lines: Iterable[Line], *, started_at: datetime | None = None, ended_at: datetime | None = None
) -> Timeline:
    """The state of a drill and all that its log says.

    `started_at` and `ended_at` are the drill's own columns: they stand in for a start or an end that the log never
    had, as in drills that were entered without a log.
    """
    written = list(lines)
    kinds = {line.kind for line in written}
    held = effective_lines(written)
    reader = _Reader()
    for line in _completed(
        held,
        None if "start" in kinds else started_at,
        ended_at if kinds.isdisjoint(("end", "stop")) else None,
    ):
        reader.read(line)
    return Timeline(
        reader.state, reader.started_at, reader.ended_at, tuple(reader.pauses), reader.released, reader.done,
        tuple(held), reader.ignored,
    )  # fmt: skip


def _completed(held: list[Line], started_at: datetime | None, ended_at: datetime | None) -> list[Line]:
    start = [] if started_at is None else [Line(-1, "start", started_at)]
    end = [] if ended_at is None else [Line(-2, "end", ended_at)]
    # Sorting is stable, so lines of one moment stay as they are: the start first, the end last.
    return sorted([*start, *held, *end], key=lambda line: line.at) if start or end else held


class _Reader:
    """Reads lines in order."""

    def __init__(self) -> None:
        self.state: State = "ready"
        self.started_at: datetime | None = None
        self.ended_at: datetime | None = None
        self.pauses: list[Span] = []
        self.released: dict[int, datetime] = {}
        self.done: dict[int, datetime] = {}
        self.ignored: dict[int, Reason] = {}

    def read(self, line: Line) -> None:
        reason = self._reason(line)
        if reason is not None:
            self.ignored[line.id] = reason
        else:
            self._take(line)

    def _reason(self, line: Line) -> Reason | None:
        if line.kind in _ALLOWED:
            allowed, reason = _ALLOWED[line.kind]
            over = self.state in ("ended", "stopped")
            return None if self.state in allowed else "over" if over and line.kind != "start" else reason
        if line.kind in ("release", "done"):
            return self._reason_of_inject(line)
        return None

    def _reason_of_inject(self, line: Line) -> Reason | None:
        if self.ended_at is not None:
            return "over"
        if line.inject_id is None:
            return "no_inject"
        if line.kind == "release":
            return "released" if line.inject_id in self.released else None
        if line.inject_id not in self.released:
            return "not_released"
        return "done" if line.inject_id in self.done else None

    def _take(self, line: Line) -> None:
        match line.kind:
            case "start":
                self.state, self.started_at = "running", line.at
            case "pause":
                self.state = "paused"
                self.pauses.append(Span(line.at, None))
            case "resume":
                self.state = "running"
                self._close_pause(line.at)
            case "end" | "stop":
                self.state = "ended" if line.kind == "end" else "stopped"
                self._close_pause(line.at)
                self.ended_at = line.at
            case "release":
                self.released[line.inject_id or 0] = line.at
            case "done":
                self.done[line.inject_id or 0] = line.at

    def _close_pause(self, at: datetime) -> None:
        if self.pauses and self.pauses[-1].end is None:
            self.pauses[-1] = self.pauses[-1]._replace(end=at)


_ALLOWED: dict[str, tuple[tuple[State, ...], Reason]] = {
    "start": (("ready",), "not_ready"),
    "pause": (("running",), "not_running"),
    "resume": (("paused",), "not_paused"),
    "end": (("running", "paused"), "not_begun"),
    "stop": (("running", "paused"), "not_begun"),
}
"""In which states a line of a kind can be, and why it cannot be in another."""


def drill_time(timeline: Timeline, at: datetime) -> timedelta:
    """The drill's clock at a moment: time since the start without the pauses, standing still after the end.

    Negative before the start; zero while there is none.
    """
    begin = timeline.started_at
    if begin is None:
        return _NO_TIME
    if timeline.ended_at is not None:
        at = min(at, timeline.ended_at)
    paused = _NO_TIME
    for pause in timeline.pauses:
        if pause.begin >= at:
            break
        paused += min(pause.end or at, at) - pause.begin
    return at - begin - paused


def moment_of(timeline: Timeline, time: timedelta) -> datetime | None:
    """The first moment at which the drill's clock shows this time, or will if it runs on without a further pause.

    None while it cannot be told: before the start, during a pause that it lies behind, after an end that came sooner.
    """
    if timeline.started_at is None:
        return None
    at = timeline.started_at + time
    for pause in timeline.pauses:
        if pause.begin >= at:
            break
        if pause.end is None:
            return None
        at += pause.end - pause.begin
    return None if timeline.ended_at is not None and at > timeline.ended_at else at
