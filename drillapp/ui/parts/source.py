"""Where a table's rows come from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, Protocol

from drillapp.core import listing as core
from drillapp.core.listing import Column, Listing, View
from drillapp.core.office import Office


class RowSource(Protocol):
    """Answers a view in three ways: its first rows, all its keys, the rows of some keys. Rows have `id`."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """What of a row is shown."""

    def first(self, office: Office, view: View, limit: int) -> list[Any]:
        """The first rows, at once."""

    def keys(self, office: Office, view: View) -> array[int]:
        """The keys of all rows in the view's order."""

    def rows(self, office: Office, ids: Sequence[int]) -> list[Any]:
        """The rows with these keys in this order, without those that are gone."""


class ListingSource:
    """The rows of one of core's lists."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.columns = listing.columns

    def first(self, office: Office, view: View, limit: int) -> list[Any]:
        """The first rows, at once."""
        return core.first_rows(office, self.listing, view, limit)

    def keys(self, office: Office, view: View) -> array[int]:
        """The keys of all rows in the view's order."""
        return core.keys(office, self.listing, view)

    def rows(self, office: Office, ids: Sequence[int]) -> list[Any]:
        """The rows with these keys in this order, without those that are gone."""
        return core.rows(office, self.listing, ids)


class FixedSource:
    """Rows that were all asked for already: a short list in a detail panel. Filters do not apply; sorting does."""

    def __init__(self, columns: tuple[Column, ...], rows: Sequence[Any] = ()) -> None:
        self.columns = columns
        self._rows = {row.id: row for row in rows}

    def fill(self, rows: Sequence[Any]) -> None:
        """Take other rows; the model has to be told by `set_view`."""
        self._rows = {row.id: row for row in rows}

    def first(self, _office: Office, view: View, limit: int) -> list[Any]:
        """The first rows, at once."""
        return in_order(self._rows.values(), view.sort)[:limit]

    def keys(self, _office: Office, view: View) -> array[int]:
        """The keys of all rows in the view's order."""
        return array("q", [row.id for row in in_order(self._rows.values(), view.sort)])

    def rows(self, _office: Office, ids: Sequence[int]) -> list[Any]:
        """The rows with these keys in this order, without those that are gone."""
        return [self._rows[key] for key in ids if key in self._rows]


def in_order(rows: Iterable[Any], sort: Sequence[tuple[str, bool]]) -> list[Any]:
    """Rows sorted by columns, each descending or not, as the database sorts: what has no value comes last."""
    ordered = list(rows)
    for name, descending in reversed(sort):
        present = [row for row in ordered if getattr(row, name) is not None]
        absent = [row for row in ordered if getattr(row, name) is None]
        ordered = sorted(present, key=attrgetter(name), reverse=descending) + absent
    return ordered
