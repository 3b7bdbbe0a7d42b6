"""The clock leaves pauses out, nothing is lost by them, nothing fires in a heap, and midnight is no edge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.drills.conduct.standing import Planned, standings
from drillapp.core.drills.conduct.timeline import (
    Line,
    Timeline,
    drill_time,
    effective_lines,
    moment_of,
    replaced_lines,
    told,
)

START = datetime(2026, 11, 24, 15, 50, tzinfo=UTC)
"""Ten to midnight in Beijing."""
SECOND = timedelta(seconds=1)

lengths = st.integers(1, 30_000)
"""Seconds, so that a drill of some pauses goes on over one or several nights."""
offsets = st.lists(st.integers(0, 60_000), min_size=1, max_size=8, unique=True)
starts = st.datetimes(
    datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)  # noqa: DTZ001 - hypothesis wants it bare
)  # fmt: skip


@st.composite
def runs(draw: st.DrawFn, is_over: bool | None = None) -> tuple[list[Line], timedelta]:
    """The lines of a drill that ran and paused in turns, and for how long its clock ran."""
    at = draw(starts)
    lines = [Line(1, "start", at)]
    ran = timedelta()
    for _turn in range(draw(st.integers(0, 5))):
        stretch = draw(lengths) * SECOND
        at, ran = at + stretch, ran + stretch
        lines.append(Line(len(lines) + 1, "pause", at))
        at += draw(lengths) * SECOND
        lines.append(Line(len(lines) + 1, "resume", at))
    if draw(st.booleans()) if is_over is None else is_over:
        stretch = draw(lengths) * SECOND
        lines.append(Line(len(lines) + 1, draw(st.sampled_from(("end", "stop"))), at + stretch))
        ran += stretch
    return lines, ran


def plainly(timeline: Timeline, at: datetime) -> timedelta:
    """The clock second by second would be too slow; this is its definition: what is running and lies before."""
    assert timeline.started_at is not None
    stop = timeline.ended_at or at
    marks = [timeline.started_at, *(mark for pause in timeline.pauses for mark in pause if mark)]
    if len(marks) % 2:
        marks.append(max(at, stop))
    spans = zip(marks[::2], marks[1::2], strict=True)
    return sum(
        (max(min(end, at, stop) - begin, timedelta()) for begin, end in spans if begin < min(at, stop)),
        timedelta(),
    )


@given(runs(), st.integers(0, 200_000))
def test_the_clock_is_what_ran_without_the_pauses(run: tuple[list[Line], timedelta], seconds: int) -> None:
    lines, ran = run
    timeline = told(lines)
    at = lines[0].at + seconds * SECOND
    assert drill_time(timeline, at) == plainly(timeline, at)
    if timeline.is_over:
        assert drill_time(timeline, lines[-1].at) == ran
        assert drill_time(timeline, lines[-1].at + timedelta(days=3)) == ran


@given(runs(), st.lists(st.integers(-5000, 300_000), min_size=2, max_size=6))
def test_the_clock_never_goes_back_and_never_faster_than_time(
    run: tuple[list[Line], timedelta], seconds: list[int]
) -> None:
    timeline = told(run[0])
    moments = [run[0][0].at + one * SECOND for one in sorted(seconds)]
    for earlier, later in pairwise(moments):
        assert timedelta() <= drill_time(timeline, later) - drill_time(timeline, earlier) <= later - earlier


@given(runs(is_over=False), offsets)
def test_planned_moments_keep_their_order_and_nothing_is_lost(
    run: tuple[list[Line], timedelta], planned: list[int]
) -> None:
    timeline = told(run[0])
    times = [offset * SECOND for offset in sorted(planned)]
    moments = [moment_of(timeline, time) for time in times]
    for time, moment in zip(times, moments, strict=True):
        assert moment is not None
        # It comes exactly when the clock shows it, and at no moment before.
        assert drill_time(timeline, moment) == time
        assert drill_time(timeline, moment - timedelta(microseconds=1)) < time or time == timedelta()
        # A pause may begin in this very moment, but none is under way.
        assert not any(pause.begin < moment < (pause.end or moment) for pause in timeline.pauses)
    for (one, other), (first, second) in zip(pairwise(times), pairwise(moments), strict=True):
        assert first is not None
        assert second is not None
        assert second - first >= other - one  # pauses part them, they never heap them up


@given(runs(is_over=False), offsets, lengths)
def test_a_pause_moves_what_is_to_come_by_its_length_and_nothing_else(
    run: tuple[list[Line], timedelta], planned: list[int], length: int
) -> None:
    lines = run[0]
    now = lines[-1].at + 10 * SECOND
    before = told(lines)
    paused = told([*lines, Line(98, "pause", now)])
    after = told([*lines, Line(98, "pause", now), Line(99, "resume", now + length * SECOND)])
    for offset in planned:
        was, will = moment_of(before, offset * SECOND), moment_of(after, offset * SECOND)
        assert was is not None
        if was <= now:
            assert will == was == moment_of(paused, offset * SECOND)
        else:
            assert will == was + length * SECOND
            assert moment_of(paused, offset * SECOND) is None


@given(runs(is_over=False), offsets, lengths)
def test_the_same_injects_are_due_after_a_pause_as_before(
    run: tuple[list[Line], timedelta], planned: list[int], length: int
) -> None:
    lines = run[0]
    injects = [Planned(i, offset) for i, offset in enumerate(planned)]
    now = lines[-1].at + 10 * SECOND
    resumed = now + length * SECOND
    after = told([*lines, Line(98, "pause", now), Line(99, "resume", resumed)])
    before = [(one.id, one.state, one.remaining) for one in standings(told(lines), injects, now)]
    assert [(one.id, one.state, one.remaining) for one in standings(after, injects, resumed)] == before


@given(runs(), offsets, st.integers(-600, 600))
def test_released_now_is_released_now(
    run: tuple[list[Line], timedelta], planned: list[int], late: int
) -> None:
    lines = [line for line in run[0] if line.kind not in ("end", "stop")]
    now = lines[-1].at + abs(late) * SECOND
    timeline = told([*lines, Line(99, "release", now, inject_id=0)])
    [one, *_others] = standings(timeline, [Planned(0, planned[0], within_seconds=60)], now)
    assert (one.released_at, one.state, one.remaining) == (now, "released", 60.0)


@given(runs(), offsets, st.integers(0, 300_000))
def test_an_inject_is_due_from_its_planned_moment_on(
    run: tuple[list[Line], timedelta], planned: list[int], seconds: int
) -> None:
    timeline = told(run[0])
    now = run[0][0].at + seconds * SECOND
    for inject, one in zip(
        planned, standings(timeline, [Planned(i, o) for i, o in enumerate(planned)], now), strict=True
    ):
        moment = moment_of(timeline, inject * SECOND)
        assert (one.state == "due") == (moment is not None and moment <= now)
        assert one.planned_at == moment
        assert one.remaining == (inject * SECOND - drill_time(timeline, now)).total_seconds()


@given(runs(), st.integers(-300_000, 300_000))
def test_neither_midnight_nor_a_zone_is_an_edge(run: tuple[list[Line], timedelta], shift: int) -> None:
    lines = run[0]
    moved = [line._replace(at=line.at + shift * SECOND) for line in lines]
    timeline, other = told(lines), told(moved)
    assert other.state == timeline.state
    for line, late in zip(lines, moved, strict=True):
        assert drill_time(timeline, line.at) == drill_time(other, late.at)


@st.composite
def any_lines(draw: st.DrawFn) -> list[Line]:
    """Lines in any order, contradicting each other, correcting and annulling."""
    kinds = st.sampled_from(
        ("note", "start", "pause", "resume", "end", "stop", "release", "done", "void", "comment")
    )
    lines: list[Line] = []
    for key in range(1, draw(st.integers(0, 14)) + 1):
        kind = draw(kinds)
        corrects = draw(st.none() | st.integers(1, key - 1)) if key > 1 else None
        if kind == "void" and corrects is None:
            kind = "note"
        inject = draw(st.none() | st.integers(1, 2)) if kind in ("release", "done") else None
        lines.append(Line(key, kind, START + draw(st.integers(0, 20)) * SECOND, inject, corrects))
    return lines


@given(any_lines(), st.randoms())
def test_whatever_the_lines_are_their_story_is_possible(lines: list[Line], chance: Random) -> None:
    timeline = told(lines)
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert told(shuffled) == timeline, "the order in which they are read does not matter"
    assert (timeline.state == "ready") == (timeline.started_at is None)
    assert timeline.is_over == (timeline.state in ("ended", "stopped"))
    assert [pause.end is None for pause in timeline.pauses] == [False] * (len(timeline.pauses) - 1) + (
        [timeline.state == "paused"] if timeline.pauses else []
    )
    for pause in timeline.pauses:
        assert timeline.started_at is not None
        assert timeline.started_at <= pause.begin <= (pause.end or pause.begin)
    assert set(timeline.done) <= set(timeline.released)
    for key, at in timeline.done.items():
        assert at >= timeline.released[key]
    # What is ignored counts for nothing: without it all is the same.
    kept = [line for line in timeline.effective if line.id not in timeline.ignored]
    again = told([line._replace(id=i, corrects_id=None) for i, line in enumerate(kept)])
    assert again.ignored == {}
    assert again[:6] == timeline[:6]


@given(any_lines())
def test_each_line_holds_or_is_replaced(lines: list[Line]) -> None:
    held = effective_lines(lines)
    assert len({line.id for line in held}) == len(held)
    assert {line.id for line in held} | replaced_lines(lines) == {line.id for line in lines}
    assert not {line.id for line in held} & {line.corrects_id for line in lines}
    assert all(line.kind != "void" for line in held)
    assert [line.at for line in held] == sorted(line.at for line in held)


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([], "ready"),
        ([Line(1, "note", START)], "ready"),
        ([Line(1, "start", START)], "running"),
        ([Line(1, "start", START), Line(2, "pause", START), Line(3, "pause", START)], "paused"),
        ([Line(1, "end", START), Line(2, "start", START)], "running"),
        ([Line(1, "start", START), Line(2, "end", START), Line(3, "resume", START)], "ended"),
        ([Line(1, "start", START), Line(2, "end", START), Line(3, "void", START, None, 2)], "running"),
        ([Line(1, "start", START), Line(2, "end", START), Line(3, "pause", START, None, 2)], "paused"),
    ],
)
def test_states_follow_the_lines_that_hold(lines: list[Line], state: str) -> None:
    assert told(lines).state == state


def test_a_drill_without_a_log_has_the_state_of_its_columns() -> None:
    end = START + timedelta(hours=1)
    assert told([], started_at=START).state == "running"
    timeline = told([Line(1, "note", START + SECOND)], started_at=START, ended_at=end)
    assert (timeline.state, drill_time(timeline, end)) == ("ended", timedelta(hours=1))
    # What the log says counts, once it says anything.
    logged = [Line(1, "start", START + SECOND)]
    assert told(logged, started_at=START).started_at == START + SECOND
    annulled = [*logged, Line(2, "void", end, None, 1)]
    assert told(annulled, started_at=START + SECOND).state == "ready"


def test_a_condition_without_a_time_is_due_once_it_is_met() -> None:
    script = [
        Planned(1, 0, within_seconds=60), Planned(2, None, after_id=1), Planned(3, 600, after_id=1), Planned(4),
        Planned(5, 30, awaits_action=False), Planned(6, None, after_id=5),
    ]  # fmt: skip
    lines = [
        Line(1, "start", START),
        Line(2, "release", START, 1),
        Line(3, "release", START + 30 * SECOND, 5),
    ]

    def states(timeline: Timeline, seconds: int) -> list[str]:
        return [one.state for one in standings(timeline, script, START + seconds * SECOND)]

    assert states(told(lines), 60) == ["released", "blocked", "blocked", "reserve", "released", "due"]
    assert states(told(lines), 61)[0] == "late"
    answered = told([*lines, Line(4, "done", START + 61 * SECOND, 1)])
    assert states(answered, 61) == ["done_late", "due", "waiting", "reserve", "released", "due"]
    assert states(answered, 600)[2] == "due"
