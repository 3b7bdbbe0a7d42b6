"""Rows that are put back below others must not end up below themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from sqlalchemy import Column, Connection, Table, select

from drillapp.core.database.base import in_blocks
from drillapp.core.ledgers.undoing.images import Image
from drillapp.core.ledgers.undoing.telling import Changed


def circles(
    connection: Connection, images: Sequence[Image], changes: Mapping[str, Changed]
) -> Iterator[tuple[Table, int]]:
    """Of each column that refers to its own table and goes back, a row that is now above itself."""
    for image in images:
        for column in image.table.columns:
            if any(reference.column.table is image.table for reference in column.foreign_keys):
                moved = [key for key, fields in changes[image.name].items() if column.name in fields]
                try:
                    TopologicalSorter(_above(connection, column, moved)).prepare()
                except CycleError as error:
                    yield image.table, error.args[1][0]


def _above(connection: Connection, column: Column[int], keys: Collection[int]) -> dict[int, list[int]]:
    """What these rows and all above them are below."""
    found: dict[int, list[int]] = {}
    waiting = set(keys)
    own = column.table.c.id
    while waiting:
        rows = in_blocks(connection, select(own, column.label("above")), own, waiting)
        found |= {row.id: [] if row.above is None else [row.above] for row in rows}
        waiting = {above for key in waiting for above in found[key]} - found.keys()
    return found
