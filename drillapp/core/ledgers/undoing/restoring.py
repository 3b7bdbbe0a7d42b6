"""Putting the tables back: what refers to new rows first lets go of them, then they go, then the old ones return."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete

from drillapp.core.database.plainly import insert_plain_rows, put_back_rows
from drillapp.core.database.tables import METADATA
from drillapp.core.ledgers.undoing.images import Image
from drillapp.core.ledgers.undoing.standing import in_ranges
from drillapp.core.ledgers.undoing.telling import Changed

_BLOCK = 2000


def restore(connection: Connection, images: Sequence[Image], changes: Mapping[str, Changed]) -> None:
    """Let the tables hold again what they held before; raises IntegrityError where that cannot be any more."""
    by_name = {image.name: image for image in images}
    order = [by_name[table.name] for table in METADATA.sorted_tables if table.name in by_name]
    for image in order:
        _put_back(connection, image, changes[image.name], _referring_to_new(image, images))
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
