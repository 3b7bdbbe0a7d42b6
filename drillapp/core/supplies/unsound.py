"""Lines of the stock ledger that cannot stand as they are: what earlier lines gave has gone from under them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from drillapp.core.database.base import in_blocks, table_of
from drillapp.core.supplies.model import Movement
from drillapp.core.supplies.verifying import short_movements, wrong_entries

_MOVEMENTS = table_of(Movement)


def unsound_documents(connection: Connection, lots: Collection[int]) -> set[str]:
    """The documents of these lots that take more than is there, or whose counts no longer fit what was before them."""
    if not lots:
        return set()
    wrong = {*wrong_entries(connection, lots), *short_movements(connection, lots)}
    rows = in_blocks(connection, select(_MOVEMENTS.c.document), _MOVEMENTS.c.id, wrong)
    return {row.document for row in rows}
