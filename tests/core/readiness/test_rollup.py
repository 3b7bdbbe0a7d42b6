"""A superior is its own duties and the units below it, by the weights that the formula declares; coverage stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.home.queries import home_figures
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.overview import roots
from drillapp.core.readiness.queries import readiness, readiness_of
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.rules.changing import switch_off
from drillapp.core.rules.queries import obligations
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

TODAY = date(2026, 11, 24)


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    """A street with a community and, below that, three units; of plans only being there and being assessed is asked."""
    with Office.open(office_location, clock=clock) as opened:
        save_units(
            opened,
            [UnitEntry(code="S", name="街道", kind="street", parent_code="110102"),
             UnitEntry(code="C", name="社区", kind="community", parent_code="S"),
             *(UnitEntry(code=code, name=code, kind="enterprise", parent_code="C") for code in "EFG")],
        )  # fmt: skip
        for rule in {row.rule for row in obligations(opened)} - {"PL-FORCE", "PL-09"}:
            switch_off(opened, rule, "只看预案")
        yield opened


def plan(unit: str, day: date) -> PlanEntry:
    return PlanEntry(number=f"{unit}-P", title="预案", unit_code=unit, approved_on=day)


def rows(office: Office) -> dict[str, UnitReadiness]:
    return {row.unit: row for row in readiness(office)}


def plans_value(row: UnitReadiness) -> float | None:
    return row.indicators["plans"].value


def test_a_street_is_its_own_duties_and_its_units_by_the_declared_weights(office: Office) -> None:
    old, new = date(2020, 1, 1), date(2026, 1, 1)
    save_plans(office, [plan("S", old), plan("C", new), plan("E", old), plan("F", new)])
    found = rows(office)
    assert plans_value(found["E"]) == 1 / 2
    assert plans_value(found["F"]) == 2 / 2
    assert plans_value(found["G"]) is None
    # Below the community three of four known duties are met, below the street five of six.
    community, street = formula().own_share("community"), formula().own_share("street")
    assert (community, street) == (0.5, 0.4)
    assert plans_value(found["C"]) == pytest.approx(0.5 * 2 / 2 + 0.5 * 3 / 4)
    assert plans_value(found["S"]) == pytest.approx(0.4 * 1 / 2 + 0.6 * 5 / 6)


def test_where_one_side_is_not_known_the_other_stands_alone(office: Office) -> None:
    save_plans(office, [plan("S", date(2020, 1, 1))])
    assert plans_value(rows(office)["S"]) == 1 / 2
    save_plans(office, [PlanEntry(number="S-P", title="预案", unit_code="F", approved_on=date(2020, 1, 1))])
    found = rows(office)
    assert found["S"].indicators["plans"].own_known == 0
    assert plans_value(found["S"]) == plans_value(found["C"]) == 1 / 2


def test_the_coverage_says_of_how_many_units_anything_is_known(office: Office) -> None:
    assert (rows(office)["S"].units, rows(office)["S"].reported) == (5, 0)
    save_plans(office, [plan("E", TODAY), plan("F", TODAY)])
    found = rows(office)
    assert {code: (row.units, row.reported) for code, row in found.items() if code in "SCEG"} == {
        "S": (5, 2), "C": (4, 2), "E": (1, 1), "G": (1, 0),
    }  # fmt: skip


def test_the_own_floor_of_a_superior_caps_it_but_not_those_of_its_units(office: Office) -> None:
    save_plans(office, [plan("S", TODAY), plan("C", TODAY), plan("E", TODAY), plan("F", TODAY)])
    found = rows(office)
    assert found["G"].broken == ("no_plan",)
    assert found["S"].broken == ()
    assert found["S"].grade == "A"
    save_plans(office, [PlanEntry(number="S-P", title="预案", unit_code="S", retired_on=TODAY)])
    found = rows(office)
    assert found["S"].broken == ("no_plan",)
    assert found["S"].grade == "D"


def test_what_is_below_a_unit_that_ended_stands_below_the_one_above_it(office: Office) -> None:
    save_units(
        office,
        [
            UnitEntry(
                code="OLD", name="旧街道", parent_code="110102", kind="street", valid_to=date(2026, 1, 1)
            ),
            UnitEntry(code="LEFT", name="留下的社区", parent_code="OLD", kind="community"),
        ],
    )
    rows = {row.unit: row for row in readiness(office)}
    assert rows["LEFT"].parent_id == rows["110102"].unit_id
    assert [row.unit for row in roots(list(rows.values()))] == ["110102"]
    [alone] = readiness_of(office, None, {rows["LEFT"].unit_id}, office.as_of)
    assert alone == rows["LEFT"]
    figures = home_figures(office, None)
    assert figures.readiness == rows["110102"]
    assert "LEFT" in {one.code for one in figures.by_unit}
