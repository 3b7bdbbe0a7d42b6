"""What comes of bringing a ledger in."""

from __future__ import annotations

import msgspec

from drillapp.core.changes import Changes
from drillapp.core.ledgers.rows import LedgerError


class ImportResult(msgspec.Struct, frozen=True):
    """What came of an import, or would come of it in a dry run."""

    read: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    """Rows with errors."""
    errors: tuple[LedgerError, ...] = ()
    notes: tuple[LedgerError, ...] = ()
    """What is worth a thought in rows that are not refused."""
    ignored: tuple[str, ...] = ()
    """Headers of columns that mean no field of this kind and were left out."""
    dry_run: bool = False
    changes: Changes = Changes()
    kind: str = ""
    entry: int | None = None
    """The journal's entry of it, by which it is undone; None when nothing was written."""
