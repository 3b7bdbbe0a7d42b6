"""What new rows say, taken down as they are inserted: to read 100,000 of them again takes half as long as to write them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, repeat
from typing import Any

from sqlalchemy import Connection, Table

from drillapp.core.database.hearing import nothing_left
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

    def look_at(self, connection: Connection, columns: Mapping[str, Sequence[Any]]) -> Callable[[], None]:
        """Look at rows that were inserted just so, by the columns that were bound; returns what takes them down."""
        if not self._is_sure or len(columns.get("id", ())) < _FEW:
            return nothing_left
        unsaid = self._unsaid(connection, columns)
        return lambda: self._take_down(columns, unsaid)

    def forget(self) -> None:
        """Know nothing any more: some of the rows are not as they were inserted."""
        self._is_sure = False
        del self.keys[:], self.digests[:]

    def _take_down(self, columns: Mapping[str, Sequence[Any]], unsaid: dict[str, Any] | None) -> None:
        keys = columns["id"]
        goes_on = list(keys) == sorted(keys) and (not self.keys or keys[0] > self.keys[-1])
        if not self._is_sure or unsaid is None or not goes_on or not self._are_as_bound(columns):
            self.forget()
            return
        values = [columns[name] if name in columns else repeat(unsaid[name]) for name in self._said]
        self.keys.extend(keys)
        found = digests(zip(*values))  # noqa: B905 - what repeats has no end
        while some := list(islice(found, _FEW)):  # another thread gets its turn between
            self.digests.extend(some)

    def _are_as_bound(self, columns: Mapping[str, Sequence[Any]]) -> bool:
        """Whether a column that holds one of its values as it was bound does so with all: they are of one type."""
        types = (set(map(type, columns.get(name, ()))) - {type(None)} for name in self._said)
        return all(len(found) <= 1 and found <= _AS_BOUND for found in types)

    def _unsaid(self, connection: Connection, columns: Mapping[str, Sequence[Any]]) -> dict[str, Any] | None:
        """What the rows hold where nothing was bound; None where they hold other values than were bound, or each its own.

        The first row and the last are looked at, and for each column one in which it says something.
        """
        count = len(columns["id"])
        first = (
            next((i for i, value in enumerate(columns[name]) if value is not None), 0)
            for name in self._said
            if name in columns
        )
        places = sorted({0, count - 1, *first})
        stored = plain_rows_of(connection, self._table, self._said, [columns["id"][i] for i in places])
        unsaid = {
            name: value for name, value in zip(self._said, stored[0], strict=True) if name not in columns
        }
        expected = [
            tuple(columns[name][i] if name in columns else unsaid[name] for name in self._said)
            for i in places
        ]
        # Digests tell types as well: 1 is not 1.0, nor '1'.
        return unsaid if [*digests(stored)] == [*digests(expected)] else None
