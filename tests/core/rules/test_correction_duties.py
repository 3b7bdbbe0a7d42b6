"""Findings are put right in time and verified after: to the day, with and without a day set, risks borne for a time."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from drillapp.core.drills.model import Finding
from drillapp.core.office import Office
from tests.core.rules.drills_of_record import drill, enter, finding, states, told, unit


@pytest.fixture(autouse=True)
def _drill(office: Office) -> None:
    enter(office, unit("E"), unit("F"), drill("D", "2026-03-02", hour=23))


def test_a_finding_without_a_day_has_thirty_days_after_the_drill(office: Office) -> None:
    enter(office, finding("1"), finding("2", done_on="2026-04-01"), finding("3", done_on="2026-04-02"))
    row = told(office, "finding_corrected", "2026-04-01")["问题1"]
    assert (row.rule, row.state, row.due_on, row.evidence) == ("CA-01", "due", date(2026, 4, 1), ["D"])
    rows = told(office, "finding_corrected", "2026-04-02")
    assert {name: (row.state, row.late) for name, row in rows.items()} == {
        "问题1": ("overdue", False), "问题2": ("met", False), "问题3": ("met", True),
    }  # fmt: skip


def test_a_day_that_was_set_goes_before(office: Office) -> None:
    enter(
        office,
        finding("1", due_on="2026-06-30"),
        finding("2", due_on="2026-06-30", done_on="2026-06-30"),
        finding("3", due_on="2026-06-30", done_on="2026-07-01"),
    )
    assert states(office, "finding_corrected", "2026-06-30") == {
        "问题1": "due",
        "问题2": "met",
        "问题3": "due",
    }
    rows = told(office, "finding_corrected", "2026-07-01")
    assert {name: (row.state, row.late) for name, row in rows.items()} == {
        "问题1": ("overdue", False), "问题2": ("met", False), "问题3": ("met", True),
    }  # fmt: skip


def test_a_risk_that_is_borne_is_not_late_until_its_day(office: Office) -> None:
    enter(office, finding("1", due_on="2026-04-01"))
    with office.write("accept") as work:
        work.connection.execute(update(Finding).values(accepted_until=date(2026, 8, 31)))
    row = told(office, "finding_corrected", "2026-08-31")["问题1"]
    assert (row.state, row.due_on) == ("due", date(2026, 8, 31))
    row = told(office, "finding_corrected", "2026-09-01")["问题1"]
    assert (row.state, row.due_on) == ("overdue", date(2026, 4, 1))


@pytest.mark.parametrize(("done_on", "late"), [("2026-08-31", False), ("2026-09-01", True)])
def test_what_is_put_right_while_its_risk_is_borne_stays_in_time(
    office: Office, done_on: str, late: bool
) -> None:
    enter(office, finding("1", due_on="2026-04-01", done_on=done_on))
    with office.write("accept") as work:
        work.connection.execute(update(Finding).values(accepted_until=date(2026, 8, 31)))
    for day in (done_on, "2026-11-24"):
        row = told(office, "finding_corrected", day)["问题1"]
        assert (row.state, row.late) == ("met", late)


def test_what_was_put_right_is_verified_within_thirty_days(office: Office) -> None:
    enter(
        office,
        finding("1", done_on="2026-05-01"),
        finding("2", done_on="2026-05-01", verified_on="2026-05-31"),
        finding("3", done_on="2026-05-01", verified_on="2026-06-01"),
        finding("4"),
    )
    assert states(office, "finding_verified", "2026-04-30") == {}, "nothing was put right yet"
    row = told(office, "finding_verified", "2026-05-31")["问题1"]
    assert (row.rule, row.state, row.due_on) == ("CA-02", "due", date(2026, 5, 31))
    rows = told(office, "finding_verified", "2026-06-01")
    assert {name: (row.state, row.late) for name, row in rows.items()} == {
        "问题1": ("overdue", False), "问题2": ("met", False), "问题3": ("met", True),
    }  # fmt: skip


def test_findings_are_looked_at_for_two_years(office: Office) -> None:
    enter(office, finding("1", done_on="2026-05-01"), finding("2"))
    assert states(office, "finding_corrected", "2028-03-01") == {"问题1": "met", "问题2": "overdue"}
    assert states(office, "finding_corrected", "2028-03-02") == {}
    assert states(office, "finding_verified", "2028-04-30") == {"问题1": "overdue"}
    assert states(office, "finding_verified", "2028-05-01") == {}


def test_a_finding_is_asked_of_who_must_put_it_right_unless_it_was_taken_back(office: Office) -> None:
    enter(office, finding("1", unit_code="F", done_on="2026-05-01"), finding("2", done_on="2026-05-01"))
    with office.write("take back") as work:
        gone = update(Finding).where(Finding.number == "2").values(retired_on=date(2026, 5, 2))
        work.connection.execute(gone)
    for settled_by in ("finding_corrected", "finding_verified"):
        rows = told(office, settled_by, "2026-05-10")  # type: ignore[arg-type]
        assert {name: row.unit for name, row in rows.items()} == {"问题1": "F"}
