"""What new rows say, taken down as they are inserted: to read 100,000 of them again takes half as long as to write them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, Table

from drillapp.core.database.plainly import digests, plain_rows_of

_FEW = 1000
"""Fewer rows are read again as soon as it is found out how they are stored."""
_AS_BOUND = frozenset((int, str, bytes))
"""Types of which a column holds all values as they were bound when it does so with one."""


class Inserted:
    """The digests of a table's new rows, as far as they can be known without reading them."""

    def __init__(self, table: Table, said: Sequence[str]) -> None:
        """`said` are the columns that are digested, the key first."""
        self._table = table
        self._said = said
        self._is_sure = True
        self.keys = array("q")
        """The rows that are known, in their order."""
        self.digests = array("I")
        """The digest of each (`plainly.digests`)."""

    def add(self, connection: Connection, columns: Mapping[str, Sequence[Any]]) -> None:
        """Take down rows that were inserted just so, by the columns that were bound."""
        keys = columns.get("id", ())
        if not self._is_sure or len(keys) < _FEW:
            return
        unsaid = self._unsaid(connection, columns)
        if unsaid is None or (self.keys and keys[0] <= self.keys[-1]) or list(keys) != sorted(keys):
            self.forget()
            return
        values = [columns[name] if name in columns else repeat(unsaid[name]) for name in self._said]
        self.keys.extend(keys)
        self.digests.extend(digests(zip(*values)))  # noqa: B905 - what repeats has no end

    def forget(self) -> None:
        """Know nothing any more: some of the rows are not as they were inserted."""
        self._is_sure = False
        del self.keys[:], self.digests[:]

    def _unsaid(self, connection: Connection, columns: Mapping[str, Sequence[Any]]) -> dict[str, Any] | None:
        """What the rows hold where nothing was bound; None where a column may hold other values than were bound.

        One row is looked at for each column, one in which it says something.
        """
        places = {0, len(columns["id"]) - 1}
        for name in self._said:
            types = set(map(type, columns.get(name, ()))) - {type(None)}
            if len(types) > 1 or not types <= _AS_BOUND:
                return None
            if types:
                places.add(next(i for i, value in enumerate(columns[name]) if value is not None))
        return self._unsaid_of(connection, columns, sorted(places))

    def _unsaid_of(
        self, connection: Connection, columns: Mapping[str, Sequence[Any]], places: Sequence[int]
    ) -> dict[str, Any] | None:
        """What these rows hold where nothing was bound; None where they hold other values than were bound, or each its own."""
        keys = [columns["id"][i] for i in places]
        stored = plain_rows_of(connection, self._table, self._said, keys)
        unsaid = {
            name: value for name, value in zip(self._said, stored[0], strict=True) if name not in columns
        }
        expected = [
            tuple(columns[name][i] if name in columns else unsaid[name] for name in self._said)
            for i in places
        ]
        # Digests tell types as well: 1 is not 1.0, nor '1'.
        return unsaid if [*digests(stored)] == [*digests(expected)] else None
