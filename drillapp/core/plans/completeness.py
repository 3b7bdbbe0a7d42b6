"""Which versions of plans lack content that their outline asks for, told of many at once as `gaps_of` tells it of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, and_, case, func, select

from drillapp.core.database.base import AnySelect
from drillapp.core.journal import chain
from drillapp.core.plans.content import read_blocks, says_anything
from drillapp.core.plans.model import Plan, PlanLevel, PlanPerson, PlanResource, PlanSection, PlanVersion
from drillapp.core.plans.outline import ListName, lacks, outline_for
from drillapp.core.units.references import in_scope

_OPENING = '[{"type":"p","text":"'
"""How blocks are stored that begin with a paragraph."""
_BLANKS = [sign for sign in map(chr, range(0x3001)) if sign.isspace()]
_SILENT = ['"', "\\", "", *_BLANKS]
"""What may follow there although the paragraph says nothing."""

_known: WeakKeyDictionary[Engine, tuple[Any, frozenset[int]]] = WeakKeyDictionary()
"""The answer for all plans of an office, and as of which entry of its journal."""


def incomplete_versions(connection: Connection, unit_id: int | None) -> frozenset[int]:
    """The versions with any text that lack content, of the plans of a unit and those below it (None: of all plans).

    Of versions without text nothing is told. A text has no dates: what holds of a version holds on any day.
    """
    if unit_id is not None:
        return frozenset(_incomplete(connection, unit_id))
    state = chain.head(connection)
    known = _known.get(connection.engine)
    if known is None or known[0] != state:
        known = _known[connection.engine] = (state, frozenset(_incomplete(connection, None)))
    return known[1]


def _incomplete(connection: Connection, unit_id: int | None) -> Iterator[int]:
    filled = _filled(connection, unit_id)
    for version, rows in groupby(connection.execute(_sections(unit_id)), key=itemgetter(0)):
        sections = list(rows)
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


def _sections(unit_id: int | None) -> AnySelect:
    """Every section with its version, first to last; its blocks only where their beginning does not tell that it says something."""
    opening, next_sign = (
        func.substr(PlanSection.blocks, 1, len(_OPENING)),
        func.substr(PlanSection.blocks, len(_OPENING) + 1, 1),
    )
    speaks = and_(opening == _OPENING, next_sign.not_in(_SILENT))
    return _of_unit(
        select(
            PlanSection.version_id, Plan.kind, Plan.tier, PlanSection.level, PlanSection.title,
            case((~speaks, PlanSection.blocks)),
        )
        .join(PlanVersion, PlanVersion.id == PlanSection.version_id)
        .order_by(PlanSection.version_id, PlanSection.position),
        unit_id,
    )  # fmt: skip


def _says(blocks: str | None) -> bool:
    return blocks is None or says_anything(read_blocks(blocks))


def _filled(connection: Connection, unit_id: int | None) -> dict[int, frozenset[ListName]]:
    """Which lists of each version hold something, of those versions where any does."""
    found: dict[int, set[ListName]] = {}
    for name, statement in _lists():
        statement = _of_unit(statement.join(PlanVersion), unit_id)
        for version in connection.scalars(statement.distinct()):
            found.setdefault(version, set()).add(name)
    return {version: frozenset(names) for version, names in found.items()}


def _lists() -> Iterable[tuple[ListName, AnySelect]]:
    people = select(PlanPerson.version_id)
    return (
        ("levels", select(PlanLevel.version_id)),
        ("roster", people.where(PlanPerson.list == "roster")),
        ("contacts", people.where(PlanPerson.list == "contacts")),
        ("resources", select(PlanResource.version_id)),
    )


def _of_unit(statement: AnySelect, unit_id: int | None) -> AnySelect:
    return statement.join(Plan, Plan.id == PlanVersion.plan_id).where(in_scope(Plan.unit_id, unit_id))
