"""The search index: one row a record, kept in the transaction that writes the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from sqlalchemy import Connection, text

from drillapp.core.database.engine import is_postgres
from drillapp.core.search.tokens import Tokens, all_tokens, title_tokens

Row = tuple[int, str, str, str]
"""A key of the index and what is found under it, as `Tokens` has it."""

KINDS = ("units", "plans", "drills", "people", "items", "storehouses", "cards", "teams", "scenarios")
"""What can be found, in the order in which it is shown; the order is part of stored keys: append only."""

_ROOM = 1 << 40
"""Keys of one kind stay below this."""


def index_key(kind: str, record_id: int) -> int:
    """The index row of a record."""
    return KINDS.index(kind) * _ROOM + record_id


def key_range(kind: str) -> tuple[int, int]:
    """The index rows of a kind: first, last."""
    first = KINDS.index(kind) * _ROOM
    return first, first + _ROOM - 1


def record_id(key: int) -> int:
    """The record's key of an index row."""
    return key % _ROOM


def rows(
    kind: str, ids: Iterable[int], found_by: Iterable[Sequence[str]],
    of_title: Callable[[str], Tokens] = title_tokens,
) -> list[Row]:  # fmt: skip
    """The index rows of records, each found by its title and, if it has one, number; none of a kind that is not looked for."""
    if kind not in KINDS:
        return []
    first = index_key(kind, 0)
    found = all_tokens(found_by, of_title)
    made = [(first + record_id, *each) for record_id, each in zip(ids, found, strict=True)]
    made.sort(key=itemgetter(0))  # the index writes itself down wherever a key is lower than the one before
    return made


def put(connection: Connection, made: Sequence[Row], *, new: bool) -> None:
    """Make records findable by their `rows`; `new` spares the look for earlier ones."""
    if not made:
        return
    if not new:
        _remove(connection, map(itemgetter(0), made))
    if is_postgres(connection):
        _put_postgres(connection, made)
        return
    connection.exec_driver_sql(
        "INSERT INTO search_index (rowid, words, syllables, initials) VALUES (?, ?, ?, ?)", made
    )


def remove(connection: Connection, kind: str, ids: Sequence[int]) -> None:
    """Let these records be found no more."""
    _remove(connection, (index_key(kind, record_id) for record_id in ids))


def _remove(connection: Connection, keys: Iterable[int]) -> None:
    parameters = [{"key": key} for key in keys]
    if parameters:
        name = "key" if is_postgres(connection) else "rowid"
        connection.execute(text(f"DELETE FROM search_index WHERE {name} = :key"), parameters)


def _put_postgres(connection: Connection, made: Sequence[Row]) -> None:
    # The vectors are written out with positions, since the server's own parser drops Chinese in some locales.
    connection.execute(
        text(
            "INSERT INTO search_index (key, words, syllables, initials) VALUES (:key, CAST(:words AS tsvector),"
            " CAST(:syllables AS tsvector), CAST(:initials AS tsvector))"
        ),
        [{"key": key} | dict(zip(Tokens._fields, map(_vector, each), strict=True)) for key, *each in made],
    )


def _vector(tokens: str) -> str:
    return " ".join(f"'{token}':{position}" for position, token in enumerate(tokens.split(), 1))


def kind_of(key: int) -> str:
    """The kind of record of an index row."""
    return KINDS[key // _ROOM]
