"""How long expected actions took against their limits, one a line; the log says it, nobody enters it again."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from drillapp.core.drills.conduct.response import InjectResponse, LevelResponse, ResponseTimes


class Response(msgspec.Struct, frozen=True):
    """An action that was expected after an inject, or by the plan's response level."""

    source: str
    """The number of the inject, or the name of the level."""
    action: str
    actor: str | None
    within: int | None
    """Seconds of drill time; None: no limit is set."""
    taken: float | None
    """Seconds; None: not done, or the log does not show it."""
    state: str
    """A code of the enumeration inject_state; empty where the log does not show a level's action."""
    is_late: bool
    is_of_level: bool = False


def responses(times: ResponseTimes) -> tuple[Response, ...]:
    """Those of the injects, then those of the plan's level."""
    return (*map(_of_inject, times.injects), *map(_of_level, times.levels))


def late_actions(found: Iterable[Response]) -> int:
    """How many were late; an action of the level that a late inject expects already is not counted again."""
    late = [response for response in found if response.is_late]
    of_injects = {response.action for response in late if not response.is_of_level}
    return sum(not response.is_of_level or response.action not in of_injects for response in late)


def _of_inject(one: InjectResponse) -> Response:
    return Response(
        one.number, one.expected_action or "", one.addressee, one.within_seconds, one.seconds, one.state, one.is_late
    )  # fmt: skip


def _of_level(one: LevelResponse) -> Response:
    state = "" if one.seconds is None else "done_late" if one.is_late else "done"
    return Response(
        one.level, one.action, one.actor, one.within_seconds, one.seconds, state, bool(one.is_late), is_of_level=True
    )  # fmt: skip
