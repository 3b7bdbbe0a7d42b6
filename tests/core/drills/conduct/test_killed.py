"""Whenever the power goes, no acknowledged line of a log is lost, and the drill resumes with its clock and pauses right."""

from __future__ import annotations

import multiprocessing
import random
import signal
import time
from contextlib import suppress
from datetime import date, timedelta
from multiprocessing.context import BaseContext
from pathlib import Path

import msgspec

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.conduct.lines import LineRow
from drillapp.core.drills.conduct.queries import ConductView, conduct_view
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.naming import drill_named
from drillapp.core.journal import chain
from drillapp.core.office import Office
from tests.core.drills.conduct.conductor import INJECTS, run

KILLS = 100
LONGEST_LIFE = 0.12
"""Seconds to the kill from the opening, drawn anew for each life."""
PATIENCE = 30

# A process that is forked from one with everything imported lives long enough to work.
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def test_killed_at_any_moment_a_drill_goes_on_where_it_was(office_file: Path) -> None:
    drill = _prepare(office_file)
    context = multiprocessing.get_context(START)
    context.set_forkserver_preload(["tests.core.drills.conduct.conductor"])
    chance = random.Random()
    acknowledged: list[LineRow] = []
    for life in range(KILLS):
        acknowledged += _live(context, office_file, drill, life, chance.uniform(0, LONGEST_LIFE))
    with Office.open(office_file) as office:
        view = conduct_view(office, drill)
        with office.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert list(chain.broken_entries(connection)) == []
    _keeps_its_word(view, acknowledged)
    _clock_is_right(view)


def _prepare(location: Path) -> int:
    with Office.open(location) as office:
        entry = DrillEntry(number="D1", unit_code="110102", title="断电演练", planned_on=date(2026, 11, 24))
        save_drills(office, [entry])
        drill = drill_named(office, "D1")
        script = [
            InjectEntry(number=str(i), content="断电", offset_seconds=i, expected_action="发电")
            for i in range(INJECTS)
        ]
        save_injects(office, drill, script)
        return drill


def _live(context: BaseContext, location: Path, drill: int, life: int, seconds: float) -> list[LineRow]:
    """Let a process conduct for so long, kill it, return the lines that it acknowledged."""
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=run, args=(location, drill, life, sending))
    process.start()
    sending.close()
    heard = []
    with receiving:
        assert receiving.recv_bytes() == b"open"
        if (
            life % 2
        ):  # on a machine so busy that little gets done in the time, at least every other life does something
            receiving.poll(PATIENCE)
        time.sleep(seconds)
        process.kill()
        process.join()
        with suppress(EOFError, OSError):  # the end of what it said, or the middle of a word
            while True:
                heard.append(msgspec.json.decode(receiving.recv_bytes(), type=LineRow))
    assert process.exitcode == -signal.SIGKILL, "it ended by itself"
    process.close()
    return heard


def _keeps_its_word(view: ConductView, acknowledged: list[LineRow]) -> None:
    kept = {line.id: line for line in view.lines}
    assert len(acknowledged) >= KILLS // 2
    assert [line for line in acknowledged if kept.get(line.id) != line] == []
    # What was on disk but not acknowledged any more is whole too: at most one line a life.
    assert len(kept) - len(acknowledged) <= KILLS
    assert sorted(kept) == list(range(1, len(kept) + 1))


def _clock_is_right(view: ConductView) -> None:
    """Against the lines read plainly: running from each start or resumption to the next pause."""
    ran, since = timedelta(), None
    pauses = 0
    for line in view.lines:
        if line.kind in ("start", "resume"):
            since = line.at
        elif line.kind == "pause":
            assert since is not None
            ran, since, pauses = ran + (line.at - since), None, pauses + 1
    last = view.lines[-1].at
    ran += last - since if since is not None else timedelta()
    assert view.timeline.ignored == {}
    assert len(view.timeline.pauses) == pauses
    assert view.seconds(last) == ran.total_seconds()
    assert view.timeline.state == ("running" if since is not None else "paused")
    assert view.drill.started_at == view.lines[0].at
    released = [line.inject_id for line in view.lines if line.kind == "release"]
    assert list(view.timeline.released) == released
    assert len(set(released)) == len(released)
