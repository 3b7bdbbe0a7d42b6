"""A plan's life is told as of a day, in its order."""

from __future__ import annotations

from datetime import date

from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.life import life_of
from drillapp.core.plans.queries import PLANS


def test_events_come_by_date_and_only_until_the_office_s_date(office: Office) -> None:
    entry = PlanEntry(
        number="P", title="Plan", unit_code="110102", approved_on=date(2024, 1, 2), published_on=date(2024, 1, 5),
        filed_on=date(2024, 1, 20), filing_number="2024-7", assessed_on=date(2026, 3, 1),
    )  # fmt: skip
    save_plans(office, [entry])
    (row,) = first_rows(office, PLANS, View(), 5)
    told = [(one.kind, one.happened_on.isoformat(), one.reference) for one in life_of(office, row.id)]
    assert told == [
        ("approved", "2024-01-02", None),
        ("published", "2024-01-05", None),
        ("filed", "2024-01-20", "2024-7"),
        ("assessed", "2026-03-01", None),
    ]
    office.as_of = date(2024, 1, 10)
    assert [one.kind for one in life_of(office, row.id)] == ["approved", "published"]
