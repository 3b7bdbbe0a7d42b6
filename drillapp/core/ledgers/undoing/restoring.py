"""Putting the tables back: what refers to new rows first lets go of them, then they go, then the old ones return."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from drillapp.core.database.engine import is_postgres
from drillapp.core.database.plainly import insert_plain_rows, put_back_rows
from drillapp.core.database.tables import METADATA
from drillapp.core.ledgers.undoing.images import Image
from drillapp.core.ledgers.undoing.standing import in_ranges
from drillapp.core.ledgers.undoing.telling import Changed

_BLOCK = 2000
_FEW = 20


def restore(connection: Connection, images: Sequence[Image], changes: Mapping[str, Changed]) -> None:
    """Let the tables hold again what they held before; raises IntegrityError where that cannot be any more."""
    by_name = {image.name: image for image in images}
    order = [by_name[table.name] for table in METADATA.sorted_tables if table.name in by_name]
    for image in order:
        _put_back(connection, image, changes[image.name], _referring_to_new(image, images))
    with _looked_up(connection, order):
        for image in reversed(order):
            for chosen in in_ranges(image.table.c.id, image.created):
                connection.execute(delete(image.table).where(chosen))
    for image in order:
        gone = (row for row in image.rows_before() if row[0] not in image.left)
        while block := list(islice(gone, _BLOCK)):
            insert_plain_rows(connection, image.table, image.columns, block)
    for image in order:
        _put_back(connection, image, changes[image.name], set(image.columns))


def _put_back(connection: Connection, image: Image, changes: Changed, columns: Collection[str]) -> None:
    """Let these columns be as before, as far as they were changed."""
    by_names: dict[tuple[str, ...], list[list[Any]]] = {}
    for key, fields in changes.items():
        names = tuple(name for name in fields if name in columns)
        by_names.setdefault(names, []).append([*(fields[name].before for name in names), key])
    for names, rows in by_names.items():
        if names:
            put_back_rows(connection, image.table, names, rows)


def _referring_to_new(image: Image, images: Sequence[Image]) -> set[str]:
    """The columns that may refer to new rows, and must let go of them first."""
    new = {one.name for one in images if one.created}
    return {
        str(column.name)
        for column in image.table.columns
        if any(reference.column.table.name in new for reference in column.foreign_keys)
    }


@contextmanager
def _looked_up(connection: Connection, images: Sequence[Image]) -> Iterator[None]:
    """Meanwhile whatever could refer to one of many rows in a file is found without reading all of its table.

    A server is asked without: there the indexes would make all other seats wait. For good they would cost each booking.
    """
    names: list[str] = []
    if is_postgres(connection):
        yield
        return
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
