"""How soon was done what a drill asked for: by the limits of its injects, and by those of the plan's response level."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from drillapp.core.drills.conduct.drill import drill_row, timeline_of
from drillapp.core.drills.conduct.lines import LineRow, lines_of
from drillapp.core.drills.conduct.standing import Planned, Standing, standings
from drillapp.core.drills.conduct.timeline import Timeline, drill_time
from drillapp.core.drills.injects.queries import inject_rows
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.drills.record.model import DrillDesign
from drillapp.core.office import Office
from drillapp.core.plans.model import PlanLevel, PlanLevelAction

_SHORTEST = 4
"""Characters of an action's words by which it can be found in those of a line of the log."""


class InjectResponse(msgspec.Struct, frozen=True):
    """The answer to an inject that was released and expects an action."""

    inject_id: int
    number: str
    addressee: str | None
    expected_action: str | None
    section_id: int | None
    released_at: datetime
    done_at: datetime | None
    seconds: float | None
    """From the release to the action by the drill's clock; None when it was not done."""
    within_seconds: int | None
    state: str
    """A code of the enumeration inject_state: released, late, done or done_late."""

    @property
    def is_late(self) -> bool:
        """Whether the limit was not kept."""
        return self.state in ("late", "done_late")


class LevelResponse(msgspec.Struct, frozen=True):
    """An action of the response level that is drilled, as far as the log shows it."""

    level: str
    actor: str | None
    action: str
    within_seconds: int | None
    done_at: datetime | None
    """None when no line of the log and no inject has the action's words."""
    seconds: float | None
    """From the release of the inject that expects it, or else from the start of the drill."""

    @property
    def is_late(self) -> bool | None:
        """Whether the limit was not kept; None when there is no limit or the log does not show the action."""
        if self.seconds is None or self.within_seconds is None:
            return None
        return self.seconds > self.within_seconds


class ResponseTimes(msgspec.Struct, frozen=True):
    """All response times of a drill."""

    injects: tuple[InjectResponse, ...]
    """In the order of their release."""
    levels: tuple[LevelResponse, ...]
    """In the plan's order; none when the drill names no response level."""


class _Action(NamedTuple):
    level: str
    actor: str | None
    action: str
    within_minutes: int | None


def response_times(office: Office, drill_id: int) -> ResponseTimes:
    """The response times of a drill as its log has them; raises NotFound."""
    with office.read() as connection:
        drill = drill_row(connection, drill_id)
        lines = lines_of(connection, drill_id)
        injects = inject_rows(connection, drill_id)
        actions = _actions(connection, drill_id)
    timeline = timeline_of(drill, lines)
    responses = tuple(_responses(timeline, injects, office.clock.now()))
    by_id = {line.id: line for line in lines}
    held = [by_id[line.id] for line in timeline.effective]
    levels = tuple(_level_response(timeline, held, responses, action) for action in actions)
    return ResponseTimes(responses, levels)


def _responses(timeline: Timeline, injects: Sequence[InjectRow], now: datetime) -> Iterable[InjectResponse]:
    rows = {row.id: row for row in injects}
    planned: dict[int, Planned] = {row.id: row.planned for row in injects}
    order = [key for key in timeline.released if key in rows and rows[key].awaits_action]
    for one in standings(timeline, (planned[key] for key in order), now):
        yield _response(rows[one.id], one)


def _response(row: InjectRow, one: Standing) -> InjectResponse:
    assert one.released_at is not None
    return InjectResponse(
        row.id, row.number, row.addressee, row.expected_action, row.section_id, one.released_at, one.done_at, one.taken,
        row.within_seconds, one.state,
    )  # fmt: skip


def _actions(connection: Connection, drill_id: int) -> list[_Action]:
    statement = (
        select(PlanLevel.name, PlanLevelAction.actor, PlanLevelAction.action, PlanLevelAction.within_minutes)
        .join(PlanLevel, PlanLevel.id == PlanLevelAction.level_id)
        .join(DrillDesign, DrillDesign.level_id == PlanLevel.id)
        .where(DrillDesign.drill_id == drill_id)
        .order_by(PlanLevelAction.position)
    )
    return [_Action(*row) for row in connection.execute(statement)]


def _level_response(
    timeline: Timeline, held: Sequence[LineRow], responses: Sequence[InjectResponse], action: _Action
) -> LevelResponse:
    done_at, seconds = _done(
        timeline, held, {_plain(one.expected_action or ""): one for one in responses}, action.action
    )
    within = None if action.within_minutes is None else action.within_minutes * 60
    return LevelResponse(action.level, action.actor, action.action, within, done_at, seconds)


def _done(
    timeline: Timeline, held: Sequence[LineRow], responses: Mapping[str, InjectResponse], action: str
) -> tuple[datetime | None, float | None]:
    """When an action was done and how long it took: by the inject that expects it, or the first line with its words."""
    words = _plain(action)
    answer = responses.get(words)
    if answer is not None:
        return answer.done_at, answer.seconds
    if len(words) < _SHORTEST or timeline.started_at is None:
        return None, None
    for line in held:
        if line.kind in ("note", "done") and words in _plain(line.text) and line.at >= timeline.started_at:
            return line.at, drill_time(timeline, line.at).total_seconds()
    return None, None


def _plain(text: str) -> str:
    return re.sub(r"[\s\W]+", "", unicodedata.normalize("NFKC", text)).casefold()
