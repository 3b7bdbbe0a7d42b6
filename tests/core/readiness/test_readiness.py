"""Readiness equals what a person would count by hand, for any facts and any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

import pytest

from drillapp.core.cards.commands import save_cards
from drillapp.core.cards.entries import CardEntry
from drillapp.core.clock import FixedClock
from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.readiness.formula import Value, formula, score
from drillapp.core.readiness.months import trend
from drillapp.core.readiness.queries import evidence, readiness
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.rules.book import national_rules
from drillapp.core.rules.queries import obligations
from drillapp.core.units.commands import save_posts, save_units
from drillapp.core.units.entries import PostEntry, UnitEntry
from tests.core.rules.district import random_facts
from tests.core.rules.entering import enter

TODAY = date(2026, 11, 24)


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    with Office.open(office_location, clock=clock) as opened:
        save_units(
            opened,
            [
                UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102"),
                UnitEntry(code="C", name="社区", kind="community", parent_code="S"),
                UnitEntry(code="E", name="加油站", kind="enterprise", parent_code="S", high_risk=True),
                UnitEntry(code="O", name="其他", kind="other", parent_code="S"),
            ],
        )
        yield opened


def drilled(number: str, unit: str, day: date, **more: object) -> DrillEntry:
    begin = datetime(day.year, day.month, day.day, 9, tzinfo=BEIJING)
    return DrillEntry(
        number=number, unit_code=unit, title="演练", planned_on=day, started_at=begin,
        ended_at=begin + timedelta(hours=1), **more,
    )  # type: ignore[arg-type]  # fmt: skip


def of(office: Office, code: str) -> UnitReadiness:
    """By the first formula, of five indicators, so that each figure is that of one or two rules."""
    return next(row for row in readiness(office, version="2026-1") if row.unit == code)


def pair(row: UnitReadiness, indicator: str) -> tuple[int, int]:
    return row.indicators[indicator].met, row.indicators[indicator].asked


def test_without_facts_everything_asked_is_without_data(office: Office) -> None:
    row = of(office, "E")
    assert pair(row, "plans") == (0, 1)
    assert pair(row, "drills") == (0, 3)
    assert row.score is None
    assert row.grade is None
    assert row.confidence == 0
    assert (row.units, row.reported) == (1, 0)


def test_a_unit_of_which_nothing_is_asked_has_no_score(office: Office) -> None:
    row = of(office, "O")
    assert row.score is None
    assert row.grade is None


def test_a_plan_counts_from_the_day_it_is_in_force_to_the_day_it_is_retired(office: Office) -> None:
    save_plans(
        office,
        [PlanEntry(number="P", title="预案", unit_code="E", approved_on=date(2025, 1, 10),
                   published_on=date(2025, 1, 20), retired_on=date(2026, 6, 1))],
    )  # fmt: skip
    seen = {}
    for day in (date(2025, 1, 19), date(2025, 1, 20), date(2026, 5, 31), date(2026, 6, 1)):
        office.as_of = day
        seen[day] = pair(of(office, "E"), "plans")
    assert list(seen.values()) == [(0, 1), (2, 2), (2, 2), (0, 1)]


def test_a_plan_must_be_assessed_within_three_years(office: Office) -> None:
    save_plans(office, [PlanEntry(number="P", title="预案", unit_code="E", approved_on=date(2023, 11, 24))])
    assert pair(of(office, "E"), "plans") == (2, 2)
    office.as_of = date(2026, 11, 25)
    assert pair(of(office, "E"), "plans") == (1, 2)
    save_plans(
        office,
        [PlanEntry(number="P", title="预案", unit_code="E", assessed_on=date(2026, 11, 25))],
    )
    assert pair(of(office, "E"), "plans") == (2, 2)


@pytest.mark.parametrize(
    ("day", "met_and_asked"),
    [
        (TODAY, (2, 3)),  # every half-year and every year; it was no fire drill
        (date(2026, 7, 1), (2, 3)),
        (date(2026, 6, 30), (1, 2)),  # this year's is held; this half-year's is not late before 31 December
        (date(2025, 12, 31), (0, 2)),  # the first half of 2026 was missed; this year's is not late yet
    ],
)
def test_what_a_high_risk_unit_must_have_drilled(
    office: Office, day: date, met_and_asked: tuple[int, int]
) -> None:
    save_drills(office, [drilled("D", "E", day)])
    assert pair(of(office, "E"), "drills") == met_and_asked


def test_one_drill_settles_each_rule_that_it_fits(office: Office) -> None:
    save_drills(office, [drilled("D", "E", TODAY, hazard="火灾")])
    assert pair(of(office, "E"), "drills") == (3, 3)


def test_logging_a_drill_raises_the_score_of_its_unit_and_of_all_above(office: Office) -> None:
    before = {row.unit: row.score or 0 for row in readiness(office)}
    save_drills(office, [drilled("D", "E", TODAY)])
    after = {row.unit: row.score or 0 for row in readiness(office)}
    assert all(after[unit] > before[unit] for unit in ("E", "S", "110102"))
    assert after["C"] == before["C"]


def test_a_new_unit_has_its_interval_before_it_is_late(office: Office) -> None:
    save_units(
        office,
        [UnitEntry(code="N", name="新", kind="enterprise", parent_code="S", valid_from=date(2026, 9, 1))],
    )
    assert pair(of(office, "N"), "drills") == (0, 0)
    duties = obligations(office, office_unit(office, "N"), settled_by=("drill_held",))
    assert {(duty.rule, duty.state, duty.due_on) for duty in duties} == {
        ("DR-08", "due", date(2027, 12, 31)),
        ("DR-11", "due", date(2027, 12, 31)),
    }


def test_a_closed_unit_is_not_asked_anything(office: Office) -> None:
    save_units(office, [UnitEntry(code="E", name="加油站", valid_to=date(2026, 1, 1))])
    assert "E" not in {row.unit for row in readiness(office)}
    office.as_of = date(2025, 12, 31)
    assert "E" in {row.unit for row in readiness(office)}


def test_corrections_count_once_they_are_due(office: Office) -> None:
    save_drills(office, [drilled("D", "E", date(2026, 11, 2))])
    save_findings(
        office,
        [
            FindingEntry(drill_number="D", number="1", text="a", due_on=date(2026, 11, 20)),
            FindingEntry(drill_number="D", number="2", text="b", due_on=date(2026, 11, 30)),
            FindingEntry(drill_number="D", number="3", text="c", due_on=date(2026, 11, 30), done_on=TODAY),
            FindingEntry(drill_number="D", number="4", text="d", unit_code="C"),
        ],
    )
    assert pair(of(office, "E"), "corrections") == (1, 2)
    assert pair(of(office, "C"), "corrections") == (0, 0)
    office.as_of = date(2026, 12, 3)
    assert pair(of(office, "E"), "corrections") == (1, 3)
    assert pair(of(office, "C"), "corrections") == (0, 1)


def test_key_posts_need_an_issued_card(office: Office) -> None:
    save_posts(office, [PostEntry(unit_code="E", name=name, key_post=name != "c") for name in "abc"])
    save_cards(
        office,
        [
            CardEntry(number="1", unit_code="E", post="a", issued_on=TODAY),
            CardEntry(number="2", unit_code="E", post="b", issued_on=TODAY + timedelta(days=1)),
            CardEntry(number="3", unit_code="E", post="c"),
        ],
    )
    assert pair(of(office, "E"), "cards") == (1, 2)
    rows = evidence(office, office_unit(office, "S"), "cards", rule="PL-14")
    assert {(row.subject, row.state, *row.evidence) for row in rows} == {("a", "met", "1"), ("b", "overdue")}


def test_each_figure_is_the_number_of_rows_behind_it(office: Office) -> None:
    save_drills(office, [drilled("D", "E", TODAY), drilled("D2", "C", date(2025, 1, 2))])
    save_plans(office, [PlanEntry(number="P", title="预案", unit_code="C", approved_on=date(2020, 1, 1))])
    for row in readiness(office):
        for indicator, value in row.indicators.items():
            behind = evidence(office, row.unit_id, indicator)
            assert (value.met, value.asked) == (sum(one.state == "met" for one in behind), len(behind))


def test_a_unit_has_the_same_figures_by_itself_as_among_all(office: Office) -> None:
    enter(office, random_facts(Random(1)))
    for day in (date(2024, 6, 30), TODAY):
        office.as_of = day
        everything = readiness(office)
        assert sum(row.indicators["supplies"].own_asked for row in everything) > 0
        for row in everything:
            assert readiness(office, row.unit_id)[0] == row
            assert trend(office, row.unit_id, 1)[-1].readiness == row


def test_the_trend_ends_with_today_and_repeats_what_as_of_says(office: Office) -> None:
    save_drills(office, [drilled("D", "E", date(2026, 8, 15))])
    unit = office_unit(office, "E")
    points = trend(office, unit, 6)
    assert [point.as_of for point in points][-2:] == [date(2026, 10, 31), TODAY]
    assert [point.readiness.indicators["drills"].met for point in points] == [0, 0, 2, 2, 2, 2]
    office.as_of = points[2].as_of
    assert readiness(office, unit)[0] == points[2].readiness


def test_the_score_is_the_weighted_mean_over_what_is_asked() -> None:
    values = {
        "plans": Value(25, 1, 2, 2, 0, 0, 0),
        "drills": Value(25, 1, 1, 3, 0, 0, 0),
        "cards": Value(15, 0, 0, 2, 0, 0, 0),
        "supplies": Value(20, 1, 4, 4, 0, 0, 0),
    }
    assert score(values) == round(100 * (25 * 0.5 + 25 + 20 * 0.25) / 70, 1)
    assert score({"cards": Value(15, 0, 0, 2, 0, 0, 0)}) is None


def test_grades_follow_the_table() -> None:
    assert [formula().grade_of(points) for points in (100, 85, 84.9, 70, 69.9, 55, 54.9, 0)] == list(
        "AABBCCDD"
    )


def test_the_formula_names_only_rules_that_there_are() -> None:
    settled = {one for indicator in formula().indicator for one in indicator.settled_by}
    settled |= {floor.broken_by for floor in formula().floor}
    assert settled == {rule.settled_by for rule in national_rules()}


def office_unit(office: Office, code: str) -> int:
    return next(row.unit_id for row in readiness(office) if row.unit == code)
