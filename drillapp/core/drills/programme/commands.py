"""What can be done with the items of a programme: entered, changed, dropped, put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from msgspec import UNSET
from sqlalchemy import select

from drillapp.core import enumerations
from drillapp.core.batch import Batch, Target
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.drills.programme.entries import ItemEntry
from drillapp.core.drills.programme.model import ProgrammeItem
from drillapp.core.drills.programme.queries import item_named
from drillapp.core.drills.programme.rows import checked_revision
from drillapp.core.drills.programme.writing import (
    Standing,
    add_items,
    change_items,
    refuse_other_year,
    refuse_without_reason,
    standing,
)
from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.plans.titled import look_up_plans
from drillapp.core.saving import Saved, Saving, refuse_if_any
from drillapp.core.units.model import UnitAncestor
from drillapp.core.units.references import look_up_units
from drillapp.core.work import Work

_TARGET = Target(
    kind="programme_items",
    table=table_of(ProgrammeItem),
    key=(),
    fields=(
        "title", "planned_on", "is_day_fixed", "content", "form", "purpose", "hazard", "evacuation", "place",
        "leader", "expected", "budget", "note",
    ),
    required=("title", "unit_code", "planned_on"),
    choices={"content": "drill_content", "form": "drill_form", "purpose": "drill_purpose"},
    key_field="title",
)  # fmt: skip


class _Abandoned(Exception):
    """Rolls a dry run back."""


def save_items(office: Office, entries: Sequence[ItemEntry], saving: Saving = Saving()) -> Saved:
    """Add items to a programme, or change the one that is edited.

    Raises InvalidInput for unknown units and plans, a unit that the programme does not cover, a day outside its year,
    a plan that is retired by then, without a reason once it is approved; Conflict when somebody changed it meanwhile.
    """
    result = Saved()
    try:
        with office.write("save programme items") as work:
            result = _saved(office, work, entries, saving)
            if saving.dry_run:
                raise _Abandoned
    except _Abandoned:
        return Saved(result.created, result.updated, result.unchanged)
    return result


def move_items(
    office: Office, item_ids: Sequence[int], day: date, *, is_day_fixed: bool, reason: str | None = None
) -> Changes:
    """Plan items for another day, or with a day that is not settled for another month.

    Raises InvalidInput for a day outside the programme's year, and as all changes do.
    """
    with office.write("move programme items") as work:
        fields = {"planned_on": day, "is_day_fixed": is_day_fixed}
        change_items(office, work, _each(item_ids, fields), reason)
        return work.changes


def drop_items(office: Office, item_ids: Sequence[int], reason: str) -> Changes:
    """Take items out of the programme, and their drills that have not begun out of use; a reason is always needed."""
    if not reason.strip():
        raise InvalidInput(_("Say why it is dropped."), field="reason")
    with office.write("drop programme items") as work:
        change_items(office, work, _each(item_ids, {"dropped_on": office.clock.today()}), reason)
        return work.changes


def restore_items(office: Office, item_ids: Sequence[int], reason: str | None = None) -> Changes:
    """Put dropped items back into the programme; they are to be scheduled again."""
    with office.write("restore programme items") as work:
        change_items(office, work, _each(item_ids, {"dropped_on": None}), reason)
        return work.changes


def _each(item_ids: Sequence[int], fields: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    return {key: fields for key in item_ids}  # noqa: C420 - the fields are only read


def _saved(office: Office, work: Work, entries: Sequence[ItemEntry], saving: Saving) -> Saved:
    programme = standing(work.connection, entries[0].programme_id)
    batch = _checked(office, work, programme, entries)
    refuse_if_any(batch.problems, saving.partial)
    reason = entries[0].reason if isinstance(entries[0].reason, str) else None
    if saving.editing is None:
        refuse_without_reason(programme, reason)
        good = [i for i in range(len(entries)) if i not in batch.refused]
        columns = {name: [_stored(name, values[i]) for i in good] for name, values in batch.columns.items()}
        ids = iter(add_items(office, work, programme, columns, reason))
        keys = tuple(None if i in batch.refused else next(ids) for i in range(len(entries)))
        problems = tuple(batch.problems)
        return Saved(created=len(good), problems=problems, changes=work.changes, ids=keys)
    key = saving.editing.id
    if checked_revision(item_named(office, key)) != saving.editing.revision:
        raise Conflict(
            _("Someone else changed this record since you opened it."),
            _("Open it again: your entries are still in the form."),
        )
    values = {
        name: _stored(name, values[0]) for name, values in batch.columns.items() if values[0] is not UNSET
    }
    changed = change_items(office, work, {key: values}, reason)
    changes = work.changes if changed else Changes()
    return Saved(updated=len(changed), unchanged=1 - len(changed), changes=changes, ids=(key,))


def _stored(name: str, value: Any) -> Any:
    """As the column takes it."""
    if name in ("is_day_fixed", "evacuation"):
        return value is True
    return None if value is UNSET or value == "" else value


def _checked(office: Office, work: Work, programme: Standing, entries: Sequence[ItemEntry]) -> Batch:
    batch = Batch(work.connection, office.id, office.as_of, _TARGET, entries)
    batch.check_texts()
    for field, enumeration in _TARGET.choices.items():
        batch.check_choice(field, enumerations.codes(enumeration))
    look_up_units(batch)
    _check_units(batch, programme)
    for field in ("expected", "budget"):
        for i, count in enumerate(batch.given[field]):
            if isinstance(count, int | float) and count < 0:
                batch.refuse(i, field, _("Must be 0 or more."))
    for i, entry in enumerate(entries):
        try:
            refuse_other_year(programme.year, entry.planned_on)
        except InvalidInput as error:
            batch.refuse(i, "planned_on", error.message)
    _look_up_plans(batch)
    return batch


def _check_units(batch: Batch, programme: Standing) -> None:
    below = select(UnitAncestor.unit_id).where(UnitAncestor.ancestor_id == programme.unit_id)
    covered = set(batch.connection.scalars(below))
    for i, unit in enumerate(batch.columns["unit_id"]):
        if isinstance(unit, int) and unit not in covered:
            batch.refuse(i, "unit_code", _("The programme does not cover this unit."))


def _look_up_plans(batch: Batch) -> None:
    periods = look_up_plans(batch)
    numbers = batch.given["plan_number"]
    retired = _("The plan {number} is not in force on {day}: it was retired on {end}.")
    for i, entry in enumerate(cast(Sequence[ItemEntry], batch.entries)):
        end = periods[numbers[i]][2] if numbers[i] in periods else None
        if end is not None and entry.planned_on >= end:
            batch.refuse(i, "plan_number", retired.format(number=numbers[i], day=entry.planned_on, end=end))
