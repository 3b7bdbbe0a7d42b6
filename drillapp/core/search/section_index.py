"""The full-text index of plan sections: single characters in order, kept in the transaction that writes the sections.

It holds no text. On a file each character is a token, and titles stand in an index of their own too: to look for a
phrase in them there, what all texts hold need not be passed. A server's vectors take neither long texts nor frequent
words, so there each piece of a text is a row, and each character with the next a token, which it finds faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, text

from drillapp.core.database.engine import is_postgres
from drillapp.core.search.passages import LINE_END, squeezed

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
        _put_on_server(connection, rows)
    else:
        _put_in_file(connection, list(rows))


def _put_in_file(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    for name, found in (
        ("section_titles", ((key, " ".join(title)) for key, title, _body in rows)),
        ("section_index", ((key, " ".join(f"{title}{LINE_END}{body}")) for key, title, body in rows)),
    ):
        connection.exec_driver_sql(f"INSERT INTO {name} (rowid, words) VALUES (?, ?)", list(found))


def _put_on_server(connection: Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    columns = "section_id, piece, in_title, words"
    values = ":key, :piece, :in_title, CAST(:words AS tsvector)"
    pieces = [
        {"key": key, "piece": piece, "in_title": in_title, "words": vector}
        for key, title, body in rows
        for piece, (in_title, vector) in enumerate(_pieces(title, body))
    ]
    if pieces:
        connection.execute(text(f"INSERT INTO section_index ({columns}) VALUES ({values})"), pieces)


def _pieces(title: str, body: str) -> Iterator[tuple[bool, str]]:
    yield from ((True, vector) for vector in _vectors(title))
    yield from ((False, vector) for vector in _vectors(body))


def remove_sections(connection: Connection, ids: Iterable[int]) -> None:
    """Let these sections be found no more."""
    keys = [{"key": section_id} for section_id in ids]
    if not keys:
        return
    if is_postgres(connection):
        connection.execute(text("DELETE FROM section_index WHERE section_id = :key"), keys)
    else:
        for name in ("section_index", "section_titles"):
            connection.execute(text(f"DELETE FROM {name} WHERE rowid = :key"), keys)


def fts5_query(phrases: Iterable[str]) -> str:
    """All phrases, in FTS5's language."""
    return " AND ".join(f'"{" ".join(phrase[:LONGEST_PHRASE])}"' for phrase in phrases)


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
