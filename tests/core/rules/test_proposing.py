"""What the form of a drill begins with settles as much as the advice promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.readiness.advice import advice
from drillapp.core.rules.proposing import proposed_drill
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from tests.core.rules.drills_entered import enter_drills, enter_plans, enter_units
from tests.core.rules.drills_reference import Drill, Plan, Unit

UNITS = [
    Unit("S", "street"),
    Unit("E", "enterprise", high_risk=True, fire=True),
    Unit("H", "school", "西里小学", fire=True),
]
PLANS = [
    Plan("S-1", "S", "overall"),
    Plan("S-2", "S", "special", "火灾", date(2021, 3, 1)),
    Plan("S-3", "S", "special", "地震", date(2025, 3, 1)),
    Plan("E-1", "E", "comprehensive"),
    Plan("E-2", "E", "on_site", "车辆火灾", date(2025, 1, 1)),
    Plan("E-3", "E", "on_site", "触电", date(2025, 8, 8)),
]


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    """Units that owe drills which several rules ask for."""
    with Office.open(office_location, clock=clock) as opened:
        enter_units(opened, UNITS)
        enter_plans(opened, PLANS)
        enter_drills(opened, [Drill("OLD", "E", date(2024, 2, 1)), Drill("OLD-S", "S", date(2020, 2, 1))])
        yield opened


def unit_id(office: Office, code: str) -> int:
    return next(duty.unit_id for duty in obligations(office) if duty.unit == code)


def drills(office: Office, states: tuple[str, ...] = ()) -> list[Obligation]:
    return obligations(office, settled_by=("drill_held",), states=states)


def late(office: Office, code: str) -> set[str]:
    duties = drills(office, ("overdue", "no_data"))
    return {f"{duty.rule} {duty.subject}" for duty in duties if duty.unit == code}


def hold(office: Office, code: str, proposed: dict[str, Any]) -> None:
    begin = datetime(2026, 11, 24, 9, tzinfo=BEIJING)
    save_drills(
        office,
        [DrillEntry(number="NEW", unit_code=code, planned_on=begin.date(), started_at=begin,
                    ended_at=begin.replace(hour=10), **proposed)],
    )  # fmt: skip


@pytest.mark.parametrize("code", ["S", "E", "H"])
def test_a_drill_scheduled_from_a_duty_of_the_unit_settles_as_many_as_was_promised(
    office: Office, code: str
) -> None:
    key, before = unit_id(office, code), late(office, code)
    general = {"S": "DR-01", "E": "DR-05", "H": "DR-08"}[code]
    single = max(
        (len(one.rules) for one in advice(office, key, 100) if one.kind == "drill_held" and one.drills == 1), default=1
    )  # fmt: skip
    hold(office, code, proposed_drill(office, general, key))
    settled = before - late(office, code)
    assert general in {name.split()[0] for name in settled}
    assert len(settled) >= max(single, 2)


def test_the_plan_proposed_is_one_that_is_asked_to_be_drilled(office: Office) -> None:
    found = proposed_drill(office, "DR-01", unit_id(office, "S"))
    assert found == {"title": "《S-2》演练", "plan_number": "S-2"}


def test_a_plan_against_another_hazard_is_not_proposed(office: Office) -> None:
    found = proposed_drill(office, "DR-10", unit_id(office, "E"))
    assert (found["plan_number"], found["hazard"], found["title"]) == ("E-2", "车辆火灾", "《E-2》演练")


def test_a_drill_without_a_plan_is_called_what_it_is_against(office: Office) -> None:
    found = proposed_drill(office, "DR-13", unit_id(office, "H"))
    assert (found["title"], found["hazard"], found["evacuation"]) == ("火灾疏散演练", "火灾", True)


def test_the_plan_that_is_named_is_drilled_and_of_an_unknown_rule_nothing_is_said(office: Office) -> None:
    key = unit_id(office, "S")
    plan = next(
        one.subject_id for one in drills(office) if one.subject_kind == "plans" and "S-3" in one.subject
    )
    assert proposed_drill(office, "DR-07", key, plan)["plan_number"] == "S-3"
    assert proposed_drill(office, "DR-99", key) == {}
