"""Which versions of plans lack content that their outline asks for, told of many at once as `gaps_of` tells it of one.

A version is read once: the answer is kept with the version's revision and its plan's kind and tier, all that it depends
on besides the outlines, so that later only what was changed meanwhile is read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, and_, case, exists, func, select

from drillapp.core.database.base import AnySelect, in_blocks
from drillapp.core.database.engine import WRITING
from drillapp.core.plans.content import read_blocks, says_anything
from drillapp.core.plans.judged import Mark, State, judged_before
from drillapp.core.plans.model import Plan, PlanLevel, PlanPerson, PlanResource, PlanSection, PlanVersion
from drillapp.core.plans.outline import ListName, lacks, outline_for
from drillapp.core.units.references import in_scope

_OPENING = '[{"type":"p","text":"'
"""How blocks are stored that begin with a paragraph."""
_BLANKS = [sign for sign in map(chr, range(0x3001)) if sign.isspace()]
_SILENT = ['"', "\\", "", *_BLANKS]
"""What may follow there although the paragraph says nothing."""


def incomplete_versions(connection: Connection, unit_id: int | None) -> frozenset[int]:
    """The versions with any text that lack content, of the plans of a unit and those below it (None: of all plans).

    Of versions without text nothing is told. A text has no dates: what holds of a version holds on any day.
    """
    if connection.get_execution_options().get(WRITING):
        # What is being written may yet be undone: nothing of it is kept.
        return frozenset(_incomplete(connection, _marks(connection, unit_id)))
    known, state = judged_before(connection), _state(connection) if unit_id is None else None
    if state is not None and known.all_incomplete is not None and known.all_incomplete[0] == state:
        return known.all_incomplete[1]
    marks = _marks(connection, unit_id)
    changed = known.changed(marks)
    known.add(changed, set(_incomplete(connection, changed)))
    found = known.incomplete(marks)
    if state is not None:
        known.all_incomplete = state, found
    return found


def _state(connection: Connection) -> State:
    """What no change of a plan or version leaves as it was: none is deleted, and revisions only count up."""
    counts = (
        select(func.count(), func.sum(table.revision)).select_from(table) for table in (Plan, PlanVersion)
    )
    return tuple(tuple(connection.execute(statement).one()) for statement in counts)


def _marks(connection: Connection, unit_id: int | None) -> dict[int, Mark]:
    """Each version with any text, and what changes when the answer for it may change."""
    # For all plans one pass over an index; for those of a unit a look for each.
    any_of_all = PlanVersion.id.in_(select(PlanSection.version_id))
    has_text = any_of_all if unit_id is None else exists().where(PlanSection.version_id == PlanVersion.id)
    statement = select(PlanVersion.id, PlanVersion.revision, Plan.kind, Plan.tier).where(has_text)
    rows = connection.execute(_of_unit(statement, unit_id))
    return {key: (revision, kind, tier) for key, revision, kind, tier in rows}


def _incomplete(connection: Connection, versions: Collection[int]) -> Iterator[int]:
    filled = _filled(connection, versions)
    rows_of_all = in_blocks(connection, _sections(), PlanSection.version_id, versions)
    for version, rows in groupby(rows_of_all, key=itemgetter(0)):
        sections: list[Any] = list(rows)
        _version, kind, tier, *_section = sections[0]
        written = tuple((level, title, _says(blocks)) for *_of_plan, level, title, blocks in sections)
        if _lacks(kind, tier, written, filled.get(version, frozenset())):
            yield version


@lru_cache(4096)  # most plans are written after few patterns
def _lacks(
    kind: str | None,
    tier: str | None,
    sections: tuple[tuple[int, str, bool], ...],
    filled: frozenset[ListName],
) -> bool:
    return any(True for _lack in lacks(outline_for(kind, tier), sections, filled))


def _sections() -> AnySelect:
    """Every section with its version, first to last; its blocks only where their beginning does not tell that it says something."""
    opening, next_sign = (
        func.substr(PlanSection.blocks, 1, len(_OPENING)),
        func.substr(PlanSection.blocks, len(_OPENING) + 1, 1),
    )
    speaks = and_(opening == _OPENING, next_sign.not_in(_SILENT))
    return (
        select(
            PlanSection.version_id, Plan.kind, Plan.tier, PlanSection.level, PlanSection.title,
            case((~speaks, PlanSection.blocks)),
        )
        .join(PlanVersion, PlanVersion.id == PlanSection.version_id)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .order_by(PlanSection.version_id, PlanSection.position)
    )  # fmt: skip


def _says(blocks: str | None) -> bool:
    return blocks is None or says_anything(read_blocks(blocks))


def _filled(connection: Connection, versions: Collection[int]) -> dict[int, frozenset[ListName]]:
    """Which lists of each version hold something, of those versions where any does."""
    found: dict[int, set[ListName]] = {}
    for name, column, statement in _lists():
        for (version,) in in_blocks(connection, statement.distinct(), column, versions):
            found.setdefault(version, set()).add(name)
    return {version: frozenset(names) for version, names in found.items()}


def _lists() -> Iterable[tuple[ListName, Any, AnySelect]]:
    level, person, resource = PlanLevel.version_id, PlanPerson.version_id, PlanResource.version_id
    return (
        ("levels", level, select(level)),
        ("roster", person, select(person).where(PlanPerson.list == "roster")),
        ("contacts", person, select(person).where(PlanPerson.list == "contacts")),
        ("resources", resource, select(resource)),
    )


def _of_unit(statement: AnySelect, unit_id: int | None) -> AnySelect:
    return statement.join(Plan, Plan.id == PlanVersion.plan_id).where(in_scope(Plan.unit_id, unit_id))
