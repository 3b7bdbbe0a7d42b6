"""Years, halves and quarters as they are written."""

from __future__ import annotations

from datetime import date

import pytest

from drillapp.core.drills.reporting.periods import Period, periods_of, read_period
from drillapp.core.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-h1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        (" 2028-Q1 ", date(2028, 1, 1), date(2028, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, begin: date, end: date) -> None:
    period = read_period(text)
    assert (period.begin, period.end) == (begin, end)
    assert read_period(period.code) == period


@pytest.mark.parametrize("text", ["", "26", "2026-H3", "2026-Q5", "2026-Q", "1-2026", "9999"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_period(text)


def test_the_parts_of_a_year_fill_it() -> None:
    year, *parts = periods_of(2026)
    assert year == Period(2026)
    for some in (parts[:2], parts[2:]):
        assert sum((part.end - part.begin).days + 1 for part in some) == 365
