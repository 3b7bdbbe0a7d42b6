"""What falls due is told in time, whatever settles it: the same as looking at everything that is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from drillapp.core.law import SETTLEMENTS, Settlement
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.rules.due import DueKey, due_keys, due_obligations
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.windows import DATED, RECURRING, day_of, window
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry
from tests.core.rules.drills_of_record import drill, enter, finding, unit
from tests.core.supplies.ledger import book, furnish, line


@pytest.fixture
def district(office: Office) -> Office:
    """Something of every sort that has a day, all of it around the turn of the year 2025/2026."""
    enter(
        office, unit("E", high_risk=True), drill("D", "2025-12-30"), drill("R", "2025-12-30", rating="good")
    )
    enter(office, finding("1"), finding("2", due_on="2026-04-30"), finding("3", done_on="2026-01-31"))
    furnish(office)
    pump = ItemEntry(code="PUMP", name="水泵", inspection_months=1, maintenance_months=12)
    save_items(office, [pump])
    book(office, line("in", 10, "2025-12-31", item_code="PUMP"), line("in", 10, "2025-12-31", "D2"))
    book(office, line("lend", 2, "2026-01-05", "L1", due_on=date(2026, 6, 30), counterparty="甲"))
    plan = PlanEntry(
        number="P", title="预案", unit_code="E", kind="on_site", approved_on=date(2025, 12, 1),
        published_on=date(2025, 12, 15),
    )  # fmt: skip
    old = PlanEntry(number="Q", title="旧预案", unit_code="E", kind="special", approved_on=date(2023, 3, 31))
    save_plans(office, [plan, old])
    return office


DAYS = [date(2025, 12, 31) + timedelta(days=31 * place) for place in range(0, 15, 2)]


def test_it_is_all_that_is_late_or_due_within_ninety_days(district: Office) -> None:
    seen: set[tuple[Settlement, str]] = set()
    for day in DAYS:
        district.as_of = day
        near = {}
        for row in obligations(district, settled_by=DATED):
            pressing = window(row.settled_by, row.state, row.due_on, day)
            if pressing in ("overdue", "due_30", "due_90"):
                near[row.unit_id, row.settled_by, row.rule, row.subject_id, day_of(row), pressing] = row
        assert {tuple(key) for key in due_keys(district, None)} == near.keys(), day
        seen |= {(row.settled_by, row.state) for row in near.values()}
    assert {settled_by for settled_by, _state in seen} == set(DATED) - {"plan_revised"}
    assert {settled_by for settled_by, state in seen if state == "met"} <= RECURRING


def test_keys_are_opened_as_the_rows_they_stand_for(district: Office) -> None:
    for day in DAYS[::2]:
        district.as_of = day
        keys = due_keys(district, None)
        assert keys
        assert list(map(key_of, due_obligations(district, keys))) == [key[:4] for key in keys]
        assert due_obligations(district, keys[::-1]) == due_obligations(district, keys)[::-1]


def key_of(row: Obligation) -> tuple[int, Settlement, str, int]:
    return row.unit_id, row.settled_by, row.rule, row.subject_id


def test_a_term_of_working_days_is_told_over_the_holidays(district: Office) -> None:
    # 2026: off 02-15 to 02-23, worked on 02-14 and 02-28; the fifteenth working day after 02-10 is 03-09.
    enter(district, drill("H", "2026-02-10"))
    for day, expected in (("2026-02-10", "due_30"), ("2026-03-09", "due_30"), ("2026-03-10", "overdue")):
        district.as_of = date.fromisoformat(day)
        told = [key for key in due_keys(district, None) if key.settled_by == "drill_evaluated"]
        rows = dict(zip(told, due_obligations(district, told), strict=True))
        found: dict[str, DueKey] = {row.subject: key for key, row in rows.items()}
        assert (found["演练H"].due_on, found["演练H"].window) == (date(2026, 3, 9), expected), day


@pytest.mark.parametrize("settled_by", SETTLEMENTS)
def test_only_what_recurs_is_due_again(settled_by: Settlement) -> None:
    day = date(2026, 11, 24)
    expected = "due_30" if settled_by in RECURRING else "met"
    assert window(settled_by, "met", day + timedelta(days=10), day) == expected
    assert window(settled_by, "no_data", day - timedelta(days=10), day) == "no_data"
    assert window(settled_by, "overdue", day - timedelta(days=10), day) == "overdue"


def test_what_is_met_is_pending_only_where_it_must_be_done_again(district: Office) -> None:
    district.as_of = date(2026, 2, 10)
    rows = obligations(district, within_days=90)
    assert {row.settled_by for row in rows if row.state == "met"} <= RECURRING
    corrected = {row.subject for row in rows if row.settled_by == "finding_corrected"}
    assert corrected == {"问题1", "问题2"}, "what was put right waits for nobody"
