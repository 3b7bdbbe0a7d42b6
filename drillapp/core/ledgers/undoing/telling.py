"""Field by field, what goes back to what it was; the journal is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection

from drillapp.core.database.plainly import plain_rows_of
from drillapp.core.ledgers.undoing.images import Image
from drillapp.core.ledgers.undoing.naming import kind_of_table
from drillapp.core.work import Work

_BLOCK = 2000


class Field(NamedTuple):
    """A plain value as it is now and as it was before."""

    now: Any
    before: Any


Changed = Mapping[int, Mapping[str, Field]]
"""By a row's key its columns that go back."""


def changed(connection: Connection, image: Image) -> Changed:
    """The rows of a table that are there and were otherwise before."""
    return {key: fields for key, fields in _differences(connection, image) if fields}


def _differences(connection: Connection, image: Image) -> Iterator[tuple[int, dict[str, Field]]]:
    rows = (row for row in image.rows_before() if row[0] in image.left)
    while block := list(islice(rows, _BLOCK)):
        found = plain_rows_of(connection, image.table, image.columns, (row[0] for row in block))
        now = {row[0]: row for row in found}
        for before in block:
            pairs = zip(image.columns, now[before[0]], before, strict=True)
            yield before[0], {name: Field(new, old) for name, new, old in pairs if new != old}


def tell(work: Work, images: Sequence[Image], changes: Mapping[str, Changed]) -> None:
    """Say which rows will be gone, which will be back and which fields will be as before."""
    for image in images:
        name = kind_of_table(image.name) or image.name
        if image.created:
            work.removed(name, (key for first, last in image.created for key in range(first, last + 1)))
        for key, fields in changes[image.name].items():
            work.changed(name, key, {one: (_told(now), _told(old)) for one, (now, old) in fields.items()})
        gone = [row[0] for row in image.rows_before() if row[0] not in image.left]
        if gone:
            work.created(name, gone)


def _told(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
