"""All plans that lack something, in one list: the same that is told of each by itself."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from drillapp.core.listing import View, count, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Paragraph, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.gap_list import GAPS_OF_MANY, PLAN_GAPS, PlanGapRow
from drillapp.core.plans.gaps import gaps_of
from drillapp.core.plans.versions import versions_of
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry

TOLD = set(GAPS_OF_MANY)


@pytest.fixture
def plans(office: Office) -> dict[str, int]:
    """Plans of a street with gaps of every kind; their newest versions by number."""
    save_units(
        office,
        [
            UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102"),
            UnitEntry(code="T", name="什刹海街道", kind="street", parent_code="110102"),
        ],
    )

    def entry(number: str, begin: date | None, unit: str = "S", **fields: object) -> PlanEntry:
        more = {"approved_on": begin, "published_on": begin, "filed_on": begin, **fields}
        return PlanEntry(number=number, title=number, unit_code=unit, **more)

    entries = [
        entry("A-上级新", date(2026, 6, 1), "110102"),
        entry("A-上级废", date(2024, 6, 1), "110102", retired_on=date(2026, 1, 1)),
        entry("无正文", None),
        entry("齐全", date(2026, 6, 2), parent_number="A-上级新"),
        entry("落后", date(2026, 5, 31), parent_number="A-上级新"),
        entry("失依", date(2025, 6, 1), parent_number="A-上级废"),
        entry("未备案", date(2026, 3, 2), filed_on=None),
        entry("将备案", date(2026, 11, 20), "T", filed_on=None),
        entry("待评估", date(2022, 3, 1)),
        entry("评估过", date(2022, 3, 1), assessed_on=date(2025, 3, 1)),
        entry("全有", date(2022, 3, 1), filed_on=None, parent_number="A-上级新"),
        entry("废止", date(2022, 3, 1), retired_on=date(2026, 1, 1)),
    ]
    saved = save_plans(office, entries)
    newest = {
        e.number: versions_of(office, key)[0].id for e, key in zip(entries, saved.ids, strict=True) if key
    }
    # What is written before approval is written as if it had been: the version is still a draft to the store.
    with office.write("test") as work:
        from drillapp.core.plans.writing import store_content

        for number, version in newest.items():
            if number not in ("无正文", "全有"):
                store_content(
                    work.connection, version, Content((Section(1, "总则", blocks=(Paragraph("内容"),)),))
                )
    return newest


ALL = View()


def listed(office: Office, view: View = ALL) -> dict[str, set[str]]:
    rows: list[PlanGapRow] = first_rows(office, PLAN_GAPS, view, 100)
    return {row.number: set(row.gaps.split(",")) for row in rows}


def test_each_plan_is_listed_with_what_it_lacks(office: Office, plans: dict[str, int]) -> None:
    assert listed(office) == {
        "无正文": {"no_content"},
        "落后": {"superior_newer"},
        "失依": {"superior_retired"},
        "未备案": {"not_filed"},
        "待评估": {"assessment_due"},
        "全有": {"no_content", "not_filed", "assessment_due", "superior_newer"},
    }
    assert len(plans) == 12


@pytest.mark.parametrize("day", [None, date(2026, 6, 1), date(2026, 3, 30), date(2025, 12, 31)])
def test_the_list_says_what_is_said_of_each_plan_by_itself(
    office: Office, plans: dict[str, int], day: date | None
) -> None:
    office.as_of = day
    singly = {
        number: {gap.kind for gap in gaps_of(office, version)} & TOLD for number, version in plans.items()
    }
    retired = {"废止", "A-上级废"} if office.as_of >= date(2026, 1, 1) else set()
    assert listed(office) == {
        number: gaps for number, gaps in singly.items() if gaps and number not in retired
    }


def test_the_list_can_be_narrowed(office: Office, plans: dict[str, int]) -> None:
    assert set(listed(office, View(choices={"gaps": ["not_filed"]}))) == {"未备案", "全有"}
    assert count(office, PLAN_GAPS, View(choices={"gaps": ["not_filed", "no_content"]})) == 3
    assert listed(office, View(text="待评")) == {"待评估": {"assessment_due"}}
    assert msgspec.structs.asdict(first_rows(office, PLAN_GAPS, View(), 1)[0])["unit_name"] == "德胜街道"
    assert len(plans) == 12
