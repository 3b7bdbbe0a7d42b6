"""How each inject of a drill stands at a moment, told from the timeline alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from drillapp.core.drills.conduct.timeline import Timeline, drill_time, moment_of

InjectState = Literal["waiting", "reserve", "blocked", "due", "released", "late", "done", "done_late"]
"""A code of the enumeration inject_state."""


class Planned(NamedTuple):
    """What matters of an inject's plan."""

    id: int
    offset_seconds: int | None = None
    after_id: int | None = None
    within_seconds: int | None = None
    awaits_action: bool = True
    """Whether an action is expected, which makes it done; one without is done with its release."""


class Standing(NamedTuple):
    """An inject at a moment. Seconds are the drill's own, which stand still in pauses."""

    id: int
    state: InjectState
    remaining: float | None
    """Until it is due, of a released one until its action is late; negative beyond that; None where nothing is timed."""
    planned_at: datetime | None
    """When it is due by the clock on the wall; None while that cannot be told."""
    released_at: datetime | None
    done_at: datetime | None
    taken: float | None
    """From the release to the action."""


def standings(timeline: Timeline, planned: Iterable[Planned], now: datetime) -> list[Standing]:
    """How injects stand, in the order in which they are given.

    One with neither time nor condition is in reserve; one with a condition but no time is due as soon as the condition
    is met; one with both when the later of the two is there. Before the start of the drill nothing is due.
    """
    injects = list(planned)
    by_id = {inject.id: inject for inject in injects}
    clock = drill_time(timeline, now)
    return [_standing(timeline, inject, by_id, clock) for inject in injects]


def _standing(
    timeline: Timeline, inject: Planned, by_id: Mapping[int, Planned], clock: timedelta
) -> Standing:
    released_at = timeline.released.get(inject.id)
    if released_at is not None:
        return _released(timeline, inject, released_at, clock)
    condition = _condition_met_at(timeline, inject, by_id)
    due = _due_time(timeline, inject, condition)
    state = _state_before(timeline, inject, condition, due, clock)
    if timeline.started_at is None or due is None:
        return Standing(inject.id, state, None, None, None, None, None)
    planned_at = None if state == "blocked" else moment_of(timeline, due)
    return Standing(inject.id, state, (due - clock).total_seconds(), planned_at, None, None, None)


def _released(timeline: Timeline, inject: Planned, released_at: datetime, clock: timedelta) -> Standing:
    limit = None if inject.within_seconds is None else timedelta(seconds=inject.within_seconds)
    begin = drill_time(timeline, released_at)
    done_at = timeline.done.get(inject.id)
    taken = (drill_time(timeline, done_at) if done_at is not None else clock) - begin
    is_late = limit is not None and taken > limit
    state: InjectState = "late" if is_late and inject.awaits_action else "released"
    if done_at is not None:
        state = "done_late" if is_late else "done"
    is_timed = limit is not None and done_at is None and inject.awaits_action
    return Standing(
        inject.id, state, (limit - taken).total_seconds() if is_timed and limit is not None else None,
        _planned_at(timeline, inject), released_at, done_at, None if done_at is None else taken.total_seconds(),
    )  # fmt: skip


def _planned_at(timeline: Timeline, inject: Planned) -> datetime | None:
    if inject.offset_seconds is None:
        return None
    return moment_of(timeline, timedelta(seconds=inject.offset_seconds))


def _condition_met_at(
    timeline: Timeline, inject: Planned, by_id: Mapping[int, Planned]
) -> datetime | Literal["open"] | None:
    """When the inject before it was done; None where it waits for none that there is."""
    before = by_id.get(inject.after_id) if inject.after_id is not None else None
    if before is None:
        return None
    met = timeline.done if before.awaits_action else timeline.released
    return met.get(before.id, "open")


def _due_time(
    timeline: Timeline, inject: Planned, condition: datetime | Literal["open"] | None
) -> timedelta | None:
    """The time on the drill's clock at which it is due; None where none is planned or known yet."""
    times = []
    if inject.offset_seconds is not None:
        times.append(timedelta(seconds=inject.offset_seconds))
    if isinstance(condition, datetime):
        times.append(drill_time(timeline, condition))
    return max(times, default=None)


def _state_before(
    timeline: Timeline, inject: Planned, condition: object, due: timedelta | None, clock: timedelta
) -> InjectState:
    if condition == "open":
        return "blocked"
    if due is None:
        return "reserve"
    return "due" if timeline.started_at is not None and due <= clock else "waiting"
