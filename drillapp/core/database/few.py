"""Few rows of a question that every small command asks: compiled once, and asked past SQLAlchemy's own way."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect

from drillapp.core.database.base import AnySelect
from drillapp.core.database.engine import asked_of_driver, is_postgres

FEW = 20
"""Up to so many values of a list a question is kept for each number of them."""

_Process = Callable[[Any], Any]


def few_rows(connection: Connection, statement: AnySelect, **parameters: Any) -> Sequence[Any]:
    """All rows of a statement that is kept and asked again, with its columns as attributes.

    On a file SQLAlchemy takes longer for such a question than the database. Lists must hold at most `FEW` values.
    """
    if is_postgres(connection):
        return connection.execute(statement, parameters).all()
    lengths = tuple((name, len(value)) for name, value in parameters.items() if isinstance(value, list))
    question = _compiled(statement, connection.dialect, tuple(parameters), lengths)
    values = [
        process(value) if process and value is not None else value
        for value, process in zip(question.places(parameters), question.binds, strict=True)
    ]
    rows = asked_of_driver(connection, question.sql, values)
    return [question.row(row) for row in rows]


class _Question(NamedTuple):
    """A statement as a file's driver takes it and answers it."""

    sql: str
    places: Callable[[dict[str, Any]], list[Any]]
    """The values of the parameters in the order in which they stand in the statement."""
    binds: list[_Process | None]
    """How each becomes what the driver takes."""
    row: Callable[[tuple[Any, ...]], Any]


@lru_cache(500)
def _compiled(
    statement: AnySelect, dialect: Dialect, names: tuple[str, ...], lengths: tuple[tuple[str, int], ...]
) -> _Question:
    compiled = statement.compile(dialect=dialect)
    sample: dict[str, Any] = dict.fromkeys(names) | {name: [None] * length for name, length in lengths}
    state = compiled.construct_expanded_state(sample)
    parts = {
        part: (name, i) for name in dict(lengths) for i, part in enumerate(state.parameter_expansion[name])
    }
    order = list(state.positiontup or ())
    constants = {name: value for name, value in state.parameters.items() if name not in names}

    def places(parameters: dict[str, Any]) -> list[Any]:
        values = constants | parameters
        return [
            values[name] if name not in parts else values[parts[name][0]][parts[name][1]] for name in order
        ]

    binds: list[Any] = [state.processors.get(name) for name in order]
    return _Question(state.statement, places, binds, _row(statement, dialect))


def _row(statement: AnySelect, dialect: Dialect) -> Callable[[tuple[Any, ...]], Any]:
    """Makes of what the driver gives a row with named values."""
    columns = list(statement.selected_columns)
    names = [str(column.key) for column in columns]
    named: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]
    make: Callable[[Iterable[Any]], Any] = named._make
    found = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    processes = [(place, process) for place, process in enumerate(found) if process is not None]

    def row(values: tuple[Any, ...]) -> Any:
        told = list(values)
        for place, process in processes:
            told[place] = process(told[place])
        return make(told)

    return row if processes else make
