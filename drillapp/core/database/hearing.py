"""Who wants to hear of rows that are inserted past SQLAlchemy's Core, which tells nobody of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Table


class Listener(Protocol):
    """Hears of what is inserted on a connection."""

    def inserting(self, table: Table) -> None:
        """Rows are about to be inserted."""

    def inserted(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> Callable[[], None]:
        """They were, with these values of the columns that were bound; returns what is left to do, without the connection."""


def nothing_left() -> None:
    """What is left to do where nothing is."""


_LISTENERS: WeakKeyDictionary[Connection, Listener] = WeakKeyDictionary()


def hear(connection: Connection, listener: Listener | None) -> None:
    """Let a listener hear of the rows that are inserted on a connection; None for nobody any more."""
    if listener is None:
        _LISTENERS.pop(connection, None)
    else:
        _LISTENERS[connection] = listener


def listener_of(connection: Connection) -> Listener | None:
    """Who wants to be told."""
    return _LISTENERS.get(connection) if _LISTENERS else None
