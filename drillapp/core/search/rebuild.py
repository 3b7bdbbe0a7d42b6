"""Making the whole search index anew from the records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from drillapp.core.database.engine import is_postgres
from drillapp.core.database.tables import METADATA
from drillapp.core.plans.content import read_blocks, text_of
from drillapp.core.search import index
from drillapp.core.search.section_index import put_sections, remove_sections

SEARCHED = {
    "units": ("name", "code"),
    "plans": ("title", "number"),
    "drills": ("title", "number"),
    "people": ("name",),
    "items": ("name", "code"),
    "storehouses": ("name", "code"),
    "cards": ("title", "number"),
    "teams": ("name",),
    "scenarios": ("name", "code"),
}
"""What each kind is found by; a test holds it equal to what saving its records makes findable."""

OF_SECTIONS = ("number", "title", "blocks")
"""What sections of plans are found by."""
_AT_ONCE = 5000


def rebuild(connection: Connection) -> None:
    """Empty the index of titles and that of sections, and fill both, inside the caller's transaction."""
    _empty(connection)
    for kind, names in SEARCHED.items():
        for rows in _rows(connection, METADATA.tables[kind], names):
            found_by = ([str(value or "") for value in row[1:]] for row in rows)
            index.put(connection, index.rows(kind, [row.id for row in rows], found_by), new=True)
    for rows in _rows(connection, METADATA.tables["plan_sections"], OF_SECTIONS):
        _put_sections(connection, rows)


def renew(connection: Connection, name: str, ids: Sequence[int]) -> None:
    """Make records of a kind, or `plan_sections`, findable anew that may have been otherwise before."""
    table = METADATA.tables[name]
    names = OF_SECTIONS if name == "plan_sections" else SEARCHED[name]
    columns = [table.c[one] for one in ("id", *names)]
    for start in range(0, len(ids), _AT_ONCE):
        wanted = ids[start : start + _AT_ONCE]
        rows = connection.execute(select(*columns).where(table.c.id.in_(wanted))).all()
        if name == "plan_sections":
            remove_sections(connection, wanted)
            _put_sections(connection, rows)
        else:
            found_by = ([str(value or "") for value in row[1:]] for row in rows)
            index.put(connection, index.rows(name, [row.id for row in rows], found_by), new=False)


def _put_sections(connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
    headings = (f"{row.number or ''}{row.title}" for row in rows)
    texts = (text_of(read_blocks(row.blocks)) for row in rows)
    put_sections(connection, [row.id for row in rows], headings, texts)


def _empty(connection: Connection) -> None:
    if is_postgres(connection):
        statements = [f"DELETE FROM {name}" for name in ("search_index", "section_index")]
    else:
        indexes = ("search_index", "section_index", "section_titles")
        statements = [f"INSERT INTO {name} ({name}) VALUES ('delete-all')" for name in indexes]
    for statement in statements:
        connection.exec_driver_sql(statement)


def _rows(
    connection: Connection, table: Table, names: Sequence[str]
) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    """The rows of a table in blocks: those after the last key each time, since the index is written between."""
    last = 0
    while True:
        columns = (table.c[name] for name in ("id", *names))
        statement = select(*columns).where(table.c.id > last).order_by(table.c.id).limit(_AT_ONCE)
        rows = connection.execute(statement).all()
        if not rows:
            return
        yield rows
        last = rows[-1].id
