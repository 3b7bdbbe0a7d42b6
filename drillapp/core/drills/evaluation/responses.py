"""How long expected actions took against the plan's limits, from the log as it is: nobody enters it again."""

from __future__ import annotations

from datetime import datetime

import msgspec

from drillapp.core.drills.conduct.queries import ConductView


class Response(msgspec.Struct, frozen=True):
    """An inject whose action was expected."""

    number: str
    action: str
    addressee: str | None
    within: int | None
    """Seconds of drill time that the plan gives; None: as many as it takes."""
    taken: float | None
    """Seconds from the release to the action; None: not done."""
    state: str
    """A code of the enumeration inject_state."""

    @property
    def is_late(self) -> bool:
        """Whether it was not done within its time."""
        return self.state in ("late", "done_late")


def responses_in(view: ConductView, now: datetime) -> list[Response]:
    """The actions expected after injects that were released, in the order of the script."""
    standings = view.standings(view.timeline.ended_at or now)
    return [
        Response(
            inject.number,
            inject.expected_action or inject.content,
            inject.addressee,
            inject.within_seconds,
            standing.taken,
            standing.state,
        )
        for inject, standing in zip(view.injects, standings, strict=True)
        if inject.awaits_action and standing.released_at is not None
    ]
