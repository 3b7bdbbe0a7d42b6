"""The roll of a drill: people of units, by name, in groups, from a sign-in list; ten thousand of them too."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from drillapp.core.drills.record.parts import PartyLine, RecordParts
from drillapp.core.drills.record.roll import (
    ROLL,
    PersonEntry,
    enrol,
    enrol_units,
    strike,
)
from drillapp.core.drills.record.saving import save_record
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.ledgers.sign_in import import_sign_in
from drillapp.core.listing import Condition, View, count, first_rows
from drillapp.core.localtime import BEIJING
from drillapp.core.office import Office
from drillapp.core.units.commands import save_people
from drillapp.core.units.entries import PersonEntry as UnitPerson
from tests.core.drills.record.recorded import STREET, drill, of, street

CAME = datetime(2026, 12, 8, 8, 45, tzinfo=BEIJING)


def test_people_are_enrolled_once_and_groups_count_as_many(office: Office) -> None:
    key = drill(office)
    people = [
        PersonEntry(name="张三", organisation="物业", role="player"),
        PersonEntry(name="百万庄社区居民", count=120),
    ]
    assert (enrol(office, key, people).added, enrol(office, key, people).known) == (2, 2)
    assert enrol(office, key, [PersonEntry(name="张三", organisation="街道")]).added == 1
    sums = of(office, key).roll
    assert (sums.lines, sums.people, sums.present) == (3, 122, 0)


def test_the_people_of_units_that_take_part_are_enrolled(office: Office) -> None:
    unit, key = street(office), drill(office)
    save_people(
        office, [UnitPerson(unit_code=STREET, name=name, post="队长", phone="1") for name in ("李四", "王五")]
    )
    assert enrol_units(office, key).added == 0
    save_record(office, key, 1, RecordParts(parties=(PartyLine(unit_id=unit, role="player"),)))
    assert enrol_units(office, key).added == 2
    assert enrol_units(office, key, [unit]).known == 2
    first = of(office, key).people[0]
    assert (first.name, first.organisation, first.post, first.role) == ("李四", "西长街", "队长", "player")
    assert first.person_id is not None


def test_wrong_lines_are_named_and_nothing_is_written(office: Office) -> None:
    key = drill(office)
    people = [PersonEntry(name="好"), PersonEntry(name=" ", role="guest"), PersonEntry(name="组", count=0)]
    with pytest.raises(InvalidInput) as refusal:
        enrol(office, key, people)
    assert [(one.index, one.field) for one in refusal.value.problems] == [
        (1, "name"),
        (1, "role"),
        (2, "count"),
    ]
    assert of(office, key).people == ()
    with pytest.raises(NotFound):
        enrol(office, key + 1, [PersonEntry(name="好")])


def test_a_line_is_struck(office: Office) -> None:
    key = drill(office)
    enrol(office, key, [PersonEntry(name="张三"), PersonEntry(name="居民", count=30, checked_in_at=CAME)])
    enrol(office, key, [PersonEntry(name="李四", checked_in_at=CAME)])
    people = {one.name: one.id for one in of(office, key).people}
    strike(office, key, [people["张三"], people["李四"]])
    assert [one.name for one in of(office, key).people] == ["居民"]
    assert of(office, key).drill.participants == 30


def test_who_came_counts_as_participant(office: Office) -> None:
    key = drill(office)
    enrol(office, key, [PersonEntry(name="张三"), PersonEntry(name="居民", count=30, checked_in_at=CAME)])
    assert of(office, key).drill.participants == 30
    enrol(office, key, [PersonEntry(name="张三", checked_in_at=CAME)])
    assert (of(office, key).drill.participants, of(office, key).roll.present) == (31, 31)


def sheet(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for place, row in enumerate(rows):
            page.write_row(place, 0, row)
    return path


def test_a_sign_in_list_is_taken_over(office: Office, tmp_path: Path) -> None:
    key = drill(office)
    path = sheet(
        tmp_path / "签到表.xlsx",
        [
            ["演练签到表"],
            ["序号", "姓名", "单位", "职务", "联系电话", "人数", "演练角色", "签到时间"],
            [1, "张三", "物业公司", "经理", "13800000000", "", "参演", "2026-12-08 08:45"],
            [2, "居民代表", "社区", "", "", 40, "", ""],
        ],
    )
    result = import_sign_in(office, key, path)
    assert (result.read, result.created, result.errors) == (2, 2, ())
    people = of(office, key).people
    assert [(one.name, one.organisation, one.count, one.role) for one in people] == [
        ("张三", "物业公司", 1, "player"), ("居民代表", "社区", 40, None),
    ]  # fmt: skip
    assert people[0].checked_in_at == CAME
    again = import_sign_in(office, key, path)
    assert (again.created, again.unchanged) == (0, 2)


def test_a_list_of_those_who_came_checks_them_in(office: Office, tmp_path: Path) -> None:
    key = drill(office, started_at=CAME)
    enrol(office, key, [PersonEntry(name="张三", organisation="物业")])
    path = sheet(tmp_path / "a.xlsx", [["姓名", "单位"], ["张三", "物业"], ["李四", "物业"]])
    import_sign_in(office, key, path, present=True)
    assert of(office, key).drill.participants == 2
    assert {one.checked_in_at for one in of(office, key).people} == {CAME}


def test_a_list_with_wrong_rows_brings_nothing_in(office: Office, tmp_path: Path) -> None:
    key = drill(office)
    path = sheet(tmp_path / "a.xlsx", [["姓名", "人数"], ["张三", 1], ["", 2], ["李四", "几个"], ["王五", 0]])
    result = import_sign_in(office, key, path)
    assert [(one.row, one.column) for one in result.errors] == [(3, "姓名"), (4, "人数"), (5, "人数")]
    assert of(office, key).people == ()
    with pytest.raises(InvalidInput):
        import_sign_in(office, key, sheet(tmp_path / "b.xlsx", [["电话"], ["1"]]))


def test_a_text_file_is_a_sign_in_list_too(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,单位\n张三,物业\n", encoding="gb18030")
    key = drill(office)
    assert import_sign_in(office, key, path).created == 1


def test_ten_thousand_participants_take_seconds(office: Office) -> None:
    key = drill(office)
    people = [PersonEntry(name=f"参演人员{i}", organisation="社区", role="player") for i in range(10_000)]
    begin = time.monotonic()
    assert enrol(office, key, people).added == 10_000
    arrived = [PersonEntry(name=one.name, organisation="社区", checked_in_at=CAME) for one in people]
    enrol(office, key, arrived)
    view = View(conditions=(Condition("drill_id", "=", key),), text="人员9999")
    assert count(office, ROLL, view) == 1
    assert first_rows(office, ROLL, view, 5)[0].name == "参演人员9999"
    assert time.monotonic() - begin < 20
    assert of(office, key).drill.participants == 10_000
    strike(office, key, [one.id for one in of(office, key).people])
    assert of(office, key).roll.lines == 0
