"""Who wants to hear of rows that are inserted past SQLAlchemy's Core, which tells nobody of them."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Table

_LISTENERS: WeakKeyDictionary[Connection, Callable[[Table], object]] = WeakKeyDictionary()


def hear(connection: Connection, listener: Callable[[Table], object] | None) -> None:
    """Let a listener hear of the tables that are written to on a connection; None for nobody any more."""
    if listener is None:
        _LISTENERS.pop(connection, None)
    else:
        _LISTENERS[connection] = listener


def note_insert(connection: Connection, table: Table) -> None:
    """Tell whoever listens that rows are about to be inserted."""
    if _LISTENERS and (listener := _LISTENERS.get(connection)) is not None:
        listener(table)
