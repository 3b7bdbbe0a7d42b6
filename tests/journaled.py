"""What was entered in the journal: to show that a command was one transaction, or none."""

from __future__ import annotations

from sqlalchemy import select

from drillapp.core.journal.model import JournalEntry
from drillapp.core.office import Office


def commands(office: Office) -> list[str]:
    """The commands that were entered, the oldest first."""
    with office.read() as connection:
        return list(connection.execute(select(JournalEntry.command).order_by(JournalEntry.id)).scalars())
