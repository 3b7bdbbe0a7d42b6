"""Very many new rows of a file: another thread writes them while this one makes the next ready, and does what else is due.

The driver's executemany takes Python's lock for each row. A statement that takes its rows out of one text takes it
once: it is hardly slower, and leaves the lock to this thread and to a window.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Table

from drillapp.core.database.engine import asked_of_driver, is_postgres
from drillapp.core.database.hearing import listener_of, nothing_left
from drillapp.core.database.rows import bound_columns

Columns = Mapping[str, Sequence[Any]]

MANY = 5000
"""Fewer rows are written before another thread has begun."""
_FIRST, _MOST = 2500, 20_000
"""So many rows are in the first text, and in one that comes later."""
_USUAL, _SOON = sys.getswitchinterval(), 0.0005
"""Seconds after which a thread that waits for Python's lock gets it: the other one must not wait long between statements."""
_LARGEST = 2**63 - 1
"""A larger number would be taken out of a text as an inexact one."""


class BulkWriter:
    """Another thread, which inserts rows in the order in which it is told to; until it has, the connection is its own."""

    def __init__(self, connection: Connection, thread: ThreadPoolExecutor) -> None:
        """Use `bulk_writer`."""
        self._connection = connection
        self._listener = listener_of(connection)
        self._thread = thread
        self._begun: list[Future[Callable[[], None]]] = []

    def insert_rows(self, table: Table, count: int, columns: Callable[[slice], Columns]) -> None:
        """Insert so many rows; `columns` gives some of them, by columns of equal length."""
        if self._listener is not None:
            self._thread.submit(self._listener.inserting, table).result()
        for some in _blocks(count):
            block = bound_columns(self._connection, table, columns(some))
            self._begun.append(self._thread.submit(self._insert, table, block, _insertion(table.name, block)))

    def finish(self) -> None:
        """Wait until all is written; raises what went wrong."""
        for one in self._begun:
            one.result()()

    def _insert(self, table: Table, block: Columns, insertion: _Insertion) -> Callable[[], None]:
        """Returns what is left to do without the connection."""
        statement, parameters = insertion
        if isinstance(parameters, tuple):
            asked_of_driver(self._connection, statement, parameters)
        else:
            self._connection.exec_driver_sql(statement, parameters)
        return nothing_left if self._listener is None else self._listener.inserted(table, block)


@contextmanager
def bulk_writer(connection: Connection, count: int) -> Iterator[BulkWriter | None]:
    """Have so many rows written by another thread; None where that does not pay: for few rows, and on a server.

    Leaving waits for all that was begun; where something went wrong, for the statement at work alone.
    """
    if count < MANY or is_postgres(connection):
        yield None
        return
    thread = ThreadPoolExecutor(1)
    sys.setswitchinterval(_SOON)
    try:
        writer = BulkWriter(connection, thread)
        yield writer
        writer.finish()
    finally:
        sys.setswitchinterval(_USUAL)
        thread.shutdown(cancel_futures=True)


def _blocks(count: int) -> Iterator[slice]:
    """A few of so many rows, so that the other thread can begin, then more and more; no block is smaller than the first."""
    start, size = 0, _FIRST
    while start < count:
        end = start + size if count - start >= 2 * size else count
        yield slice(start, end)
        start, size = end, min(2 * size, _MOST)


class _Insertion(NamedTuple):
    """A statement with one set of parameters, or with many."""

    statement: str
    parameters: tuple[Any, ...] | list[tuple[Any, ...]]


def _insertion(name: str, block: Columns) -> _Insertion:
    """What inserts rows: one text with all that differs between them, or one tuple a row where values do not go into it."""
    into = f"INSERT INTO {name} ({', '.join(block)})"
    words: list[str] = []
    alike: list[Any] = []
    differing: list[Sequence[Any]] = []
    for values in block.values():
        types = {*map(type, values)} - {type(None)}
        if not _goes_into_text(values, types):
            marks = ", ".join("?" * len(block))
            return _Insertion(f"{into} VALUES ({marks})", list(zip(*block.values(), strict=True)))
        if values[0] == values[-1] and values.count(values[0]) == len(values) > 1:
            words.append("?")
            alike.append(values[0])
        elif types == {int} and _counts_up(values):
            words.append("? + key")
            alike.append(values[0])
        elif types == {bytes}:
            words.append(f"unhex(value ->> {len(differing)})")
            differing.append([value.hex() for value in values])
        else:
            words.append(f"value ->> {len(differing)}")
            differing.append(values)
    rows = list(zip(*differing, strict=True)) or [()] * len(next(iter(block.values())))
    text = msgspec.json.encode(rows)
    taken = f"{into} SELECT {', '.join(words)} FROM jsonb_each(CAST(? AS TEXT))"
    return _Insertion(taken, (*alike, text))


def _goes_into_text(values: Sequence[Any], types: set[type]) -> bool:
    """Whether the database takes the values of a column out of a text just as the driver would bind them."""
    if types == {bytes}:
        return None not in values
    if types == {int}:
        return max(map(abs, filter(None, values)), default=0) <= _LARGEST
    return types <= {str}


def _counts_up(values: Sequence[int | None]) -> bool:
    """Whether each is the one before and one more, as keys are."""
    first = values[0]
    return first is not None and list(values) == list(range(first, first + len(values)))
