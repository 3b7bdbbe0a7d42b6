"""The content of a version to and from its tables, whole, inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from drillapp.core.cards.model import Card
from drillapp.core.database.base import Base, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.database.uid import new_uid
from drillapp.core.drills.injects.model import Inject
from drillapp.core.drills.model import Finding
from drillapp.core.drills.record.model import DrillDesign, TestedSection
from drillapp.core.plans.content import (
    Content,
    Level,
    LevelAction,
    Named,
    Resource,
    Section,
    read_blocks,
    text_of,
    write_blocks,
)
from drillapp.core.plans.model import (
    FindingAnswer,
    PlanLevel,
    PlanLevelAction,
    PlanPerson,
    PlanResource,
    PlanSection,
)
from drillapp.core.search.section_index import put_sections, remove_sections

_SECTIONS = table_of(PlanSection)
_LISTS = ("roster", "contacts")
_FEW = 500


def stored_content(connection: Connection, version_id: int) -> Content:
    """All that is written in a version: one statement a table."""
    people = _people(connection, version_id)
    return Content(
        tuple(_sections(connection, version_id)),
        tuple(_levels(connection, version_id)),
        tuple(people["roster"]),
        tuple(people["contacts"]),
        tuple(_resources(connection, version_id)),
    )


def store_content(connection: Connection, version_id: int, content: Content) -> None:
    """Write a version's content in the place of what it had.

    A section that is carried on keeps its key, so that what points to it still does.
    """
    _store_sections(connection, version_id, content.sections)
    _store_levels(connection, version_id, content.levels)
    _clear(connection, PlanPerson, version_id)
    for name in _LISTS:
        named: tuple[Named, ...] = getattr(content, name)
        rows = [{"list": name, **_values(one)} for one in named]
        _store(connection, table_of(PlanPerson), version_id, rows)
    _clear(connection, PlanResource, version_id)
    _store(connection, table_of(PlanResource), version_id, [_values(one) for one in content.resources])


def _sections(connection: Connection, version_id: int) -> Iterator[Section]:
    statement = (
        select(PlanSection.level, PlanSection.title, PlanSection.number, PlanSection.blocks, PlanSection.lineage,
               PlanSection.id)
        .where(PlanSection.version_id == version_id)
        .order_by(PlanSection.position)
    )  # fmt: skip
    for level, title, number, blocks, lineage, key in connection.execute(statement):
        yield Section(level, title, number or "", read_blocks(blocks), lineage, key)


def _levels(connection: Connection, version_id: int) -> Iterator[Level]:
    of_version = select(PlanLevel.id).where(PlanLevel.version_id == version_id)
    statement = (
        select(
            PlanLevelAction.level_id,
            PlanLevelAction.action,
            PlanLevelAction.actor,
            PlanLevelAction.within_minutes,
        )
        .where(PlanLevelAction.level_id.in_(of_version))
        .order_by(PlanLevelAction.position)
    )
    actions: dict[int, list[LevelAction]] = defaultdict(list)
    for level_id, action, actor, minutes in connection.execute(statement):
        actions[level_id].append(LevelAction(action, actor or "", minutes))
    levels = select(PlanLevel.id, PlanLevel.name, PlanLevel.trigger, PlanLevel.starter)
    levels = levels.where(PlanLevel.version_id == version_id).order_by(PlanLevel.position)
    for key, name, trigger, starter in connection.execute(levels):
        yield Level(name, trigger or "", starter or "", tuple(actions[key]))


def _people(connection: Connection, version_id: int) -> dict[str, list[Named]]:
    fields = [getattr(PlanPerson, name) for name in Named.__struct_fields__]
    statement = select(PlanPerson.list, *fields).where(PlanPerson.version_id == version_id)
    found: dict[str, list[Named]] = defaultdict(list)
    for name, *values in connection.execute(statement.order_by(PlanPerson.position)):
        found[name].append(Named(*(value or "" for value in values)))
    return found


def _resources(connection: Connection, version_id: int) -> Iterator[Resource]:
    fields = [getattr(PlanResource, name) for name in Resource.__struct_fields__]
    statement = select(*fields).where(PlanResource.version_id == version_id)
    for row in connection.execute(statement.order_by(PlanResource.position)):
        yield Resource(*(value or "" for value in row))


def _store_sections(connection: Connection, version_id: int, sections: Sequence[Section]) -> None:
    of_version = _SECTIONS.c.version_id == version_id
    known = {
        row.lineage: row.id
        for row in connection.execute(select(PlanSection.lineage, PlanSection.id).where(of_version))
    }
    remove_sections(connection, known.values())
    lineages = list(_lineages(sections))
    _drop_sections(connection, [key for lineage, key in known.items() if lineage not in set(lineages)])
    # Out of the way of the new order, which is unique too.
    connection.execute(update(_SECTIONS).where(of_version).values(position=-1 - _SECTIONS.c.position))
    rows = [
        {
            "position": position,
            "level": section.level,
            "number": section.number or None,
            "title": section.title,
            "blocks": write_blocks(section.blocks),
            "lineage": lineage,
        }
        for position, (section, lineage) in enumerate(zip(sections, lineages, strict=True))
    ]
    _update_sections(
        connection, [row | {"_id": known[row["lineage"]]} for row in rows if row["lineage"] in known]
    )
    new = [row | {"version_id": version_id} for row in rows if row["lineage"] not in known]
    known |= zip((row["lineage"] for row in new), _insert(connection, _SECTIONS, new), strict=True)
    titles = (f"{section.number}{section.title}" for section in sections)
    texts = (text_of(section.blocks) for section in sections)
    put_sections(connection, [known[lineage] for lineage in lineages], titles, texts)


def _lineages(sections: Iterable[Section]) -> Iterator[str]:
    """The lineage of each section: a new one where it has none, or one that another section has already."""
    seen: set[str] = set()
    for section in sections:
        own = section.lineage if section.lineage and section.lineage not in seen else new_uid()
        seen.add(own)
        yield own


def _update_sections(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    names = ("position", "level", "number", "title", "blocks")
    statement = update(_SECTIONS).where(_SECTIONS.c.id == bindparam("_id"))
    statement = statement.values({name: bindparam(f"_{name}") for name in names})
    connection.execute(
        statement, [{"_id": row["_id"], **{f"_{name}": row[name] for name in names}} for row in rows]
    )


def _drop_sections(connection: Connection, keys: Sequence[int]) -> None:
    """Remove sections; what pointed to them points to none, and what they addressed is open again."""
    for start in range(0, len(keys), _FEW):
        part = keys[start : start + _FEW]
        for pointing in (Card, Finding, Inject, TestedSection):
            column = table_of(pointing).c.section_id
            connection.execute(update(pointing).where(column.in_(part)).values(section_id=None))
        connection.execute(delete(FindingAnswer).where(FindingAnswer.section_id.in_(part)))
        connection.execute(delete(PlanSection).where(PlanSection.id.in_(part)))


def _store_levels(connection: Connection, version_id: int, levels: Sequence[Level]) -> None:
    old = select(PlanLevel.id).where(PlanLevel.version_id == version_id)
    connection.execute(delete(PlanLevelAction).where(PlanLevelAction.level_id.in_(old)))
    connection.execute(update(DrillDesign).where(DrillDesign.level_id.in_(old)).values(level_id=None))
    _clear(connection, PlanLevel, version_id)
    rows = [
        {"name": level.name, "trigger": level.trigger or None, "starter": level.starter or None}
        for level in levels
    ]
    keys = _store(connection, table_of(PlanLevel), version_id, rows)
    actions = [
        {
            "level_id": key,
            "position": position,
            "actor": action.actor or None,
            "action": action.action,
            "within_minutes": action.within_minutes,
        }
        for key, level in zip(keys, levels, strict=True)
        for position, action in enumerate(level.actions)
    ]
    _insert(connection, table_of(PlanLevelAction), actions)


def _store(
    connection: Connection, table: Table, version_id: int, rows: Sequence[dict[str, Any]]
) -> Sequence[int]:
    placed = [{"version_id": version_id, "position": i, **row} for i, row in enumerate(rows)]
    return _insert(connection, table, placed)


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> Sequence[int]:
    if not rows:
        return ()
    ids = next_ids(connection, table, len(rows))
    insert_rows(connection, table, {"id": ids, **{name: [row[name] for row in rows] for name in rows[0]}})
    return ids


def _clear(connection: Connection, model: type[Base], version_id: int) -> None:
    table = table_of(model)
    connection.execute(delete(table).where(table.c.version_id == version_id))


def _values(item: Named | Resource) -> dict[str, str | None]:
    return {name: getattr(item, name) or None for name in item.__struct_fields__}
