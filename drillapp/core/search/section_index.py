"""The full-text index of plan sections: single characters in order, kept in the transaction that writes the sections.

It holds no text. On a file each character is a token; a server's vectors take neither long texts nor frequent words,
so there each piece of a text is a row, and each character with the next a token, which it finds faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, text

from drillapp.core.database.engine import is_postgres
from drillapp.core.search.passages import squeezed

LONGEST_PHRASE = 60
"""So many characters of a phrase are looked for."""
_PIECE = 256
"""A vector keeps no more places of a token than this."""


def put_sections(
    connection: Connection, ids: Sequence[int], titles: Iterable[str], texts: Iterable[str]
) -> None:
    """Make new sections, or such as were removed before, findable by their titles and texts."""
    if not ids:
        return
    rows = zip(ids, map(squeezed, titles), map(squeezed, texts), strict=True)
    if is_postgres(connection):
        values = ":key, :in_title, CAST(:words AS tsvector)"
        statement = f"INSERT INTO section_index (section_id, in_title, words) VALUES ({values})"
        pieces = [
            {"key": key, "in_title": in_title, "words": vector}
            for key, *parts in rows
            for in_title, part in zip((True, False), parts, strict=True)
            for vector in _vectors(part)
        ]
        if pieces:
            connection.execute(text(statement), pieces)
    else:
        connection.exec_driver_sql(
            "INSERT INTO section_index (rowid, title, body) VALUES (?, ?, ?)",
            [(key, " ".join(title), " ".join(body)) for key, title, body in rows],
        )


def remove_sections(connection: Connection, ids: Iterable[int]) -> None:
    """Let these sections be found no more."""
    key = "section_id" if is_postgres(connection) else "rowid"
    keys = [{"key": section_id} for section_id in ids]
    if keys:
        connection.execute(text(f"DELETE FROM section_index WHERE {key} = :key"), keys)


def fts5_query(phrases: Iterable[str], column: str = "") -> str:
    """All phrases, in FTS5's language."""
    wanted = " AND ".join(f'"{" ".join(phrase[:LONGEST_PHRASE])}"' for phrase in phrases)
    return f"{column} : ({wanted})" if column else wanted


def tsquery(phrase: str) -> str:
    """One phrase, in PostgreSQL's language."""
    shortened = phrase[:LONGEST_PHRASE]
    return " <-> ".join(f"'{pair}'" for pair in _pairs(shortened)[:-1]) or f"'{shortened}':*"


def _vectors(words: str) -> Iterator[str]:
    """The pieces of a text, each beginning so far before the last one's end that every phrase is whole in one."""
    pairs = _pairs(words)
    for first in range(0, max(len(pairs) - LONGEST_PHRASE, 1) if pairs else 0, _PIECE - LONGEST_PHRASE):
        piece = pairs[first : first + _PIECE]
        yield " ".join(f"'{pair}':{place}" for place, pair in enumerate(piece, 1))


def _pairs(words: str) -> list[str]:
    """Each character with the next, and the last alone."""
    return [words[place : place + 2] for place in range(len(words))]
