"""Terms in working days, right to the day; a table of the office's own goes before what the program knows."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.workdays.calendar import Calendar, Due, add_working_days
from drillapp.core.workdays.importing import import_days

ANNOUNCED = Calendar({})


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        # 2026: off 09-25 to 09-27 and 10-01 to 10-07; Saturday 10-10 and Sunday 09-20 are worked.
        ("2026-09-25", 20, "2026-10-29"),
        ("2026-09-24", 20, "2026-10-29"),
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-09-30", 20, "2026-11-03"),
        ("2026-10-01", 20, "2026-11-03"),
        ("2026-10-07", 20, "2026-11-03"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-09", 1, "2026-10-10"),
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-10-23", 5, "2026-10-30"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
    ],
)
def test_terms_over_holidays_and_moved_days(start: str, count: int, due: str) -> None:
    assert ANNOUNCED.after(date.fromisoformat(start), count) == Due(date.fromisoformat(due), False)


def test_a_term_into_a_year_that_is_not_announced_is_estimated() -> None:
    assert ANNOUNCED.after(date(2026, 11, 20), 20) == Due(date(2026, 12, 18), False)
    assert ANNOUNCED.after(date(2026, 12, 10), 20).is_estimated
    # The law's own days are left out all the same: New Year, Spring Festival.
    assert ANNOUNCED.after(date(2026, 12, 31), 1) == Due(date(2027, 1, 4), True)
    assert ANNOUNCED.after(date(2027, 2, 4), 1) == Due(date(2027, 2, 9), True)
    # A notice may still move the last days of the year before.
    assert ANNOUNCED.after(date(2026, 12, 1), 20).is_estimated


@given(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.integers(1, 30))
def test_the_earliest_start_in_time_parts_terms_that_are_over_from_those_that_are_not(
    day: date, count: int
) -> None:
    limit = ANNOUNCED.first_start(day, count)
    for back in range(-5, 45):
        start = limit - timedelta(days=back)
        assert (ANNOUNCED.after(start, count).day < day) == (start < limit)


def test_an_imported_year_is_announced(office: Office, tmp_path: Path) -> None:
    days = [
        ("元旦", "2027-01-01", True), ("春节", "2027-02-05", True), ("春节", "2027-02-14", False), ("国庆节", "2027-10-01", True),
        ("元旦", "2026-12-31", True),
    ]  # fmt: skip
    path = tmp_path / "2027.json"
    content = {
        "year": 2027,
        "papers": [],
        "days": [{"name": n, "date": d, "isOffDay": off} for n, d, off in days],
    }
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert add_working_days(office, date(2026, 12, 30), 1) == Due(date(2026, 12, 31), True)
    assert import_days(office, path).kinds >= {"special_days", "plans"}
    assert add_working_days(office, date(2026, 12, 30), 1) == Due(date(2027, 1, 4), False)
    assert add_working_days(office, date(2027, 2, 12), 1) == Due(date(2027, 2, 14), False)
    import_days(office, path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_may_be_csv_and_goes_before_the_announced_calendar(
    office: Office, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "days.csv"
    path.write_text(
        "日期,名称,是否休息\n2026/11/25,活动保障,是\n2026-11-28,活动保障,否\n,,\n", encoding=encoding
    )
    import_days(office, path)
    assert add_working_days(office, date(2026, 11, 24), 1).day == date(2026, 11, 26)
    assert add_working_days(office, date(2026, 11, 27), 1) == Due(date(2026, 11, 28), False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "日期,名称\n2026-01-01,元旦\n",
        "date,off\n2026-13-01,yes\n",
        "date,off\n2026-01-01,maybe\n",
        "{",
        '{"days": []}',
        '{"days": [{"name": 1}]}',
    ],
)
def test_what_is_no_table_is_refused_and_nothing_is_kept(office: Office, tmp_path: Path, text: str) -> None:
    path = tmp_path / "days.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput):
        import_days(office, path)
    path.write_bytes(b"\xff\xff\x00\x81")
    with pytest.raises(InvalidInput):
        import_days(office, path)
    with pytest.raises(NotFound):
        import_days(office, tmp_path / "none.csv")
    assert add_working_days(office, date(2026, 1, 1), 1) == Due(date(2026, 1, 4), False)


@given(st.dates(date(2025, 1, 1), date(2027, 12, 1)), st.integers(0, 60), st.integers(1, 30))
def test_last_days_of_all_terms_are_those_of_each(first: date, more: int, count: int) -> None:
    starts = [first + timedelta(days=place) for place in range(more + 1)]
    assert ANNOUNCED.last_days(first, starts[-1], count) == [
        ANNOUNCED.after(day, count).day for day in starts
    ]
