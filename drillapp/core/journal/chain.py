"""The chain of the journal: each entry's hash covers the entry before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from drillapp.core.database.base import table_of
from drillapp.core.database.rows import asked_plainly, insert_rows
from drillapp.core.journal.model import JournalEntry

_JOURNAL = table_of(JournalEntry)
_LAST = "SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1"
_START = hashlib.sha256(b"drillapp journal 1").digest()


def append(connection: Connection, at: datetime, actor: str, command: str, content: str) -> int:
    """Write an entry at the end of the chain and return its key."""
    last = asked_plainly(connection, _LAST)
    key, previous = (last[0][0] + 1, bytes(last[0][1])) if last else (1, _START)
    digest = link(previous, key, at, actor, command, content)
    columns = {"id": key, "at": at, "actor": actor, "command": command, "content": content, "hash": digest}
    insert_rows(connection, _JOURNAL, {name: (value,) for name, value in columns.items()})
    return key


def head(connection: Connection) -> int:
    """The key of the newest entry; 0 when there is none."""
    return connection.execute(select(JournalEntry.id).order_by(JournalEntry.id.desc()).limit(1)).scalar() or 0


def link(previous: bytes, key: int, at: datetime, actor: str, command: str, content: str) -> bytes:
    """The hash of an entry, over the hash before it."""
    digest = hashlib.sha256(previous)
    for part in (str(key), at.astimezone(UTC).isoformat(), actor, command, content):
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.digest()


def broken_entries(connection: Connection) -> Iterator[int]:
    """The keys of entries that do not follow from the one before."""
    previous, expected = _START, 1
    columns = JournalEntry.__table__.columns
    entries = select(*columns).order_by(JournalEntry.id).execution_options(yield_per=500)
    for row in connection.execute(entries):
        if row.id != expected or bytes(row.hash) != link(
            previous, row.id, row.at, row.actor, row.command, row.content
        ):
            yield row.id
        previous, expected = bytes(row.hash), row.id + 1
