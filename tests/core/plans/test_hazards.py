"""A hazard belongs to one of the four categories, the same in Python and in the list."""

from __future__ import annotations

from drillapp.core.listing import View, counts, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.queries import PLANS

KNOWN = {
    "暴雨内涝": "natural_disaster",
    "地震": "natural_disaster",
    "森林火灾": "natural_disaster",
    "火灾": "accident",
    "燃气泄漏": "accident",
    "电梯困人": "accident",
    "有限空间中毒窒息": "accident",
    "食物中毒": "public_health",
    "传染病疫情": "public_health",
    "群体性中毒": "public_health",
    "群体性事件": "public_security",
    "综合": None,
    "": None,
}


def test_the_longest_word_decides_and_the_list_counts_by_it(office: Office) -> None:
    entries = [
        PlanEntry(number=str(i), title="应急预案", unit_code="110102", hazard=text or None)
        for i, text in enumerate(KNOWN)
    ]
    untold = PlanEntry(number="T", title="西城区防汛应急预案", unit_code="110102")
    save_plans(office, [*entries, untold])
    shown = {row.number: row.hazard_category for row in first_rows(office, PLANS, View(), 99)}
    assert shown == {str(i): category for i, category in enumerate(KNOWN.values())} | {
        "T": "natural_disaster"
    }
    assert counts(office, PLANS, View(), "hazard_category")[("accident",)] == 4
