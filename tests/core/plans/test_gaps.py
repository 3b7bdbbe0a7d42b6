"""What a version lacks is told with its place and its article, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import msgspec
import pytest
from sqlalchemy import event

from drillapp.core import enumerations
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Grid, Level, Named, Paragraph, Resource, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.gaps import Gap, gaps_of
from drillapp.core.plans.lifecycle import EventEntry, record_event
from drillapp.core.plans.outline import outline_for, starting_content
from drillapp.core.plans.versions import begin_version, versions_of, write_content
from drillapp.core.retiring import retire
from drillapp.core.saving import Saved
from drillapp.core.units.commands import save_people, save_units
from drillapp.core.units.entries import PersonEntry, UnitEntry

STREET = outline_for("overall", "street")


@pytest.fixture
def street(office: Office) -> Office:
    save_units(
        office,
        [
            UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102"),
            UnitEntry(code="C", name="安德里社区", kind="community", parent_code="S"),
            UnitEntry(code="E", name="加油站", kind="enterprise", parent_code="S", high_risk=True),
        ],
    )
    return office


def plan(office: Office, **fields: object) -> int:
    """A plan with one version; returns the version's key."""
    entry = PlanEntry(
        **{"number": "P-1", "title": "预案", "unit_code": "S", "tier": "street", "kind": "overall", **fields}
    )
    saved: Saved = save_plans(office, [entry])
    assert saved.ids[0] is not None
    return versions_of(office, saved.ids[0])[0].id


def complete(*, without: str = "") -> Content:
    """A street's plan that says all it must."""
    sections = [
        msgspec.structs.replace(each, blocks=(Paragraph("内容。"),))
        for each in starting_content(STREET).sections
        if each.title != without
    ]
    levels = tuple(Level(f"{name}级", "接到预警", "主任") for name in "一二三")
    return Content(tuple(sections), levels, (Named("王䶮", "总指挥", "", "83976000"),))


def write(office: Office, version: int, content: Content) -> None:
    write_content(office, version, 1, content)


def kinds(gaps: list[Gap]) -> list[str]:
    return [gap.kind for gap in gaps]


def of_text(office: Office, version: int) -> list[Gap]:
    return [gap for gap in gaps_of(office, version) if gap.kind != "event_missing"]


def test_a_plan_that_nobody_has_written_says_where_to_start(street: Office) -> None:
    (gap,) = of_text(street, plan(street))
    assert gap.kind == "no_content"
    assert STREET.title in gap.message


def test_a_complete_text_has_no_gaps(street: Office) -> None:
    version = plan(street)
    write(street, version, complete())
    assert of_text(street, version) == []


def test_missing_and_empty_sections_are_told_with_clause_and_place(street: Office) -> None:
    version, content = plan(street), complete(without="先期处置")
    sections = list(content.sections)
    place = next(n for n, each in enumerate(sections) if each.title == "预警")
    sections[place] = msgspec.structs.replace(sections[place], blocks=(Paragraph("  "),))
    write(street, version, msgspec.structs.replace(content, sections=tuple(sections)))
    empty, missing = of_text(street, version)
    assert (empty.kind, empty.where, empty.section) == ("section_empty", "3.2 预警", place)
    assert (missing.kind, missing.where) == ("section_missing", "4.2 先期处置")
    assert "移交指挥" in missing.message
    assert missing.article == STREET.standard


def test_a_table_is_content_too(street: Office) -> None:
    version, content = plan(street), complete()
    sections = tuple(
        msgspec.structs.replace(each, blocks=(Grid((("名称", "数量"),)),)) for each in content.sections
    )
    write(street, version, msgspec.structs.replace(content, sections=sections))
    assert of_text(street, version) == []


def test_levels_without_trigger_or_starter_and_too_many_of_them(street: Office) -> None:
    version = plan(street)
    levels = (
        Level("一级", "", "主任"),
        Level("二级", "预警", " "),
        *(Level(str(n), "预警", "主任") for n in range(3)),
    )
    write(street, version, msgspec.structs.replace(complete(), levels=levels))
    found = of_text(street, version)
    assert [(gap.kind, gap.where, gap.is_advice) for gap in found] == [
        ("levels_count", "", True),
        ("level_trigger", "一级", False),
        ("level_starter", "二级", False),
    ]


def test_one_level_is_advised_against(street: Office) -> None:
    version = plan(street)
    write(street, version, msgspec.structs.replace(complete(), levels=(Level("一级", "预警", "主任"),)))
    assert kinds(of_text(street, version)) == ["levels_count"]


def test_phones_that_nobody_can_call(street: Office) -> None:
    version = plan(street)
    content = msgspec.structs.replace(
        complete(),
        roster=(Named("王䶮", "总指挥", "", "待定"),),
        contacts=(Named("", "值班室", "区应急局"), Named("", "", "燃气集团", "96777")),
        resources=(Resource("沙袋", keeper="刘", phone="1391111222"), Resource("水泵")),
    )
    write(street, version, content)
    assert [(gap.kind, gap.where) for gap in of_text(street, version)] == [
        ("phone_missing", "区应急局 值班室"),
        ("phone_invalid", "总指挥 王䶮"),
        ("phone_invalid", "沙袋"),
    ]


def test_people_of_the_roster_who_left_are_told_as_of_the_day(street: Office) -> None:
    people = [
        PersonEntry(unit_code="S", name="王䶮"),
        PersonEntry(unit_code="C", name="李静"),
        PersonEntry(unit_code="S", name="赵𠮷"),
    ]
    ids = save_people(street, people).ids
    version = plan(street)
    roster = tuple(Named(name, "组员", organisation, "83976000") for name, organisation in (
        ("王䶮", ""), ("李静", "德胜街道"), ("赵𠮷", ""), ("陈某", ""), ("孙队长", "消防支队")))  # fmt: skip
    write(street, version, msgspec.structs.replace(complete(), roster=roster))
    assert [(gap.kind, gap.is_advice) for gap in of_text(street, version)] == [("person_unknown", True)]
    assert ids[0] is not None
    retire(street, "people", [ids[0]], date(2026, 6, 1))
    assert kinds(of_text(street, version)) == ["person_gone", "person_unknown"]
    street.as_of = date(2026, 5, 31)
    assert kinds(of_text(street, version)) == ["person_unknown"]


def test_a_unit_without_people_on_record_misses_nobody(street: Office) -> None:
    version = plan(street)
    write(street, version, complete())
    assert of_text(street, version) == []


def test_a_superior_plan_that_moved_on(street: Office) -> None:
    above = PlanEntry(
        number="D-1",
        title="区总体预案",
        unit_code="110102",
        approved_on=date(2026, 2, 1),
        published_on=date(2026, 2, 10),
    )
    saved = save_plans(street, [above])
    version = plan(street, parent_number="D-1", approved_on=date(2026, 1, 5), published_on=date(2026, 1, 10))
    newer = [gap for gap in gaps_of(street, version) if gap.kind.startswith("superior")]
    assert [(gap.kind, gap.where) for gap in newer] == [("superior_newer", "区总体预案")]
    street.as_of = date(2026, 2, 9)
    assert not any(gap.kind.startswith("superior") for gap in gaps_of(street, version))
    street.as_of = None
    save_plans(street, [msgspec.structs.replace(above, retired_on=date(2026, 9, 1))])
    assert "superior_retired" in kinds(gaps_of(street, version))
    assert saved.created == 1


def test_a_superior_begun_before_is_as_it_should_be(street: Office) -> None:
    save_plans(
        street, [PlanEntry(number="D-1", title="区", unit_code="110102", published_on=date(2025, 1, 1))]
    )
    version = plan(street, parent_number="D-1", published_on=date(2026, 1, 10))
    assert not any(gap.kind.startswith("superior") for gap in gaps_of(street, version))


def missing_events(office: Office, version: int) -> dict[str, str]:
    return {gap.where: gap.article for gap in gaps_of(office, version) if gap.kind == "event_missing"}


def test_reviews_and_assessments_that_the_rules_ask_of_the_unit(street: Office) -> None:
    version = plan(street, unit_code="E", tier="unit", kind="comprehensive")
    wanted = missing_events(street, version)
    assert set(wanted) == {"风险评估", "应急资源调查", "评审"}
    assert wanted["评审"] == "生产安全事故应急预案管理办法第21条第1款"
    record_event(street, EventEntry(version_id=version, kind="risk_assessed", happened_on=date(2026, 3, 1)))
    assert set(missing_events(street, version)) == {"应急资源调查", "评审"}


def test_an_old_record_without_approval_lacks_it(street: Office) -> None:
    version = plan(street, published_on=date(2026, 3, 1))
    assert "审批签署" in missing_events(street, version)
    street.as_of = date(2026, 2, 28)
    assert "审批签署" not in missing_events(street, version)


def test_a_filing_is_late_after_twenty_working_days(street: Office) -> None:
    version = plan(street, approved_on=date(2026, 9, 25), published_on=date(2026, 9, 25))
    due = next(gap for gap in gaps_of(street, version) if gap.kind == "not_filed")
    last = date.fromisoformat(due.message.split("在")[1][:10])
    street.as_of = last
    assert "not_filed" not in kinds(gaps_of(street, version))
    street.as_of = None
    record_event(
        street,
        EventEntry(version_id=version, kind="filed", happened_on=date(2026, 11, 20), authority="西城区政府"),
    )
    assert "not_filed" not in kinds(gaps_of(street, version))


def test_a_plan_is_to_be_assessed_after_three_years(street: Office) -> None:
    version = plan(street, approved_on=date(2023, 5, 1), published_on=date(2023, 5, 1))
    assert "assessment_due" in kinds(gaps_of(street, version))
    street.as_of = date(2026, 4, 30)
    assert "assessment_due" not in kinds(gaps_of(street, version))


def test_a_version_that_was_replaced_is_neither_late_nor_due(street: Office) -> None:
    old = plan(street, approved_on=date(2020, 5, 1), published_on=date(2020, 5, 1), version="2020版")
    plan(street, approved_on=date(2026, 11, 2), published_on=date(2026, 11, 2), version="2026版")
    assert {"assessment_due", "not_filed"}.isdisjoint(kinds(gaps_of(street, old)))


def test_every_kind_of_gap_has_its_word(street: Office) -> None:
    version = plan(street)
    assert set(kinds(gaps_of(street, version))) <= set(enumerations.codes("plan_gap"))


@contextmanager
def counted(office: Office) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(office.engine, "before_cursor_execute", note)
    yield said
    event.remove(office.engine, "before_cursor_execute", note)


def test_a_long_plan_takes_no_more_statements_than_a_short_one(street: Office) -> None:
    short = plan(street)
    begun = plan(street, number="P-2")
    long = Content(
        tuple(Section(1, f"节{n}", blocks=(Paragraph("字"),)) for n in range(300)),
        tuple(Level(str(n), "预警", "主任") for n in range(4)),
        tuple(Named(f"人{n}", "组员", "", "83976000") for n in range(200)),
    )
    write(street, short, complete())
    write(street, begun, long)
    with counted(street) as few:
        gaps_of(street, short)
    with counted(street) as many:
        gaps_of(street, begun)
    assert len(few) == len(many) <= 12


def test_a_new_version_is_looked_at_by_itself(street: Office) -> None:
    version = plan(street, approved_on=date(2026, 1, 5), published_on=date(2026, 1, 5))
    plan_id = versions_of(street, 1)[0].plan_id
    new = begin_version(street, plan_id, label="2027版", start="outline")
    assert kinds(of_text(street, version))[0] == "no_content"
    assert set(kinds(of_text(street, new))) == {"section_empty"}
