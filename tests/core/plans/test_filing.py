"""Filing is due to the day, whatever holidays lie between; one comparison tells it of all plans."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, counts, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.lifecycle import EventEntry, PossibleEvent, possible_events, record_event
from drillapp.core.plans.queries import PLANS, PlanRow
from drillapp.core.plans.versions import version_in_force
from drillapp.core.workdays.importing import import_days


def published(office: Office, day: date, number: str = "P") -> int:
    entry = PlanEntry(
        number=number, title="防汛预案", unit_code="110102", kind="special", approved_on=day, published_on=day
    )
    (key,) = save_plans(office, [entry]).ids
    assert key is not None
    return key


def row(office: Office, number: str = "P") -> PlanRow:
    (found,) = [one for one in first_rows(office, PLANS, View(), 99) if one.number == number]
    assert isinstance(found, PlanRow)
    return found


def possible(office: Office, plan: int, kind: str) -> PossibleEvent:
    version = version_in_force(office, plan)
    assert version is not None
    return next(one for one in possible_events(office, version) if one.kind == kind)


def tell(office: Office, plan: int, kind: str, day: date, conclusion: str = "") -> None:
    version = version_in_force(office, plan)
    assert version is not None
    said = EventEntry(
        version_id=version, kind=kind, happened_on=day, conclusion=conclusion, authority="市应急管理局"
    )
    record_event(office, said)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 9, 25), date(2026, 10, 29)),
        (date(2026, 9, 18), date(2026, 10, 22)),
        (date(2026, 9, 30), date(2026, 11, 3)),
        (date(2026, 10, 7), date(2026, 11, 3)),
        (date(2026, 10, 10), date(2026, 11, 6)),
    ],
)
def test_over_national_day_the_list_and_the_form_say_the_same_day(
    office: Office, day: date, due: date
) -> None:
    plan = published(office, day)
    office.as_of = due
    assert (row(office).filing_state, row(office).filing_due_on) == ("due", due)
    asked = possible(office, plan, "filed")
    assert (asked.due_on, asked.due_is_estimated) == (due, False)
    office.as_of = due.replace(day=due.day + 1)
    assert (row(office).filing_state, row(office).filing_due_on) == ("late", due)
    tell(office, plan, "filed", due)
    assert (row(office).filing_state, row(office).filing_due_on) == ("filed", None)
    office.as_of = day
    assert row(office).filing_state == "due"


def test_a_term_into_a_year_not_announced_is_marked_estimated(office: Office) -> None:
    office.clock.moment = office.clock.moment.replace(month=12, day=20)  # type: ignore[attr-defined]
    plan = published(office, date(2026, 12, 18))
    asked = possible(office, plan, "filed")
    # Off by the law itself: New Year's Day. What the notice will move is not known.
    assert (asked.due_on, asked.due_is_estimated) == (date(2027, 1, 18), True)


def test_the_office_s_own_table_moves_the_term(office: Office, tmp_path: Path) -> None:
    published(office, date(2026, 9, 25))
    office.as_of = date(2026, 10, 30)
    assert row(office).filing_state == "late"
    table = tmp_path / "days.csv"
    table.write_text("日期,名称,是否休息\n2026-10-12,活动,是\n", encoding="utf-8")
    import_days(office, table)
    assert (row(office).filing_state, row(office).filing_due_on) == ("due", date(2026, 10, 30))


def test_papers_sent_back_are_to_be_filed_again_and_silence_is_consent(office: Office) -> None:
    plan = published(office, date(2026, 9, 25))
    tell(office, plan, "filed", date(2026, 10, 9))
    answer = possible(office, plan, "filing_answered")
    assert (answer.allowed, answer.due_on) == (True, date(2026, 10, 15))
    with pytest.raises(InvalidInput):
        tell(office, plan, "filed", date(2026, 10, 12))
    assert row(office).filing_state == "filed"
    tell(office, plan, "filing_answered", date(2026, 10, 13), "incomplete")
    assert row(office).filing_state == "late"
    tell(office, plan, "filed", date(2026, 10, 14))
    assert row(office).filing_state == "filed"
    tell(office, plan, "filing_answered", date(2026, 10, 15), "complete")
    assert not possible(office, plan, "filed").allowed
    assert not possible(office, plan, "filing_answered").allowed
    office.as_of = date(2026, 10, 13)
    assert row(office).filing_state == "due"


def test_a_superior_plan_that_moved_on_is_told(office: Office) -> None:
    published(office, date(2026, 3, 1), "上")
    published(office, date(2026, 3, 1), "下")
    save_plans(office, [PlanEntry(number="下", title="下", unit_code="110102", parent_number="上")])
    assert (row(office, "下").superior_gap, row(office, "下").parent_title) == (None, "防汛预案")
    save_plans(
        office,
        [PlanEntry(number="上", title="上", unit_code="110102", version="2", published_on=date(2026, 6, 1))],
    )
    assert row(office, "下").superior_gap == "newer"
    office.as_of = date(2026, 5, 31)
    assert row(office, "下").superior_gap is None
    office.as_of = None
    save_plans(office, [PlanEntry(number="上", title="上", unit_code="110102", retired_on=date(2026, 9, 1))])
    assert row(office, "下").superior_gap == "retired"
    assert counts(office, PLANS, View(retired=True), "superior_gap") == {(None,): 1, ("retired",): 1}
