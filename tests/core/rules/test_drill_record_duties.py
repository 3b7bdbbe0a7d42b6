"""Drills that were held are well attended, evaluated and reported: in time, a day late, over holidays, without data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, update

from drillapp.core.clock import FixedClock
from drillapp.core.drills.evaluation.model import DrillVerdict, Evaluation
from drillapp.core.drills.model import Drill
from drillapp.core.drills.naming import drill_named
from drillapp.core.drills.reporting.rules import set_report_days
from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.readiness.queries import readiness
from tests.core.rules.drills_of_record import drill, enter, states, told, unit


@pytest.fixture(autouse=True)
def _units(office: Office) -> None:
    enter(office, unit("E", high_risk=True), unit("F", crowded=True), unit("O", kind="other"))


def write(office: Office, model: Any, number: str, **values: Any) -> None:
    """A row about a drill, however it came to be."""
    with office.write("rows") as work:
        work.connection.execute(insert(model).values(drill_id=key(office, number), **values))


def key(office: Office, number: str) -> int:
    return drill_named(office, number)


def sheet(office: Office, number: str, submitted_on: str | None) -> None:
    day = submitted_on and date.fromisoformat(submitted_on)
    write(office, Evaluation, number, position=1, form="live", evaluator="王", answers="{}", submitted_on=day)


def verdict(office: Office, number: str, decided_on: str) -> None:
    write(office, DrillVerdict, number, decided_by="李", decided_on=date.fromisoformat(decided_on))


def test_enough_of_those_expected_is_four_of_five_exactly(office: Office) -> None:
    enter(
        office,
        drill("1", "2026-03-02", expected=50, participants=40),
        drill("2", "2026-03-02", expected=50, participants=39),
        drill("3", "2026-03-02", expected=0, participants=0),
        drill("4", "2026-03-02", participants=40),
        drill("5", "2026-03-02", expected=50),
    )
    assert states(office, "drill_attended", "2026-11-24") == {
        "演练1": "met", "演练2": "overdue", "演练3": "met", "演练4": "no_data", "演练5": "no_data",
    }  # fmt: skip
    row = told(office, "drill_attended", "2026-11-24")["演练2"]
    assert (row.rule, row.evidence, row.due_on, row.mark) == ("DR-21", ["2"], None, "C")


def test_drills_are_looked_at_for_a_year(office: Office) -> None:
    enter(office, drill("1", "2026-02-28", expected=5, participants=1))
    assert states(office, "drill_attended", "2026-02-27") == {}
    assert states(office, "drill_attended", "2026-02-28") == {"演练1": "overdue"}
    assert states(office, "drill_attended", "2027-02-27") == {"演练1": "overdue"}
    assert states(office, "drill_attended", "2027-02-28") == {}


@pytest.mark.parametrize("settled_by", ["drill_attended", "drill_evaluated", "drill_reported"])
def test_what_was_no_drill_or_not_held_is_not_asked(office: Office, settled_by: Settlement) -> None:
    counted = {"expected": 5, "participants": 1}
    enter(
        office,
        drill("1", "2026-03-02", **counted),
        drill("2", "2026-03-02", kind="event", **counted),
        drill("3", "2026-03-02", started_at=None, ended_at=None, **counted),
        drill("4", "2026-03-02", **counted),
    )
    with office.write("take back") as work:
        retired = update(Drill).where(Drill.number == "4").values(retired_on=date(2026, 3, 3))
        work.connection.execute(retired)
    assert states(office, settled_by, "2026-11-24").keys() == {"演练1"}


def test_an_evaluation_is_due_fifteen_working_days_after_over_holidays(office: Office) -> None:
    # 2026: off 10-01 to 10-07, Saturday 10-10 is worked; the fifteenth working day after 09-30 is 10-27.
    enter(office, drill("1", "2026-09-30", hour=23))
    row = told(office, "drill_evaluated", "2026-10-27")["演练1"]
    assert (row.rule, row.state, row.due_on, row.is_estimated) == ("DR-19", "due", date(2026, 10, 27), False)
    assert states(office, "drill_evaluated", "2026-10-28") == {"演练1": "overdue"}
    sheet(office, "1", "2026-10-28")
    assert states(office, "drill_evaluated", "2026-10-27") == {"演练1": "due"}
    row = told(office, "drill_evaluated", "2026-10-28")["演练1"]
    assert (row.state, row.late) == ("met", True)


def test_a_sheet_handed_in_a_verdict_or_a_rating_settles_it(office: Office) -> None:
    numbers = ("open", "sheet", "verdict", "rated", "rated later")
    enter(office, *(drill(number, "2026-03-02") for number in numbers))
    sheet(office, "open", None)
    sheet(office, "sheet", "2026-03-20")
    for number, day in (("verdict", "2026-03-20"), ("rated later", "2026-06-01")):
        verdict(office, number, day)
    with office.write("rate") as work:
        rated = update(Drill).where(Drill.number.in_(("rated", "rated later"))).values(rating="good")
        work.connection.execute(rated)
    day_before = states(office, "drill_evaluated", "2026-05-31")
    assert day_before == {
        "演练open": "overdue", "演练sheet": "met", "演练verdict": "met", "演练rated": "met", "演练rated later": "overdue",
    }  # fmt: skip
    rows = told(office, "drill_evaluated", "2026-06-01")
    assert {name for name, row in rows.items() if row.state == "met"} == rows.keys() - {"演练open"}
    assert {name for name, row in rows.items() if row.late} == {"演练rated later"}


@pytest.mark.parametrize(
    ("reported_on", "day", "state", "late"),
    [
        # The tenth working day after Wednesday 09-30 is 10-20: the holiday and the worked Saturday are counted.
        (None, "2026-10-20", "due", False),
        (None, "2026-10-21", "overdue", False),
        ("2026-10-20", "2026-10-20", "met", False),
        ("2026-10-21", "2026-10-20", "due", False),
        ("2026-10-21", "2026-10-21", "met", True),
        ("2026-09-30", "2026-11-24", "met", False),
    ],
)
def test_a_report_in_time_and_a_day_late(
    office: Office, reported_on: str | None, day: str, state: str, late: bool
) -> None:
    given = None if reported_on is None else date.fromisoformat(reported_on)
    enter(office, drill("1", "2026-09-30", reported_on=given))
    row = told(office, "drill_reported", day)["演练1"]
    assert (row.rule, row.due_on, row.state, row.late) == ("DR-06", date(2026, 10, 20), state, late)


def test_what_was_reported_late_does_not_count_as_met(office: Office) -> None:
    in_time, late = date(2026, 10, 20), date(2026, 10, 21)
    enter(
        office,
        drill("1", "2026-09-30", reported_on=in_time),
        drill("2", "2026-09-30", reported_on=late),
        drill("3", "2026-09-30", of="F", reported_on=late),
    )
    office.as_of = date(2026, 11, 24)
    values = {row.unit: row.indicators["reporting"] for row in readiness(office) if row.unit in ("E", "F")}
    assert {code: (value.met, value.asked) for code, value in values.items()} == {"E": (1, 2), "F": (0, 1)}


def test_each_drill_is_compared_with_its_own_last_day(office: Office) -> None:
    """Over two years, against the calendar asked for each drill alone."""
    from drillapp.core.workdays.calendar import office_calendar

    days = [date.fromordinal(date(2025, 1, 20).toordinal() + 9 * place) for place in range(70)]
    calendar = office_calendar(office)
    entries = []
    for place, day in enumerate(days):
        reported_on = date.fromordinal(calendar.after(day, 10).day.toordinal() + place % 2)
        entries.append(drill(str(place), day.isoformat(), hour=place % 24, reported_on=reported_on))
    enter(office, *entries)
    rows = told(office, "drill_reported", "2026-11-24")
    assert len(rows) == len(days)
    assert {name for name, row in rows.items() if row.late} == {
        f"演练{place}" for place in range(70) if place % 2
    }


def test_of_two_rules_for_one_unit_the_shorter_term_counts(office: Office) -> None:
    enter(office, unit("B", high_risk=True, crowded=True))
    enter(office, drill("1", "2026-11-02", of="B"), drill("2", "2026-11-02", of="O"))
    set_report_days(office, "DR-06C", 5)
    row = told(office, "drill_reported", "2026-11-10")
    assert {name: (one.rule, one.state) for name, one in row.items()} == {"演练1": ("DR-06C", "overdue")}


def test_terms_run_into_a_year_that_is_not_announced(office: Office, clock: FixedClock) -> None:
    enter(office, drill("1", "2034-12-25"))
    row = told(office, "drill_reported", "2034-12-26")["演练1"]
    assert (row.state, row.is_estimated) == ("due", True)
    assert row.due_on is not None
    assert states(office, "drill_reported", row.due_on.isoformat()) == {"演练1": "due"}
    after = date.fromordinal(row.due_on.toordinal() + 1)
    assert states(office, "drill_reported", after.isoformat()) == {"演练1": "overdue"}


def test_a_unit_that_is_no_more_is_not_asked(office: Office) -> None:
    enter(office, unit("X", high_risk=True, valid_to=date(2026, 6, 1)), drill("1", "2026-03-02", of="X"))
    assert states(office, "drill_reported", "2026-05-31") == {"演练1": "overdue"}
    assert states(office, "drill_reported", "2026-06-01") == {}
