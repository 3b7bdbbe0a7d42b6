"""Whether an import still stands as it was left: what was changed since, and what refers to what it brought in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, not_, or_, select

from drillapp.core.database.base import AnySelect, table_of
from drillapp.core.database.model import OfficeRecord
from drillapp.core.database.tables import METADATA
from drillapp.core.i18n import _
from drillapp.core.ledgers.undoing.images import Image, created_digests, digests_of
from drillapp.core.ledgers.undoing.measures import measured
from drillapp.core.ledgers.undoing.naming import describe, word_of
from drillapp.core.ledgers.undoing.writers import Row, with_writers

DERIVED = ("unit_ancestors", "stock_halves")
"""Tables that are worked out from others."""
_AT_ONCE = 200


def in_ranges(column: ColumnElement[int], ranges: Sequence[tuple[int, int]]) -> Iterator[ColumnElement[bool]]:
    """Whether a key is in one of the ranges, in as many conditions as no database stumbles over."""
    for start in range(0, len(ranges), _AT_ONCE):
        part = ranges[start : start + _AT_ONCE]
        yield or_(*(column.between(first, last) for first, last in part))


class _Obstacle(NamedTuple):
    """What keeps an import from being taken back, and the row that does."""

    words: str
    row: Row | None = None


def obstacles(connection: Connection, entry: int, images: Sequence[Image], most: int) -> list[str]:
    """Why the import of an entry cannot be taken back, in at most so many sentences; none when it can.

    What another import wrote is said with that import.
    """
    found: dict[str, Row | None] = {}
    for words, row in _obstacles(connection, images):
        found.setdefault(words, row)
        if len(found) == most:
            break
    return with_writers(connection, entry, found)


def _obstacles(connection: Connection, images: Sequence[Image]) -> Iterator[_Obstacle]:
    yield from map(_Obstacle, _own_unit(connection, images))
    for image in images:
        for key, total in measured(connection, image).items():
            if total != image.measured.get(key, total):
                name = describe(connection, image.table, key)
                told = _("Of {record} quantities were entered since in its new unit of measure.")
                yield _Obstacle(told.format(record=name))
    for image in images:
        for key, is_there in _changed(connection, image):
            if is_there:
                name = describe(connection, image.table, key)
                yield _Obstacle(_("{record} was changed since.").format(record=name), Row(image.name, key))
            else:
                word = word_of(image.table)
                yield _Obstacle(_("Something that it wrote was removed since: {kind}.").format(kind=word))
    by_name = {image.name: image for image in images}
    for image in images:
        for table, key in islice(_referring(connection, image, by_name), 20):
            name = describe(connection, table, key)
            told = _("{record} refers to what it brought in.")
            yield _Obstacle(told.format(record=name), Row(str(table.name), key))


def _own_unit(connection: Connection, images: Sequence[Image]) -> Iterator[str]:
    """Whether the office itself is a unit that was brought in: no foreign key says so."""
    unit_id = table_of(OfficeRecord).c.unit_id
    for image in images:
        if image.name == "units":
            for chosen in in_ranges(unit_id, image.created):
                for key in connection.execute(select(unit_id).where(chosen)).scalars():
                    name = describe(connection, image.table, key)
                    yield _("{record} is the office's own unit now.").format(record=name)


def _changed(connection: Connection, image: Image) -> Iterator[tuple[int, bool]]:
    """Rows that are not as the import left them, and whether they are there."""
    for key, now, left in created_digests(connection, image):
        if now != left:
            yield key, now is not None
    before = {row[0] for row in image.rows_before()}
    now_there = digests_of(connection, image.table, image.said, before)
    for key in sorted(before):
        if now_there.get(key) != image.left.get(key):
            yield key, key in now_there


def _referring(
    connection: Connection, image: Image, images: Mapping[str, Image]
) -> Iterator[tuple[Table, int]]:
    """Rows of others that refer to new ones."""
    for table in METADATA.sorted_tables:
        if table.name in DERIVED:
            continue
        own = images.get(table.name)
        for column in table.columns:
            if any(reference.column.table is image.table for reference in column.foreign_keys):
                for chosen in in_ranges(column, image.created):
                    yield from _others(connection, select(table.c.id).where(chosen), table, own)


def _others(
    connection: Connection, referring: AnySelect, table: Table, own: Image | None
) -> Iterator[tuple[Table, int]]:
    """Without those that the import wrote itself, which are as it left them."""
    if own is not None:
        for chosen in in_ranges(table.c.id, own.created):
            referring = referring.where(not_(chosen))
    for (key,) in connection.execute(referring):
        if own is None or key not in own.left:
            yield table, key
