"""Months are counted as people count them, and days begin at midnight in Beijing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.dates import earliest_begin, month_ends, months_after, months_before
from drillapp.core.localtime import BEIJING, end_of_day, local_day, local_moment

DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


def test_a_day_that_the_month_has_not_is_its_last() -> None:
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2023, 1, 30), 1) == date(2023, 2, 28)
    assert months_before(date(2026, 1, 15), 13) == date(2024, 12, 15)


@given(DAYS, st.integers(0, 600))
def test_months_are_counted_both_ways(day: date, months: int) -> None:
    before = months_before(day, months)
    assert (day.year - before.year) * 12 + day.month - before.month == months
    assert before.day == day.day or (before + timedelta(days=1)).day == 1
    assert months_after(day.replace(day=1), months) >= day.replace(day=1)
    assert months_before(months_after(day.replace(day=1), months), months) == day.replace(day=1)


@given(DAYS, st.integers(0, 600))
def test_what_begins_earlier_than_the_earliest_is_over(day: date, months: int) -> None:
    begin = earliest_begin(day, months)
    assert months_after(begin, months) >= day
    assert months_after(begin - timedelta(days=1), months) < day


@given(DAYS, st.integers(1, 36))
def test_month_ends_are_the_last_days_and_then_the_day_itself(day: date, count: int) -> None:
    ends = month_ends(day, count)
    assert len(ends) == count
    assert ends[-1] == day
    assert all((end + timedelta(days=1)).day == 1 for end in ends[:-1])
    assert ends == sorted(ends)


def test_a_day_begins_at_midnight_in_beijing() -> None:
    assert local_day(datetime(2026, 5, 11, 15, 59, tzinfo=UTC)) == date(2026, 5, 11)
    assert local_day(datetime(2026, 5, 11, 16, 0, tzinfo=UTC)) == date(2026, 5, 12)
    assert local_moment(datetime(2026, 5, 11, 16, 0, tzinfo=UTC)).hour == 0
    last = end_of_day(date(2026, 5, 11))
    assert local_day(last) == date(2026, 5, 11)
    assert local_day(last + timedelta(microseconds=1)) == date(2026, 5, 12)
    assert last.utcoffset() == BEIJING.utcoffset(None)
