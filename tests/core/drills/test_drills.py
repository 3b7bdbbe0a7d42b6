"""Drills test a plan that is in force on their day; their log only grows; their findings are put right in order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from drillapp.core.drills.commands import save_drill_log, save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry, LogEntry
from drillapp.core.drills.queries import DRILLS, FINDINGS, LOG, next_drills
from drillapp.core.drills.rows import DrillRow
from drillapp.core.errors import Denied, InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.saving import Editing, Saving
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

OWN = "110102"
DAY = date(2026, 5, 12)
START = datetime(2026, 5, 12, 9, 30, tzinfo=BEIJING)


def drill(number: str = "D1", **said: Any) -> DrillEntry:
    return DrillEntry(**{"number": number, "unit_code": OWN, "title": "防汛演练", "planned_on": DAY} | said)


def row(office: Office, number: str = "D1") -> DrillRow:
    [found] = [found for found in first_rows(office, DRILLS, View(), 100) if found.number == number]
    return found


def refused(office: Office, **said: Any) -> set[str]:
    with pytest.raises(InvalidInput) as refusal:
        save_drills(office, [drill(**said)])
    return {problem.field for problem in refusal.value.problems}


def test_a_drill_is_kept_with_all_its_fields(office: Office) -> None:
    said = {
        "content": "single", "form": "live", "purpose": "testing", "started_at": START,
        "ended_at": START + timedelta(hours=2), "place": "西直门桥", "leader": "王芳", "expected": 60, "participants": 58,
        "rating": "good", "third_party": True, "reported_on": date(2026, 5, 20),
    }  # fmt: skip
    save_drills(office, [drill(**said)])
    found = row(office)
    assert {name: getattr(found, name) for name in said} == said
    assert found.state == "reported"
    again = drill(**said | {"started_at": START.astimezone(UTC)})
    assert save_drills(office, [again]).unchanged == 1


@pytest.mark.parametrize("dates", ["planned", "started"])
def test_its_plan_is_in_force_on_its_day(office: Office, dates: str) -> None:
    begin, end = date(2025, 3, 1), date(2026, 3, 1)
    plan = PlanEntry(number="P", title="预案", unit_code=OWN, published_on=begin, retired_on=end)
    save_plans(office, [plan, PlanEntry(number="DRAFT", title="预案", unit_code=OWN)])

    def on(day: date) -> dict[str, Any]:
        if dates == "planned":
            return {"planned_on": day}
        # One minute after midnight in Beijing is still the day before in UTC.
        return {
            "planned_on": date(2024, 1, 1),
            "started_at": datetime(day.year, day.month, day.day, 0, 1, tzinfo=BEIJING),
        }

    one = timedelta(days=1)
    assert refused(office, plan_number="P", **on(begin - one)) == {"plan_number"}
    assert refused(office, plan_number="P", **on(end)) == {"plan_number"}
    assert refused(office, plan_number="DRAFT", **on(begin)) == {"plan_number"}
    assert refused(office, plan_number="X", **on(begin)) == {"plan_number"}
    save_drills(
        office, [drill("D1", plan_number="P", **on(begin)), drill("D2", plan_number="P", **on(end - one))]
    )
    assert (row(office).plan_number, row(office).plan_title) == ("P", "预案")


def test_a_plan_may_be_named_by_its_title(office: Office) -> None:
    plans = [
        PlanEntry(number=number, title=title, unit_code=OWN, approved_on=date(2025, 3, 1))
        for number, title in (("P1", "防汛预案"), ("P2", "防火预案"), ("P3", "防火预案"))
    ]
    save_plans(office, plans)
    save_drills(office, [drill(plan_number="防汛预案")])
    assert row(office).plan_number == "P1"
    for said, told in (
        ("防火预案", "P2, P3"),
        ("防震预案", "没有名称或编号为“防震预案”的预案"),
        ("P9", "没有编号为“P9”的预案"),
    ):
        with pytest.raises(InvalidInput, match=told):
            save_drills(office, [drill("D2", plan_number=said)])
    below = PlanEntry(number="P4", title="街道防汛预案", unit_code=OWN, parent_number="防汛预案")
    assert save_plans(office, [below]).created == 1


def test_a_plan_that_is_only_approved_can_be_drilled(office: Office) -> None:
    save_plans(office, [PlanEntry(number="P", title="预案", unit_code=OWN, approved_on=DAY)])
    save_drills(office, [drill(plan_number="P")])
    assert refused(office, plan_number="P", planned_on=DAY - timedelta(days=1)) == {"plan_number"}


def test_times_follow_one_another(office: Office) -> None:
    minute = timedelta(minutes=1)
    assert refused(office, started_at=START, ended_at=START - minute) == {"ended_at"}
    assert refused(office, started_at=None, ended_at=START) == {"started_at"}
    assert refused(office, started_at=START, reported_on=DAY - timedelta(days=1)) == {"reported_on"}
    assert refused(office, expected=-1, participants=-1) == {"expected", "participants"}
    assert refused(office, form="x", rating="x", content="x", purpose="x") == {
        "form",
        "rating",
        "content",
        "purpose",
    }
    save_drills(office, [drill(started_at=START, ended_at=START, reported_on=DAY)])


def test_the_state_on_a_day_follows_from_what_had_happened(office: Office) -> None:
    late = datetime(2026, 5, 14, 23, 30, tzinfo=BEIJING)
    save_drills(
        office, [drill(started_at=late, ended_at=late + timedelta(hours=1), reported_on=date(2026, 5, 20))]
    )
    states = []
    for day in (12, 13, 14, 15, 19, 20):
        office.as_of = date(2026, 5, day)
        states.append(row(office).state)
    assert states == ["planned", "overdue", "running", "held", "held", "reported"]


def test_a_record_without_times_is_told_to_count_as_not_held(office: Office) -> None:
    entries = [
        drill("A", planned_on=DAY, participants=30),
        drill("B", planned_on=DAY, rating="good"),
        drill("C", planned_on=DAY),
        drill("D", planned_on=DAY, participants=30, started_at=START, ended_at=START),
    ]
    notes = save_drills(office, entries).notes
    assert [(note.index, note.field) for note in notes] == [(0, "started_at")]
    assert "2" in notes[0].message, "one word for all of them"
    assert save_drills(office, entries).notes == (), "it is known by then"


def test_next_drills_are_those_to_come_soonest_first(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲", parent_code=OWN)])
    days = {"YESTERDAY": -1, "TODAY": 0, "LAST": 90, "TOO_LATE": 91, "SOON": 5}
    today = office.as_of
    save_drills(
        office, [drill(n, planned_on=today + timedelta(days=d), unit_code="A") for n, d in days.items()]
    )
    save_drills(office, [drill("HELD", planned_on=today, started_at=START)])
    save_drills(office, [drill("FLOOD", planned_on=today, kind="event")])
    assert [found.number for found in next_drills(office, None)] == ["TODAY", "SOON", "LAST"]
    assert [found.number for found in next_drills(office, office.unit_id, limit=1)] == ["TODAY"]


# The log ---------------------------------------------------------------------------------------------------------


def line(text: str, minute: int = 0, **said: Any) -> LogEntry:
    return LogEntry(drill_number="D1", at=START + timedelta(minutes=minute), text=text, **said)


def log(office: Office) -> list[tuple[str, str | None]]:
    return [(found.text, found.who) for found in first_rows(office, LOG, View(), 100)]


def test_the_log_only_grows(office: Office) -> None:
    save_drills(office, [drill()])
    save_drill_log(office, [line("警报响起", 0, who="李"), line("疏散开始", 5)])
    saved = save_drill_log(office, [line("疏散开始", 5), line("疏散完成", 9), line("警报响起", 0, who="王")])
    assert (saved.created, saved.updated, saved.unchanged) == (2, 0, 1)
    assert sorted(log(office), key=str) == sorted(
        [("警报响起", "李"), ("警报响起", "王"), ("疏散开始", None), ("疏散完成", None)], key=str
    )
    first = first_rows(office, LOG, View(), 1)[0]
    with pytest.raises(Denied):
        save_drill_log(office, [line("没有警报")], Saving(editing=Editing(first.id, first.revision)))
    assert len(log(office)) == 4


def test_a_log_line_belongs_to_a_drill(office: Office) -> None:
    with pytest.raises(InvalidInput) as refusal:
        save_drill_log(office, [line("警报响起")])
    assert refusal.value.field == "drill_number"


# Findings --------------------------------------------------------------------------------------------------------


def finding(number: str = "1", **said: Any) -> FindingEntry:
    return FindingEntry(**{"drill_number": "D1", "number": number, "text": "疏散通道堵塞"} | said)


def test_a_finding_is_its_drills_units_unless_another_is_named(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="甲"), UnitEntry(code="B", name="乙")])
    save_drills(office, [drill(unit_code="A")])
    save_findings(office, [finding("1"), finding("2", unit_code="B"), finding("3", unit_code=None)])
    assert units_of_findings(office) == {"1": "A", "2": "B", "3": "A"}
    save_findings(office, [finding("2", text="改过的文字"), finding("1", unit_code="B"), finding("3")])
    assert units_of_findings(office) == {"1": "B", "2": "B", "3": "A"}
    assert row(office).findings == 3


def units_of_findings(office: Office) -> dict[str, str]:
    return {found.number: found.unit_code for found in first_rows(office, FINDINGS, View(), 100)}


def test_the_same_finding_number_in_two_drills_are_two_findings(office: Office) -> None:
    save_drills(office, [drill("D1"), drill("D2")])
    saved = save_findings(office, [finding("1"), finding("1", drill_number="D2")])
    assert saved.created == 2
    with pytest.raises(InvalidInput) as refusal:
        save_findings(office, [finding("2"), finding("2")])
    assert [(problem.index, problem.field) for problem in refusal.value.problems] == [(1, "number")]


def test_an_action_is_done_before_it_is_verified(office: Office) -> None:
    save_drills(office, [drill()])
    wrong = [
        (finding(done_on=DAY, verified_on=DAY - timedelta(days=1)), "verified_on"),
        (finding(done_on=None, verified_on=DAY), "done_on"),
        (finding(drill_number="X"), "drill_number"),
        (finding(unit_code="X"), "unit_code"),
        (finding(severity="x"), "severity"),
    ]
    for entry, field in wrong:
        with pytest.raises(InvalidInput) as refusal:
            save_findings(office, [entry])
        assert [problem.field for problem in refusal.value.problems] == [field]


def test_how_far_a_correction_is_on_a_day(office: Office) -> None:
    save_drills(office, [drill()])
    save_findings(
        office, [finding(due_on=date(2026, 6, 1), done_on=date(2026, 6, 5), verified_on=date(2026, 6, 9))]
    )
    states = []
    for day in (1, 2, 5, 8, 9):
        office.as_of = date(2026, 6, day)
        states.append(first_rows(office, FINDINGS, View(), 1)[0].state)
    assert states == ["open", "overdue", "done", "done", "verified"]


def test_a_changed_finding_tells_its_unit(office: Office) -> None:
    save_drills(office, [drill()])
    save_findings(office, [finding()])
    assert save_findings(office, [finding(action="清理")]).changes.unit_ids == {office.unit_id}
    save_units(office, [UnitEntry(code="A", name="甲")])
    moved = save_findings(office, [finding(unit_code="A")]).changes.unit_ids
    assert moved is not None
    assert moved > {office.unit_id}
