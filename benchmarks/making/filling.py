"""Writing made-up rows in bulk, as records of the office that is being filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from drillapp.core.database.base import Base, table_of
from drillapp.core.database.rows import insert_rows
from drillapp.core.work import Work

_FIRST_UID = UUID("01900000-0000-7000-8000-000000000000").int
_CHUNK = 50_000


class Filling:
    """The transaction that fills one office; keys and uids are counted up, so that every run gives the same."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._uids = 0

    def add(self, model: type[Base], columns: Mapping[str, Sequence[Any]], first: int = 1) -> range:
        """Write rows with keys from `first` on, and return the keys."""
        table = table_of(model)
        count = len(next(iter(columns.values())))
        ids = range(first, first + count)
        for start in range(0, count, _CHUNK):
            stop = min(start + _CHUNK, count)
            part = {"id": ids[start:stop], **{name: values[start:stop] for name, values in columns.items()}}
            if "uid" in table.c:
                part |= self._travelling(stop - start)
            insert_rows(self.work.connection, table, part)
        self.work.created(table.name, ids)
        return ids

    def _travelling(self, count: int) -> dict[str, Sequence[Any]]:
        start = _FIRST_UID + self._uids
        self._uids += count
        return {
            "uid": [f"{number:032x}" for number in range(start, start + count)],
            "owner_id": [self.work.office_id] * count,
            "revision": [1] * count,
        }
