"""What is due as a calendar file: read back by a small reader of RFC 5545, each text comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from drillapp.core.i18n import language, use_language
from drillapp.core.icalendar import Event, calendar_text
from drillapp.core.law import Mark
from drillapp.core.office import Office
from drillapp.core.rules.calendar_file import ALARM_DAYS, due_calendar_text, write_due_calendar
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.windows import day_of
from tests.ui.small_district import fill

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=120)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    use_language("en")
    yield
    use_language(before)


def plain(text: str) -> str:
    """A text as it was before it was escaped."""
    found, signs = "", iter(text)
    for sign in signs:
        if sign == "\\":
            sign = {"n": "\n", "N": "\n"}.get(following := next(signs), following)
        found += sign
    return found


def read(text: str) -> list[dict[str, Any]]:
    """The events of a calendar: unfolded lines, names with their values, alarms as a dictionary inside."""
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert all("\n" not in line and "\r" not in line for line in lines)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    open_parts: list[dict[str, Any]] = [{}]
    events = []
    for line in lines[1:-1]:
        name, value = line.split(":", 1)
        if name == "BEGIN":
            open_parts.append({})
        elif name == "END":
            part = open_parts.pop()
            if value == "VALARM":
                open_parts[-1]["VALARM"] = part
            else:
                events.append(part)
        else:
            assert name not in open_parts[-1], name
            open_parts[-1][name] = value
    assert len(open_parts) == 1
    return events


def row(**changes: Any) -> Obligation:
    made = Obligation(
        3, "S", "West street", "PL-09", "assessed within three years", "办法第35条", "plan_assessed", "plans", 7, "Flood plan",
        date(2026, 12, 31), "due", ["P-2"], mark="M",
    )  # fmt: skip
    return replace(made, **changes)


def events_of(*rows: Obligation) -> list[dict[str, Any]]:
    return read(due_calendar_text(rows, "uid", "West", TODAY, NOW))


def test_a_thing_is_an_all_day_event_on_its_day() -> None:
    [event] = events_of(row())
    assert event["DTSTART;VALUE=DATE"] == "20261231"
    assert event["DTEND;VALUE=DATE"] == "20270101"
    assert event["DTSTAMP"] == "20261124T040000Z"
    assert plain(event["SUMMARY"]) == "West street · assessed within three years · Flood plan"
    assert plain(event["DESCRIPTION"]).split("\n") == [
        "PL-09 办法第35条",
        "not verified",
        "due within 90 days",
        "P-2",
    ]
    assert event["CATEGORIES"] == "assessment of the plan,PL-09"


def test_its_event_keeps_its_name_whatever_becomes_of_it() -> None:
    later = row(
        due_on=date(2029, 12, 31), state="met", evidence=["P-3"], unit_name="Renamed", title="said otherwise"
    )
    [one], [other] = events_of(row()), events_of(later)
    assert one["UID"] == other["UID"] == "due-PL-09-3-plans-7@uid"
    others = [row(unit_id=4), row(rule="PL-10"), row(subject_id=8), row(subject_kind="drills")]
    assert len({event["UID"] for event in events_of(row(), *others)}) == 5


def test_a_reminder_comes_days_before_but_not_for_what_is_past() -> None:
    soon = TODAY + timedelta(days=ALARM_DAYS)
    one, sooner, late = events_of(
        row(due_on=soon), row(due_on=soon - timedelta(days=1)), row(due_on=TODAY - timedelta(days=1), state="overdue")
    )  # fmt: skip
    assert one["VALARM"]["TRIGGER"] == f"-P{ALARM_DAYS - 1}DT15H"
    assert one["VALARM"]["ACTION"] == "DISPLAY"
    assert "VALARM" not in sooner
    assert "VALARM" not in late


def test_what_is_overdue_lies_on_the_day_shown_and_says_how_late_it_is() -> None:
    [event] = events_of(row(due_on=date(2021, 4, 6), state="overdue"))
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20261124", "20261125")
    assert plain(event["SUMMARY"]).startswith("Overdue by 2,058 days: West street · assessed")
    assert plain(event["DESCRIPTION"]).startswith("It was due on 2021-04-06: 2,058 days late.\nPL-09")


def test_an_estimated_day_says_so() -> None:
    [event] = events_of(row(is_estimated=True))
    assert "The day is estimated" in event["DESCRIPTION"]


def test_what_has_no_day_is_left_out() -> None:
    assert (
        events_of(
            row(due_on=None), row(settled_by="level_met"), row(state="met", settled_by="finding_corrected")
        )
        == []
    )


def test_a_unit_named_as_the_subject_is_named_once() -> None:
    [event] = events_of(row(subject="West street"))
    assert plain(event["SUMMARY"]) == "West street · assessed within three years"


@given(PLAIN, PLAIN, PLAIN, st.sampled_from(get_args(Mark)))
def test_every_text_comes_back_and_no_line_is_too_long(
    title: str, name: str, article: str, mark: Mark
) -> None:
    text = due_calendar_text(
        [row(title=title, unit_name=name, article=article, mark=mark)], "uid", name, TODAY, NOW
    )
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    [event] = read(text)
    assert plain(event["SUMMARY"]) == " · ".join(part for part in (name, title, "Flood plan") if part)
    assert plain(event["DESCRIPTION"]).startswith(f"PL-09 {article}")


@given(st.integers(1, 60))
def test_an_alarm_is_at_nine_in_the_morning(days: int) -> None:
    event = Event(uid="u", day=date(2026, 12, 31), summary="s", alarm_days=days)
    [found] = read(calendar_text("n", "p", [event], NOW))
    trigger = found["VALARM"]["TRIGGER"].removeprefix("-P")
    whole, hours = trigger.split("T")
    before = timedelta(days=int(whole.removesuffix("D") or 0), hours=int(hours.removesuffix("H")))
    at = datetime(2026, 12, 31, tzinfo=UTC) - before
    assert (at.date(), at.hour) == (date(2026, 12, 31) - timedelta(days=days), 9)


def test_the_file_has_what_the_obligations_say(office: Office, tmp_path: Path) -> None:
    fill(office)
    path = tmp_path / "due.ics"
    count = write_due_calendar(office, path)
    rows = [one for one in obligations(office) if day_of(one) is not None]
    events = read(path.read_bytes().decode())
    assert count == len(events) == len(rows) > 0
    assert len({event["UID"] for event in events}) == count
    days = sorted(event["DTSTART;VALUE=DATE"] for event in events)
    shown = [office.as_of if one.state == "overdue" else one.due_on for one in rows]
    assert days == sorted(f"{day:%Y%m%d}" for day in shown if day is not None)
    near = write_due_calendar(office, path, within_days=30)
    assert 0 < near < count
    assert near == len(read(path.read_bytes().decode()))
