"""The reporting clock of a real emergency."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.conduct.commands import end, start, void
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.events import clock_rules, report_made, reporting_clock
from drillapp.core.errors import InvalidInput
from drillapp.core.office import Office
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

BEGIN = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def event(office: Office, unit: str, hazard: str, kind: str = "event") -> int:
    units = [
        UnitEntry(code="S", name="Street", parent_code="110102", kind="street"),
        UnitEntry(code="F", name="Factory", parent_code="S", kind="enterprise"),
    ]
    save_units(office, units)
    entry = DrillEntry(
        number="E1", unit_code=unit, title="E1", planned_on=date(2026, 11, 24), kind=kind, hazard=hazard
    )
    (key,) = save_drills(office, [entry]).ids
    assert key is not None
    at(office, 0)
    start(office, key)
    return key


def at(office: Office, minutes: int) -> None:
    office.clock = FixedClock(BEGIN + timedelta(minutes=minutes))


def told(office: Office, key: int) -> dict[str, str]:
    return {row.rule: row.state for row in reporting_clock(office, key)}


def test_an_accident_in_an_enterprise(office: Office) -> None:
    key = event(office, "F", "火灾")
    assert told(office, key) == {"IR-01A": "due", "IR-01": "due", "IR-08": "due", "IR-03": "due"}
    at(office, 10)
    report_made(office, key, "IR-01A", to="Head")
    at(office, 60)
    assert told(office, key)["IR-01"] == "due"
    at(office, 61)
    assert told(office, key)["IR-01"] == "late"
    line = report_made(office, key, "IR-01", to="District bureau", text="Two injured").line
    assert "Two injured" in line.text
    assert told(office, key) == {"IR-01A": "done", "IR-01": "done_late", "IR-08": "due", "IR-03": "due"}
    void(office, line.id, "wrong number")
    assert told(office, key)["IR-01"] == "late"


def test_a_daily_report_is_due_again_after_each(office: Office) -> None:
    key = event(office, "F", "火灾")
    at(office, 600)
    report_made(office, key, "IR-08", to="Bureau")
    (row,) = [one for one in reporting_clock(office, key) if one.rule == "IR-08"]
    assert (row.due_at, row.state) == (BEGIN + timedelta(minutes=600 + 1440), "due")


def test_what_is_asked_once_goes_on_after_the_end(office: Office) -> None:
    key = event(office, "F", "火灾")
    at(office, 30)
    end(office, key)
    at(office, 61)
    assert told(office, key) == {"IR-01A": "late", "IR-01": "late", "IR-03": "due"}


def test_the_last_daily_report_before_the_end_is_the_last_one(office: Office) -> None:
    key = event(office, "F", "火灾")
    at(office, 600)
    report_made(office, key, "IR-08", to="Bureau")
    at(office, 700)
    end(office, key)
    at(office, 10_000)
    assert told(office, key)["IR-08"] == "done"


def test_a_daily_report_left_out_before_the_end_stays_late(office: Office) -> None:
    key = event(office, "F", "火灾")
    at(office, 2000)
    end(office, key)
    assert told(office, key)["IR-08"] == "late"


def test_a_flood_in_a_street_asks_the_street_only(office: Office) -> None:
    key = event(office, "S", "防汛")
    assert told(office, key) == {"IR-04": "due"}
    at(office, 16)
    assert told(office, key) == {"IR-04": "late"}


def test_a_drill_has_no_such_clock(office: Office) -> None:
    assert reporting_clock(office, event(office, "F", "火灾", kind="drill")) == []


def test_nobody_told_is_no_report(office: Office) -> None:
    key = event(office, "F", "火灾")
    with pytest.raises(InvalidInput):
        report_made(office, key, "IR-01", to=" ")
    with pytest.raises(InvalidInput):
        report_made(office, key, "IR-99", to="Bureau")
    assert len({rule.id for rule in clock_rules()}) == len(clock_rules())
