"""Reports of drills upward: which must be reported and by which working day, the steps, the papers, the rates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from drillapp.core.drills.commands import save_drill_log, save_drills
from drillapp.core.drills.entries import DrillEntry, LogEntry
from drillapp.core.drills.record.files import add_file
from drillapp.core.drills.reporting.commands import accept_report, report, return_report
from drillapp.core.drills.reporting.queries import DRILL_REPORTS, late_reports, report_steps, reporting_rates
from drillapp.core.drills.reporting.rows import ReportRow
from drillapp.core.drills.reporting.rules import report_rules, set_report_days
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import use_language
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from drillapp.core.units.queries import unit_tree


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh_CN")


@pytest.fixture
def office(office: Office) -> Office:
    save_units(
        office,
        [
            UnitEntry(code="S", name="Street", parent_code="110102", kind="street"),
            UnitEntry(code="F", name="Factory", parent_code="S", kind="enterprise", high_risk=True),
            UnitEntry(code="O", name="Bureau", parent_code="S", kind="enterprise"),
        ],
    )
    return office


def held(office: Office, number: str, unit: str, day: date, kind: str = "drill") -> int:
    start = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    entry = DrillEntry(
        number=number, unit_code=unit, title=number, planned_on=day, kind=kind, started_at=start,
        ended_at=start.replace(hour=3),
    )  # fmt: skip
    (key,) = save_drills(office, [entry]).ids
    assert key is not None
    return key


def rows(office: Office) -> dict[str, ReportRow]:
    return {row.number: row for row in first_rows(office, DRILL_REPORTS, View(), 100)}


def test_key_units_report_within_working_days(office: Office) -> None:
    held(office, "D1", "F", date(2026, 9, 21))
    held(office, "D2", "O", date(2026, 9, 21))
    held(office, "E1", "F", date(2026, 9, 21), "event")
    # 10 working days after Monday 21 September 2026, with 25-27 September and 1-7 October free and
    # 20 September and 10 October worked: 22 23 24 28 29 30 September, 8 9 10 October, 12 October.
    office.as_of = date(2026, 10, 12)
    told = rows(office)
    assert set(told) == {"D1", "D2"}
    assert (told["D1"].state, told["D1"].due_on, told["D1"].rule) == ("due", date(2026, 10, 12), "DR-06")
    assert (told["D2"].state, told["D2"].due_on) == ("not_asked", None)
    office.as_of = date(2026, 10, 13)
    assert rows(office)["D1"].state == "late"
    units = {node.code: node.id for node in unit_tree(office)}
    assert [late_reports(office, scope) for scope in (None, units["S"], units["O"])] == [1, 1, 0]


def test_a_real_emergency_is_not_reported_as_a_drill(office: Office) -> None:
    key = held(office, "E1", "F", date(2026, 9, 21), "event")
    with pytest.raises(InvalidInput, match="real emergency"):
        report(office, key, day=date(2026, 9, 22), to="District")


def test_the_office_sets_its_own_days(office: Office) -> None:
    held(office, "D1", "F", date(2026, 11, 2))
    set_report_days(office, "DR-06", 3)
    assert {rule.id: rule.days for rule in report_rules(office)}["DR-06"] == 3
    assert rows(office)["D1"].due_on == date(2026, 11, 5)
    for days in (0, 366):
        with pytest.raises(InvalidInput):
            set_report_days(office, "DR-06", days)
    with pytest.raises(InvalidInput):
        set_report_days(office, "DR-99", 3)


def test_reported_returned_reported_again_and_accepted(office: Office) -> None:
    key = held(office, "D1", "F", date(2026, 11, 2))
    with pytest.raises(InvalidInput, match="not been reported"):
        accept_report(office, key, day=date(2026, 11, 4), who="Bureau")
    with pytest.raises(InvalidInput):
        report(office, key, day=date(2026, 11, 1), to="Bureau")
    report(office, key, day=date(2026, 11, 4), to="Bureau", document="No. 5")
    assert (rows(office)["D1"].state, rows(office)["D1"].reported_on) == ("reported", date(2026, 11, 4))
    with pytest.raises(InvalidInput, match="reported already"):
        report(office, key, day=date(2026, 11, 5), to="Bureau")
    with pytest.raises(InvalidInput):
        return_report(office, key, day=date(2026, 11, 5), who="Bureau", note=" ")
    return_report(office, key, day=date(2026, 11, 5), who="Bureau", note="Photographs are missing")
    assert rows(office)["D1"].state == "returned"
    report(office, key, day=date(2026, 11, 6), to="Bureau")
    accept_report(office, key, day=date(2026, 11, 9), who="Bureau")
    assert (rows(office)["D1"].state, rows(office)["D1"].reported_on) == ("accepted", date(2026, 11, 4))
    with pytest.raises(InvalidInput, match="accepted"):
        report(office, key, day=date(2026, 11, 10), to="Bureau")
    assert [step.kind for step in report_steps(office, key)] == [
        "reported", "returned", "reported", "accepted",
    ]  # fmt: skip


def test_what_the_file_lacks(office: Office) -> None:
    key = held(office, "D1", "F", date(2026, 11, 2))
    assert rows(office)["D1"].missing_papers == ("plan", "sign_in", "log", "photo", "evaluation", "summary")
    add_file(office, key, "square.jpg", b"picture", "image/jpeg")
    line = LogEntry(drill_number="D1", at=datetime(2026, 11, 2, 2, 5, tzinfo=UTC), text="Alarm")
    save_drill_log(office, [line])
    assert rows(office)["D1"].missing_papers == ("plan", "sign_in", "evaluation", "summary")
    for paper, found in (("sign_in", ["D1"]), ("log", [])):  # the filter finds what the column says
        view = View(choices={"missing": (paper,)})
        assert [row.number for row in first_rows(office, DRILL_REPORTS, view, 9)] == found


def test_rates_of_a_period(office: Office) -> None:
    early = held(office, "D1", "F", date(2026, 9, 21))
    late = held(office, "D2", "F", date(2026, 9, 21))
    held(office, "D3", "F", date(2026, 9, 21))
    held(office, "D4", "F", date(2026, 11, 20))  # not due yet
    held(office, "D5", "O", date(2026, 9, 21))  # nobody asks for it
    held(office, "D6", "F", date(2026, 6, 1))  # of another period
    report(office, early, day=date(2026, 10, 12), to="Bureau")
    report(office, late, day=date(2026, 10, 13), to="Bureau")
    units = {node.code: node.id for node in unit_tree(office)}
    factory, bureau = reporting_rates(office, units["S"], date(2026, 7, 1), date(2026, 12, 31))[1:]
    assert (factory.unit, factory.expected, factory.received, factory.on_time) == ("F", 3, 2, 1)
    assert (bureau.unit, bureau.expected, bureau.received_rate) == ("O", 0, None)
    whole = reporting_rates(office, units["S"], date(2026, 7, 1), date(2026, 12, 31))[0]
    assert (whole.unit, whole.expected, whole.received_rate) == ("S", 3, 2 / 3)
