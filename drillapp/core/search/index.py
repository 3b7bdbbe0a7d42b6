"""The search index: one row a record, kept in the transaction that writes the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, text

from drillapp.core.database.engine import is_postgres
from drillapp.core.search.tokens import Tokens, all_tokens, title_tokens

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


def put(
    connection: Connection, kind: str, ids: Sequence[int], found_by: Iterable[Sequence[str]], *, new: bool,
    of_title: Callable[[str], Tokens] = title_tokens,
) -> None:  # fmt: skip
    """Make records findable by their title and, if they have one, number; `new` spares the look for earlier rows."""
    if kind not in KINDS or not ids:
        return
    first = index_key(kind, 0)
    keys = [first + record_id for record_id in ids]
    if not new:
        remove(connection, kind, ids)
    found = all_tokens(found_by, of_title)
    if is_postgres(connection):
        _put_postgres(connection, keys, found)
    else:
        connection.exec_driver_sql(
            "INSERT INTO search_index (rowid, words, syllables, initials) VALUES (?, ?, ?, ?)",
            [(key, *each) for key, each in zip(keys, found, strict=True)],
        )


def remove(connection: Connection, kind: str, ids: Sequence[int]) -> None:
    """Let these records be found no more."""
    keys = [{"key": index_key(kind, record_id)} for record_id in ids]
    if keys:
        name = "key" if is_postgres(connection) else "rowid"
        connection.execute(text(f"DELETE FROM search_index WHERE {name} = :key"), keys)


def _put_postgres(connection: Connection, keys: Sequence[int], found: Iterable[tuple[str, str, str]]) -> None:
    # The vectors are written out with positions, since the server's own parser drops Chinese in some locales.
    connection.execute(
        text(
            "INSERT INTO search_index (key, words, syllables, initials) VALUES (:key, CAST(:words AS tsvector),"
            " CAST(:syllables AS tsvector), CAST(:initials AS tsvector))"
        ),
        [
            {"key": key} | dict(zip(Tokens._fields, map(_vector, each), strict=True))
            for key, each in zip(keys, found, strict=True)
        ],
    )


def _vector(tokens: str) -> str:
    return " ".join(f"'{token}':{position}" for position, token in enumerate(tokens.split(), 1))


def kind_of(key: int) -> str:
    """The kind of record of an index row."""
    return KINDS[key // _ROOM]
