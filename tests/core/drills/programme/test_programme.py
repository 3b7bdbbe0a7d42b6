"""A programme from its drawing up to its last drill: what it covers, how it changes, what becomes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from drillapp.core import i18n
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.programme import scheduling
from drillapp.core.drills.programme.approving import approve, publish
from drillapp.core.drills.programme.commands import drop_items, move_items, restore_items, save_items
from drillapp.core.drills.programme.entries import ItemEntry
from drillapp.core.drills.programme.progress import progress_by_month, progress_by_unit
from drillapp.core.drills.programme.queries import (
    PROGRAMME_ITEMS,
    PROGRAMMES,
    changes_of,
    duties_of_item,
    item_named,
    items_of,
    programme_for,
    rules_by_item,
)
from drillapp.core.drills.programme.recurrence import repeat_item
from drillapp.core.drills.programme.rows import ItemRow
from drillapp.core.drills.programme.scheduling import items_of_month, schedule_items
from drillapp.core.drills.queries import DRILLS
from drillapp.core.drills.record.available import offers
from drillapp.core.drills.record.parts import RecordParts, SupplyLine
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.saving import save_record
from drillapp.core.errors import Conflict, InvalidInput, NotFound
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.office import Office
from drillapp.core.programming import draw_up, uncovered
from drillapp.core.saving import Editing, Saving
from tests.core.drills.programme.street import YEAR, by_title, fill, key_of, programme
from tests.core.drills.record.recorded import move, stock
from tests.journaled import commands

TODAY = date(2026, 11, 24)


@pytest.fixture
def street(office: Office) -> Office:
    """The street with its programme drawn up, in Chinese as it stands in the facts."""
    i18n.use_language("zh_CN")
    fill(office)
    draw_up(office, key_of(office, "S"), YEAR)
    return office


def items(office: Office, code: str = "S") -> list[ItemRow]:
    return items_of(office, programme(office, code).id)


def one(office: Office, words: str) -> ItemRow:
    return by_title(items(office), words)[0]


def entry(office: Office, **said: Any) -> ItemEntry:
    usual = {"programme_id": programme(office).id, "unit_code": "S", "title": "反恐演练"}
    return ItemEntry(**usual | {"planned_on": date(YEAR, 4, 14)} | said)


def drills(office: Office) -> list[Any]:
    return first_rows(office, DRILLS, View(), 100)


def test_it_settles_every_duty_of_the_year_with_fewer_drills(street: Office) -> None:
    assert uncovered(street, key_of(street, "S"), YEAR) == []
    found = items(street)
    rules = rules_by_item(street, programme(street).id)
    settled = sum(len(duties_of_item(street, item.id)) for item in found)
    assert settled > len(found)
    assert all(rules[item.id] for item in found)
    assert all(item.state == "planned" and item.planned_on.year == YEAR for item in found)
    assert all(duty.is_in_time for item in found for duty in duties_of_item(street, item.id))


def test_the_plan_that_a_rule_asks_for_is_drilled(street: Office) -> None:
    fires = by_title(items(street), "加油站火灾现场处置方案")
    assert {item.plan_number for item in fires} == {"E-1"}
    assert [item.planned_on.month <= 6 for item in fires] == [True, False]
    assert "DR-04" in rules_by_item(street, programme(street).id)[fires[0].id]
    flood = one(street, "街道防汛应急预案")
    assert flood.hazard == "防汛"
    assert flood.planned_on < date(YEAR, 6, 1)


def test_drawing_up_again_changes_nothing_and_keeps_what_people_entered(street: Office) -> None:
    first = items(street)
    moved = first[0]
    move_items(street, [moved.id], date(YEAR, 12, 6), is_day_fixed=True)
    save_items(street, [entry(street)])
    again = draw_up(street, key_of(street, "S"), YEAR)
    assert (again.added, again.settled) == (0, 0)
    assert len(items(street)) == len(first) + 1
    assert item_named(street, moved.id).planned_on == date(YEAR, 12, 6)


def test_a_dropped_drill_leaves_its_duties_open_until_drawn_up_again(street: Office) -> None:
    flood = one(street, "街道防汛应急预案")
    drop_items(street, [flood.id], "并入区级演练")
    lacking = uncovered(street, key_of(street, "S"), YEAR)
    assert {duty.rule for duty in lacking} == set(rules_by_item(street, programme(street).id)[flood.id])
    assert draw_up(street, key_of(street, "S"), YEAR).added == 1
    assert item_named(street, flood.id).state == "dropped"
    assert uncovered(street, key_of(street, "S"), YEAR) == []


def test_a_drill_that_was_added_by_hand_takes_the_duties_that_it_can_settle(street: Office) -> None:
    flood = one(street, "街道防汛应急预案")
    drop_items(street, [flood.id], "改期")
    [key] = save_items(
        street, [entry(street, title="汛前演练", plan_number="S-1", planned_on=flood.planned_on)]
    ).ids
    drawn = draw_up(street, key_of(street, "S"), YEAR)
    assert drawn.added == 0
    assert key is not None
    assert "DR-07" in {duty.rule for duty in duties_of_item(street, key)}


def test_the_programme_above_covers_the_units_below(street: Office) -> None:
    found = programme_for(street, key_of(street, "E"), YEAR)
    assert found is not None
    assert found.unit_code == "S"
    assert programme_for(street, key_of(street, "S"), YEAR + 1) is None
    assert draw_up(street, key_of(street, "E"), YEAR).added == 0
    nearer = programme_for(street, key_of(street, "E"), YEAR)
    assert nearer is not None
    assert nearer.unit_code == "E"


@pytest.mark.parametrize(("year", "words"), [(2025, "已经过去"), (1800, "不是可以编制计划的年度")])
def test_a_year_that_is_over_or_far_is_refused(street: Office, year: int, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        draw_up(street, key_of(street, "S"), year)


def test_a_year_without_programme_is_said(street: Office) -> None:
    with pytest.raises(NotFound):
        programme(street, "E")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"unit_code": "110102"}, "unit_code"),
        ({"unit_code": "?"}, "unit_code"),
        ({"planned_on": date(YEAR + 1, 1, 1)}, "planned_on"),
        ({"expected": -1}, "expected"),
        ({"budget": -0.5}, "budget"),
        ({"plan_number": "?"}, "plan_number"),
        ({"content": "both"}, "content"),
        ({"title": " "}, "title"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(street: Office, said: dict[str, Any], field: str) -> None:
    count = len(items(street))
    with pytest.raises(InvalidInput) as refusal:
        save_items(street, [entry(street, **said)])
    assert {problem.field for problem in refusal.value.problems} == {field}
    assert len(items(street)) == count


def test_an_item_is_changed_and_somebody_elses_change_is_not_lost(street: Office) -> None:
    before = one(street, "街道防汛应急预案")
    editing = Saving(editing=Editing(before.id, before.revision))
    said = {"title": "防汛综合演练", "planned_on": before.planned_on, "expected": 60, "budget": 1500.5}
    assert save_items(street, [entry(street, **said)], editing).updated == 1
    found = item_named(street, before.id)
    assert (found.title, found.expected, found.budget) == ("防汛综合演练", 60, 1500.5)
    assert found.plan_number == "S-1"
    with pytest.raises(Conflict):
        save_items(street, [entry(street, title="x")], editing)


def test_a_dry_run_writes_nothing(street: Office) -> None:
    count, journal = len(items(street)), commands(street)
    save_items(street, [entry(street)], Saving(dry_run=True))
    assert (len(items(street)), commands(street)) == (count, journal)


def test_approval_and_publication_come_in_order(street: Office) -> None:
    key = programme(street).id
    with pytest.raises(InvalidInput):
        publish(street, key, day=TODAY)
    with pytest.raises(InvalidInput):
        approve(street, key, day=date(2027, 1, 1))
    approve(street, key, day=date(2026, 11, 20), by="王芳")
    with pytest.raises(InvalidInput):
        approve(street, key, day=TODAY)
    with pytest.raises(InvalidInput):
        publish(street, key, day=date(2026, 11, 19))
    publish(street, key, day=date(2026, 11, 23), document="德街发〔2026〕8号")
    found = programme(street)
    assert (found.state, found.approved_by, found.document) == ("published", "王芳", "德街发〔2026〕8号")
    [row] = first_rows(street, PROGRAMMES, View(unit_id=key_of(street, "S")), 9)
    assert row == found


def test_an_empty_programme_is_not_approved(street: Office) -> None:
    key = draw_up(street, key_of(street, "E"), YEAR).programme_id
    with pytest.raises(InvalidInput):
        approve(street, key, day=TODAY)


def test_after_the_approval_every_change_keeps_its_reason(street: Office) -> None:
    flood = one(street, "街道防汛应急预案")
    approve(street, programme(street).id, day=TODAY)
    with pytest.raises(InvalidInput) as refusal:
        move_items(street, [flood.id], date(YEAR, 5, 20), is_day_fixed=True)
    assert refusal.value.field == "reason"
    assert item_named(street, flood.id).planned_on == flood.planned_on
    with pytest.raises(InvalidInput):
        save_items(street, [entry(street)])
    move_items(street, [flood.id], date(YEAR, 5, 20), is_day_fixed=True, reason="与市级演练错开")
    save_items(street, [entry(street, reason="上级新增要求")])
    drop_items(street, [flood.id], "场地不具备条件")
    told = changes_of(street, programme(street).id)
    assert [change.reason for change in told] == ["场地不具备条件", "上级新增要求", "与市级演练错开"]
    assert told[-1].fields["planned_on"] == [flood.planned_on.isoformat(), "2027-05-20"]
    assert len(changes_of(street, programme(street).id, flood.id)) == 2


def test_scheduling_makes_numbered_drills_that_follow_their_items(street: Office) -> None:
    flood, fire = one(street, "街道防汛应急预案"), one(street, "加油站火灾现场处置方案")
    editing = Saving(editing=Editing(flood.id, flood.revision))
    save_items(street, [entry(street, title=flood.title, planned_on=flood.planned_on, budget=900)], editing)
    done = schedule_items(street, [flood.id, fire.id])
    assert done.numbers == ("E-YL-2027-01", "S-YL-2027-01") or done.numbers == (
        "S-YL-2027-01",
        "E-YL-2027-01",
    )
    by_number = {drill.number: drill for drill in drills(street)}
    made = by_number["S-YL-2027-01"]
    assert (made.title, made.plan_number, made.planned_on) == (flood.title, "S-1", flood.planned_on)
    assert item_named(street, flood.id).state == "scheduled"
    move_items(street, [flood.id], date(YEAR, 5, 25), is_day_fixed=True)
    assert {drill.number: drill.planned_on for drill in drills(street)}["S-YL-2027-01"] == date(YEAR, 5, 25)
    again = schedule_items(street, [flood.id, one(street, "加油站综合应急预案").id])
    assert len(again.numbers) == 1
    assert flood.title in again.refused[0]
    with pytest.raises(InvalidInput):
        schedule_items(street, [flood.id])


def test_of_two_seats_only_one_schedules_an_item(street: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    flood = one(street, "街道防汛应急预案")
    numbered = scheduling.next_drill_numbers

    def while_another_seat_schedules(*given: Any) -> list[str]:
        monkeypatch.setattr(scheduling, "next_drill_numbers", numbered)
        found = numbered(*given)
        schedule_items(street, [flood.id])
        return found

    monkeypatch.setattr(scheduling, "next_drill_numbers", while_another_seat_schedules)
    with pytest.raises(Conflict):
        schedule_items(street, [flood.id])
    assert [drill.title for drill in drills(street)] == [flood.title]


def test_dropping_gives_back_what_was_set_aside(street: Office) -> None:
    flood = one(street, "街道防汛应急预案")
    schedule_items(street, [flood.id])
    stock(street, ("A", 10, None))
    move(street, ("A", 5, "in", flood.planned_on, None))
    (drill,) = drills(street)
    (offer,) = offers(street, drill.id)
    line = SupplyLine(storehouse_id=offer.storehouse_id, lot_id=offer.lot_id, reserved=15)
    save_record(street, drill.id, drill.revision, RecordParts(supplies=(line,)))
    with pytest.raises(InvalidInput):
        move_items(street, [flood.id], date(YEAR, 1, 11), is_day_fixed=True)
    drop_items(street, [flood.id], "取消")
    assert drill_record(street, drill.id).supplies == ()


def test_all_of_a_month_are_scheduled_at_once_each_with_its_own_number(street: Office) -> None:
    month = items(street)[0].planned_on.month
    waiting = items_of_month(street, programme(street).id, month)
    done = schedule_items(street, waiting)
    assert len(set(done.numbers)) == len(waiting)
    assert items_of_month(street, programme(street).id, month) == []
    with pytest.raises(InvalidInput):
        items_of_month(street, programme(street).id, 13)


def test_a_drill_that_has_begun_holds_its_item(street: Office) -> None:
    flood = one(street, "街道防汛应急预案")
    [number] = schedule_items(street, [flood.id]).numbers
    start = datetime(YEAR, 5, 20, 1, tzinfo=UTC)
    save_drills(
        street,
        [DrillEntry(number=number, unit_code="S", title=flood.title, planned_on=flood.planned_on, started_at=start,
                    ended_at=start.replace(hour=3))],
    )  # fmt: skip
    street.as_of = date(YEAR, 5, 21)
    assert item_named(street, flood.id).state == "held"
    with pytest.raises(InvalidInput):
        drop_items(street, [flood.id], "x")


def test_dropping_takes_the_drill_out_of_use_and_putting_back_asks_for_another(street: Office) -> None:
    flood = one(street, "街道防汛应急预案")
    schedule_items(street, [flood.id])
    drop_items(street, [flood.id], "取消")
    assert [drill.number for drill in drills(street)] == []
    with pytest.raises(InvalidInput):
        move_items(street, [flood.id], date(YEAR, 5, 20), is_day_fixed=True)
    restore_items(street, [flood.id])
    assert item_named(street, flood.id).state == "planned"
    assert schedule_items(street, [flood.id]).numbers == ("S-YL-2027-02",)
    with pytest.raises(InvalidInput):
        drop_items(street, [flood.id], " ")


def test_a_plan_that_is_not_in_force_keeps_its_drill_from_being_scheduled(street: Office) -> None:
    from drillapp.core.plans.commands import save_plans
    from drillapp.core.plans.entries import PlanEntry

    save_plans(street, [PlanEntry(number="S-9", title="草案", unit_code="S")])
    [key] = save_items(street, [entry(street, plan_number="S-9")]).ids
    assert key is not None
    with pytest.raises(InvalidInput, match="反恐演练"):
        schedule_items(street, [key])
    assert item_named(street, key).drill_number is None


def test_progress_counts_each_state_by_month_and_unit(street: Office) -> None:
    flood = one(street, "街道防汛应急预案")
    before = items(street)
    drop_items(street, [before[-1].id], "取消")
    schedule_items(street, [flood.id])
    street.as_of = date(YEAR, 7, 1)
    found = items(street)
    months = progress_by_month(street, programme(street).id)
    assert len(months) == 12
    for state in ("planned", "scheduled", "held", "late", "dropped"):
        assert sum(getattr(row, state) for row in months) == sum(item.state == state for item in found)
        for row in months:
            of_month = [item for item in found if item.planned_on.month == row.month]
            assert getattr(row, state) == sum(item.state == state for item in of_month)
    units = progress_by_unit(street, programme(street).id)
    assert [row.unit for row in units] == sorted({item.unit_code for item in found})
    assert [row.unit for row in progress_by_unit(street, programme(street).id, key_of(street, "E"))] == ["E"]
    view = View(
        choices={"state": ("late",)}, conditions=(Condition("programme_id", "=", programme(street).id),)
    )
    late = first_rows(street, PROGRAMME_ITEMS, view, 100)
    assert {row.id for row in late} == {item.id for item in found if item.state == "late"}


def test_only_the_month_counts_where_only_the_month_is_settled(street: Office) -> None:
    flood = one(street, "街道防汛应急预案")
    street.as_of = flood.planned_on.replace(day=28)
    assert item_named(street, flood.id).state == "planned"
    move_items(street, [flood.id], flood.planned_on.replace(day=5), is_day_fixed=True)
    assert item_named(street, flood.id).state == "late"


def test_a_drill_comes_again_on_working_days_of_the_periods(street: Office) -> None:
    [key] = save_items(street, [entry(street, planned_on=date(YEAR, 1, 31), title="消防疏散")]).ids
    assert key is not None
    repeat_item(street, key, "quarterly")
    days = [item.planned_on for item in by_title(items(street), "消防疏散")]
    assert [day.month for day in days] == [1, 4, 7, 10]
    assert all(day.weekday() < 5 for day in days[1:])
    with pytest.raises(InvalidInput):
        repeat_item(street, key, "monthly", until=date(YEAR, 2, 1))
    with pytest.raises(InvalidInput):
        repeat_item(street, key, "sometimes")


def test_each_command_is_one_entry_in_the_journal(street: Office) -> None:
    flood = one(street, "街道防汛应急预案")
    before = len(commands(street))
    move_items(street, [flood.id], date(YEAR, 5, 20), is_day_fixed=True)
    schedule_items(street, [flood.id])
    assert commands(street)[before:] == ["move programme items", "save drills"]


def test_drills_that_are_scheduled_already_are_taken_over_with_what_they_settle(office: Office) -> None:
    fill(office)
    save_drills(
        office,
        [
            DrillEntry(
                number="S-YL-2027-01", unit_code="S", title="汛前演练", planned_on=date(YEAR, 2, 16),
                plan_number="S-1", place="积水潭桥", expected=40,
            ),
            DrillEntry(number="S-SJ-01", unit_code="S", title="暴雨", planned_on=date(YEAR, 2, 17), kind="event"),
        ],
    )  # fmt: skip
    draw_up(office, key_of(office, "S"), YEAR)
    [taken] = [item for item in items(office) if item.drill_number]
    assert (taken.title, taken.state, taken.place, taken.expected) == (
        "汛前演练",
        "scheduled",
        "积水潭桥",
        40,
    )
    assert "DR-07" in {duty.rule for duty in duties_of_item(office, taken.id)}
    assert draw_up(office, key_of(office, "S"), YEAR).added == 0
