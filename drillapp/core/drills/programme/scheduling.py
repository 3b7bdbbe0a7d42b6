"""Items of a programme scheduled as drills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Row, bindparam, extract, select, update

from drillapp.core.batch import Batch
from drillapp.core.changes import Changes
from drillapp.core.database.base import in_blocks, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.model import Drill
from drillapp.core.drills.programme.model import ProgrammeItem
from drillapp.core.drills.programme.numbers import Wanted, next_drill_numbers
from drillapp.core.drills.programme.queries import has_drill
from drillapp.core.drills.programme.writing import told
from drillapp.core.drills.record.model import DrillDesign
from drillapp.core.errors import Conflict, InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
from drillapp.core.saving import Saving
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope
from drillapp.core.work import Work

_ITEMS, _DESIGNS = table_of(ProgrammeItem), table_of(DrillDesign)


class Scheduled(msgspec.Struct, frozen=True):
    """What came of it."""

    numbers: tuple[str, ...] = ()
    """Of the drills that were made."""
    refused: tuple[str, ...] = ()
    """Why each of the others was not: title and reason."""
    changes: Changes = Changes()


class _Numbered(NamedTuple):
    item: Row[Any]
    number: str


def schedule_items(office: Office, item_ids: Sequence[int], *, day: date | None = None) -> Scheduled:
    """Make drills of items, numbered on in their units' series; on another day where one is given.

    All that can be are scheduled, in one transaction; why the others cannot stands in what comes back. Raises NotFound
    for an item that is not there, InvalidInput when not one can be scheduled.
    """
    with office.read() as connection:
        items = list(in_blocks(connection, _items(), ProgrammeItem.id, item_ids))
        if len(items) < len(set(item_ids)):
            raise NotFound(_("Not all of these items are there any more."), _("Look at the list again."))
        refused = [f"{one.title}: {why}" for one in items if (why := _why_not(one))]
        good = [one for one in items if not _why_not(one)]
        year = day.year if day is not None else None
        wanted = [Wanted(one.unit_id, one.unit_code, year or one.planned_on.year) for one in good]
        numbers = next_drill_numbers(connection, office.id, wanted)
    numbered = [_Numbered(item, number) for item, number in zip(good, numbers, strict=True)]
    return _made(office, numbered, refused, day)


def items_of_month(office: Office, programme_id: int, month: int, unit_id: int | None = None) -> list[int]:
    """The items of a month that wait to be scheduled, of a unit and those below it or of all."""
    if not 1 <= month <= 12:
        raise InvalidInput(_("A month is a number from 1 to 12."), field="month")
    within = extract("month", ProgrammeItem.planned_on) == month
    statement = _items().where(ProgrammeItem.programme_id == programme_id, within)
    with office.read() as connection:
        rows = connection.execute(statement.where(in_scope(ProgrammeItem.unit_id, unit_id)))
        return [row.id for row in rows if not _why_not(row)]


def _items() -> Any:
    return (
        select(
            ProgrammeItem.id, ProgrammeItem.unit_id, Unit.code.label("unit_code"), ProgrammeItem.title,
            Plan.number.label("plan_number"), ProgrammeItem.hazard, ProgrammeItem.evacuation, ProgrammeItem.content,
            ProgrammeItem.form, ProgrammeItem.purpose, ProgrammeItem.planned_on, ProgrammeItem.is_day_fixed, ProgrammeItem.place,
            ProgrammeItem.leader, ProgrammeItem.expected, ProgrammeItem.budget, ProgrammeItem.dropped_on,
            has_drill.label("has_drill"), Drill.number.label("drill_number"),
        )
        .join(Unit, Unit.id == ProgrammeItem.unit_id)
        .outerjoin(Plan, Plan.id == ProgrammeItem.plan_id)
        .outerjoin(Drill, Drill.id == ProgrammeItem.drill_id)
        .order_by(ProgrammeItem.planned_on, ProgrammeItem.id)
    )  # fmt: skip


def _why_not(item: Row[Any]) -> str:
    if item.dropped_on is not None:
        return _("was dropped on {day}").format(day=item.dropped_on)
    if item.has_drill:
        return _("is scheduled already, as {number}").format(number=item.drill_number)
    return ""


def _made(office: Office, numbered: Sequence[_Numbered], refused: list[str], day: date | None) -> Scheduled:
    items = [one.item for one in numbered]
    saved = save_drills(
        office,
        [_entry(one, day) for one in numbered],
        Saving(partial=True),
        lambda work, batch: _link(work, batch, items, day),
    )
    refused += [f"{items[one.index].title}: {one.message}" for one in saved.problems]
    made = {one.number for one, key in zip(numbered, saved.ids, strict=bool(saved.ids)) if key is not None}
    if not made and refused:
        more = len(refused) - 1
        raise InvalidInput(
            refused[0], _("{count} more cannot be scheduled either.").format(count=more) if more else ""
        )
    return Scheduled(
        tuple(one.number for one in numbered if one.number in made), tuple(refused), saved.changes
    )


def _entry(one: _Numbered, day: date | None) -> DrillEntry:
    item = one.item
    return DrillEntry(
        number=one.number, unit_code=item.unit_code, title=item.title, planned_on=day or item.planned_on,
        plan_number=item.plan_number, hazard=item.hazard, evacuation=item.evacuation, content=item.content,
        form=item.form, purpose=item.purpose, place=item.place, leader=item.leader, expected=item.expected,
    )  # fmt: skip


def _link(work: Work, batch: Batch, items: Sequence[Row[Any]], day: date | None) -> None:
    """Let the items know their drills, and the drills what may be spent on them.

    Raises Conflict when somebody scheduled one of the items, or took one of the numbers, since they were read.
    """
    pairs = [(items[i], batch.id_of(i)) for i in batch.new]
    now = in_blocks(work.connection, _items(), ProgrammeItem.id, [item.id for item in items])
    if len(batch.new) + len(batch.refused) < len(items) or any(map(_why_not, now)):
        raise Conflict(
            _("Somebody else schedules drills of the programme at this moment."),
            _("Look at the list again, then schedule what is left."),
        )
    if not pairs:
        return
    statement = update(_ITEMS).where(_ITEMS.c.id == bindparam("_id")).values(drill_id=bindparam("_drill"))
    work.connection.execute(statement, [{"_id": item.id, "_drill": drill} for item, drill in pairs])
    moved = {} if day is None else {"planned_on": day, "is_day_fixed": True}
    if moved:
        to_day = update(_ITEMS).where(_ITEMS.c.id == bindparam("_id")).values(moved)
        work.connection.execute(to_day, [{"_id": item.id} for item, _drill in pairs])
    for item, drill in pairs:
        fields = {name: (getattr(item, name), value) for name, value in moved.items()}
        work.changed("programme_items", item.id, {"drill_id": (None, drill), **fields})
    budgets = [(drill, item.budget) for item, drill in pairs if item.budget is not None]
    if budgets:
        drills, amounts = zip(*budgets, strict=True)
        ids = next_ids(work.connection, _DESIGNS, len(drills))
        insert_rows(work.connection, _DESIGNS, {"id": ids, "drill_id": drills, "budget": amounts})
        work.created("drill_designs", ids)
    work.touched("programmes", told(item.unit_id for item, _drill in pairs))
