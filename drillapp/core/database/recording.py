"""What a transaction found in the tables before it wrote to them: enough to put everything back.

Recorded where rows are written: `rows.insert_rows` and what goes through SQLAlchemy's Core. New rows are known by
their keys, which come after all that were there; rows that are changed or deleted are kept as they were.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Table, event, select
from sqlalchemy.sql import operators
from sqlalchemy.sql.dml import Delete, Insert, Update
from sqlalchemy.sql.elements import BinaryExpression, BindParameter

from drillapp.core.database.hearing import hear, nothing_left
from drillapp.core.database.inserted import Inserted
from drillapp.core.database.plainly import columns_of, plain_rows_of

_BLOCK = 2000


class Recorded:
    """One table: up to which key it was filled, and its old rows that were changed or deleted since."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self.table = table
        self.names = columns_of(table)
        self.last: int = connection.exec_driver_sql(f"SELECT max(id) FROM {table.name}").scalar() or 0
        self.blocks: list[bytes] = []
        """The old rows, packed (`unpacked`): plain values in the order of `names`."""
        self.ids: set[int] = set()
        """Their keys."""
        self.new = Inserted(table, self.said)

    @property
    def said(self) -> tuple[str, ...]:
        """The columns by which a row is compared."""
        return said(self.names)

    def keep(self, connection: Connection, ids: Iterable[int]) -> None:
        """Keep rows as they are now, unless they are new or kept already."""
        hit = set(ids)
        old = {key for key in hit if key <= self.last}
        if len(old) < len(hit):
            self.new.forget()
        wanted = sorted(old - self.ids)
        for start in range(0, len(wanted), _BLOCK):
            rows = plain_rows_of(connection, self.table, self.names, wanted[start : start + _BLOCK])
            if rows:
                self.blocks.append(zlib.compress(msgspec.msgpack.encode(rows), 1))
        self.ids.update(wanted)


def said(columns: Iterable[str]) -> tuple[str, ...]:
    """Without the name of a row among offices, which says nothing of it."""
    return tuple(name for name in columns if name != "uid")


def unpacked(blocks: Iterable[bytes]) -> Iterator[list[Any]]:
    """The rows that were kept."""
    for block in blocks:
        yield from msgspec.msgpack.decode(zlib.decompress(block))


class Recording:
    """Listens to a connection from its making to `stop`, or until the connection is given up."""

    def __init__(self, connection: Connection, left_out: Sequence[str]) -> None:
        self.connection = connection
        self.tables: dict[Table, Recorded] = {}
        self._left_out = frozenset(left_out)
        self._listener = self._on_execute
        event.listen(connection, "before_execute", self._listener)
        hear(connection, self)

    def stop(self) -> None:
        """Listen no more."""
        event.remove(self.connection, "before_execute", self._listener)
        hear(self.connection, None)

    def inserting(self, table: Table) -> None:
        """Rows are about to be inserted (`hearing.Listener`)."""
        self.of(table)

    def inserted(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> Callable[[], None]:
        """Rows were inserted, with these values of the columns that were bound (`hearing.Listener`)."""
        recorded = self.of(table)
        if recorded is None:
            return nothing_left
        return recorded.new.look_at(self.connection, columns)

    def of(self, table: Table) -> Recorded | None:
        """What is recorded of a table that is about to be written; None for one that is left out."""
        found = self.tables.get(table)
        if found is None and table.name not in self._left_out and "id" in table.c:
            found = self.tables[table] = Recorded(self.connection, table)
        return found

    def _on_execute(
        self, connection: Connection, statement: Any, many: Any, one: Any, options: Mapping[str, Any]
    ) -> None:
        if not isinstance(statement, Insert | Update | Delete) or not isinstance(statement.table, Table):
            return
        recorded = self.of(statement.table)
        if recorded is not None and isinstance(statement, Update | Delete):
            recorded.keep(connection, _hit(connection, statement, many or [one]))


def _hit(
    connection: Connection, statement: Update | Delete, parameters: Sequence[Mapping[str, Any]]
) -> Iterator[int]:
    """The keys of the rows that a statement is about to change or delete."""
    table: Any = statement.table
    where = statement.whereclause
    rows = select(table.c.id)
    named = _named(table, where)
    if named is not None and named[1] in parameters[0]:
        column, name = named
        values = list({one[name] for one in parameters} - {None})
        if column.name == "id":
            yield from values
            return
        for start in range(0, len(values), _BLOCK):
            wanted = column.in_(values[start : start + _BLOCK])
            yield from connection.execute(rows.where(wanted)).scalars()
        return
    chosen = rows if where is None else rows.where(where)
    asked = set(chosen.compile().params)
    for one in parameters:
        said = {name: value for name, value in one.items() if name in asked}
        yield from connection.execute(chosen, said).scalars()


def _named(table: Table, where: Any) -> tuple[Column[Any], str] | None:
    """The column and the parameter of a statement that says no more than that they are equal."""
    if not isinstance(where, BinaryExpression) or where.operator is not operators.eq:
        return None
    left, right = where.left, where.right
    if not isinstance(left, Column) or left.table is not table or not isinstance(right, BindParameter):
        return None
    return left, str(right.key)
