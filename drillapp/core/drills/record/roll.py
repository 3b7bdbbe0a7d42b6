"""The roll of a drill: who comes, by name or as a group with a count."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, delete, select, update

from drillapp.core import enumerations
from drillapp.core.batch import MAX_NUMBER, text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.base import AnySelect, in_blocks, still, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.drills.conduct.drill import checked_in, put
from drillapp.core.drills.conduct.drill import drill_row as conducted
from drillapp.core.drills.record.model import DrillParty, DrillPerson
from drillapp.core.drills.record.saving import subject
from drillapp.core.errors import Problem
from drillapp.core.i18n import _
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.saving import refuse_if_any
from drillapp.core.units.model import Person, Unit
from drillapp.core.work import Origin, Work

_PEOPLE = table_of(DrillPerson)
_FIELDS = ("person_id", "name", "organisation", "post", "role", "phone", "count", "checked_in_at")
_MOST_TOLD = 200
"""So many new lines the journal keeps field by field; of more it keeps the keys."""


class PersonEntry(Struct, frozen=True, kw_only=True):
    """Somebody on the roll, or people who come together."""

    name: str
    organisation: str | None = None
    post: str | None = None
    role: str | None = None
    phone: str | None = None
    count: int = 1
    checked_in_at: datetime | None = None
    person_id: int | None = None


class Enrolled(Struct, frozen=True):
    """What came of adding people."""

    added: int
    known: int
    """Those that stood on the roll already."""
    changes: Changes


def enrol(
    office: Office, drill_id: int, people: Sequence[PersonEntry], *, origin: Origin | None = None
) -> Enrolled:
    """Add people to a drill's roll; of those who stand there already, with the same name, organisation and phone, only
    that they came is noted.

    Raises NotFound, InvalidInput with every problem.
    """
    with office.write("enrol people") as work:
        drill = subject(work.connection, drill_id)
        refuse_if_any(people_problems(people), partial=False)
        new, arrived = _sorted_out(work, drill_id, people)
        work.origin = origin
        _write(work, drill_id, new)
        _check_in(work, arrived)
        if any(one.checked_in_at is not None for one in (*new, *arrived.values())):
            _count_present(work, drill_id)
        if new or arrived:
            work.touched("drills", {drill.unit_id})
        return Enrolled(len(new), len(people) - len(new), work.changes)


def enrol_units(
    office: Office, drill_id: int, unit_ids: Collection[int] | None = None, *, role: str | None = "player"
) -> Enrolled:
    """Add the people of units, by default of those that take part; raises NotFound, InvalidInput."""
    with office.read() as connection:
        drill = subject(connection, drill_id)
        if unit_ids is None:
            parties = select(DrillParty.unit_id).where(DrillParty.drill_id == drill_id)
            unit_ids = {key for key in connection.execute(parties).scalars() if key is not None}
        people = list(in_blocks(connection, _people_of_units(drill.day), Person.unit_id, unit_ids))
    entries = [
        PersonEntry(
            name=row.name, organisation=row.organisation, post=row.post, phone=row.phone, role=role, person_id=row.id
        )
        for row in people
    ]  # fmt: skip
    return enrol(office, drill_id, entries)


def strike(office: Office, drill_id: int, line_ids: Collection[int]) -> Changes:
    """Take lines off a drill's roll; raises NotFound."""
    with office.write("strike from roll") as work:
        drill = subject(work.connection, drill_id)
        statement: AnySelect = select(_PEOPLE).where(_PEOPLE.c.drill_id == drill_id)
        rows = list(in_blocks(work.connection, statement, _PEOPLE.c.id, line_ids))
        for start in range(0, len(rows), 5000):
            keys = [row.id for row in rows[start : start + 5000]]
            work.connection.execute(delete(_PEOPLE).where(_PEOPLE.c.id.in_(keys)))
        for row in rows:
            told = {name: (row._mapping[name], None) for name in _FIELDS if row._mapping[name] is not None}
            work.changed("drill_people", row.id, told)
        if any(row.checked_in_at is not None for row in rows):
            _count_present(work, drill_id)
        work.touched("drills", {drill.unit_id})
        return work.changes


def _people_of_units(day: date) -> AnySelect:
    return (
        select(Person.id, Person.name, Person.post, Person.phone, Unit.name.label("organisation"))
        .join(Unit, Unit.id == Person.unit_id)
        .where(still(Person.retired_on, day))
        .order_by(Unit.code, Person.id)
    )


def people_problems(people: Sequence[PersonEntry]) -> list[Problem]:
    """What is wrong with people who are to be enrolled, each in its place."""
    codes = frozenset(enumerations.codes("drill_role"))
    found = []
    for i, person in enumerate(people):
        for name, words in _wrong(person, codes):
            value = getattr(person, name)
            found.append(Problem(i, name, "" if value is None else str(value), words))
    return found


def _wrong(person: PersonEntry, roles: frozenset[str]) -> list[tuple[str, str]]:
    texts = ("name", "organisation", "post", "phone")
    found = [
        (name, words) for name in texts if (text := getattr(person, name)) and (words := text_problem(text))
    ]
    if not person.name.strip():
        found.append(("name", _("Must not be empty.")))
    if person.role is not None and person.role not in roles:
        allowed = " ".join(enumerations.codes("drill_role"))
        message = _("'{value}' is not allowed; allowed: {codes}")
        found.append(("role", message.format(value=person.role, codes=allowed)))
    if not 1 <= person.count <= MAX_NUMBER:
        found.append(("count", _("Must be 1 or more.")))
    return found


def _sorted_out(
    work: Work, drill_id: int, people: Sequence[PersonEntry]
) -> tuple[list[PersonEntry], dict[int, PersonEntry]]:
    """Who is new, and who stands on the roll already and came now."""
    statement = select(
        *(_PEOPLE.c[name] for name in ("id", "checked_in_at", "name", "organisation", "phone"))
    )
    rows = work.connection.execute(statement.where(_PEOPLE.c.drill_id == drill_id))
    known = {(row.name, row.organisation or "", row.phone or ""): row for row in rows}
    seen = set(known)
    new: list[PersonEntry] = []
    arrived: dict[int, PersonEntry] = {}
    for person in people:
        key = (person.name.strip(), (person.organisation or "").strip(), (person.phone or "").strip())
        if key not in seen:
            new.append(person)
        elif key in known and person.checked_in_at is not None and known[key].checked_in_at is None:
            arrived[known[key].id] = person
        seen.add(key)
    return new, arrived


def _check_in(work: Work, arrived: Mapping[int, PersonEntry]) -> None:
    if not arrived:
        return
    statement = update(_PEOPLE).where(_PEOPLE.c.id == bindparam("_id")).values(checked_in_at=bindparam("_at"))
    rows = [{"_id": key, "_at": person.checked_in_at} for key, person in arrived.items()]
    work.connection.execute(statement, rows)
    for key, person in arrived.items():
        work.changed("drill_people", key, {"checked_in_at": (None, person.checked_in_at)})


def _write(work: Work, drill_id: int, people: Sequence[PersonEntry]) -> None:
    if not people:
        return
    keys = next_ids(work.connection, _PEOPLE, len(people))
    columns: dict[str, Sequence[Any]] = {"id": keys, "drill_id": [drill_id] * len(people)}
    for name in _FIELDS:
        columns[name] = [_cleaned(getattr(person, name)) for person in people]
    insert_rows(work.connection, _PEOPLE, columns)
    if work.origin is not None or len(people) > _MOST_TOLD:
        work.created("drill_people", keys)
        return
    for key, person in zip(keys, people, strict=True):
        said = {name: (None, value) for name in _FIELDS if (value := getattr(person, name)) is not None}
        work.changed("drill_people", key, {"drill_id": (None, drill_id), **said})


def _cleaned(value: Any) -> Any:
    return value.strip() or None if isinstance(value, str) else value


def _count_present(work: Work, drill_id: int) -> None:
    """Keep the drill's participants in step with those on the roll who came."""
    put(work, conducted(work.connection, drill_id), {"participants": checked_in(work.connection, drill_id)})


class RollRow(msgspec.Struct, frozen=True):
    """A line of a roll in a list."""

    id: int
    drill_id: int
    name: str
    organisation: str | None
    post: str | None
    role: str | None
    phone: str | None
    count: int
    checked_in_at: datetime | None


def _roll(_as_of: date) -> AnySelect:
    return select(*(getattr(DrillPerson, name) for name in RollRow.__struct_fields__))


ROLL = Listing(
    "drill_people",
    RollRow,
    (
        Column("name", "Name", width=150),
        Column("organisation", "Organisation", width=220),
        Column("post", "Post", width=130),
        Column("role", "Part played", "choice", 110, "drill_role"),
        Column("phone", "Phone", width=130),
        Column("count", "How many", "number", 70),
        Column("checked_in_at", "Checked in", "moment", 140),
    ),
    _roll,
    searched=("name", "organisation", "post", "phone"),
    sort=(("id", False),),
)
"""The rolls of all drills; a view chooses one by the condition drill_id."""
