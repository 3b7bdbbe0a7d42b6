"""What whole tables say, asked once as long as nobody writes: for a ledger's first rows and then for all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from sqlalchemy import Connection

from drillapp.core.database.base import are_many
from drillapp.core.journal import chain

Found = TypeVar("Found")


class Lookups:
    """Answers about all records of a kind. They are never changed by who gets them."""

    def __init__(self) -> None:
        self.is_ahead = False
        """Whether much more is asked for soon: then all is looked up although little is wanted."""
        self._found: dict[str, Any] = {}
        self._state = 0
        """The newest entry of the journal that the answers know of."""

    def of(
        self, connection: Connection, what: str, values: Collection[Any],
        find: Callable[[Collection[Any] | None], Found],
    ) -> Found:  # fmt: skip
        """What `find` says of some values of a column; of all there are (None), once for all, where they are many."""
        if not self.is_ahead and not are_many(values):
            return find(values)
        if (state := chain.head(connection)) != self._state:
            self.forget()
            self._state = state
        if what not in self._found:
            self._found[what] = find(None)
        found: Found = self._found[what]
        return found

    def forget(self) -> None:
        """Give the memory back."""
        self._found.clear()
