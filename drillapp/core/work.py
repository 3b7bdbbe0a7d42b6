"""One command at work: its transaction and what it will enter in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from drillapp.core.changes import Changes
from drillapp.core.journal import chain


class Origin(msgspec.Struct, frozen=True):
    """The file that records came from."""

    name: str
    digest: str
    """SHA-256 of its bytes, in hexadecimal."""
    begin: Callable[[Work], None] | None = None
    """Told of the command before it writes anything: whoever wants to be able to undo it."""


class Work:
    """The transaction of one command; commands write through `connection` and say here what they changed."""

    def __init__(self, connection: Connection, office_id: int, command: str) -> None:
        self.connection = connection
        self.office_id = office_id
        self.command = command
        self._origin: Origin | None = None
        self._afterwards: list[Callable[[int | None], None]] = []
        self._created: dict[str, list[int]] = {}
        self._removed: dict[str, list[int]] = {}
        self._fields: list[dict[str, Any]] = []
        self._kinds: set[str] = set()
        self._units: set[int] | None = set()

    @property
    def changes(self) -> Changes:
        """What was touched so far."""
        units = None if self._units is None else frozenset(self._units)
        return Changes(frozenset(self._kinds), units)

    @property
    def origin(self) -> Origin | None:
        """The file that the records come from; to be set before anything is written."""
        return self._origin

    @origin.setter
    def origin(self, origin: Origin | None) -> None:
        self._origin = origin
        if origin is not None and origin.begin is not None:
            origin.begin(self)

    def afterwards(self, do: Callable[[int | None], None]) -> None:
        """Have something done in the transaction once the command is in the journal, with the entry's key.

        None where nothing was changed, so that there is no entry.
        """
        self._afterwards.append(do)

    def created(self, kind: str, keys: Iterable[int]) -> None:
        """Say that records were added in bulk; the journal keeps their keys."""
        self._created.setdefault(kind, []).extend(keys)
        self._kinds.add(kind)

    def removed(self, kind: str, keys: Iterable[int]) -> None:
        """Say that records are gone: they came from a file that is taken back."""
        self._removed.setdefault(kind, []).extend(keys)
        self._kinds.add(kind)

    def changed(self, kind: str, key: int, fields: Mapping[str, tuple[Any, Any]]) -> None:
        """Say that fields of a record went from an old to a new value (old is None for a new record)."""
        self._fields.append(
            {"kind": kind, "key": key, "fields": {name: list(pair) for name, pair in fields.items()}}
        )
        self._kinds.add(kind)

    def touched(self, kind: str, unit_ids: Iterable[int] | None) -> None:
        """Say which units this concerns; None for possibly any."""
        self._kinds.add(kind)
        if unit_ids is None or self._units is None:
            self._units = None
        else:
            self._units.update(unit_ids)

    def enter_in_journal(self, at: datetime, actor: str) -> None:
        """Append the entry, unless nothing was changed."""
        is_any = bool(self._created or self._fields or self._removed)
        entry = self._append(at, actor) if is_any else None
        for do in self._afterwards:
            do(entry)

    def _append(self, at: datetime, actor: str) -> int:
        content: dict[str, Any] = {}
        if self.origin is not None:
            content["file"] = {"name": self.origin.name, "sha256": self.origin.digest}
        for name, records in (("created", self._created), ("removed", self._removed)):
            if records:
                content[name] = {kind: ranges(keys) for kind, keys in records.items()}
        if self._fields:
            content["changed"] = self._fields
        text = msgspec.json.encode(content).decode()
        return chain.append(self.connection, at, actor, self.command, text)


def ranges(keys: Iterable[int]) -> list[tuple[int, int]]:
    """Keys as inclusive ranges, so that an import of 100,000 rows stays one readable entry."""
    ordered = sorted(keys)
    if ordered and ordered[-1] - ordered[0] + 1 == len(ordered) == len(set(ordered)):
        return [(ordered[0], ordered[-1])]
    result: list[tuple[int, int]] = []
    for key in ordered:
        if result and result[-1][1] == key - 1:
            result[-1] = (result[-1][0], key)
        else:
            result.append((key, key))
    return result
