"""Who took part in drills: by unit against its head count, and by person; who never did."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, and_, func, select, union_all

from drillapp.core.database.base import AnySelect, still
from drillapp.core.drills.held import is_held, took_part
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty, DrillPerson
from drillapp.core.localtime import end_of_day, local_day
from drillapp.core.office import Office
from drillapp.core.units.model import Person, Unit
from drillapp.core.units.references import in_effect, in_scope


class UnitParticipation(msgspec.Struct, frozen=True):
    """How far the people of a unit took part in a year."""

    unit_id: int
    unit: str
    """The unit's code."""
    unit_name: str
    headcount: int | None
    drills: int
    """Drills that the unit held or took part in."""
    attendances: int
    """People counted in them, those of several drills several times."""
    people: int
    """People of the unit whose names are known."""
    people_taking_part: int
    """Those of them who were checked in at least once."""

    @property
    def per_head(self) -> float | None:
        """Attendances for each head; None where the head count is unknown."""
        return self.attendances / self.headcount if self.headcount else None


class PersonParticipation(msgspec.Struct, frozen=True):
    """How often somebody took part in a year, and when the last time ever."""

    person_id: int
    name: str
    post: str | None
    key_person: bool
    unit: str
    unit_name: str
    drills: int
    last_on: date | None
    """The day on which the last drill ended; None for somebody who never took part."""


def participation(office: Office, unit_id: int | None, year: int) -> list[UnitParticipation]:
    """Each unit of a scope, whether it held a drill or not, by its code."""
    held = _attendances(office, year).subquery()
    drills = (
        select(
            held.c.unit_id,
            func.count(held.c.drill_id.distinct()).label("drills"),
            func.sum(held.c.present).label("attendances"),
        )
        .group_by(held.c.unit_id)
        .subquery()
    )
    came = _came(_held_in(office, year)).subquery()
    known = (
        select(
            Person.unit_id,
            func.count().label("people"),
            func.count(came.c.person_id).label("came"),
        )
        .select_from(Person)
        .outerjoin(came, came.c.person_id == Person.id)
        .where(still(Person.retired_on, office.as_of))
        .group_by(Person.unit_id)
        .subquery()
    )
    statement = (
        select(
            Unit.id, Unit.code, Unit.name, Unit.headcount, func.coalesce(drills.c.drills, 0),
            func.coalesce(drills.c.attendances, 0), func.coalesce(known.c.people, 0), func.coalesce(known.c.came, 0),
        )
        .outerjoin(drills, drills.c.unit_id == Unit.id)
        .outerjoin(known, known.c.unit_id == Unit.id)
        .where(in_effect(office.as_of), in_scope(Unit.id, unit_id))
        .order_by(Unit.code)
    )  # fmt: skip
    with office.read() as connection:
        return [UnitParticipation(*row) for row in connection.execute(statement)]


def drills_taken_part(office: Office, unit_id: int, year: int) -> list[int]:
    """The keys of the drills that a unit held or took part in."""
    held = _attendances(office, year).subquery()
    statement = select(held.c.drill_id).where(held.c.unit_id == unit_id).distinct().order_by(held.c.drill_id)
    with office.read() as connection:
        return list(connection.execute(statement).scalars())


def drills_of_person(office: Office, person_id: int) -> list[int]:
    """The keys of the drills in which somebody was checked in, of all years."""
    statement = (
        select(Drill.id)
        .join(DrillPerson, DrillPerson.drill_id == Drill.id)
        .where(
            is_held(office.as_of), DrillPerson.person_id == person_id, DrillPerson.checked_in_at.is_not(None)
        )
        .distinct()
        .order_by(Drill.id)
    )  # fmt: skip
    with office.read() as connection:
        return list(connection.execute(statement).scalars())


def people_taking_part(
    office: Office, unit_id: int | None, year: int, *, never_only: bool = False
) -> list[PersonParticipation]:
    """Each person known in a scope, those who took part least first; or only those who never took part in any year."""
    this_year = _came(_held_in(office, year)).subquery()
    ever = _came(is_held(office.as_of)).subquery()
    statement = (
        select(
            Person.id.label("person_id"), Person.name, Person.post, Person.key_person, Unit.code.label("unit"),
            Unit.name.label("unit_name"), func.coalesce(this_year.c.drills, 0).label("drills"), ever.c.last,
        )
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(this_year, this_year.c.person_id == Person.id)
        .outerjoin(ever, ever.c.person_id == Person.id)
        .where(in_scope(Person.unit_id, unit_id), still(Person.retired_on, office.as_of), in_effect(office.as_of))
        .order_by("drills", Person.key_person.desc(), Unit.code, Person.id)
    )  # fmt: skip
    if never_only:
        statement = statement.where(ever.c.person_id.is_(None))
    with office.read() as connection:
        return [_person(row) for row in connection.execute(statement)]


def _person(row: Row[Any]) -> PersonParticipation:
    values = row._asdict()
    last = values.pop("last")
    return PersonParticipation(**values, last_on=None if last is None else local_day(last))


def people_never(office: Office, unit_id: int | None) -> int:
    """How many people known in a scope never took part in any year."""
    ever = _came(is_held(office.as_of)).subquery()
    statement = (
        select(func.count())
        .select_from(Person)
        .join(Unit, Unit.id == Person.unit_id)
        .outerjoin(ever, ever.c.person_id == Person.id)
        .where(
            in_scope(Person.unit_id, unit_id), still(Person.retired_on, office.as_of), in_effect(office.as_of),
            ever.c.person_id.is_(None),
        )
    )  # fmt: skip
    with office.read() as connection:
        return int(connection.execute(statement).scalar_one())


def _held_in(office: Office, year: int) -> ColumnElement[bool]:
    """Whether a drill was held in a year, as far as the office's date knows."""
    first, last = end_of_day(date(year - 1, 12, 31)), date(year, 12, 31)
    return and_(Drill.ended_at > first, is_held(min(last, office.as_of)))


def _attendances(office: Office, year: int) -> AnySelect:
    """A row for each unit and drill: those that held it, and those that came to another's."""
    own = select(
        Drill.unit_id, Drill.id.label("drill_id"), func.coalesce(Drill.participants, 0).label("present")
    ).where(_held_in(office, year))
    guests = took_part(Drill.id, func.coalesce(DrillParty.present, 0)).where(
        _held_in(office, year), DrillParty.unit_id != Drill.unit_id
    )
    return select(union_all(own, guests).subquery())


def _came(held: ColumnElement[bool]) -> AnySelect:
    """People who were checked in, with how many drills and the last of them."""
    return (
        select(
            DrillPerson.person_id,
            func.count(Drill.id.distinct()).label("drills"),
            func.max(Drill.ended_at).label("last"),
        )
        .join(Drill, Drill.id == DrillPerson.drill_id)
        .where(held, DrillPerson.person_id.is_not(None), DrillPerson.checked_in_at.is_not(None))
        .group_by(DrillPerson.person_id)
    )
