"""What would help most: whoever does what is advised gets just the points that were named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random

import pytest

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.errors import NotFound
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.advice import Action, advice
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.retiring import retire
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.levels.commands import save_levels
from drillapp.core.supplies.levels.entries import LevelEntry
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry
from tests.core.rules.district import random_facts
from tests.core.rules.entering import enter
from tests.core.rules.test_plan_duties import happened, plan

pytestmark = pytest.mark.sqlite_only("arithmetic over rows that test_random_districts asks of both databases")

TODAY = date(2026, 11, 24)
UNITS = ("S", "E", "F", "G")


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    """A street with units that lack something of every sort, and have done something of most."""
    with Office.open(office_location, clock=clock) as opened:
        save_units(
            opened,
            [
                UnitEntry(code="S", name="街道", kind="street", parent_code="110102"),
                UnitEntry(code="E", name="加油站", kind="enterprise", parent_code="S", high_risk=True),
                UnitEntry(code="F", name="商场", kind="enterprise", parent_code="S", crowded=True),
                UnitEntry(code="G", name="小学", kind="school", parent_code="S"),
            ],
        )
        save_plans(
            opened,
            [PlanEntry(number="E-P", title="老预案", unit_code="E", kind="comprehensive", approved_on=date(2022, 1, 10),
                       published_on=date(2022, 1, 20)),
             PlanEntry(number="S-P", title="街道预案", unit_code="S", kind="overall", approved_on=date(2022, 1, 10)),
             PlanEntry(number="F-P", title="旧预案", unit_code="F", approved_on=date(2022, 1, 10),
                       retired_on=date(2023, 1, 1))],
        )  # fmt: skip
        save_drills(opened, [drilled(code, date(2025, 11, 3)) for code in UNITS])
        save_items(
            opened, [ItemEntry(code="TENT", name="帐篷"), ItemEntry(code="PUMP", name="水泵", critical=True)]
        )
        save_storehouses(opened, [StorehouseEntry(code=code, name=code, unit_code=code) for code in UNITS])
        save_levels(
            opened,
            [
                LevelEntry(unit_code=code, item_code=item, quantity=5)
                for code in UNITS
                for item in ("TENT", "PUMP")
            ],
        )
        save_movements(opened, [received("E", "TENT", 2, "1")])
        save_posts(
            opened, [PostEntry(unit_code=code, name=name, key_post=True) for code in "EF" for name in "ab"]
        )
        yield opened


def drilled(unit: str, day: date, number: str = "", **more: object) -> DrillEntry:
    begin = datetime(day.year, day.month, day.day, 9, tzinfo=BEIJING)
    return DrillEntry(
        number=number or f"{unit}-D", unit_code=unit, title="演练", planned_on=day, started_at=begin,
        ended_at=begin + timedelta(hours=1), **more,
    )  # type: ignore[arg-type]  # fmt: skip


def received(unit: str, item: str, quantity: float, document: str) -> MovementEntry:
    return MovementEntry(
        document=f"{unit}-{document}", kind="in", storehouse=unit, item_code=item, quantity=quantity,
        occurred_on=TODAY,
    )  # fmt: skip


def hold(office: Office, action: Action, duties: list[Obligation]) -> None:
    for unit in dict.fromkeys(duty.unit for duty in duties):
        plan = next(iter(action.plan_kinds), None) and f"{unit}-P"
        save_drills(
            office,
            [drilled(unit, TODAY, f"{unit}-NEW", hazard=next(iter(action.hazards), None), plan_number=plan,
                     evacuation=action.evacuation or None)],
        )  # fmt: skip


def approve(office: Office, _action: Action, duties: list[Obligation]) -> None:
    save_plans(
        office,
        [PlanEntry(number=f"{duty.unit}-N", title="新预案", unit_code=duty.unit, approved_on=TODAY) for duty in duties],
    )  # fmt: skip


def assess(office: Office, _action: Action, duties: list[Obligation]) -> None:
    save_plans(
        office,
        [PlanEntry(number=duty.evidence[0], title=duty.subject, unit_code=duty.unit, assessed_on=TODAY) for duty in duties],
    )  # fmt: skip


def file(office: Office, _action: Action, duties: list[Obligation]) -> None:
    save_plans(
        office,
        [PlanEntry(number=duty.evidence[0], title=duty.subject, unit_code=duty.unit, filed_on=TODAY) for duty in duties],
    )  # fmt: skip


def rate(office: Office, _action: Action, duties: list[Obligation]) -> None:
    save_drills(office, [drilled(duty.unit, date(2025, 11, 3), rating="good") for duty in duties])


def receive(office: Office, _action: Action, duties: list[Obligation]) -> None:
    items = {"帐篷": "TENT", "水泵": "PUMP"}
    save_movements(
        office, [received(duty.unit, items[duty.subject], 5, items[duty.subject]) for duty in duties]
    )


def hand_out(office: Office, _action: Action, duties: list[Obligation]) -> None:
    save_cards(
        office,
        [CardEntry(number=f"{duty.unit}-{duty.subject}", unit_code=duty.unit, post=duty.subject, issued_on=TODAY)
         for duty in duties],
    )  # fmt: skip


DONE: dict[str, Callable[[Office, Action, list[Obligation]], None]] = {
    "drill_held": hold, "plan_in_force": approve, "plan_assessed": assess, "plan_filed": file,
    "drill_evaluated": rate, "level_met": receive, "card_issued": hand_out,
}  # fmt: skip


def row_of(office: Office, code: str) -> UnitReadiness:
    return next(row for row in readiness(office) if row.unit == code)


@pytest.mark.parametrize("code", ["E", "F", "S"])
def test_each_kind_of_action_brings_the_points_it_names(office: Office, code: str) -> None:
    kinds = []
    while True:
        before = row_of(office, code)
        actions = advice(office, before.unit_id, most=100)
        action = next((one for one in actions if one.kind in DONE and one.kind not in kinds), None)
        if action is None:
            break
        kinds.append(action.kind)
        DONE[action.kind](office, action, meant(office, before, action))
        after = row_of(office, code)
        assert (action.score_before, action.grade_before) == (before.score, before.grade)
        assert (action.kind, after.score, after.grade) == (
            action.kind,
            action.score_after,
            action.grade_after,
        )
        assert action.points == round((after.score or 0) - (before.score or 0), 1)
    wanted = {
        "E": {"plan_assessed", "plan_filed", "drill_held", "drill_evaluated", "level_met", "card_issued"},
        "F": {"plan_in_force", "drill_held", "drill_evaluated", "level_met", "card_issued"},
        "S": {"plan_in_force", "plan_assessed", "drill_held", "drill_evaluated", "level_met", "card_issued"},
    }
    assert set(kinds) >= wanted[code]


def meant(office: Office, unit: UnitReadiness, action: Action) -> list[Obligation]:
    """All duties that an action settles, of which it names the first."""
    named = {(duty.rule, duty.subject_kind, duty.subject_id) for duty in action.duties}
    found = [
        duty
        for duty in obligations(office, unit.unit_id, states=("overdue", "no_data"))
        if duty.rule in action.rules and duty.settled_by == action.kind
        and ((duty.unit_id != unit.unit_id) if action.unit_id is None else duty.unit_id == action.unit_id)
    ]  # fmt: skip
    if action.unit_id is not None:
        found = [duty for duty in found if (duty.rule, duty.subject_kind, duty.subject_id) in named]
    assert len(found) == action.count
    return found


def test_a_new_plan_of_a_key_unit_that_was_reviewed_before_lacks_its_review(
    office_location: str, clock: FixedClock
) -> None:
    with Office.open(office_location, clock=clock) as office:
        save_units(
            office, [UnitEntry(code="K", name="K", kind="enterprise", high_risk=True, parent_code="110102")]
        )
        version = plan(office, "K", date(2020, 1, 2))
        happened(office, version, "reviewed", date(2020, 1, 1))
        retire(office, "plans", [1], date(2024, 1, 1))
        action = next(
            one for one in advice(office, row_of(office, "K").unit_id, 10) if one.kind == "plan_in_force"
        )
        approve(office, action, list(action.duties))
        assert row_of(office, "K").score == action.score_after == 66.7


def test_a_lifted_floor_is_said_although_the_score_is_the_same(office: Office) -> None:
    before = row_of(office, "F")
    assert "no_plan" in before.broken
    actions = advice(office, before.unit_id, most=100)
    (plan,) = (one for one in actions if one.kind == "plan_in_force")
    assert plan.grade_after is not None
    approve(office, plan, list(plan.duties))
    after = row_of(office, "F")
    assert "no_plan" not in after.broken
    assert after.grade == plan.grade_after


def test_after_what_lifts_a_floor_the_cheapest_come_first_and_as_many_as_are_wanted(office: Office) -> None:
    for code in ("110102", "S", "E"):
        key = row_of(office, code).unit_id
        everything = advice(office, key, most=100)
        floors = len(row_of(office, code).broken)
        ratios = [one.exact / one.effort for one in everything[floors:]]
        assert ratios == sorted(ratios, reverse=True)
        assert advice(office, key) == everything[:3]


def test_what_stays_missed_is_not_advised(office_location: str, clock: FixedClock) -> None:
    with Office.open(office_location, clock=clock) as office:
        enter(office, random_facts(Random(4)))
        found = [action for row in readiness(office) for action in advice(office, row.unit_id, most=100)]
        assert found
        for action in found:
            assert action.kind not in ("drill_reported", "drill_attended", "plan_reviewed")
            assert action.points >= 0 or action.grade_after != action.grade_before
            assert action.duties
            assert all(duty.state != "met" for duty in action.duties)


def test_a_unit_that_is_not_there_gets_none(office: Office) -> None:
    with pytest.raises(NotFound):
        advice(office, 10**6)
