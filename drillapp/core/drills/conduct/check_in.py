"""People who come to a drill are checked in: by name, by the card that they carry, or as a group with a count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, insert, select, update

from drillapp.core.batch import MAX_NUMBER, text_problem
from drillapp.core.cards.lookup import look_up
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.drills.conduct.drill import checked_in, open_drill, put
from drillapp.core.drills.record.model import DrillParty, DrillPerson
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.localtime import local_moment
from drillapp.core.office import Office
from drillapp.core.units.model import Person, Unit
from drillapp.core.work import Work

_PEOPLE = table_of(DrillPerson)


class CheckedIn(NamedTuple):
    """Who was checked in, and how many are there now."""

    changes: Changes
    row_id: int
    """The line of the roll."""
    name: str
    is_new: bool
    """Was not on the roll before."""
    present: int


def check_in(
    office: Office,
    drill_id: int,
    name: str = "",
    *,
    row_id: int | None = None,
    organisation: str = "",
    count: int = 1,
) -> CheckedIn:
    """Check in whoever has this name or telephone number on the roll, or carries the disposal card that was scanned.

    Whoever is not on the roll is added to it; a `count` above one stands for people who came together. `row_id` names a
    line of the roll instead. Raises InvalidInput for a name that several have, somebody who is there already, and a
    count below one; NotFound, Denied.
    """
    _refuse_wrong(name, row_id, organisation, count)
    holder = _holder(office, name) if row_id is None else ""
    with office.write("check in") as work:
        drill = open_drill(work.connection, drill_id)
        roll = work.connection.execute(select(_PEOPLE).where(_PEOPLE.c.drill_id == drill_id)).all()
        found = _on_roll(roll, row_id, name, organisation, holder)
        if found is None:
            key, shown = _add(
                work, drill, holder or name.strip(), organisation.strip(), count, office.clock.now()
            )
        else:
            key, shown = found.id, found.name
            _note_arrival(work, found, count, office.clock.now())
        present = checked_in(work.connection, drill_id)
        if drill.ended_at is not None:
            put(work, drill, {"participants": present})
        work.touched("drill_people", {drill.unit_id})
        return CheckedIn(work.changes, key, shown, found is None, present)


def undo_check_in(office: Office, row_id: int) -> Changes:
    """Take back that a line of the roll was checked in; raises NotFound, InvalidInput."""
    with office.write("undo check-in") as work:
        row = work.connection.execute(select(_PEOPLE).where(_PEOPLE.c.id == row_id)).first()
        if row is None:
            raise _not_on_roll()
        if row.checked_in_at is None:
            raise InvalidInput(_("{name} is not checked in.").format(name=row.name), field="name")
        drill = open_drill(work.connection, row.drill_id)
        work.connection.execute(update(_PEOPLE).where(_PEOPLE.c.id == row_id).values(checked_in_at=None))
        work.changed("drill_people", row_id, {"checked_in_at": (row.checked_in_at, None)})
        if drill.ended_at is not None:
            put(work, drill, {"participants": checked_in(work.connection, drill.id)})
        work.touched("drill_people", {drill.unit_id})
        return work.changes


def _refuse_wrong(name: str, row_id: int | None, organisation: str, count: int) -> None:
    if row_id is None and not name.strip():
        raise InvalidInput(_("Must not be empty."), field="name")
    for field, text in (("name", name), ("organisation", organisation)):
        if problem := text_problem(text):
            raise InvalidInput(problem, field=field)
    if not 1 <= count <= MAX_NUMBER:
        raise InvalidInput(_("Must be 1 or more."), field="count")


def _holder(office: Office, text: str) -> str:
    """Who has the disposal card with this code or number; empty when it is none."""
    card = look_up(office, text).card
    return card.person or "" if card is not None else ""


def _on_roll(
    roll: Sequence[Row[Any]], row_id: int | None, name: str, organisation: str, holder: str
) -> Row[Any] | None:
    """The line of the roll that is meant; None when nobody on it is."""
    if row_id is not None:
        meant = [row for row in roll if row.id == row_id]
        if not meant:
            raise _not_on_roll()
    else:
        wanted = {_plain(text) for text in (name, holder) if text.strip()}
        meant = [
            row
            for row in roll
            if _plain(row.name) in wanted or (row.phone is not None and _plain(row.phone) in wanted)
        ]
        if organisation.strip():
            meant = [row for row in meant if _plain(row.organisation or "") == _plain(organisation)]
    absent = [row for row in meant if row.checked_in_at is None]
    if len(absent) > 1:
        raise _several(absent)
    if meant and not absent:
        raise _there_already(meant[0])
    return absent[0] if absent else None


def _several(rows: Sequence[Row[Any]]) -> InvalidInput:
    return InvalidInput(
        _("{count} on the roll are called {name}.").format(count=len(rows), name=rows[0].name),
        _("Say which organisation: {names}").format(names=", ".join(row.organisation or "?" for row in rows)),
        field="organisation",
    )


def _there_already(row: Row[Any]) -> InvalidInput:
    time = f"{local_moment(row.checked_in_at):%H:%M}"
    return InvalidInput(
        _("{name} is checked in since {time} already.").format(name=row.name, time=time), field="name"
    )


def _not_on_roll() -> NotFound:
    return NotFound(_("This line is not on the roll any more."), _("Look at the roll again."))


def _note_arrival(work: Work, row: Row[Any], count: int, at: datetime) -> None:
    values: dict[str, Any] = {"checked_in_at": at}
    if count > 1 and count != row._mapping["count"]:
        values["count"] = count
    work.connection.execute(update(_PEOPLE).where(_PEOPLE.c.id == row.id).values(values))
    work.changed("drill_people", row.id, {name: (row._mapping[name], new) for name, new in values.items()})


def _add(
    work: Work, drill: Row[Any], name: str, organisation: str, count: int, at: datetime
) -> tuple[int, str]:
    values: dict[str, Any] = {
        "drill_id": drill.id, "name": name, "organisation": organisation or None, "count": count, "checked_in_at": at,
    }  # fmt: skip
    if count == 1:
        values |= _known_person(work.connection, drill, name, organisation)
    key = work.connection.execute(insert(_PEOPLE).values(values).returning(_PEOPLE.c.id)).scalar_one()
    work.changed("drill_people", key, {field: (None, value) for field, value in values.items()})
    return key, name


def _known_person(connection: Connection, drill: Row[Any], name: str, organisation: str) -> dict[str, Any]:
    """What is known of the one person with this name in the units that take part; nothing where it is not one."""
    parties = select(DrillParty.unit_id).where(
        DrillParty.drill_id == drill.id, DrillParty.unit_id.is_not(None)
    )
    statement = (
        select(Person.id, Person.post, Person.phone, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.name == name, Person.retired_on.is_(None))
        .where((Person.unit_id == drill.unit_id) | Person.unit_id.in_(parties))
    )
    if organisation:
        statement = statement.where(Unit.name == organisation)
    found = connection.execute(statement.limit(2)).all()
    if len(found) != 1:
        return {}
    key, post, phone, unit = found[0]
    return {"person_id": key, "post": post, "phone": phone, "organisation": organisation or unit}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
