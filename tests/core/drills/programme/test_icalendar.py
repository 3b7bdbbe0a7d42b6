"""A programme as a calendar file: what RFC 5545 asks of lines, texts and dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.drills.programme.icalendar import calendar_text, write_calendar
from drillapp.core.drills.programme.recurrence import recurring_days
from drillapp.core.drills.programme.rows import ItemRow
from drillapp.core.office import Office
from drillapp.core.programming import draw_up
from tests.core.drills.programme.asked import is_working
from tests.core.drills.programme.street import YEAR, fill, key_of, programme

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


def item(title: str = "消防演练", place: str | None = None, note: str | None = None) -> ItemRow:
    return ItemRow(
        7, 1, 2, "S", "德胜街道", title, date(2026, 12, 31), False, "planned", None, None, "火灾", False, "single",
        "live", "testing", place, None, None, None, note, None, 1,
    )  # fmt: skip


def unfolded(text: str) -> list[str]:
    """The lines as a reader of calendars takes them."""
    return text.replace("\r\n ", "").split("\r\n")[:-1]


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200),
    st.text(max_size=40).filter(str.isprintable),
)
def test_lines_are_folded_within_75_octets_and_give_the_text_back(title: str, place: str) -> None:
    text = calendar_text([item(title, place)], "uid", "区应急局", NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    [summary] = [line for line in unfolded(text) if line.startswith("SUMMARY:")]
    given = summary.removeprefix("SUMMARY:")
    plain = given.replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\")
    if "\\" not in title:
        assert plain.split("\n") == (title.splitlines() or [""])


def test_an_event_is_a_day_with_its_state() -> None:
    lines = unfolded(calendar_text([item(place="一层;大厅, 东侧")], "uid", "区应急局", NOW))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert {
        "UID:programme-item-7@uid", "DTSTAMP:20261124T040000Z", "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101", "LOCATION:一层\\;大厅\\, 东侧", "STATUS:TENTATIVE",
    } <= set(lines)  # fmt: skip


def test_the_whole_programme_is_written(office: Office, tmp_path: Path) -> None:
    fill(office)
    draw_up(office, key_of(office, "S"), YEAR)
    path = tmp_path / "programme.ics"
    count = write_calendar(office, programme(office).id, path)
    text = path.read_bytes().decode()
    assert text.count("BEGIN:VEVENT") == count == programme(office).items
    assert write_calendar(office, programme(office).id, path, key_of(office, "E")) < count


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.sampled_from(["weekly", "monthly", "quarterly", "half_yearly"]),
)
def test_recurring_days_are_one_in_each_period_of_the_year(first: date, every: str) -> None:
    found = recurring_days(first, every, date(2026, 12, 31), is_working)
    assert found == sorted(found)
    assert all(day.year == 2026 and day > first for day in found)
    if every != "weekly":
        step = {"monthly": 1, "quarterly": 3, "half_yearly": 6}[every]
        assert [day.month for day in found] == list(range(first.month + step, 13, step))
        assert all(is_working(day) for day in found)
