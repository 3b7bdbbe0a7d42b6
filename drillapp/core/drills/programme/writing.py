"""Items of programmes on their way into the tables, with the record of what was changed after the approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select, update

from drillapp.core.database.base import in_blocks, table_of
from drillapp.core.database.rows import insert_rows, next_ids, update_rows
from drillapp.core.drills.model import Drill
from drillapp.core.drills.programme.model import Programme, ProgrammeChange, ProgrammeItem
from drillapp.core.drills.programme.queries import has_drill, item_day
from drillapp.core.drills.record.reserving import refuse_if_overdrawn, release_supplies
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.work import Work

_ITEMS, _CHANGES, _DRILLS = table_of(ProgrammeItem), table_of(ProgrammeChange), table_of(Drill)
FIELDS = (
    "unit_id", "title", "plan_id", "hazard", "evacuation", "content", "form", "purpose", "planned_on",
    "is_day_fixed", "place", "expected", "budget", "leader", "note",
)  # fmt: skip
"""What an item says, as its columns are called."""
_OF_DRILL = (
    "plan_id", "hazard", "evacuation", "content", "form", "purpose", "planned_on", "place", "expected", "leader",
)  # fmt: skip
"""What its drill takes over from it as long as it has not begun."""
_FEW_UNITS = 1000


class Standing(NamedTuple):
    """A programme as far as changing it goes."""

    id: int
    unit_id: int
    year: int
    approved_on: date | None
    published_on: date | None


def standing(connection: Connection, programme_id: int) -> Standing:
    """How a programme stands; raises NotFound."""
    statement = select(
        Programme.id, Programme.unit_id, Programme.year, Programme.approved_on, Programme.published_on
    ).where(Programme.id == programme_id, Programme.retired_on.is_(None))
    row = connection.execute(statement).first()
    if row is None:
        raise NotFound(_("This programme is not there any more."), _("Look at the list of programmes again."))
    return Standing(*row)


def refuse_without_reason(programme: Standing, reason: str | None) -> None:
    """Raise InvalidInput where a programme is approved and no reason is given for changing it."""
    if programme.approved_on is not None and not (reason or "").strip():
        raise InvalidInput(
            _("The programme was approved on {day}: say why it is changed.").format(
                day=programme.approved_on
            ),
            _("The reason is kept with the change."),
            field="reason",
        )


def add_items(
    office: Office, work: Work, programme: Standing, columns: Mapping[str, Sequence[Any]], reason: str | None
) -> list[int]:
    """Write new items, given by columns; returns their keys."""
    count = len(columns["title"])
    ids = next_ids(work.connection, _ITEMS, count)
    insert_rows(work.connection, _ITEMS, {"id": ids, "programme_id": [programme.id] * count, **columns})
    work.created("programme_items", ids)
    work.touched("programmes", told(columns["unit_id"]))
    if programme.approved_on is not None:
        fields = [
            {name: (None, columns[name][place]) for name in columns if columns[name][place] is not None}
            for place in range(count)
        ]
        note_changes(office, work, programme.id, dict(zip(ids, fields, strict=True)), reason)
    return ids


class _Item(NamedTuple):
    """An item with all that decides whether it may be changed."""

    programme_id: int
    drill_id: int | None
    """Of the drill that it was scheduled as."""
    drill_number: str | None
    has_begun: bool
    dropped_on: date | None
    fields: dict[str, Any]


def change_items(
    office: Office, work: Work, changes: Mapping[int, Mapping[str, Any]], reason: str | None
) -> set[int]:
    """Write other values of items' fields, and into their drills; returns the keys of those that really change.

    Raises NotFound, InvalidInput for an item that was dropped or whose drill has begun, without a reason where one
    is needed.
    """
    items = _items(work.connection, changes)
    for key in changes:
        if key not in items:
            raise NotFound(_("There is no item {item} in any programme.").format(item=key))
    found: dict[int, dict[str, tuple[Any, Any]]] = {}
    for key, values in changes.items():
        item = items[key]
        fields = {name: (item.fields[name], new) for name, new in values.items() if item.fields[name] != new}
        if fields:
            _refuse_changed(item, fields)
            found[key] = fields
    by_programme: dict[int, dict[int, dict[str, tuple[Any, Any]]]] = {}
    for key, fields in found.items():
        by_programme.setdefault(items[key].programme_id, {})[key] = fields
    for programme_id, changed in by_programme.items():
        programme = standing(work.connection, programme_id)
        refuse_without_reason(programme, reason)
        _refuse_other_year(programme, changed)
        _write(office, work, changed)
        if programme.approved_on is not None:
            note_changes(office, work, programme_id, changed, reason)
    _hand_on(work, found, items)
    units = {items[key].fields["unit_id"] for key in found} | {
        pair[1] for fields in found.values() for name, pair in fields.items() if name == "unit_id"
    }
    work.touched("programmes", told(units))
    return set(found)


def note_changes(
    office: Office,
    work: Work,
    programme_id: int,
    changed: Mapping[int, Mapping[str, Any]],
    reason: str | None,
) -> None:
    """Keep what was changed in items of an approved programme, and why."""
    if not changed:
        return
    ids = next_ids(work.connection, _CHANGES, len(changed))
    now: datetime = office.clock.now()
    columns: dict[str, Sequence[Any]] = {
        "id": ids,
        "programme_id": [programme_id] * len(ids),
        "item_id": list(changed),
        "changed_at": [now] * len(ids),
        "who": [office.actor] * len(ids),
        "reason": [(reason or "").strip()] * len(ids),
        "fields": [msgspec.json.encode(fields).decode() for fields in changed.values()],
    }
    insert_rows(work.connection, _CHANGES, columns)


def told(unit_ids: Iterable[int]) -> set[int] | None:
    """The units, or None for more than are worth telling one by one."""
    units = set(unit_ids)
    return units if len(units) <= _FEW_UNITS else None


def _items(connection: Connection, keys: Iterable[int]) -> dict[int, _Item]:
    fields = [ProgrammeItem.__table__.c[name] for name in FIELDS if name != "planned_on"]
    statement = (
        select(
            ProgrammeItem.id, ProgrammeItem.programme_id, ProgrammeItem.drill_id, has_drill.label("scheduled"),
            Drill.number, Drill.started_at, ProgrammeItem.dropped_on, item_day.label("day"), *fields,
        )
        .outerjoin(Drill, Drill.id == ProgrammeItem.drill_id)
    )  # fmt: skip
    found = {}
    for row in in_blocks(connection, statement, ProgrammeItem.id, list(keys)):
        values = {name: row.day if name == "planned_on" else getattr(row, name) for name in FIELDS}
        values |= {"dropped_on": row.dropped_on}
        drill = row.drill_id if row.scheduled else None
        found[row.id] = _Item(
            row.programme_id, drill, row.number if drill else None, bool(drill and row.started_at),
            row.dropped_on, values,
        )  # fmt: skip
    return found


def _refuse_changed(item: _Item, fields: Mapping[str, Any]) -> None:
    title = item.fields["title"]
    if item.has_begun:
        text = _("“{title}” was begun as the drill {number} and can no longer be changed in the programme.")
        raise InvalidInput(
            text.format(title=title, number=item.drill_number), _("Change the drill's own record.")
        )
    if item.dropped_on is not None and "dropped_on" not in fields:
        raise InvalidInput(
            _("“{title}” was dropped on {day}.").format(title=title, day=item.dropped_on),
            _("Put it back into the programme first."),
        )
    if item.drill_id is not None and "unit_id" in fields:
        text = _("“{title}” is scheduled as the drill {number} of its unit: drop it and add another.")
        raise InvalidInput(text.format(title=title, number=item.drill_number), field="unit_code")


def _refuse_other_year(programme: Standing, changed: Mapping[int, Mapping[str, tuple[Any, Any]]]) -> None:
    for fields in changed.values():
        day = fields.get("planned_on", (None, None))[1]
        if day is not None:
            refuse_other_year(programme.year, day)


def refuse_other_year(year: int, day: date) -> None:
    """Raise InvalidInput for a day that is not in the programme's year."""
    if day.year != year:
        raise InvalidInput(
            _("{day} does not lie in {year}, the programme's year.").format(day=day, year=year),
            field="planned_on",
        )


def _write(office: Office, work: Work, changed: Mapping[int, Mapping[str, tuple[Any, Any]]]) -> None:
    for key, fields in changed.items():
        values = {name: pair[1] for name, pair in fields.items()}
        work.connection.execute(update(_ITEMS).where(_ITEMS.c.id == key).values(values))
        work.changed("programme_items", key, fields)


def _hand_on(
    work: Work, changed: Mapping[int, Mapping[str, tuple[Any, Any]]], items: Mapping[int, _Item]
) -> None:
    """Let drills that have not begun follow their items; the drill of a dropped one is taken out of use.

    Raises InvalidInput where what is set aside for a drill is not free on its new day.
    """
    moved: list[int] = []
    dropped: list[int] = []
    for key, fields in changed.items():
        drill = items[key].drill_id
        handed = {name: pair for name, pair in fields.items() if name in _OF_DRILL}
        if "dropped_on" in fields:
            handed["retired_on"] = fields["dropped_on"]
        if drill is not None and handed:
            values = {name: pair[1] for name, pair in handed.items()}
            update_rows(work.connection, _DRILLS, list(values), [{"id": drill, **values}])
            work.changed("drills", drill, handed)
            work.touched("drills", {items[key].fields["unit_id"]})
            if "planned_on" in handed:
                moved.append(drill)
            if handed.get("retired_on", (None, None))[1] is not None:
                dropped.append(drill)
    release_supplies(work, dropped)
    refuse_if_overdrawn(work, moved)
