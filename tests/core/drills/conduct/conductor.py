"""A process that conducts a drill as the window does until it is killed; it acknowledges each line once it is on disk."""

from __future__ import annotations

import random
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from drillapp.core.drills.conduct import commands as conduct
from drillapp.core.drills.conduct.lines import Entered
from drillapp.core.drills.conduct.queries import conduct_view
from drillapp.core.office import Office

INJECTS = 400


def run(location: Path, drill_id: int, life: int, acknowledge: Connection) -> None:
    """Go on where the log ends: notes without end, and in turns a pause, a resumption, a release, an action done."""
    chance = random.Random(life)
    with Office.open(location) as office:
        acknowledge.send_bytes(b"open")
        for number in range(1_000_000):
            entered = _next(office, drill_id, f"{life}-{number}", chance)
            acknowledge.send_bytes(msgspec.json.encode(entered.line))


def _next(office: Office, drill_id: int, text: str, chance: random.Random) -> Entered:
    view = conduct_view(office, drill_id)
    state = view.timeline.state
    if state == "ready":
        return conduct.start(office, drill_id)
    if state == "paused":
        return conduct.resume(office, drill_id)
    turn = chance.random()
    if turn < 0.15:
        return conduct.pause(office, drill_id)
    if turn < 0.4:
        released = [key for key in view.timeline.released if key not in view.timeline.done]
        if released:
            return conduct.done(office, drill_id, released[0])
        waiting = [row.id for row in view.injects if row.id not in view.timeline.released]
        if waiting:
            return conduct.release(office, drill_id, waiting[0])
    return conduct.log_entry(office, drill_id, text)
