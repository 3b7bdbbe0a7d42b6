"""What a check found out, kept for the writing that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from drillapp.core.batch import Batch
from drillapp.core.journal import chain
from drillapp.core.lookups import Lookups


class Kept:
    """The batch of a check: good for the same entries as long as nobody wrote to the office since."""

    def __init__(self, lookups: Lookups | None = None) -> None:
        self.lookups = lookups or Lookups()
        """What was looked up for it."""
        self._batch: Batch | None = None
        self._entries: Sequence[Any] | None = None
        self._state: tuple[int, date] | None = None

    def keep(self, batch: Batch, entries: Sequence[Any]) -> None:
        """Keep what was found out of `entries`."""
        self._batch, self._entries = batch, entries
        self._state = chain.head(batch.connection), batch.as_of

    def take(self, connection: Connection, entries: Sequence[Any], as_of: date) -> Batch | None:
        """The batch, to be written by this connection; None when it does not hold any more. It is given once."""
        batch, self._batch = self._batch, None
        if batch is None or self._entries is not entries or self._state != (chain.head(connection), as_of):
            return None
        batch.connection = connection
        return batch
