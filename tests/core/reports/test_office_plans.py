"""What the papers about plans say when they are written from the office's ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.office import Office
from drillapp.core.plans.assessment import Answer, AssessmentEntry, save_assessment
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Level, LevelAction, Named, Paragraph, Resource, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.lifecycle import EventEntry, record_event
from drillapp.core.plans.versions import begin_version, versions_of, write_content
from drillapp.core.reports.assessment_source import assessment_report
from drillapp.core.reports.directory_source import contact_directory
from drillapp.core.reports.plan_catalogue import render_plan_catalogue
from drillapp.core.reports.plan_catalogue_source import plan_catalogue
from drillapp.core.reports.registry import write_report
from drillapp.core.reports.response_sheet_source import response_sheet
from drillapp.core.reports.revision_source import revision_notice
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from tests.core.reports.paper import read, texts

BEGUN = date(2024, 3, 1)


@pytest.fixture
def office(office_location: str, clock: FixedClock) -> Iterator[Office]:
    """On both kinds of storage: the catalogue and the directory ask in SQL of their own."""
    with Office.open(office_location, clock=clock) as opened:
        yield opened


@pytest.fixture
def district(office: Office) -> Office:
    save_units(
        office,
        [
            UnitEntry(code="S", name="德胜街道", kind="street", parent_code="110102"),
            UnitEntry(code="C", name="䶮里社区", kind="community", parent_code="S"),
            UnitEntry(
                code="E", name="𠮷祥加油站", kind="enterprise", parent_code="C",
                sectors=("hazardous_chemicals", "fire_safety"),
            ),
            UnitEntry(code="T", name="什刹海街道", kind="street", parent_code="110102"),
        ],
    )  # fmt: skip
    save_plans(
        office,
        [
            PlanEntry(number="D-1", title="区总体预案", unit_code="110102", tier="district", kind="overall"),
            PlanEntry(number="S-1", title="街道防汛预案", unit_code="S", tier="street", kind="special", version="2024版"),
            PlanEntry(number="C-1", title="社区预案", unit_code="C", tier="community"),
            PlanEntry(number="E-1", title="加油站综合预案", unit_code="E", tier="unit", kind="comprehensive"),
            PlanEntry(number="T-1", title="什刹海预案", unit_code="T", tier="street", kind="overall"),
            PlanEntry(
                number="T-0", title="旧预案", unit_code="T", published_on=BEGUN, retired_on=date(2026, 1, 1)
            ),
        ],
    )  # fmt: skip
    return office


def plan_id(office: Office, number: str) -> int:
    saved = save_plans(office, [PlanEntry(number=number, title=TITLES[number], unit_code=number[0])])
    assert saved.ids[0] is not None
    return saved.ids[0]


TITLES = {"S-1": "街道防汛预案", "E-1": "加油站综合预案"}
OLD = Content(
    (Section(1, "总则", "1", (Paragraph("本预案适用于本街道。"),)), Section(1, "应急处置", "2", (Paragraph("通知社区。"),))),
    (Level("一级响应", "红色预警", "书记", (LevelAction("转移居民", "社区", 30),)), Level("二级响应", "橙色预警", "主任")),
    (Named("王强", "总指挥", "德胜街道", "83976000"), Named("李静", "副总指挥", "德胜街道", "待定")),
    (Named("", "值班室", "区应急局", "83977000"),),
    (Resource("沙袋", "500"),),
)  # fmt: skip


@pytest.fixture
def written(district: Office) -> Office:
    """The street's plan with its text, in force since March 2024."""
    version = versions_of(district, plan_id(district, "S-1"))[0]
    write_content(district, version.id, version.revision, OLD)
    entry = PlanEntry(
        number="S-1", title=TITLES["S-1"], unit_code="S", approved_on=BEGUN, published_on=BEGUN, filed_on=BEGUN,
        filing_number="西备1号",
    )  # fmt: skip
    save_plans(district, [entry])
    return district


def test_the_catalogue_by_territory_follows_the_tree(written: Office) -> None:
    paper = plan_catalogue(written, None, "territory")
    groups = {group.name: [line.number for line in group.plans] for group in paper.groups}
    assert list(groups.items()) == [
        (written.name, ["D-1"]), ("德胜街道", ["S-1", "C-1", "E-1"]), ("什刹海街道", ["T-1"]),
    ]  # fmt: skip
    assert (paper.title, paper.count) == (f"{written.name}应急预案目录（按属地）", 5)
    kinds, rows = paper.matrix.kinds, dict(paper.matrix.rows)
    assert rows["街道级"][kinds.index("专项预案")] == 1
    assert rows["社区级"][kinds.index("未登记")] == 1
    assert sum(map(sum, rows.values())) == 5


def test_the_catalogue_of_a_street_begins_with_its_own_plans(written: Office) -> None:
    groups = list(plan_catalogue(written, "S", "territory").groups)
    assert [group.name for group in groups] == ["德胜街道", "䶮里社区"]
    (line,) = groups[0].plans
    assert (line.version, line.state, line.published_on, line.filing_number) == (
        "2024版",
        "现行有效",
        BEGUN,
        "西备1号",
    )
    assert line.kind == "街道级\n专项预案"


def test_the_catalogue_by_sector_repeats_a_unit_of_two_sectors_and_says_so(written: Office) -> None:
    paper = plan_catalogue(written, None, "sector")
    groups = {group.name: [line.number for line in group.plans] for group in paper.groups}
    assert [name for name, numbers in groups.items() if "E-1" in numbers] == ["危险化学品", "消防安全"]
    assert sorted(groups["未登记行业领域"]) == ["C-1", "D-1", "S-1", "T-1"]
    assert paper.count == 5
    assert "分别列出" in paper.note


def test_a_unit_without_plans_has_an_empty_catalogue(district: Office) -> None:
    save_units(district, [UnitEntry(code="U", name="展览路街道", kind="street", parent_code="110102")])
    target = BytesIO()
    assert render_plan_catalogue(plan_catalogue(district, "U", "territory"), target).missing == ()
    assert "共0个预案" in "".join(texts(target))


def test_the_directory_names_those_of_plans_in_force_as_of_the_day(written: Office) -> None:
    (group,) = contact_directory(written, "S", None).groups
    assert group.plan == "《街道防汛预案》S-1（2024版）"
    assert [line.name for line in group.roster] == ["王强", "李静"]
    assert [line.organisation for line in group.contacts] == ["区应急局"]
    assert list(contact_directory(written, "T", None).groups) == []
    written.as_of = date(2024, 2, 29)
    assert list(contact_directory(written, None, None).groups) == []
    assert len(list(contact_directory(written, None, "S-1").groups)) == 1


def test_the_wall_sheet_has_the_levels_and_those_who_can_be_called(written: Office) -> None:
    paper = response_sheet(written, "S-1", "a4")
    assert [level.name for level in paper.levels] == ["一级响应", "二级响应"]
    assert (paper.levels[0].actions[0].within_minutes, paper.levels[0].starter) == (30, "书记")
    assert [caller.phone for caller in paper.callers] == ["83976000", "83977000"]
    assert (paper.version, paper.unit, paper.size) == ("2024版", "德胜街道", "a4")


def revised(office: Office, new: Content) -> None:
    key = plan_id(office, "S-1")
    old = versions_of(office, key)[0]
    event = EventEntry(
        version_id=old.id, kind="revision_triggered", happened_on=date(2026, 5, 6), conclusion="problems"
    )
    record_event(office, event)
    begin_version(office, key, label="2026版", summary="细化措施。")
    version = versions_of(office, key)[0]
    write_content(office, version.id, version.revision, new)


def test_the_notice_tells_what_the_new_version_changes_and_why(written: Office) -> None:
    new = Content(
        (OLD.sections[0], Section(1, "应急处置", "2", (Paragraph("通知社区和物业。"),)), Section(1, "附则", "3")),
        OLD.levels, (Named("赵𠮷", "总指挥", "德胜街道", "83976009"), OLD.roster[1]), OLD.contacts, OLD.resources,
    )  # fmt: skip
    revised(written, new)
    paper = revision_notice(written, "S-1")
    assert (paper.old_version, paper.new_version, paper.begin, paper.summary) == (
        "2024版",
        "2026版",
        None,
        "细化措施。",
    )
    assert paper.triggers == ("演练或实际应对发现重大问题",)
    told = [(change.where, change.how, change.before, change.after) for change in paper.changes]
    assert told == [
        ("2 应急处置", "修改", "通知社区。", "通知社区和物业。"),
        ("3 附则", "新增", "", "附则"),
        ("指挥名册：赵𠮷", "修改", "王强\n83976000", "赵𠮷\n83976009"),
    ]
    assert paper.files_again is True


@pytest.mark.parametrize(
    ("new", "again"),
    [
        (Content(OLD.sections, OLD.levels, OLD.roster, (), OLD.resources), False),
        (Content((OLD.sections[0],), OLD.levels, OLD.roster, OLD.contacts, OLD.resources), None),
        (Content(OLD.sections, OLD.levels[:1], OLD.roster, OLD.contacts, OLD.resources), True),
    ],
)
def test_command_and_levels_are_filed_again_and_of_other_text_a_person_says(
    written: Office, new: Content, again: bool | None
) -> None:
    revised(written, new)
    assert revision_notice(written, "S-1").files_again is again


def test_a_plan_with_one_version_has_no_notice(written: Office) -> None:
    with pytest.raises(InvalidInput, match="S-1"):
        revision_notice(written, "S-1")


def test_the_assessment_report_puts_the_answers_into_the_form(written: Office) -> None:
    version = versions_of(written, plan_id(written, "S-1"))[0]
    save_assessment(
        written,
        AssessmentEntry(
            version_id=version.id, happened_on=date(2026, 9, 1), assessors="王䶮\n刘洋", conclusion="revise",
            answers=(Answer("people", True, "电话已变更"),), process="查阅资料。", suggestions="更新名册。",
        ),
    )  # fmt: skip
    paper = assessment_report(written, "S-1")
    items = {item.text: item for group in paper.groups for item in group.items}
    assert items["指挥人员、联络人员和电话是否准确"].note == "电话已变更"
    assert sum(item.needs_revision is None for item in items.values()) == len(items) - 1
    assert (paper.conclusion, paper.assessors, paper.version) == ("revise", ("王䶮", "刘洋"), "2024版")
    assert paper.title == "德胜街道\n关于《街道防汛预案》的评估报告"


def test_a_plan_never_assessed_and_a_plan_that_is_not_there_have_no_report(written: Office) -> None:
    for number in ("S-1", "X-9"):
        with pytest.raises(NotFound):
            assessment_report(written, number)


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("plan", {"number": "S-1"}),
        ("plan_catalogue", {"unit_code": "S"}),
        ("plan_catalogue_by_sector", {}),
        ("contact_directory", {"unit_code": "S"}),
        ("contact_directory", {"number": "S-1"}),
        ("response_sheet", {"number": "S-1"}),
        ("response_sheet_a4", {"number": "S-1"}),
    ],
)
def test_the_papers_are_written_by_name(
    written: Office, target: Path, name: str, subject: dict[str, str]
) -> None:
    assert write_report(written, name, target, **subject) == []
    assert "街道防汛预案" in read(target)
