"""Putting the tables back: what refers to new rows first lets go of them, then they go, then the old ones return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, select

from drillapp.core.database.plainly import insert_plain_rows, put_back_rows
from drillapp.core.database.tables import METADATA
from drillapp.core.ledgers.undoing.images import Image
from drillapp.core.ledgers.undoing.standing import in_ranges

_BLOCK = 2000
_FEW = 20


def restore(connection: Connection, images: Sequence[Image]) -> None:
    """Let the tables hold again what they held before; raises IntegrityError where that cannot be any more."""
    by_name = {image.name: image for image in images}
    order = [by_name[table.name] for table in METADATA.sorted_tables if table.name in by_name]
    for image in order:
        _let_go(connection, image, by_name)
    with _looked_up(connection, order):
        for image in reversed(order):
            for chosen in in_ranges(image.table.c.id, image.created):
                connection.execute(delete(image.table).where(chosen))
    for image in order:
        gone = (row for row in image.rows_before() if row[0] not in image.left)
        for block in _blocks(gone):
            insert_plain_rows(connection, image.table, image.columns, block)
    for image in order:
        there = (row for row in image.rows_before() if row[0] in image.left)
        for block in _blocks(there):
            put_back_rows(connection, image.table, image.columns, block)


def _blocks(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while block := list(islice(rows, _BLOCK)):
        yield block


def _let_go(connection: Connection, image: Image, images: Mapping[str, Image]) -> None:
    """What refers to new rows by then refers to what it did before."""
    if not image.left:
        return
    names = [
        column.name
        for column in image.table.columns
        if column.name in image.columns and any(_is_new(column, images[name]) for name in images)
    ]
    if not names:
        return
    places = [0, *map(image.columns.index, names)]
    rows = ([row[place] for place in places] for row in image.rows_before() if row[0] in image.left)
    for block in _blocks(rows):
        put_back_rows(connection, image.table, ("id", *names), block)


def _is_new(column: Column[Any], image: Image) -> bool:
    """Whether a column refers to a table with new rows."""
    referred = any(reference.column.table is image.table for reference in column.foreign_keys)
    return referred and bool(image.created)


@contextmanager
def _looked_up(connection: Connection, images: Sequence[Image]) -> Iterator[None]:
    """Meanwhile whatever could refer to one of many rows is found without reading all of its table."""
    names = []
    for image in images:
        for table, column in _unindexed(image.table) if image.count() > _FEW else ():
            if connection.execute(select(table.c.id).limit(1)).first() is not None:
                names.append(f"ix_undoing_{table.name}_{column}")
                connection.exec_driver_sql(f"CREATE INDEX {names[-1]} ON {table.name} ({column})")
    yield
    for name in names:
        connection.exec_driver_sql(f"DROP INDEX {name}")


def _unindexed(referred: Table) -> Iterator[tuple[Table, str]]:
    """The columns that refer to a table and have no index."""
    for table in METADATA.sorted_tables:
        for column in table.columns:
            refers = any(reference.column.table is referred for reference in column.foreign_keys)
            if refers and "id" in table.c and column.name not in _leading(table):
                yield table, column.name


def _leading(table: Table) -> set[str]:
    """The first columns of a table's indexes."""
    lists: list[Any] = [*table.indexes, *table.constraints]
    unique = {column.name for column in table.columns if column.unique}
    keyed = (each for each in lists if each.__class__.__name__ in ("Index", "UniqueConstraint"))
    return unique | {next(iter(each.columns)).name for each in keyed if len(each.columns)}
