"""Finding sections of plans by any words of their titles and texts, from one character on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Text,
    and_,
    cast,
    column,
    func,
    literal,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.database.engine import is_postgres
from drillapp.core.plans.content import read_blocks, text_of
from drillapp.core.plans.model import Plan, PlanSection, PlanVersion
from drillapp.core.plans.standing import version_in_force_as_of
from drillapp.core.search.hits import Hit, Place
from drillapp.core.search.passages import passage, squeezed
from drillapp.core.search.section_index import fts5_query, tsquery
from drillapp.core.units.model import Unit

_MOST_PHRASES = 8
_IN_FILE = {name: table(name, column("rowid"), column(name)) for name in ("section_index", "section_titles")}
_PIECES = table("section_index", column("section_id"), column("piece"), column("in_title"), column("words"))


def find_sections(connection: Connection, wanted: str, as_of: date, limit: int) -> list[Hit]:
    """Sections that hold all phrases, which are parted by spaces; those whose titles do come first.

    Of each plan the version in force on a day is looked through, or else the newest.
    """
    phrases = list(dict.fromkeys(filter(None, map(squeezed, wanted.split()))))[:_MOST_PHRASES]
    if not phrases:
        return []
    hits = {hit.id: hit for hit in _found(connection, phrases, as_of, limit, in_title=True)}
    if len(hits) < limit:
        # As many as could all be among those found by title.
        more = _found(connection, phrases, as_of, limit, in_title=False)
        hits |= {hit.id: hit for hit in more if hit.id not in hits}
    return list(hits.values())[:limit]


def _found(
    connection: Connection, phrases: Sequence[str], as_of: date, limit: int, *, in_title: bool
) -> Iterator[Hit]:
    match = _on_server if is_postgres(connection) else _in_file
    statement = match(_sections(as_of), phrases, in_title=in_title).limit(limit)
    for row in connection.execute(statement):
        title = f"{row.number or ''} {row.title}".strip()
        shown = passage(text_of(read_blocks(row.blocks)), phrases)
        place = Place(row.plan_id, row.version_id, row.position)
        yield Hit(
            "sections", row.id, title, f"{row.plan_title} {row.plan_number}", row.unit_name, shown, place
        )


def _sections(as_of: date) -> AnySelect:
    """The sections of each plan's version in force, or of its newest."""
    versions = table_of(PlanVersion).alias()
    newest = (
        select(versions.c.id)
        .where(versions.c.plan_id == PlanVersion.plan_id)
        .order_by(versions.c.ordinal.desc())
        .limit(1)
        .correlate_except(versions)
        .scalar_subquery()
    )
    in_force: ColumnElement[Any] = version_in_force_as_of(table_of(PlanVersion).c.plan_id, as_of)
    return (
        select(
            PlanSection.id, PlanSection.number, PlanSection.title, PlanSection.blocks, PlanSection.version_id,
            PlanSection.position, PlanVersion.plan_id, Plan.title.label("plan_title"),
            Plan.number.label("plan_number"), Unit.name.label("unit_name"),
        )
        .join(PlanVersion, PlanVersion.id == PlanSection.version_id)
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .join(Unit, Unit.id == Plan.unit_id)
        .where(PlanVersion.id == func.coalesce(in_force, newest))
    )  # fmt: skip


def _in_file(sections: AnySelect, phrases: Sequence[str], *, in_title: bool) -> AnySelect:
    # Written as a sum, the key is no way into the index: it must be read first, in its order, as far as is wanted.
    name = "section_titles" if in_title else "section_index"
    found = _IN_FILE[name]
    return sections.where(
        PlanSection.id == found.c.rowid + literal(0), found.c[name].op("MATCH")(fts5_query(phrases))
    ).order_by(found.c.rowid)


def _on_server(sections: AnySelect, phrases: Sequence[str], *, in_title: bool) -> AnySelect:
    # What holds one phrase is gone through until as many are found as are wanted, so nothing may ask for all of it:
    # no order, and each section stands for itself by the first of its pieces that holds the phrase.
    rarest, *others = sorted(phrases, key=len, reverse=True)
    holding = _PIECES.alias()
    sections = sections.where(
        PlanSection.id == holding.c.section_id,
        _holds(holding, rarest, in_title=in_title),
        holding.c.piece == _first_piece(holding, rarest, in_title=in_title),
    )
    return sections.where(
        *(_first_piece(holding, phrase, in_title=in_title).is_not(None) for phrase in others)
    )


def _holds(pieces: FromClause, phrase: str, *, in_title: bool) -> ColumnElement[bool]:
    holds = pieces.c.words.op("@@")(cast(literal(tsquery(phrase), Text), TSQUERY))
    return and_(holds, pieces.c.in_title) if in_title else holds


def _first_piece(of: FromClause, phrase: str, *, in_title: bool) -> ColumnElement[Any]:
    """The first piece of the same section that holds a phrase."""
    pieces = _PIECES.alias()
    return (
        select(func.min(pieces.c.piece))
        .where(pieces.c.section_id == of.c.section_id, _holds(pieces, phrase, in_title=in_title))
        .correlate(of)
        .scalar_subquery()
    )
