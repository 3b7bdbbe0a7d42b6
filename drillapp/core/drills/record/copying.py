"""A new drill made from an old one: what was planned, not what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Connection, select

from drillapp.core.batch import Batch
from drillapp.core.changes import Changes
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import next_ids
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.injects.model import Inject
from drillapp.core.drills.record.parts import (
    CostLine,
    Design,
    ObjectiveLine,
    PartyLine,
    RecordParts,
    SectionLine,
)
from drillapp.core.drills.record.reading import record_in
from drillapp.core.drills.record.rows import DrillRecord
from drillapp.core.drills.record.saving import write_parts
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.numbering import next_number
from drillapp.core.office import Office
from drillapp.core.plans.events import in_force_periods
from drillapp.core.plans.model import Plan, PlanLevel, PlanSection, PlanVersion
from drillapp.core.plans.standing import version_in_force_as_of
from drillapp.core.saving import Saving
from drillapp.core.work import Work

_INJECTS = table_of(Inject)


class Copied(Struct, frozen=True):
    """The new drill, and what of the old one could not be taken over."""

    id: int
    number: str
    told: tuple[str, ...]
    changes: Changes


class _Plans(NamedTuple):
    """What of the old drill's plans is in force on the new day."""

    plan_number: str | None
    tested: tuple[SectionLine, ...]
    sections: dict[int, int]
    """Sections of old versions to those that carry them on."""
    level_id: int | None
    told: tuple[str, ...]


def copy_drill(office: Office, drill_id: int, day: date, number: str = "") -> Copied:
    """Plan a new drill like an old one: design, parties, objectives, tested sections, planned costs, injects.

    What is tested is that of the versions in force on the new day. Roll, files, supplies and whatever happened stay
    with the old one. Raises NotFound, InvalidInput.
    """
    with office.read() as connection:
        record = record_in(connection, drill_id, office.as_of)
        plans = _plans(connection, record, day)
    drill = record.drill
    new = number or _proposed(office, drill.unit_code, day)
    entry = DrillEntry(
        number=new, unit_code=drill.unit_code, title=drill.title, planned_on=day, kind=drill.kind,
        plan_number=plans.plan_number, hazard=drill.hazard, evacuation=drill.evacuation, unannounced=drill.unannounced,
        content=drill.content, form=drill.form, purpose=drill.purpose, place=drill.place, leader=drill.leader,
        expected=drill.expected, third_party=drill.third_party,
    )  # fmt: skip
    parts = _parts(record, plans)

    def write(work: Work, batch: Batch) -> None:
        if not batch.new:
            raise InvalidInput(
                _("There is a drill with the number '{value}' already.").format(value=new), field="number"
            )
        key = batch.id_of(0)
        write_parts(work, key, parts)
        _copy_injects(work, drill_id, key, plans.sections)

    saved = save_drills(office, [entry], Saving(), write)
    (key,) = saved.ids
    assert key is not None
    return Copied(key, new, plans.told, saved.changes)


def _proposed(office: Office, unit_code: str, day: date) -> str:
    """The next number of the unit; where its numbers do not count, the last one with the day."""
    number = next_number(office, "drills", unit_code)
    return number if number[-1:].isdigit() else f"{number}-{day:%Y%m%d}"


def _parts(record: DrillRecord, plans: _Plans) -> RecordParts:
    old = record.design
    return RecordParts(
        design=Design(
            organiser=old.organiser,
            scenario=old.scenario,
            subjects=old.subjects,
            safety=old.safety,
            stop_conditions=old.stop_conditions,
            budget=old.budget,
            level_id=plans.level_id,
        ),
        parties=tuple(
            PartyLine(
                unit_id=one.unit_id, team_id=one.team_id, role=one.role, expected=one.expected,
                name=None if one.unit_id or one.team_id else one.name,
            )
            for one in record.parties
        ),
        objectives=tuple(
            ObjectiveLine(who=one.who, condition=one.condition, task=one.task, standard=one.standard)
            for one in record.objectives
        ),
        tested=plans.tested,
        costs=tuple(
            CostLine(kind=one.kind, planned=one.planned, payee=one.payee, note=one.note) for one in record.costs
        ),
    )  # fmt: skip


def _plans(connection: Connection, record: DrillRecord, day: date) -> _Plans:
    told: list[str] = []
    number = record.drill.plan_number
    if number is not None and not _is_in_force(connection, number, day):
        told.append(
            _("The plan {number} is not in force on {day}: the copy has none.").format(number=number, day=day)
        )
        number = None
    versions = _versions_in_force(connection, record, day)
    sections = _carried_on(connection, record, versions)
    tested: list[SectionLine] = []
    for one in record.tested:
        version = versions.get(one.plan_id)
        section = None if one.section_id is None else sections.get(one.section_id)
        if version is None or (one.section_id is not None and section is None):
            name = " ".join(part for part in (one.plan_title, one.section) if part)
            told.append(_("Not in force on {day}, so not tested: {name}").format(day=day, name=name))
        else:
            tested.append(SectionLine(version_id=version, section_id=section))
    level = _level(connection, record, number, versions)
    return _Plans(number, tuple(tested), sections, level, tuple(told))


def _is_in_force(connection: Connection, number: str, day: date) -> bool:
    _key, begin, end = in_force_periods(connection, {number})[number]
    return begin is not None and begin <= day and (end is None or day < end)


def _versions_in_force(connection: Connection, record: DrillRecord, day: date) -> dict[int, int]:
    """The version in force on a day of each plan that the old drill tested or started; none of a retired plan."""
    plans = table_of(Plan)
    numbers = {one.plan_number for one in record.tested} | {record.drill.plan_number or ""}
    version = version_in_force_as_of(plans.c.id, day)
    statement = select(plans.c.id, version).where(
        plans.c.number.in_(numbers), plans.c.retired_on.is_(None) | (plans.c.retired_on > day)
    )
    return {row[0]: row[1] for row in connection.execute(statement) if row[1] is not None}


def _carried_on(connection: Connection, record: DrillRecord, versions: dict[int, int]) -> dict[int, int]:
    """The sections of the old drill and its injects, with what they have become in the versions in force."""
    old, new = table_of(PlanSection).alias(), table_of(PlanSection).alias()
    tested = [one.section_id for one in record.tested if one.section_id is not None]
    of_injects = select(_INJECTS.c.section_id).where(_INJECTS.c.drill_id == record.drill.id)
    statement = (
        select(old.c.id, new.c.id)
        .join(new, new.c.lineage == old.c.lineage)
        .where(old.c.id.in_(tested) | old.c.id.in_(of_injects), new.c.version_id.in_(versions.values()))
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def _level(
    connection: Connection, record: DrillRecord, number: str | None, versions: dict[int, int]
) -> int | None:
    """The response level of the same name in the version in force."""
    if record.design.level is None or number is None:
        return None
    statement = (
        select(PlanLevel.id)
        .join(PlanVersion, PlanVersion.id == PlanLevel.version_id)
        .where(PlanLevel.version_id.in_(versions.values()), PlanLevel.name == record.design.level)
    )
    old = select(PlanLevel.version_id).where(PlanLevel.id == record.design.level_id).scalar_subquery()
    plan = select(PlanVersion.plan_id).where(PlanVersion.id == old).scalar_subquery()
    found: int | None = connection.execute(statement.where(PlanVersion.plan_id == plan)).scalar()
    return found


def _copy_injects(work: Work, old_id: int, new_id: int, sections: dict[int, int]) -> None:
    statement = select(_INJECTS).where(_INJECTS.c.drill_id == old_id, ~_INJECTS.c.retired)
    rows: Sequence[Any] = work.connection.execute(statement.order_by(_INJECTS.c.position)).mappings().all()
    if not rows:
        return
    keys = dict(zip((row["id"] for row in rows), next_ids(work.connection, _INJECTS, len(rows)), strict=True))
    copies = [
        {
            **row,
            "id": keys[row["id"]],
            "drill_id": new_id,
            "position": place,
            "section_id": sections.get(row["section_id"]),
            "after_id": None,
        }
        for place, row in enumerate(rows)
    ]
    work.connection.execute(_INJECTS.insert(), copies)
    for row in rows:
        if row["after_id"] in keys:
            where = _INJECTS.c.id == keys[row["id"]]
            work.connection.execute(_INJECTS.update().where(where).values(after_id=keys[row["after_id"]]))
    work.created("drill_injects", keys.values())
