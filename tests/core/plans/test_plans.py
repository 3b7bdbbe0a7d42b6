"""Plans live by dated events: what they are on a day follows from what had happened by then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.queries import PLANS, PlanRow
from drillapp.core.saving import Editing, Saved, Saving

OWN = "110102"


def plan(number: str = "P1", **said: Any) -> PlanEntry:
    return PlanEntry(**{"number": number, "title": "防汛应急预案", "unit_code": OWN} | said)


def row(office: Office, number: str = "P1") -> PlanRow:
    [found] = [
        found for found in first_rows(office, PLANS, View(retired=True), 100) if found.number == number
    ]
    return found


def refused(office: Office, **said: Any) -> set[str]:
    with pytest.raises(InvalidInput) as refusal:
        save_plans(office, [plan(**said)])
    return {problem.field for problem in refusal.value.problems}


def test_a_plan_is_kept_with_all_its_fields(office: Office) -> None:
    said = {
        "tier": "district", "kind": "special", "hazard": "洪涝", "version": "3", "approved_on": date(2024, 3, 1),
        "published_on": date(2024, 3, 5), "filed_on": date(2024, 3, 20), "filing_number": "京西备〔2024〕7号",
        "assessed_on": date(2026, 3, 1), "retired_on": date(2030, 1, 1),
    }  # fmt: skip
    save_plans(office, [plan("P0"), plan(parent_number="P0", **said)])
    found = row(office)
    assert {name: getattr(found, name) for name in said} == said
    assert (found.parent_number, found.unit_code, found.state) == ("P0", OWN, "in_force")
    assert save_plans(office, [plan(parent_number="P0", **said)]) == Saved(unchanged=1, ids=(found.id,))


def test_events_come_in_the_order_of_the_law(office: Office) -> None:
    day, before = date(2025, 5, 10), date(2025, 5, 9)
    assert refused(office, approved_on=day, published_on=before) == {"published_on"}
    assert refused(office, published_on=day, filed_on=before) == {"filed_on"}
    assert refused(office, approved_on=day, filed_on=before) == {"filed_on"}
    assert refused(office, approved_on=day, assessed_on=before) == {"assessed_on"}
    assert refused(office, published_on=day, retired_on=before) == {"retired_on"}
    save_plans(
        office, [plan(approved_on=day, published_on=day, filed_on=day, assessed_on=day, retired_on=day)]
    )


def test_a_filing_number_belongs_to_a_filing(office: Office) -> None:
    assert refused(office, filing_number="7号") == {"filed_on"}
    assert refused(office, filing_number="7号", filed_on=None) == {"filed_on"}
    save_plans(office, [plan(filed_on=date(2024, 1, 1), filing_number="7号")])
    save_plans(office, [plan(filing_number="8号")])
    assert row(office).filing_number == "8号"
    save_plans(office, [plan(filing_number=None)])
    assert row(office).filing_number is None


def test_the_state_on_a_day_follows_from_the_events_by_then(office: Office) -> None:
    save_plans(
        office,
        [plan(approved_on=date(2020, 3, 1), published_on=date(2020, 3, 10), retired_on=date(2026, 1, 1))],
    )
    save_plans(office, [plan(assessed_on=date(2023, 9, 1))])
    states = {}
    for day in (
        date(2020, 2, 29), date(2020, 3, 1), date(2020, 3, 9), date(2020, 3, 10), date(2023, 3, 10), date(2023, 3, 11),
        date(2023, 9, 1), date(2025, 12, 31), date(2026, 1, 1),
    ):  # fmt: skip
        office.as_of = day
        states[day.isoformat()] = row(office).state
    assert states == {
        "2020-02-29": "draft",
        "2020-03-01": "approved",
        "2020-03-09": "approved",
        "2020-03-10": "in_force",
        "2023-03-10": "in_force",
        "2023-03-11": "assessment_due",
        "2023-09-01": "in_force",
        "2025-12-31": "in_force",
        "2026-01-01": "retired",
    }


def test_a_retired_plan_leaves_the_list_on_its_day(office: Office) -> None:
    save_plans(office, [plan(approved_on=date(2020, 1, 1), retired_on=date(2026, 6, 1))])
    office.as_of = date(2026, 5, 31)
    assert len(first_rows(office, PLANS, View(), 10)) == 1
    office.as_of = date(2026, 6, 1)
    assert first_rows(office, PLANS, View(), 10) == []
    assert len(first_rows(office, PLANS, View(retired=True), 10)) == 1


def test_a_later_date_is_a_further_event(office: Office) -> None:
    save_plans(office, [plan(approved_on=date(2018, 1, 1), assessed_on=date(2021, 1, 1))])
    save_plans(office, [plan(assessed_on=date(2024, 1, 1))])
    assert dates(office, date(2023, 1, 1), date(2026, 1, 1)) == [date(2021, 1, 1), date(2024, 1, 1)]


def test_an_earlier_date_corrects_what_is_later(office: Office) -> None:
    save_plans(office, [plan(approved_on=date(2018, 1, 1), assessed_on=date(2021, 1, 1))])
    save_plans(office, [plan(assessed_on=date(2024, 1, 1))])
    save_plans(office, [plan(assessed_on=date(2023, 12, 1))])
    assert dates(office, date(2023, 1, 1), date(2026, 1, 1)) == [date(2021, 1, 1), date(2023, 12, 1)]
    # Whatever was there before, after saving a date that date is the latest, and saving it again changes nothing.
    for day in (date(2021, 1, 1), date(2019, 1, 1)):
        assert save_plans(office, [plan(assessed_on=day)]).updated == 1
        assert row(office).assessed_on == day
        assert save_plans(office, [plan(assessed_on=day)]).unchanged == 1


def test_a_date_that_is_taken_away_never_was(office: Office) -> None:
    save_plans(office, [plan(assessed_on=date(2021, 1, 1))])
    save_plans(office, [plan(assessed_on=date(2024, 1, 1))])
    save_plans(office, [plan(assessed_on=None)])
    assert dates(office, date(2023, 1, 1), date(2026, 1, 1)) == [None, None]
    assert save_plans(office, [plan(assessed_on=None)]).unchanged == 1


def dates(office: Office, *days: date) -> list[date | None]:
    found = []
    for day in days:
        office.as_of = day
        found.append(row(office).assessed_on)
    office.as_of = None
    return found


def test_a_new_filing_keeps_the_old_ones_number(office: Office) -> None:
    save_plans(office, [plan(filed_on=date(2021, 1, 1), filing_number="1号")])
    save_plans(office, [plan(filed_on=date(2024, 1, 1), filing_number="2号")])
    assert row(office).filing_number == "2号"
    office.as_of = date(2022, 1, 1)
    assert (row(office).filed_on, row(office).filing_number) == (date(2021, 1, 1), "1号")


def test_a_superior_plan_may_stand_anywhere_but_not_in_a_circle(office: Office) -> None:
    save_plans(office, [plan("C", parent_number="B"), plan("B", parent_number="A"), plan("A")])
    assert row(office, "C").parent_number == "B"
    for circle in ([plan("A", parent_number="C")], [plan("D", parent_number="D")]):
        with pytest.raises(InvalidInput) as refusal:
            save_plans(office, circle)
        assert refusal.value.field == "parent_number"
    renamed = Saving(editing=Editing(row(office, "A").id, row(office, "A").revision))
    with pytest.raises(InvalidInput):
        save_plans(office, [plan("A2", parent_number="C")], renamed)
    with pytest.raises(InvalidInput) as refusal:
        save_plans(office, [plan("E", parent_number="X"), plan("F", parent_number="E")])
    assert [(problem.index, problem.value) for problem in refusal.value.problems] == [(0, "X"), (1, "E")]
    save_plans(office, [plan("C", parent_number=None)])
    assert row(office, "C").parent_number is None


def test_a_superior_plan_among_the_entries_is_known_by_title_and_a_number_counts_first(
    office: Office,
) -> None:
    save_plans(office, [plan("X", title="A")])
    lower = [plan("C", parent_number="A"), plan("D", parent_number="Whole plan")]
    save_plans(office, [plan("A", title="Whole plan"), *lower])
    assert [row(office, number).parent_number for number in ("C", "D")] == ["A", "A"]
    save_plans(office, [plan("E", title="Whole plan", parent_number="Whole plan")])
    assert row(office, "E").parent_number == "A"


def test_unknown_codes_are_refused(office: Office) -> None:
    assert refused(office, unit_code="X", tier="galaxy", kind="x") == {"unit_code", "tier", "kind"}
