"""How this office understood the last file of a shape, taken up for the next one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, delete, insert, select

from drillapp.core.ledgers.guessing.headers import Grid
from drillapp.core.ledgers.layout import plain_word
from drillapp.core.ledgers.model import LedgerMapping
from drillapp.core.ledgers.shapes import Glance, Guess

_LONGEST = 400
"""A shape with more letters is told apart by its digest: an index takes no longer words."""


class Remembered(NamedTuple):
    """How a file of a shape was understood."""

    kind: str
    columns: dict[str, str]
    """The words of a column's header, in their plain form, to its field; '' for a column that was left out."""


def shape(headers: Mapping[int, str]) -> str:
    """What files of the same form share: the words of their headers, in order."""
    words = "|".join(plain_word(headers[column]) for column in sorted(headers))
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST]}|{hashlib.sha256(words.encode()).hexdigest()}"


def shapes_of(glances: Iterable[Glance]) -> set[str]:
    """The shapes that tables on these sheets may have."""
    return {
        shape(header.joined) for glance in glances for header in Grid(glance).headers if len(header.words) > 1
    }


def recall_mappings(connection: Connection, glances: Iterable[Glance]) -> dict[str, Remembered]:
    """What is remembered of files of such shapes, by shape."""
    found = connection.execute(
        select(LedgerMapping.shape, LedgerMapping.kind, LedgerMapping.columns).where(
            LedgerMapping.shape.in_(shapes_of(glances))
        )
    )
    return {
        row.shape: Remembered(row.kind, msgspec.json.decode(row.columns, type=dict[str, str]))
        for row in found
    }


def remember_mapping(connection: Connection, guess: Guess, at: datetime) -> None:
    """Take down how a file was understood, in place of what was known of its shape; no-op without a header."""
    if guess.kind is None or not guess.headers or guess.header == (0, 0):
        return
    fields = {column: field for field, column in reversed(guess.columns.items())}
    columns = {plain_word(words): fields.get(column, "") for column, words in guess.headers.items()}
    known = shape(guess.headers)
    connection.execute(delete(LedgerMapping).where(LedgerMapping.shape == known))
    connection.execute(
        insert(LedgerMapping).values(
            shape=known, kind=guess.kind, columns=msgspec.json.encode(columns).decode(), used_at=at
        )
    )
