"""A drill is conducted by lines that are only ever added; its columns follow them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.conduct import commands as conduct
from drillapp.core.drills.conduct.queries import ConductView, conduct_view
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.injects.commands import save_injects
from drillapp.core.drills.injects.queries import injects_of
from drillapp.core.drills.injects.rows import InjectEntry
from drillapp.core.drills.naming import drill_named
from drillapp.core.errors import DrillappError, InvalidInput, NotFound
from drillapp.core.office import Office
from tests.conftest import NOON


def later(clock: FixedClock, seconds: float) -> datetime:
    clock.moment += timedelta(seconds=seconds)
    return clock.moment


@pytest.fixture
def drill(office: Office) -> int:
    save_drills(
        office, [DrillEntry(number="D1", unit_code="110102", title="火灾演练", planned_on=date(2026, 11, 24))]
    )
    found = drill_named(office, "D1")
    save_injects(office, found, SCRIPT)
    return found


SCRIPT = [
    InjectEntry(number="0", content="情况通报", offset_seconds=-300),
    InjectEntry(number="1", content="三层起火", offset_seconds=60, addressee="指挥部", expected_action="启动预案", within_seconds=120),
    InjectEntry(number="2", content="有人被困", offset_seconds=300, after="1", expected_action="搜救"),
    InjectEntry(number="R1", content="断电"),
]  # fmt: skip


def keys(office: Office, drill: int) -> dict[str, int]:
    return {row.number: row.id for row in injects_of(office, drill)}


def states(view: ConductView, now: datetime) -> dict[str, str]:
    return {row.number: one.state for row, one in zip(view.injects, view.standings(now), strict=True)}


def refusal(error: pytest.ExceptionInfo[DrillappError]) -> str:
    return error.value.message


def test_a_drill_runs_from_its_start_to_its_end(office: Office, drill: int, clock: FixedClock) -> None:
    inject = keys(office, drill)
    conduct.release(office, drill, inject["0"])
    later(clock, 300)
    begun = conduct.start(office, drill).line
    assert (begun.kind, begun.at, begun.recorded_at) == ("start", NOON + timedelta(seconds=300), clock.now())
    later(clock, 60)
    conduct.release(office, drill, inject["1"])
    view = conduct_view(office, drill)
    assert view.drill.started_at == begun.at
    assert states(view, clock.now()) == {"0": "released", "1": "released", "2": "blocked", "R1": "reserve"}
    later(clock, 20)
    conduct.pause(office, drill)
    later(clock, 3600)
    conduct.resume(office, drill)
    later(clock, 100)
    conduct.done(office, drill, inject["1"], who="王芳")
    later(clock, 120)
    view = conduct_view(office, drill)
    assert view.seconds(clock.now()) == 300
    assert states(view, clock.now())["1"] == "done"
    assert states(view, clock.now())["2"] == "due"
    conduct.release(office, drill, inject["R1"], text="断电两分钟")
    conduct.end(office, drill)
    view = conduct_view(office, drill)
    assert view.timeline.state == "ended"
    assert view.drill.ended_at == clock.now()
    assert [line.row.kind for line in view.log] == [
        "release", "start", "release", "pause", "resume", "done", "release", "end",
    ]  # fmt: skip
    assert view.log[-2].row.text == "断电两分钟"
    assert view.log[-2].inject_number == "R1"


@pytest.mark.sqlite_only("the same refusals everywhere")
def test_what_cannot_be_is_refused_with_a_sentence(office: Office, drill: int, clock: FixedClock) -> None:
    inject = keys(office, drill)
    for command, words in (
        (conduct.pause, "演练当时未在进行"), (conduct.resume, "演练当时未处于暂停"), (conduct.end, "演练当时尚未开始"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput, match=words):
            command(office, drill)
    with pytest.raises(InvalidInput):
        conduct.release(office, drill, inject["1"])
    with pytest.raises(InvalidInput):
        conduct.done(office, drill, inject["1"])
    conduct.start(office, drill)
    later(clock, 60)
    conduct.pause(office, drill)
    for command in (conduct.start, conduct.pause):
        with pytest.raises(InvalidInput):
            command(office, drill)
    with pytest.raises(InvalidInput):
        conduct.release(office, drill, inject["1"])
    conduct.resume(office, drill)
    with pytest.raises(InvalidInput):
        conduct.release(office, drill, inject["2"])
    conduct.release(office, drill, inject["2"], regardless=True)
    with pytest.raises(InvalidInput):
        conduct.release(office, drill, inject["2"])
    with pytest.raises(InvalidInput):
        conduct.stop(office, drill, " ")
    with pytest.raises(InvalidInput):
        conduct.end(office, drill, at=clock.now() + timedelta(seconds=1))
    with pytest.raises(InvalidInput):
        conduct.end(office, drill, at=NOON - timedelta(seconds=1))
    with pytest.raises(NotFound):
        conduct.log_entry(office, drill + 1, "x")
    with pytest.raises(InvalidInput):
        conduct.log_entry(office, drill, "  ")
    assert [line.row.kind for line in conduct_view(office, drill).log] == [
        "start",
        "pause",
        "resume",
        "release",
    ]
