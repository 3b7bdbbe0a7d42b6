"""What the journal is told of an import that is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from drillapp.core.database.plainly import plain_rows_of
from drillapp.core.ledgers.undoing.images import Image
from drillapp.core.ledgers.undoing.naming import kind_of_table
from drillapp.core.work import Work

_BLOCK = 2000


def tell(work: Work, images: Sequence[Image]) -> None:
    """Say which rows will be gone and which fields will be as before; to be called before it is done."""
    for image in images:
        name = kind_of_table(image.name) or image.name
        if image.created:
            work.removed(name, (key for first, last in image.created for key in range(first, last + 1)))
        for key, fields in _fields(work, image):
            work.changed(name, key, fields)


def _fields(work: Work, image: Image) -> Iterator[tuple[int, dict[str, tuple[Any, Any]]]]:
    rows = image.rows_before()
    while block := list(islice(rows, _BLOCK)):
        ids = [row[0] for row in block]
        now = {row[0]: row for row in plain_rows_of(work.connection, image.table, image.columns, ids)}
        for before in block:
            after = now.get(before[0], (None,) * len(before))
            yield (
                before[0],
                {
                    name: (_told(new), _told(old))
                    for name, old, new in zip(image.columns, before, after, strict=True)
                    if old != new and name != "revision"
                },
            )


def _told(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
