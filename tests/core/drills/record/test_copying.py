"""A copy of a drill plans the same again: by the plans in force on its day, without what happened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from drillapp.core.drills.injects.model import Inject
from drillapp.core.drills.record.copying import copy_drill
from drillapp.core.drills.record.parts import (
    CostLine,
    Design,
    ObjectiveLine,
    PartyLine,
    RecordParts,
    SectionLine,
)
from drillapp.core.drills.record.roll import PersonEntry, enrol
from drillapp.core.drills.record.saving import save_record
from drillapp.core.errors import InvalidInput
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.plans.content import Content
from drillapp.core.plans.model import PlanEvent, PlanLevel
from drillapp.core.plans.versions import begin_version, read_content, versions_of, write_content
from drillapp.core.retiring import retire
from tests.core.drills.record.recorded import drill, of, plan, street

NEXT = date(2027, 12, 7)


def filled(office: Office) -> tuple[int, int]:
    """A drill that was held, with all that is copied and all that is not; and its plan."""
    unit, plan_id = street(office), plan(office)
    version = versions_of(office, plan_id)[0].id
    parts = read_content(office, version).sections
    with office.read() as connection:
        level = connection.execute(select(PlanLevel.id).where(PlanLevel.name == "二级")).scalar_one()
    begun = datetime(2026, 11, 20, 9, tzinfo=BEIJING)
    key = drill(office, plan_number="P", planned_on=date(2026, 11, 20), started_at=begun, ended_at=begun,
                participants=9, rating="good", unannounced=True, hazard="火灾")  # fmt: skip
    save_record(
        office,
        key,
        1,
        RecordParts(
            design=Design(scenario="起火", budget=100, level_id=level),
            parties=(PartyLine(unit_id=unit, role="player", expected=5, present=4), PartyLine(name="消防站")),
            objectives=(ObjectiveLine(task="疏散", met="met", note="好"),),
            tested=(SectionLine(version_id=version, section_id=parts[2].id), SectionLine(version_id=version)),
            costs=(CostLine(kind="venue", planned=5, actual=6),),
        ),
    )
    enrol(office, key, [PersonEntry(name="张三")])
    return key, plan_id


def inject(office: Office, drill_id: int, number: str, **said: Any) -> int:
    values = {"drill_id": drill_id, "position": int(number), "number": number, "content": "起火"} | said
    with office.write("test") as work:
        statement = insert(Inject).values(values).returning(Inject.id)
        return int(work.connection.execute(statement).scalar_one())


def test_what_was_planned_is_copied_and_what_happened_is_not(office: Office) -> None:
    key, _plan = filled(office)
    copied = copy_drill(office, key, NEXT)
    record = of(office, copied.id)
    drill_row = record.drill
    assert copied.number == drill_row.number != "D"
    assert copied.told == ()
    assert (drill_row.title, drill_row.planned_on, drill_row.plan_number, drill_row.hazard, drill_row.unannounced) == (
        "消防演练", NEXT, "P", "火灾", True,
    )  # fmt: skip
    assert (drill_row.started_at, drill_row.participants, drill_row.rating) == (None, None, None)
    assert (record.design.scenario, record.design.budget, record.design.level) == ("起火", 100, "二级")
    assert [(one.name, one.expected, one.present) for one in record.parties] == [
        ("西长街", 5, None), ("消防站", None, None),
    ]  # fmt: skip
    assert [(one.task, one.met, one.note) for one in record.objectives] == [("疏散", None, None)]
    assert [one.section for one in record.tested] == ["2.1 疏散", None]
    assert [(one.planned, one.actual) for one in record.costs] == [(5, None)]
    assert record.people == ()


def test_the_version_in_force_on_the_new_day_is_tested(office: Office) -> None:
    key, plan_id = filled(office)
    begin_version(office, plan_id, label="新版")
    newest = versions_of(office, plan_id)[0]
    content = read_content(office, newest.id)
    write_content(office, newest.id, newest.revision, Content(content.sections[:2], content.levels[:1]))
    with office.write("test") as work:
        said = {
            "plan_id": plan_id,
            "version_id": newest.id,
            "kind": "published",
            "happened_on": date(2026, 11, 22),
        }
        work.connection.execute(insert(PlanEvent).values(said))
    copied = copy_drill(office, key, NEXT)
    record = of(office, copied.id)
    assert [(one.version_id, one.section) for one in record.tested] == [(newest.id, None)]
    assert copied.told == ("Not in force on 2027-12-07, so not tested: 火灾预案 2.1 疏散",)
    assert record.design.level is None


def test_a_retired_plan_is_left_out_with_a_word(office: Office) -> None:
    key, plan_id = filled(office)
    retire(office, "plans", [plan_id], date(2027, 1, 1))
    copied = copy_drill(office, key, NEXT)
    record = of(office, copied.id)
    assert (record.drill.plan_number, record.tested, record.design.level) == (None, (), None)
    assert copied.told[0] == "The plan P is not in force on 2027-12-07: the copy has none."


def test_injects_are_copied_with_what_they_wait_for(office: Office) -> None:
    key, plan_id = filled(office)
    section = read_content(office, versions_of(office, plan_id)[0].id).sections[2].id
    first = inject(office, key, "1", offset_seconds=0, section_id=section)
    inject(office, key, "2", after_id=first)
    inject(office, key, "3", retired=True)
    copied = copy_drill(office, key, NEXT)
    with office.read() as connection:
        statement = select(Inject.id, Inject.number, Inject.after_id, Inject.section_id)
        rows = connection.execute(
            statement.where(Inject.drill_id == copied.id).order_by(Inject.position)
        ).all()
    assert [(row.number, row.section_id) for row in rows] == [("1", section), ("2", None)]
    assert (rows[0].after_id, rows[1].after_id) == (None, rows[0].id)


def test_a_number_that_is_taken_is_refused(office: Office) -> None:
    key, _plan = filled(office)
    with pytest.raises(InvalidInput):
        copy_drill(office, key, NEXT, "D")
    assert of(office, key).drill.title == "消防演练"
