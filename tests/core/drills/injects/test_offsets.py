"""When an inject comes is read as planners write it, and printed so that it is read back."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.drills.injects.offsets import (
    TimeOfDay,
    bare_number,
    from_times_of_day,
    is_reserve,
    read_offset,
    show_length,
    show_offset,
    time_of_day,
)

times = st.times().map(lambda one: one.replace(microsecond=0))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("J+1 H+2 M-5", 24 * 3600 + 2 * 3600 - 300), ("J+1,H+2", 26 * 3600), ("H+02:30", 9000), ("H", 0), ("T", 0),
        ("T+15min", 900), ("T+0", 0), ("T + 90 s", 90), ("T-5min", -300), ("T+1h30m", 5400), ("+00:15", 900), ("+0:15:30", 930),
        ("-0:05", -300), ("15min", 900), ("开始后15分钟", 900), ("开始前5分钟", -300), ("第10分钟", 600), ("开始后第10分钟", 600),
        ("演练开始", 0), ("1小时30分", 5400), ("1.5小时", 5400), ("半小时", 1800), ("１５分钟后", 900), ("PT43200S", 43200), ("PT1H30M", 5400),
    ],
)  # fmt: skip
def test_what_planners_write_is_understood(text: str, seconds: int) -> None:
    assert read_offset(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "15", "T+15", "马上", "+0:75", "25:00", "9:", "J+", "M", "1.0001小时", "24:00", "--5", "2026-13-01 9:00"]
)  # fmt: skip
def test_what_could_mean_two_things_or_none_is_refused(text: str) -> None:
    assert read_offset(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:15", TimeOfDay(time(9, 15))), ("9：15", TimeOfDay(time(9, 15))), ("9时15分", TimeOfDay(time(9, 15))),
        ("9点", TimeOfDay(time(9))), ("下午2:30", TimeOfDay(time(14, 30))), ("23:59:59", TimeOfDay(time(23, 59, 59))),
        ("2026-05-12T09:15:00", TimeOfDay(time(9, 15), date(2026, 5, 12))),
        ("2026/5/12 9:15", TimeOfDay(time(9, 15), date(2026, 5, 12))),
    ],
)  # fmt: skip
def test_times_of_day_are_told_apart(text: str, expected: TimeOfDay) -> None:
    assert read_offset(text) == time_of_day(text) == expected


@given(st.integers(-60 * 24 * 3600, 60 * 24 * 3600))
def test_what_is_printed_is_read_back(seconds: int) -> None:
    assert read_offset(show_offset(seconds)) == seconds


@given(st.integers(1, 3600 * 24 - 1))
def test_a_length_is_printed_without_a_sign(seconds: int) -> None:
    found = read_offset(show_length(seconds))
    assert isinstance(found, TimeOfDay)
    assert found.time.hour * 3600 + found.time.minute * 60 + found.time.second == seconds


@given(times, st.lists(st.integers(0, 12 * 3600 - 1), max_size=12))
def test_times_of_day_that_follow_each_other_go_over_midnight(start: time, steps: list[int]) -> None:
    begin = start.hour * 3600 + start.minute * 60 + start.second
    expected, written = [], []
    passed = 0
    for step in steps:
        passed += step
        expected.append(passed)
        hour, rest = divmod((begin + passed) % 86400, 3600)
        written.append(TimeOfDay(time(hour, rest // 60, rest % 60)))
    assert from_times_of_day(written, TimeOfDay(start)) == expected


@given(st.text(max_size=30))
def test_no_text_is_too_strange(text: str) -> None:
    found = read_offset(text)
    assert found is None or isinstance(found, int | TimeOfDay)
    is_reserve(text)


def test_a_number_alone_takes_its_unit_from_the_header() -> None:
    assert bare_number("15", "时间（分钟）") == 900
    assert bare_number("1.5", "Offset (minutes)") == 90
    assert bare_number("90", "时限(秒)") == 90
    assert bare_number("15", "时间") is None
    assert bare_number("+0:15", "时间（分钟）") is None
