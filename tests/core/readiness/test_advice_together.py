"""What would help most: a floor is lifted by all that breaks it together, and what one go settles is one action."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.advice import advice
from drillapp.core.readiness.formula import formula
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.supplies.upkeep.commands import save_upkeep
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from tests.core.readiness.test_advice import TODAY, drilled, row_of

pytestmark = pytest.mark.sqlite_only("arithmetic over rows that test_random_districts asks of both databases")

HAZARDS = ("火灾", "地震", "暴雨")


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    """A street that drilled lately, but none of its three special plans, and looked after next to nothing in its two storehouses."""
    with Office.open(office_location, clock=clock) as opened:
        save_units(opened, [UnitEntry(code="S", name="街道", kind="street", parent_code="110102")])
        plans = [
            PlanEntry(number=f"S-{i}", title=f"{hazard}预案", unit_code="S", kind="special", hazard=hazard,
                      approved_on=date(2022, 1, 10))
            for i, hazard in enumerate(HAZARDS)
        ]  # fmt: skip
        save_plans(opened, plans)
        save_drills(opened, [drilled("S", date(2026, 11, 3), rating="good")])
        items = {code: ItemEntry(code=code, name=code, inspection_months=1) for code in ("TENT", "PUMP")}
        items["PUMP"] = ItemEntry(
            code="PUMP", name="PUMP", inspection_months=1, maintenance_months=3, critical=True
        )
        items["BOAT"] = ItemEntry(code="BOAT", name="BOAT", critical=True)
        save_items(opened, list(items.values()))
        save_storehouses(
            opened, [StorehouseEntry(code=code, name=f"{code}库", unit_code="S") for code in ("N", "Z")]
        )
        brought = [("N", "TENT"), ("N", "PUMP"), ("Z", "TENT")]
        save_movements(
            opened,
            [MovementEntry(document=f"{place}-{item}", kind="in", storehouse=place, item_code=item, quantity=2,
                           occurred_on=date(2026, 1, 5)) for place, item in brought],
        )  # fmt: skip
        save_upkeep(opened, [looked_after("inspection", "TENT", date(2026, 2, 2))])
        yield opened


def looked_after(kind: str, item: str, day: date) -> UpkeepEntry:
    return UpkeepEntry(kind=kind, storehouse="N", item_code=item, done_on=day, result="passed")


def test_drills_of_all_plans_together_lift_the_floor_and_bring_the_points_named(office: Office) -> None:
    before = row_of(office, "S")
    assert before.broken == ("no_drill",)
    action = advice(office, before.unit_id)[0]
    assert (action.kind, action.drills, action.count) == ("drill_held", 3, 3)
    assert action.effort == 3 * formula().effort["drill_held"]
    assert "3" in action.title
    assert all(duty.subject_kind == "plans" for duty in action.duties)
    save_drills(
        office,
        [drilled("S", TODAY, f"NEW-{i}", plan_number=f"S-{i}", rating="good") for i in range(len(HAZARDS))],
    )
    after = row_of(office, "S")
    assert after.broken == ()
    assert (after.score, after.grade) == (action.score_after, action.grade_after)


def test_no_other_action_settles_only_what_the_first_settles(office: Office) -> None:
    actions = advice(office, row_of(office, "S").unit_id, most=100)
    assert [one.kind for one in actions].count("drill_held") == 1


def test_what_is_due_in_one_storehouse_is_one_action(office: Office) -> None:
    before = row_of(office, "S")
    found = [one for one in advice(office, before.unit_id, most=100) if one.kind == "upkeep_done"]
    assert sorted((one.count, one.effort) for one in found) == [
        (count, count * formula().effort["upkeep_done"]) for count in (1, 3)
    ]
    whole = max(found, key=lambda one: one.count)
    assert "N库" in whole.title
    assert "3" in whole.title
    done = [("inspection", "TENT"), ("inspection", "PUMP"), ("maintenance", "PUMP")]
    save_upkeep(office, [looked_after(kind, item, TODAY) for kind, item in done])
    after = row_of(office, "S")
    assert (after.score, after.grade) == (whole.score_after, whole.grade_after)


def test_a_critical_item_at_zero_is_brought_first_and_apart_from_what_is_only_short(office: Office) -> None:
    save_levels(
        office, [LevelEntry(unit_code="S", item_code=item, quantity=5) for item in ("TENT", "PUMP", "BOAT")]
    )
    before = row_of(office, "S")
    assert set(before.broken) == {"no_drill", "critical_at_zero"}
    first, second, *rest = advice(office, before.unit_id, most=100)
    assert {first.kind, second.kind} == {"drill_held", "level_met"}
    boats = first if first.kind == "level_met" else second
    assert [duty.subject for duty in boats.duties] == ["BOAT"]
    (others,) = (one for one in rest if one.kind == "level_met")
    assert {duty.subject for duty in others.duties} == {"TENT", "PUMP"}
    brought = MovementEntry(
        document="B", kind="in", storehouse="N", item_code="BOAT", quantity=5, occurred_on=TODAY
    )
    save_movements(office, [brought])
    after = row_of(office, "S")
    assert (after.score, after.broken) == (boats.score_after, ("no_drill",))


def test_every_action_settles_something_else(office: Office) -> None:
    actions = advice(office, row_of(office, "S").unit_id)
    assert len({(one.kind, one.title) for one in actions}) == len(actions) == 3
