"""Who took part in drills, by unit and by person."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import insert, select

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.participation import (
    drills_of_person,
    drills_taken_part,
    participation,
    people_never,
    people_taking_part,
)
from drillapp.core.drills.record.model import DrillParty, DrillPerson
from drillapp.core.office import Office
from drillapp.core.units.commands import save_people, save_units
from drillapp.core.units.entries import PersonEntry, UnitEntry
from drillapp.core.units.model import Person, Unit


def held(office: Office, number: str, unit: str, day: date, count: int, kind: str = "drill") -> int:
    start = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    entry = DrillEntry(
        number=number, unit_code=unit, title=number, planned_on=day, kind=kind, started_at=start,
        ended_at=start.replace(hour=3), participants=count,
    )  # fmt: skip
    (key,) = save_drills(office, [entry]).ids
    assert key is not None
    return key


def came(office: Office, drill: int, name: str, when: datetime | None) -> None:
    with office.write("check in") as work:
        person = work.connection.execute(select(Person.id).where(Person.name == name)).scalar_one()
        values = {"drill_id": drill, "person_id": person, "name": name, "checked_in_at": when}
        work.connection.execute(insert(DrillPerson).values(**values))


def test_units_and_people_of_a_year(office: Office) -> None:
    save_units(
        office,
        [
            UnitEntry(code="A", name="A", parent_code="110102", kind="enterprise", headcount=50),
            UnitEntry(code="B", name="B", parent_code="110102", kind="enterprise"),
        ],
    )
    people = [PersonEntry(unit_code="A", name=name) for name in ("Wang", "Li", "Zhao")]
    save_people(office, people)
    first = held(office, "D1", "A", date(2026, 3, 2), 40)
    second = held(office, "D2", "A", date(2026, 9, 2), 20)
    before = held(office, "D0", "A", date(2025, 9, 2), 30)
    held(office, "E1", "A", date(2026, 5, 2), 99, "event")
    with office.write("party") as work:
        guest = work.connection.execute(select(Unit.id).where(Unit.code == "B")).scalar_one()
        work.connection.execute(
            insert(DrillParty).values(drill_id=first, position=1, unit_id=guest, present=7)
        )
    moment = datetime(2026, 3, 2, 2, tzinfo=UTC)
    for drill in (first, second):
        came(office, drill, "Wang", moment)
    came(office, second, "Li", None)  # was on the roll and did not come
    came(office, before, "Li", moment)

    told = {row.unit: row for row in participation(office, None, 2026)}
    assert (told["A"].drills, told["A"].attendances, told["A"].per_head) == (2, 60, 60 / 50)
    assert (told["A"].people, told["A"].people_taking_part) == (3, 1)
    assert (told["B"].drills, told["B"].attendances, told["B"].per_head) == (1, 7, None)
    assert told["110102"].drills == 0

    listed = {row.name: (row.drills, row.last_on) for row in people_taking_part(office, None, 2026)}
    assert listed == {
        "Wang": (2, date(2026, 9, 2)),
        "Li": (0, date(2025, 9, 2)),
        "Zhao": (0, None),
    }
    never = people_taking_part(office, None, 2026, never_only=True)
    assert [row.name for row in never] == ["Zhao"]
    assert people_never(office, None) == 1
    assert drills_taken_part(office, told["A"].unit_id, 2026) == sorted((first, second))
    assert drills_taken_part(office, told["B"].unit_id, 2026) == [first]
    (li,) = (row for row in people_taking_part(office, None, 2026) if row.name == "Li")
    assert drills_of_person(office, li.person_id) == [before]


def test_what_comes_after_the_offices_date_is_not_known(office: Office) -> None:
    save_units(office, [UnitEntry(code="A", name="A", parent_code="110102", kind="enterprise")])
    save_people(office, [PersonEntry(unit_code="A", name="Wang")])
    held(office, "D1", "A", date(2026, 3, 2), 40)
    second = held(office, "D2", "A", date(2026, 9, 2), 20)
    came(office, second, "Wang", datetime(2026, 9, 2, 2, tzinfo=UTC))
    office.as_of = date(2026, 6, 1)
    (row,) = (row for row in participation(office, None, 2026) if row.unit == "A")
    assert (row.drills, row.attendances, row.people_taking_part) == (1, 40, 0)
    (wang,) = people_taking_part(office, None, 2026)
    assert (wang.drills, wang.last_on) == (0, None)


def test_who_looks_on_or_stays_away_does_not_take_part(office: Office) -> None:
    codes = ("A", "B", "C")
    save_units(office, [UnitEntry(code=c, name=c, parent_code="110102", kind="enterprise") for c in codes])
    drill = held(office, "D1", "A", date(2026, 3, 2), 40)
    with office.write("party") as work:
        ids = dict(work.connection.execute(select(Unit.code, Unit.id)).all())
        parties = (("B", "observer", 3), ("C", "player", 0))
        for place, (code, role, present) in enumerate(parties):
            party = {"unit_id": ids[code], "role": role, "present": present, "position": place}
            work.connection.execute(insert(DrillParty).values(drill_id=drill, **party))
    told = {row.unit: row.drills for row in participation(office, None, 2026)}
    assert (told["A"], told["B"], told["C"]) == (1, 0, 0)
