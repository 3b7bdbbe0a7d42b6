"""Rows of any table as the storage itself has them, to be kept, compared and put back without a conversion.

A file gives and takes its plain values; a server gives each value as its text, and takes it back by a cast.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table

from drillapp.core.database.engine import is_postgres
from drillapp.core.database.rows import asked_plainly

_encode = msgspec.msgpack.Encoder().encode


def columns_of(table: Table) -> tuple[str, ...]:
    """The names of a table's columns, its key first; how often a row was changed is none of what it says."""
    return ("id", *(str(column.name) for column in table.columns if column.name not in ("id", "revision")))


def plain_rows_of(
    connection: Connection, table: Table, names: Sequence[str], ids: Iterable[int]
) -> list[tuple[Any, ...]]:
    """The rows with these keys, as far as there are such; a block at a time, please."""
    return _asked(connection, table, names, f"id IN ({', '.join(map(str, ids)) or 'NULL'})")


def plain_rows_between(
    connection: Connection, table: Table, names: Sequence[str], first: int, last: int
) -> list[tuple[Any, ...]]:
    """The rows with keys from `first` to `last`, in their order."""
    return _asked(connection, table, names, f"id BETWEEN {first} AND {last}")


def digests(rows: Iterable[tuple[Any, ...]]) -> Iterator[int]:
    """The CRC-32 of each row, by which it is known again."""
    return map(zlib.crc32, map(_encode, rows))


def put_back_rows(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Let rows that are there hold these values, which stand before each row's key; their revision counts on."""
    said = [f"{_quoted(connection, name)} = {_value(connection, table, name)}" for name in names]
    if "revision" in table.c:
        said.append("revision = revision + 1")
    statement = f"UPDATE {table.name} SET {', '.join(said)} WHERE id = {_value(connection, table, 'id')}"
    connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def insert_plain_rows(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows as `plain_rows_of` gave them."""
    columns = ", ".join(_quoted(connection, name) for name in names)
    values = ", ".join(_value(connection, table, name) for name in names)
    if "revision" in table.c:
        columns, values = f"{columns}, revision", f"{values}, 1"
    statement = f"INSERT INTO {table.name} ({columns}) VALUES ({values})"
    connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def _asked(connection: Connection, table: Table, names: Sequence[str], chosen: str) -> list[tuple[Any, ...]]:
    columns = [_quoted(connection, name) for name in names]
    if is_postgres(connection):
        columns[1:] = [f"CAST({column} AS TEXT)" for column in columns[1:]]
    return asked_plainly(
        connection, f"SELECT {', '.join(columns)} FROM {table.name} WHERE {chosen} ORDER BY id"
    )


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)


def _value(connection: Connection, table: Table, name: str) -> str:
    if not is_postgres(connection):
        return "?"
    return f"CAST(%s AS {table.c[name].type.compile(connection.dialect)})"
