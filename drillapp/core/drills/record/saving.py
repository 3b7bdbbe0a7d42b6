"""Saving a drill's record: its facts and parts together in one transaction, or nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import UNSET, Struct
from sqlalchemy import Connection, insert, select, update

from drillapp.core.batch import Batch
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.drills.commands import drill_day, save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.model import Drill
from drillapp.core.drills.naming import not_there
from drillapp.core.drills.record.checks import Subject, problems_of
from drillapp.core.drills.record.lines import write_lines
from drillapp.core.drills.record.model import (
    DrillCost,
    DrillDesign,
    DrillObjective,
    DrillParty,
    DrillSupply,
    TestedSection,
)
from drillapp.core.drills.record.parts import Design, RecordParts, SupplyLine
from drillapp.core.drills.record.reserving import supply_problems
from drillapp.core.errors import Conflict
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, refuse_if_any
from drillapp.core.work import Work


class Recorded(Struct, frozen=True):
    """What became of a record: its revision now, and what was touched."""

    revision: int
    changes: Changes


def save_record(office: Office, drill_id: int, revision: int, parts: RecordParts) -> Recorded:
    """Write parts of a drill's record; `revision` is the drill's when they were read.

    Raises NotFound; Conflict when the drill was changed since; InvalidInput with every problem: a version that is not
    in force on the drill's day, a retired plan, unknown units and teams, more supplies than are free.
    """
    with office.write("save drill record") as work:
        stand = begin_change(work, drill_id, revision)
        if write_parts(work, drill_id, parts):
            count_up(work, drill_id)
            return Recorded(stand + 1, work.changes)
        return Recorded(stand, Changes())


def save_drill(office: Office, entry: DrillEntry, saving: Saving, parts: RecordParts) -> Saved:
    """Create or update one drill together with parts of its record.

    Raises what `save_drills` and `save_record` raise; then nothing of either is written.
    """

    def write(work: Work, batch: Batch) -> None:
        if batch.refused:
            return
        drill_id = batch.id_of(0)
        if write_parts(work, drill_id, parts) and not batch.changed and not batch.new:
            count_up(work, drill_id)

    return save_drills(office, [entry], saving, write)


def write_parts(work: Work, drill_id: int, parts: RecordParts) -> bool:
    """Write parts inside the caller's transaction; returns whether anything changed. Raises InvalidInput, Conflict."""
    drill = subject(work.connection, drill_id)
    problems = problems_of(work.connection, drill, parts)
    items: dict[Any, int] = {}
    if parts.supplies is not UNSET:
        wrong, items = supply_problems(work.connection, drill, parts.supplies)
        problems += wrong
    refuse_if_any(problems, partial=False)
    changed = False
    if parts.design is not UNSET:
        changed = _write_design(work, drill_id, parts.design)
    if parts.supplies is not UNSET:
        changed = _write_supplies(work, drill_id, parts.supplies, items) or changed
    for name, (model, fields) in _LINES.items():
        lines = getattr(parts, name)
        if lines is not UNSET:
            given = [(line.id, _clean(line, fields)) for line in lines]
            changed = write_lines(work, model, drill_id, fields, given) or changed
    if changed:
        work.touched("drills", {drill.unit_id})
    return changed


def subject(connection: Connection, drill_id: int) -> Subject:
    """The drill that a record is of; raises NotFound."""
    columns = (Drill.id, Drill.unit_id, Drill.plan_id, Drill.planned_on, Drill.started_at)
    row = connection.execute(select(*columns).where(Drill.id == drill_id)).first()
    if row is None:
        raise not_there()
    return Subject(
        row.id, row.unit_id, row.plan_id, drill_day(row.planned_on, row.started_at), row.planned_on
    )


def begin_change(work: Work, drill_id: int, revision: int) -> int:
    """Make sure that nobody changed a drill since `revision`; raises NotFound, Conflict."""
    found = work.connection.execute(select(Drill.revision).where(Drill.id == drill_id)).scalar()
    if found is None:
        raise not_there()
    if found != revision:
        raise Conflict(
            _("Someone else changed this record since you opened it."),
            _("Open it again: your entries are still in the form."),
        )
    return int(found)


def count_up(work: Work, drill_id: int) -> None:
    """Give a drill its next revision."""
    work.connection.execute(update(Drill).where(Drill.id == drill_id).values(revision=Drill.revision + 1))


_LINES: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "parties": (DrillParty, ("unit_id", "team_id", "name", "role", "expected", "present")),
    "objectives": (DrillObjective, ("who", "condition", "task", "standard", "met", "note")),
    "tested": (TestedSection, ("version_id", "section_id")),
    "costs": (DrillCost, ("kind", "planned", "actual", "payee", "note")),
}


def _clean(line: Struct, fields: Sequence[str]) -> dict[str, Any]:
    """A line's values: texts without space around them, none for an empty one."""
    return {name: _cleaned(getattr(line, name)) for name in fields}


def _cleaned(value: Any) -> Any:
    return value.strip() or None if isinstance(value, str) else value


def _write_design(work: Work, drill_id: int, design: Design) -> bool:
    table = table_of(DrillDesign)
    statement = select(table).where(table.c.drill_id == drill_id)
    row = work.connection.execute(statement).mappings().first()
    said = {
        name: _cleaned(value)
        for name in design.__struct_fields__
        if (value := getattr(design, name)) is not UNSET
    }
    old: Callable[[str], Any] = (lambda name: None) if row is None else row.__getitem__
    fields = {name: (old(name), value) for name, value in said.items() if value != old(name)}
    if not fields:
        return False
    values = {name: new for name, (_old, new) in fields.items()}
    if row is None:
        key = work.connection.execute(
            insert(DrillDesign).values(drill_id=drill_id, **values).returning(DrillDesign.id)
        ).scalar_one()
    else:
        key = row["id"]
        work.connection.execute(update(DrillDesign).where(DrillDesign.id == key).values(values))
    work.changed("drill_designs", key, {"drill_id": (None, drill_id), **fields} if row is None else fields)
    return True


def _write_supplies(
    work: Work, drill_id: int, lines: Sequence[SupplyLine], items: dict[Any, int]
) -> bool:  # fmt: skip
    fields = ("storehouse_id", "item_id", "lot_id", "reserved")
    return write_lines(work, DrillSupply, drill_id, fields, list(_supply_values(lines, items)))


def _supply_values(
    lines: Sequence[SupplyLine], items: dict[Any, int]
) -> Iterator[tuple[int | None, dict[str, Any]]]:
    for line in lines:
        yield (
            line.id,
            {
                "storehouse_id": line.storehouse_id,
                "item_id": items[line.storehouse_id, line.lot_id],
                "lot_id": line.lot_id,
                "reserved": line.reserved,
            },
        )
