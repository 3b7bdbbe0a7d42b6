"""The record of a drill: written part by part or together with its facts, each line keeping its key, nothing by halves."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
import pytest
from sqlalchemy import select

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.queries import DRILLS, LOG
from drillapp.core.drills.record.cancelling import cancel_drill
from drillapp.core.drills.record.costs import cost_sums
from drillapp.core.drills.record.parts import (
    CostLine,
    Design,
    ObjectiveLine,
    PartyLine,
    RecordParts,
    SectionLine,
)
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.saving import save_drill, save_record
from drillapp.core.errors import Conflict, InvalidInput, NotFound
from drillapp.core.journal.model import JournalEntry
from drillapp.core.listing import Condition, View, first_rows
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.commands import save_plans
from drillapp.core.plans.content import Section
from drillapp.core.plans.entries import PlanEntry
from drillapp.core.plans.model import PlanLevel
from drillapp.core.plans.versions import begin_version, read_content, versions_of
from drillapp.core.saving import Editing, Saving
from drillapp.core.teams.model import Team
from tests.core.drills.record.recorded import DAY, OWN, drill, of, plan, street
from tests.journaled import commands


def sections(office: Office, plan_id: int) -> tuple[int, tuple[Section, ...]]:
    version = versions_of(office, plan_id)[0].id
    return version, read_content(office, version).sections


def level(office: Office, name: str) -> int:
    with office.read() as connection:
        return connection.execute(select(PlanLevel.id).where(PlanLevel.name == name)).scalar_one()


def team(office: Office) -> int:
    with office.read() as connection:
        return connection.execute(select(Team.id)).scalar_one()


def problems(refusal: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.message for problem in refusal.value.problems]


def changed_fields(office: Office) -> list[tuple[str, dict[str, list[object]]]]:
    """Kind and fields of what the last command changed."""
    with office.read() as connection:
        content = connection.execute(
            select(JournalEntry.content).order_by(JournalEntry.id.desc()).limit(1)
        ).scalar_one()
    return [(one["kind"], one["fields"]) for one in msgspec.json.decode(content).get("changed", ())]


def test_a_new_drill_has_an_empty_record(office: Office) -> None:
    key = drill(office)
    record = of(office, key)
    assert (record.drill.number, record.design.scenario, record.parties, record.roll.people) == (
        "D",
        None,
        (),
        0,
    )
    assert (record.drill.kind, record.drill.evacuation, record.drill.unannounced) == ("drill", False, False)
    assert record.drill.third_party is False
    with pytest.raises(NotFound):
        drill_record(office, key + 1)


def test_all_parts_are_written_and_read_back(office: Office) -> None:
    unit, plan_id = street(office), plan(office)
    key = drill(office, plan_number="P")
    version, parts = sections(office, plan_id)
    parts_said = RecordParts(
        design=Design(
            organiser="区应急局", scenario="一层起火", subjects="疏散逃生\n初期火灾扑救", safety="备灭火毯",
            stop_conditions="真实火情", budget=3000.5, level_id=level(office, "二级"),
        ),
        parties=(
            PartyLine(unit_id=unit, role="player", expected=40),
            PartyLine(team_id=team(office), role="support", expected=6),
            PartyLine(name="消防救援站", role="evaluator", expected=2),
        ),
        objectives=(ObjectiveLine(who="保安", condition="接警后", task="全部疏散", standard="5分钟内"),),
        tested=(SectionLine(version_id=version), SectionLine(version_id=version, section_id=parts[2].id)),
        costs=(CostLine(kind="venue", planned=500), CostLine(kind="compensation", actual=800, payee="某公司")),
    )  # fmt: skip
    saved = save_record(office, key, 1, parts_said)
    record = of(office, key)
    assert saved.revision == record.drill.revision == 2
    assert saved.changes.touches("drills")
    assert record.design.level == "二级"
    assert record.design.budget == 3000.5
    assert record.subjects == ("疏散逃生", "初期火灾扑救")
    assert [(one.name, one.unit_code, one.role) for one in record.parties] == [
        ("西长街", "110102001", "player"), ("抢险队", None, "support"), ("消防救援站", None, "evaluator"),
    ]  # fmt: skip
    assert record.expected == 48
    assert [(one.plan_number, one.section) for one in record.tested] == [("P", None), ("P", "2.1 疏散")]
    assert [(one.kind, one.planned, one.actual, one.payee) for one in record.costs] == [
        ("venue", 500, None, None), ("compensation", None, 800, "某公司"),
    ]  # fmt: skip
    assert [(one.kind, one.planned, one.actual) for one in cost_sums(record.costs)] == [
        ("venue", 500, 0), ("compensation", 0, 800), ("", 500, 800),
    ]  # fmt: skip


def test_a_line_keeps_its_key_when_others_move_and_the_journal_says_what_changed(office: Office) -> None:
    key = drill(office)
    tasks = tuple(ObjectiveLine(task=task) for task in ("甲", "乙", "丙"))
    save_record(office, key, 1, RecordParts(objectives=tasks))
    first, second, third = of(office, key).objectives
    again = (
        ObjectiveLine(id=third.id, task="丙", met="met"),
        ObjectiveLine(task="丁"),
        ObjectiveLine(id=first.id, task="甲"),
    )
    save_record(office, key, 2, RecordParts(objectives=again))
    found = of(office, key).objectives
    assert [(one.position, one.task) for one in found] == [(0, "丙"), (1, "丁"), (2, "甲")]
    assert (found[0].id, found[2].id) == (third.id, first.id)
    told = changed_fields(office)
    assert ("drill_objectives", {"task": ["乙", None]}) in told
    assert ("drill_objectives", {"met": [None, "met"], "position": [2, 0]}) in told
    assert second.id not in {one.id for one in found}


def test_what_is_the_same_is_not_written(office: Office) -> None:
    key = drill(office)
    said = RecordParts(design=Design(scenario="起火"), costs=(CostLine(kind="staff", planned=1),))
    save_record(office, key, 1, said)
    known = of(office, key).costs[0].id
    before = commands(office)
    same = RecordParts(design=Design(scenario=" 起火 "), costs=(CostLine(id=known, kind="staff", planned=1),))
    saved = save_record(office, key, 2, same)
    assert (saved.revision, saved.changes.kinds) == (2, frozenset())
    assert commands(office) == before


def test_a_part_that_is_not_said_stays(office: Office) -> None:
    key = drill(office)
    save_record(office, key, 1, RecordParts(design=Design(scenario="起火", safety="小心")))
    save_record(office, key, 2, RecordParts(design=Design(safety=None)))
    assert (of(office, key).design.scenario, of(office, key).design.safety) == ("起火", None)


def test_an_older_revision_is_refused(office: Office) -> None:
    key = drill(office)
    save_record(office, key, 1, RecordParts(design=Design(scenario="起火")))
    with pytest.raises(Conflict):
        save_record(office, key, 1, RecordParts(design=Design(scenario="洪水")))
    assert of(office, key).design.scenario == "起火"


def test_a_line_of_another_drill_is_refused(office: Office) -> None:
    one, two = drill(office), drill(office, "D2")
    save_record(office, one, 1, RecordParts(objectives=(ObjectiveLine(task="甲"),)))
    foreign = of(office, one).objectives[0].id
    with pytest.raises(Conflict):
        save_record(office, two, 1, RecordParts(objectives=(ObjectiveLine(id=foreign, task="乙"),)))


def test_the_facts_and_the_parts_are_saved_together_or_not_at_all(office: Office) -> None:
    key = drill(office)
    entry = DrillEntry(number="D", unit_code=OWN, title="夜间演练", planned_on=DAY)
    editing = Saving(editing=Editing(key, 1))
    with pytest.raises(InvalidInput):
        save_drill(office, entry, editing, RecordParts(parties=(PartyLine(),)))
    assert of(office, key).drill.title == "消防演练"
    good = RecordParts(design=Design(scenario="夜间起火"))
    assert save_drill(office, entry, editing._replace(dry_run=True), good).updated == 1
    assert of(office, key).design.scenario is None
    save_drill(office, entry, editing, good)
    record = of(office, key)
    assert (record.drill.title, record.design.scenario, record.drill.revision) == ("夜间演练", "夜间起火", 2)
    assert commands(office)[-1] == "save drills"
    save_drill(office, entry, Saving(editing=Editing(key, 2)), RecordParts(design=Design(scenario="停电")))
    assert of(office, key).drill.revision == 3


def test_a_version_that_is_not_in_force_on_the_day_is_not_tested(office: Office) -> None:
    plan_id, key = plan(office), drill(office)
    draft = begin_version(office, plan_id, label="草稿")
    old, _parts = versions_of(office, plan_id)[1].id, None
    with pytest.raises(InvalidInput) as refusal:
        save_record(
            office, key, 1, RecordParts(tested=(SectionLine(version_id=old), SectionLine(version_id=draft)))
        )
    (words,) = problems(refusal)
    assert words.startswith(
        "Tested sections, line 2: Version '草稿' of the plan P is not in force on 2026-12-08"
    )
    assert of(office, key).tested == ()


def test_a_retired_plan_is_not_tested_nor_drilled(office: Office) -> None:
    plan_id = plan(office, retired_on=date(2026, 12, 1))
    version, key = versions_of(office, plan_id)[0].id, drill(office)
    with pytest.raises(InvalidInput) as refusal:
        save_record(office, key, 1, RecordParts(tested=(SectionLine(version_id=version),)))
    assert "it was retired on 2026-12-01" in problems(refusal)[0]
    with pytest.raises(InvalidInput) as second:
        drill(office, "D2", plan_number="P")
    assert "it was retired on 2026-12-01" in problems(second)[0]


def test_the_section_and_the_level_are_the_plans(office: Office) -> None:
    one, two = plan(office), plan(office, "P2")
    key = drill(office, plan_number="P2")
    version, _parts = sections(office, one)
    _version, others = sections(office, two)
    with pytest.raises(InvalidInput) as refusal:
        save_record(
            office,
            key,
            1,
            RecordParts(
                design=Design(level_id=level_of(office, one)),
                tested=(SectionLine(version_id=version, section_id=others[0].id),),
            ),
        )
    assert problems(refusal) == [
        "This response level is none of the drill's plan.",
        "Tested sections, line 1: This section is not in the version of the plan.",
    ]


def level_of(office: Office, plan_id: int) -> int:
    version = versions_of(office, plan_id)[0].id
    with office.read() as connection:
        statement = select(PlanLevel.id).where(PlanLevel.version_id == version).limit(1)
        return connection.execute(statement).scalar_one()


def test_every_wrong_line_is_named(office: Office) -> None:
    unit, key = street(office), drill(office)
    wrong = RecordParts(
        parties=(
            PartyLine(unit_id=unit, role="player"),
            PartyLine(unit_id=unit, role="player"),
            PartyLine(unit_id=10**6),
            PartyLine(name="  "),
            PartyLine(unit_id=unit, team_id=1),
            PartyLine(name="站", role="guest"),
            PartyLine(name="队", expected=-1),
        ),
        objectives=(ObjectiveLine(task=" "),),
        costs=(CostLine(kind="x"), CostLine(kind="compensation"), CostLine(kind="staff", actual=-1)),
        design=Design(budget=-1, scenario="x" * 4001),
    )
    with pytest.raises(InvalidInput) as refusal:
        save_record(office, key, 1, wrong)
    told = problems(refusal)
    assert "Must be 0 or more." in told
    assert "At most 4000 characters." in told
    for line in (
        "Taking part, line 2: Stands there more than once.",
        "Taking part, line 3: There is no such unit on 2026-12-08.",
        "Taking part, line 4: Name the unit, the team or the outside body.",
        "Taking part, line 5: Is either a unit or a team, not both.",
        "Taking part, line 7: Must be 0 or more.",
        "Objectives, line 1: Say what is to be done.",
        "Costs, line 2: Say who is compensated for the resources that were mobilised.",
        "Costs, line 3: Must be 0 or more.",
    ):
        assert line in told
    assert any(words.startswith("Taking part, line 6: 'guest' is not allowed") for words in told)
    assert of(office, key).parties == ()


def test_an_end_before_the_start_is_refused_even_when_only_one_of_them_is_said(office: Office) -> None:
    start = datetime(2026, 6, 5, 9, tzinfo=BEIJING)
    key = drill(office, planned_on=date(2026, 6, 5), started_at=start)
    with pytest.raises(InvalidInput) as refusal:
        drill(office, planned_on=date(2026, 6, 5), ended_at=start.replace(hour=8))
    assert problems(refusal) == ["Lies before the start."]
    drill(office, planned_on=date(2026, 6, 5), ended_at=start.replace(hour=11))
    assert of(office, key).drill.ended_at == start.replace(hour=11)


def test_a_drill_that_is_called_off_keeps_the_reason(office: Office) -> None:
    key = drill(office)
    with pytest.raises(InvalidInput):
        cancel_drill(office, key, " ")
    cancel_drill(office, key, "暴雨红色预警")
    assert first_rows(office, DRILLS, View(), 10) == []
    view = View(conditions=(Condition("drill_number", "=", "D"),))
    (line,) = first_rows(office, LOG, view, 10)
    assert "暴雨红色预警" in line.text
    with pytest.raises(InvalidInput):
        cancel_drill(office, key, "再次")


def test_a_drill_that_has_begun_is_not_called_off(office: Office) -> None:
    key = drill(office, started_at=datetime(2026, 11, 1, 9, tzinfo=BEIJING))
    with pytest.raises(InvalidInput):
        cancel_drill(office, key, "雨")


def test_a_plan_is_looked_at_again_when_the_drill_is_moved(office: Office) -> None:
    save_plans(office, [PlanEntry(number="P", title="预案", unit_code=OWN, published_on=date(2026, 1, 1))])
    drill(office, plan_number="P")
    with pytest.raises(InvalidInput):
        save_drills(
            office,
            [DrillEntry(number="D", unit_code=OWN, title="x", planned_on=date(2025, 1, 1), plan_number="P")],
        )
