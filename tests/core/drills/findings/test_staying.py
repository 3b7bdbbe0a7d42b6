"""A finding against a section of a plan stays with the plan until a version in force has answered it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.drills.findings.commands import Assignment, assign, put_right, relate_to_section
from drillapp.core.drills.findings.sections import sections_to_choose
from drillapp.core.drills.record import model as record
from drillapp.core.errors import InvalidInput
from drillapp.core.office import Office
from drillapp.core.plans.answers import answer_finding, open_findings
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Content, Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.lifecycle import EventEntry, record_event
from drillapp.core.plans.versions import begin_version, read_content, versions_of, write_content

UNIT = "110102"


@pytest.fixture
def plan(office: Office) -> int:
    """A plan of two sections, in force since January."""
    (key,) = save_plans(office, [PlanEntry(number="P", title="防汛预案", unit_code=UNIT)]).ids
    assert key is not None
    version = versions_of(office, key)[0]
    sections = (Section(1, "总则", "1"), Section(1, "预警", "2"))
    write_content(office, version.id, version.revision, Content(sections=sections))
    for kind in ("risk_assessed", "approved", "published"):
        record_event(office, EventEntry(version_id=version.id, kind=kind, happened_on=date(2026, 1, 5)))
    return key


@pytest.fixture
def finding(office: Office, plan: int) -> int:
    """A finding of a drill of that plan."""
    start = datetime(2026, 3, 2, 2, tzinfo=UTC)
    drill = DrillEntry(
        number="D", unit_code=UNIT, title="演练", plan_number="P", planned_on=date(2026, 3, 2), started_at=start,
        ended_at=start.replace(hour=3),
    )  # fmt: skip
    (drill_id,) = save_drills(office, [drill]).ids
    assert drill_id is not None
    version = versions_of(office, plan)[0].id
    warning = read_content(office, version).sections[1].id
    with office.write("test") as work:
        tested = {"drill_id": drill_id, "position": 1, "version_id": version, "section_id": warning}
        work.connection.execute(insert(record.TestedSection).values(tested))
    (key,) = save_findings(office, [FindingEntry(drill_number="D", number="1", text="预警太晚")]).ids
    assert key is not None
    return key


def test_the_sections_that_were_tested_are_offered_first(office: Office, finding: int) -> None:
    told = sections_to_choose(office, "D")
    assert [(one.title, one.is_tested) for one in told] == [("2 预警", True), ("1 总则", False)]
    assert sections_to_choose(office, "unknown") == []


def test_it_stays_until_a_version_in_force_has_answered_it(office: Office, plan: int, finding: int) -> None:
    section = sections_to_choose(office, "D")[0].id
    assign(office, [finding], Assignment("提前预警", "王", date(2026, 4, 1), "train"), day=date(2026, 3, 3))
    put_right(office, [finding], day=date(2026, 3, 9), who="王", note="已培训")
    assert open_findings(office, plan) == []
    relate_to_section(office, finding, section)
    (open_one,) = open_findings(office, plan)
    assert open_one.section_title == "预警"
    second = begin_version(office, plan)
    happened = EventEntry(version_id=second, kind="risk_assessed", happened_on=date(2026, 5, 1))
    record_event(office, happened)
    approved = EventEntry(version_id=second, kind="approved", happened_on=date(2026, 5, 2))
    with pytest.raises(InvalidInput, match="预警太晚"):
        record_event(office, approved)
    answer_finding(office, second, finding, "declined", reason="已写明")
    assert [one.decision for one in open_findings(office, plan)] == ["declined"]
    record_event(office, approved)
    assert open_findings(office, plan) == []
    third = begin_version(office, plan)
    record_event(office, EventEntry(version_id=third, kind="risk_assessed", happened_on=date(2026, 6, 1)))
    record_event(office, EventEntry(version_id=third, kind="approved", happened_on=date(2026, 6, 2)))
