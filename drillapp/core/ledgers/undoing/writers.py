"""Which later import wrote a row: who wants an earlier one undone has to undo that first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from drillapp.core.database.base import table_of
from drillapp.core.i18n import _
from drillapp.core.ledgers.model import LedgerImport

_TABLE = table_of(LedgerImport)


class Row(NamedTuple):
    """A row of any table."""

    table: str
    key: int


class _Writer(NamedTuple):
    """An import."""

    number: int
    """The journal's entry of it."""
    file_name: str


class _Written(msgspec.Struct, frozen=True):
    """What of an image (`images.Image`) says which rows an import wrote; the rest is passed over."""

    name: str
    created: list[tuple[int, int]]
    left: dict[int, int] = {}

    def has(self, row: Row) -> bool:
        """Whether the row is one of them."""
        if row.table != self.name:
            return False
        return row.key in self.left or any(first <= row.key <= last for first, last in self.created)


def with_writers(connection: Connection, after: int, found: Mapping[str, Row | None]) -> list[str]:
    """Sentences, each with the import after an entry of the journal that wrote the row it is about, if one did."""
    writers = _later_writers(connection, after, {row for row in found.values() if row is not None})
    told = _("{sentence} (Written by the import {number} of '{file}'.)")
    return [
        words
        if row is None or (writer := writers.get(row)) is None
        else told.format(sentence=words, number=writer.number, file=writer.file_name)
        for words, row in found.items()
    ]


def _later_writers(connection: Connection, after: int, rows: Collection[Row]) -> dict[Row, _Writer]:
    """By row the last import that wrote it, of those after an entry of the journal that are not undone."""
    found: dict[Row, _Writer] = {}
    if not rows:
        return found
    later = (
        select(_TABLE.c.entry_id, _TABLE.c.file_name, _TABLE.c.before)
        .where(_TABLE.c.entry_id > after, _TABLE.c.before.is_not(None))
        .order_by(_TABLE.c.entry_id)
    )
    for number, file_name, kept in connection.execute(later):
        written = msgspec.msgpack.decode(kept, type=list[_Written])
        found |= {row: _Writer(number, file_name) for row in rows if any(one.has(row) for one in written)}
    return found
