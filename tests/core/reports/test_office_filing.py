"""The papers of a filing from the record: what is there, with whom, by when, how it was answered."""

from __future__ import annotations

from datetime import date

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.lifecycle import EventEntry, record_event
from drillapp.core.plans.versions import versions_of
from drillapp.core.reports.filing_source import filing_application, filing_receipt
from drillapp.core.units.commands import save_people, save_units
from drillapp.core.units.entries import PersonEntry, UnitEntry

PUBLISHED = date(2026, 9, 25)


@pytest.fixture
def version(office: Office) -> int:
    """A filling station's plan, published before National Day."""
    save_units(
        office,
        [
            UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102"),
            UnitEntry(
                code="E", name="𠮷祥加油站", kind="enterprise", parent_code="S", crowded=True, address="德外大街1号",
                sectors=("city_operation",),
            ),
        ],
    )  # fmt: skip
    save_people(
        office,
        [
            PersonEntry(unit_code="E", name="张三", phone="1"),
            PersonEntry(unit_code="E", name="王䶮", phone="83976000", key_person=True),
        ],
    )
    entry = PlanEntry(
        number="E-1", title="综合预案", unit_code="E", tier="unit", kind="comprehensive", version="2026版"
    )
    (key,) = save_plans(office, [entry]).ids
    assert key is not None
    return versions_of(office, key)[0].id


def happened(office: Office, version: int, kind: str, day: date, **texts: str) -> None:
    record_event(office, EventEntry(version_id=version, kind=kind, happened_on=day, **texts))


def published(office: Office, version: int) -> None:
    happened(office, version, "risk_assessed", date(2026, 8, 1))
    happened(office, version, "resources_surveyed", date(2026, 8, 2))
    happened(office, version, "reviewed", date(2026, 9, 1), people="专家", conclusion="passed")
    happened(office, version, "approved", date(2026, 9, 24))
    happened(office, version, "published", PUBLISHED)


def test_an_application_says_what_is_there_and_what_is_not(office: Office, version: int) -> None:
    published(office, version)
    paper = filing_application(office, "E-1")
    assert (paper.filer.name, paper.filer.contact, paper.filer.phone) == ("𠮷祥加油站", "王䶮", "83976000")
    assert (paper.plan.version, paper.plan.published_on) == ("2026版", PUBLISHED)
    assert {each.name: each.is_there for each in paper.materials} == {
        "应急预案备案申报表": True,
        "应急预案评审（论证）意见": True,
        "应急预案电子文档": False,
        "风险评估结果和应急资源调查清单": True,
    }
    assert "第26条" in paper.basis
    assert paper.title == "生产安全事故应急预案备案申报表"


def test_the_term_over_national_day_is_right_to_the_day(office: Office, version: int) -> None:
    published(office, version)
    paper = filing_application(office, "E-1")
    assert (paper.due_on, paper.is_estimated) == (date(2026, 10, 29), False)


def test_a_street_files_as_governments_do(office: Office, version: int) -> None:
    save_plans(
        office, [PlanEntry(number="S-1", title="街道预案", unit_code="S", tier="street", kind="overall")]
    )
    paper = filing_application(office, "S-1")
    assert [each.name for each in paper.materials] == [
        "应急预案正式印发文本",
        "应急预案电子文档",
        "应急预案编制说明",
    ]
    assert not any(each.is_there for each in paper.materials)
    assert (paper.title, paper.due_on) == ("突发事件应急预案备案申报表", None)
    assert (paper.authority, paper.direct_to) == ("Test district", "Test district应急管理部门")
    assert version


def test_a_receipt_needs_a_filing(office: Office, version: int) -> None:
    published(office, version)
    with pytest.raises(InvalidInput, match="E-1"):
        filing_receipt(office, "E-1")


def test_a_filing_is_answered_or_deemed_filed_after_five_working_days(office: Office, version: int) -> None:
    published(office, version)
    happened(office, version, "filed", date(2026, 11, 16), authority="西城区应急管理局")
    office.as_of = date(2026, 11, 23)
    with pytest.raises(InvalidInput, match="2026-11-23"):
        filing_receipt(office, "E-1")
    office.as_of = date(2026, 11, 24)
    paper = filing_receipt(office, "E-1")
    assert (paper.answer, paper.day, paper.authority) == ("silent", date(2026, 11, 23), "西城区应急管理局")


def test_what_is_missing_is_listed_once_and_a_further_filing_answered_anew(
    office: Office, version: int
) -> None:
    published(office, version)
    happened(office, version, "filed", date(2026, 10, 20), authority="局")
    happened(
        office,
        version,
        "filing_answered",
        date(2026, 10, 22),
        conclusion="incomplete",
        note="电子文档\n评审意见",
    )
    paper = filing_receipt(office, "E-1")
    assert (paper.answer, paper.missing) == ("incomplete", ("电子文档", "评审意见"))
    assert paper.title == "应急预案备案材料补正告知书"
    happened(office, version, "filed", date(2026, 10, 27), authority="局")
    happened(
        office, version, "filing_answered", date(2026, 10, 29), conclusion="complete", reference="备17号"
    )
    paper = filing_receipt(office, "E-1")
    assert (paper.answer, paper.filing_number, paper.received_on) == (
        "accepted",
        "备17号",
        date(2026, 10, 27),
    )


def test_a_number_of_a_ledger_stands_for_the_answer(office: Office, version: int) -> None:
    entry = PlanEntry(
        number="E-1", title="综合预案", unit_code="E", approved_on=PUBLISHED, published_on=PUBLISHED,
        filed_on=date(2026, 10, 9), filing_number="备3号",
    )  # fmt: skip
    save_plans(office, [entry])
    paper = filing_receipt(office, "E-1")
    assert (paper.answer, paper.filing_number, paper.day) == ("accepted", "备3号", date(2026, 10, 9))
    assert version
