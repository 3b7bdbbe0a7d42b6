"""Rows by the ten thousand: keys, inserts and updates prepared once and run for all, answers as the driver gives them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Table, bindparam, insert, text, update

from drillapp.core.database.base import AnySelect
from drillapp.core.database.engine import asked_of_driver, is_postgres
from drillapp.core.database.hearing import listener_of

_PORTION = 1000


class _Binding(NamedTuple):
    """How values of a column become what the driver takes."""

    process: Callable[[Any], Any] | None
    is_unique: bool


def next_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """Keys for new rows, known before they are written so that what hangs on them can be written with them."""
    if is_postgres(connection):
        sequence = text(
            "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)"
        )
        return list(connection.execute(sequence, {"table": table.name, "count": count}).scalars())
    last: int = asked_plainly(connection, f"SELECT max(id) FROM {table.name}")[0][0] or 0
    return list(range(last + 1, last + 1 + count))


def insert_rows(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given by columns of equal length."""
    if is_postgres(connection):
        named = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        if named:
            connection.execute(insert(table), named)
        return
    listener = listener_of(connection)
    if listener is not None:
        listener.inserting(table)
    # The driver's own executemany is three times as fast as a prepared construct here.
    values = bound_columns(connection, table, columns)
    statement, _bindings = _insertion(connection.dialect, table, tuple(columns))
    rows = list(zip(*values.values(), strict=True))
    if len(rows) == 1:
        asked_plainly(connection, statement, rows[0])
    elif rows:
        connection.exec_driver_sql(statement, rows)
    if listener is not None:
        listener.inserted(table, values)()


def bound_columns(
    connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]
) -> dict[str, Sequence[Any]]:
    """Columns of new rows with the values that the driver takes."""
    _statement, bindings = _insertion(connection.dialect, table, tuple(columns))
    return dict(zip(columns, map(_bound, bindings, columns.values()), strict=True))


def asked_plainly(
    connection: Connection, statement: str, parameters: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """What a statement in the words of both databases answers, values as the driver gives them.

    On a file past SQLAlchemy's own way to the driver, which takes a single row longer than the database does.
    """
    if is_postgres(connection):
        return [tuple(row) for row in connection.exec_driver_sql(statement, tuple(parameters))]
    return asked_of_driver(connection, statement, parameters)


def update_rows(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Update these columns of rows given with their `id`, and count up their revision."""
    statement = (
        update(table)
        .where(table.c.id == bindparam("_id"))
        .values({name: bindparam(f"_{name}") for name in names} | {"revision": table.c.revision + 1})
    )
    connection.execute(statement, [{f"_{name}": value for name, value in row.items()} for row in rows])


def plain_rows(connection: Connection, statement: AnySelect) -> list[tuple[Any, ...]]:
    """All rows as the driver's own tuples, a fifth sooner: for many rows whose columns need no conversion."""
    with connection.execute(statement) as result:
        assert result.cursor is not None
        return list(result.cursor.fetchall())


def plain_columns(connection: Connection, statement: AnySelect) -> list[array[int]]:
    """The columns of an answer of whole numbers, without an object in memory for each of them."""
    columns: list[array[int]] = [array("q") for _column in statement.selected_columns]
    with connection.execute(statement) as result:
        assert result.cursor is not None
        while portion := result.cursor.fetchmany(_PORTION):
            for column, values in zip(columns, zip(*portion, strict=True), strict=True):
                column.extend(values)
    return columns


class Days(dict[Any, date | None]):
    """Days of `plain_rows` by what the driver gives for them: on a file a text, of which few are different."""

    def __missing__(self, stored: Any) -> date | None:
        self[stored] = day = date.fromisoformat(stored) if isinstance(stored, str) else stored
        return day


@lru_cache(500)
def _insertion(dialect: Dialect, table: Table, names: tuple[str, ...]) -> tuple[str, list[_Binding]]:
    """The statement that inserts these columns, and how their values are bound."""
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    columns = [table.c[name] for name in names]
    return statement, [
        _Binding(column.type.dialect_impl(dialect).bind_processor(dialect), bool(column.unique))
        for column in columns
    ]


def _bound(binding: _Binding, values: Sequence[Any]) -> Sequence[Any]:
    process, is_unique = binding
    if process is None:
        return values
    if is_unique or len(values) == 1:
        return list(map(process, values))
    # Days, moments and yes or no repeat themselves: each is converted once.
    converted = {value: process(value) for value in set(values)}
    return list(map(converted.__getitem__, values))
