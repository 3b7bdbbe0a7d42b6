"""The transactions by which an office is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from sqlalchemy import Connection, Engine

from drillapp.core.database.engine import WRITING, is_bulk, is_postgres, take_turn


class Writer:
    """One transaction at a time.

    A file's connection is kept from one transaction to the next: to fetch it and give it back takes longer than what
    a small command asks of the database. After a failure the next transaction gets another one.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**{WRITING: True})
        self._turn = RLock()
        self._kept: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction, committed at the end; an exception leaves no trace of it."""
        with self._turn:
            connection, self._kept = self._kept or self._engine.connect(), None
            keep = False
            try:
                with connection.begin():
                    take_turn(connection)
                    yield connection
                keep = not is_postgres(connection) and not is_bulk(connection)
            finally:
                if keep:
                    self._kept = connection
                else:
                    connection.close()

    def close(self) -> None:
        """Give the connection back."""
        with self._turn:
            kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()
