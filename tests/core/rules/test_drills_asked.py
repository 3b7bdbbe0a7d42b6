"""Drills that are asked equal what a person reads from the law, for any units, plans and drills, on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillapp.core.clock import FixedClock
from drillapp.core.office import Office
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.queries import readiness
from drillapp.core.rules.drill_duties import drill_duties
from drillapp.core.rules.due import due_keys
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.windows import day_of, window
from tests.core.rules.drills_entered import enter, enter_drills, enter_plans, enter_units
from tests.core.rules.drills_reference import Drill, Drills, Plan, Unit, asked_in, asked_on

UNITS = [
    Unit("110102", "district"),
    Unit("D", "department", begin=date(2024, 3, 1)),
    Unit("S", "street"),
    Unit("C", "community", begin=date(2025, 1, 1)),
    Unit("E", "enterprise", high_risk=True, crowded=True, fire=True),
    Unit("F", "enterprise", begin=date(2025, 7, 2), end=date(2026, 8, 1)),
    Unit("M", "hospital", crowded=True),
    Unit("H", "school", "西里小学", fire=True),
    Unit("G", "school", "西里幼儿园", begin=date(2025, 5, 10)),
    Unit("O", "other"),
]
PLANS = [
    Plan("110102-1", "110102", "special", "火灾", date(2022, 3, 31)),
    Plan("110102-2", "110102", "special", "地震", date(2023, 1, 1), date(2025, 6, 30)),
    Plan("D-1", "D", "departmental", "燃气泄漏", date(2025, 2, 28)),
    Plan("S-1", "S", "overall"),
    Plan("E-1", "E", "comprehensive"),
    Plan("E-2", "E", "on_site", "车辆火灾", date(2025, 1, 1)),
    Plan("E-3", "E", "on_site", "触电", date(2025, 8, 8), date(2026, 3, 1)),
    Plan("F-1", "F", "on_site", "消防", date(2025, 9, 1)),
    Plan("H-1", "H", "on_site", "地震"),
]
DAYS = st.dates(date(2023, 12, 1), date(2026, 12, 31)) | st.sampled_from(
    [date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 2, 28), date(2026, 8, 31)]
)  # fmt: skip


@st.composite
def drills(draw: st.DrawFn) -> Drill:
    day = draw(DAYS)
    unit = draw(st.sampled_from(UNITS)).code
    plans = [plan.number for plan in PLANS if plan.unit == unit and plan.is_in_force(day)]
    return Drill(
        "", unit, day,
        plan=draw(st.sampled_from([None, *plans])),
        hazard=draw(st.sampled_from([None, None, "火灾", "地震", "暴雨内涝"])),
        evacuation=draw(st.booleans()),
        is_event=draw(st.integers(0, 9)) == 0,
        is_retired=draw(st.integers(0, 9)) == 0,
        guests=tuple(draw(st.sets(st.sampled_from("DSCEH"), max_size=2))),
    )  # fmt: skip


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    with Office.open(office_location, clock=clock) as opened:
        enter_units(opened, UNITS[1:])
        enter_plans(opened, PLANS)
        yield opened


def plan_of(row: Obligation) -> str | None:
    return row.subject if row.subject_kind == "plans" else None


def only_drills(office: Office) -> list[Obligation]:
    return obligations(office, settled_by=("drill_held",))


def clear(office: Office) -> None:
    with office.write("clear") as work:
        for table in ("drill_parties", "drills"):
            work.connection.exec_driver_sql(f"DELETE FROM {table}")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(drills(), max_size=25), as_of=DAYS)
def test_what_is_asked_equals_the_law_read_by_a_person(
    office: Office, held: list[Drill], as_of: date
) -> None:
    clear(office)
    for place, drill in enumerate(held):
        drill.number = f"X{place:02}"
    enter_drills(office, held)
    office.as_of = as_of
    facts = Drills(UNITS, PLANS, held)
    rows = only_drills(office)
    _compare_rows(rows, facts, as_of)
    near = {
        (row.unit_id, row.rule, row.subject_id, day_of(row), pressing)
        for row in rows
        if (pressing := window("drill_held", row.state, row.due_on, as_of)) in ("overdue", "due_30", "due_90")
    }
    keys = [key for key in due_keys(office, None) if key.settled_by == "drill_held"]
    assert {(key.unit_id, key.rule, key.subject_id, key.due_on, key.window) for key in keys} == near
    (indicator,) = (one for one in formula().indicator if one.name == "drills")
    behind = obligations(office, settled_by=indicator.settled_by)
    for unit in readiness(office):
        own = [row for row in behind if row.unit_id == unit.unit_id and row.state != "due"]
        value = unit.indicators["drills"]
        assert (value.own_met, value.own_asked) == (sum(row.state == "met" for row in own), len(own))
    _compare_duties(office, facts, as_of)


def _compare_rows(rows: list[Obligation], facts: Drills, as_of: date) -> None:
    asked = {one[:3]: one for one in asked_on(facts, as_of)}
    assert {(row.unit, row.rule, plan_of(row)) for row in rows} == asked.keys()
    assert len(rows) == len(asked)
    for row in rows:
        expected = asked[row.unit, row.rule, plan_of(row)]
        assert (row.state, row.due_on) == (expected.state, expected.due_on), row
        assert set(row.evidence) <= expected.drills, row
        assert bool(row.evidence) == bool(expected.drills), row


def _compare_duties(office: Office, facts: Drills, as_of: date) -> None:
    duties = drill_duties(office, None, 2025)
    asked = asked_in(facts, 2025, as_of)
    assert {(one.unit, one.rule, one.plan_number, one.begins_on, one.ends_on) for one in duties} == {
        one[:5] for one in asked
    }
    assert len(duties) == len(asked)
    days = {one[:5]: one.days for one in asked}
    for duty in duties:
        settling = days[duty.unit, duty.rule, duty.plan_number, duty.begins_on, duty.ends_on]
        assert (duty.held_on in settling) if settling else duty.held_on is None
        assert (duty.drill_id is None) == (duty.held_on is None)
    assert [(one.unit, one.ends_on) for one in duties] == sorted((one.unit, one.ends_on) for one in duties)


def states(office: Office, unit: str, day: date) -> dict[str, str]:
    office.as_of = day
    return {
        f"{row.rule} {plan_of(row) or ''}".strip(): f"{row.state} {row.due_on} {' '.join(row.evidence)}".strip()
        for row in only_drills(office)
        if row.unit == unit
    }


@pytest.mark.parametrize(
    ("held", "as_of", "expected"),
    [
        # Just in time: on the last day of the half-year.
        (date(2026, 6, 30), date(2026, 6, 30), "met 2026-12-31 A"),
        # The next day another half-year has begun, and there is time until its end.
        (date(2026, 6, 30), date(2026, 7, 1), "due 2026-12-31 A"),
        (date(2026, 6, 30), date(2026, 12, 31), "due 2026-12-31 A"),
        # One day late.
        (date(2026, 6, 30), date(2027, 1, 1), "overdue 2026-12-31 A"),
        # The first half of 2026 was missed, until one is held in the second.
        (date(2025, 12, 31), date(2026, 7, 1), "overdue 2026-06-30 A"),
        (date(2026, 7, 1), date(2026, 7, 1), "met 2027-06-30 A"),
        (None, date(2026, 7, 1), "no_data None"),
    ],
)  # fmt: skip
def test_each_half_year_of_the_calendar(
    office: Office, held: date | None, as_of: date, expected: str
) -> None:
    if held:
        enter_drills(office, [Drill("A", "E", held)])
    assert states(office, "E", as_of)["DR-05"] == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 3, 31), "met 2026-03-31 A"),
        (date(2026, 4, 1), "overdue 2026-03-31 A"),
        (date(2024, 3, 31), "met 2026-03-31 A"),
    ],
)
def test_every_two_years_from_the_last_time(office: Office, as_of: date, expected: str) -> None:
    enter_drills(office, [Drill("A", "S", date(2024, 3, 31))])
    assert states(office, "S", as_of)["DR-01"] == expected


def test_a_unit_that_begins_within_a_window_has_until_the_end_of_the_next(office: Office) -> None:
    enter_units(office, [Unit("N", "hospital", crowded=True, begin=date(2026, 3, 15))])
    for day in (date(2026, 3, 15), date(2026, 6, 30), date(2026, 12, 31)):
        assert states(office, "N", day)["DR-05C"] == "due 2026-12-31"
    assert states(office, "N", date(2027, 1, 1))["DR-05C"] == "no_data 2026-12-31"


def test_a_unit_there_on_the_first_day_of_a_window_is_asked_within_it(office: Office) -> None:
    enter_units(office, [Unit("N", "hospital", crowded=True, begin=date(2026, 1, 1))])
    assert states(office, "N", date(2026, 6, 30))["DR-05C"] == "due 2026-06-30"
    assert states(office, "N", date(2026, 7, 1))["DR-05C"] == "no_data 2026-06-30"


def test_a_retired_plan_is_not_asked_about_any_more(office: Office) -> None:
    before = states(office, "110102", date(2025, 6, 29))
    assert {name for name in before if "DR-07" in name} == {"DR-07 110102-1", "DR-07 110102-2"}
    after = states(office, "110102", date(2025, 6, 30))
    assert {name for name in after if "DR-07" in name} == {"DR-07 110102-1"}


def test_a_new_plan_has_three_years_and_its_drill_settles_it_whoever_held_it(office: Office) -> None:
    assert states(office, "D", date(2028, 2, 28))["DR-07 D-1"] == "due 2028-02-28"
    assert states(office, "D", date(2028, 2, 29))["DR-07 D-1"] == "no_data 2028-02-28"
    enter_drills(office, [Drill("A", "S", date(2026, 5, 4), plan="D-1")])
    assert states(office, "D", date(2028, 2, 29))["DR-07 D-1"] == "met 2029-05-04 A"


def test_one_drill_settles_every_rule_it_fits(office: Office) -> None:
    enter_drills(office, [Drill("A", "E", date(2026, 9, 1), plan="E-2")])
    assert {name: state[:3] for name, state in states(office, "E", date(2026, 10, 1)).items()} == {
        "DR-03": "ove",  # it was no drill of the comprehensive plan
        "DR-04": "met",
        "DR-05": "met",
        "DR-08": "met",
        "DR-10": "met",  # the plan is against a fire, though the drill names no hazard
    }


def test_one_evacuation_drill_of_a_school(office: Office) -> None:
    enter_drills(office, [Drill("A", "H", date(2026, 9, 1), hazard="地震", evacuation=True)])
    found = {name: state[:3] for name, state in states(office, "H", date(2026, 9, 30)).items()}
    assert found == {"DR-08": "met", "DR-12": "ove", "DR-13": "met", "DR-15": "met"}


def test_school_holidays_belong_to_the_month_before(office: Office) -> None:
    enter_drills(office, [Drill("A", "H", date(2026, 6, 1), evacuation=True)])
    assert states(office, "H", date(2026, 8, 31))["DR-13"] == "met 2026-09-30 A"
    assert states(office, "H", date(2026, 9, 1))["DR-13"] == "due 2026-09-30 A"
    assert states(office, "H", date(2026, 10, 1))["DR-13"] == "overdue 2026-09-30 A"


def test_who_took_part_is_asked_no_drill_of_its_own_but_who_looked_on_is(office: Office) -> None:
    enter_drills(office, [Drill("A", "S", date(2026, 5, 4), guests=("C", "M"))])
    assert states(office, "C", date(2026, 6, 1))["DR-18"] == "met 2027-12-31 A"
    with office.write("roles") as work:
        work.connection.exec_driver_sql("UPDATE drill_parties SET role = 'observer'")
    assert states(office, "C", date(2026, 6, 1))["DR-18"].startswith("no_data")


def test_an_event_is_no_drill(office: Office) -> None:
    enter_drills(office, [Drill("A", "C", date(2026, 5, 4), is_event=True)])
    assert states(office, "C", date(2026, 6, 1))["DR-18"].startswith("no_data")


def test_the_duties_of_a_scope_are_those_of_its_units(office: Office) -> None:
    enter_drills(
        office, [Drill("A", "H", date(2026, 3, 3), evacuation=True), Drill("B", "S", date(2026, 3, 4))]
    )
    everything = drill_duties(office, None, 2026)
    for unit in {duty.unit_id: duty.unit for duty in everything if duty.unit != "110102"}:
        assert drill_duties(office, unit, 2026) == [duty for duty in everything if duty.unit_id == unit]


def test_the_duties_of_a_school_year(office: Office) -> None:
    enter_drills(office, [Drill("A", "H", date(2026, 3, 3), hazard="火灾", evacuation=True)])
    duties = [duty for duty in drill_duties(office, None, 2026) if duty.unit == "H"]
    monthly = [duty for duty in duties if duty.rule == "DR-13"]
    assert [duty.ends_on.month for duty in monthly] == [2, 3, 4, 5, 8, 9, 10, 11, 12]
    assert [duty.drill_number for duty in monthly] == [None, "A", *[None] * 7]
    (fire, _later) = (duty for duty in duties if duty.rule == "DR-12")
    assert (fire.begins_on, fire.ends_on, fire.drill_number) == (date(2026, 1, 1), date(2026, 6, 30), "A")
    assert (fire.hazards, fire.form, fire.unit_name) == (("火灾", "消防"), "live", "西里小学")
    (quake,) = (duty for duty in duties if duty.rule == "DR-15")
    assert quake.evacuation
    assert quake.drill_number is None


def test_the_duties_of_plans_name_the_plan_and_run_from_its_last_drill(office: Office) -> None:
    enter_drills(office, [Drill("A", "110102", date(2023, 5, 4), plan="110102-1")])
    (duty,) = (duty for duty in drill_duties(office, None, 2026) if duty.rule == "DR-07")
    assert (duty.unit, duty.plan_number, duty.plan_hazard) == ("110102", "110102-1", "火灾")
    assert (duty.begins_on, duty.ends_on, duty.is_rolling) == (date(2026, 1, 1), date(2026, 5, 4), True)
    assert not [duty for duty in drill_duties(office, None, 2025) if duty.rule == "DR-07"]


def test_a_whole_office_entered_at_once(office_location: str, clock: FixedClock) -> None:
    with Office.open(office_location, clock=clock) as opened:
        held = [Drill(f"X{i}", "E", date(2026, 1, 1) + timedelta(days=40 * i), "E-1") for i in range(8)]
        facts = Drills(UNITS, PLANS, held)
        enter(opened, Drills(UNITS[1:], PLANS, held))
        _compare_rows(only_drills(opened), facts, opened.as_of)
