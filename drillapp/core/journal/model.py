"""The journal's table."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed
from drillapp.core.database.types import Moment


class JournalEntry(Base, Keyed):
    """One command: who did what when; its hash covers the one before it."""

    __tablename__ = "journal"

    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(Text)
    command: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    """JSON: the records touched, field by field with old and new value; imports with file and digest."""
    hash: Mapped[bytes]
    """SHA-256 over the previous entry's hash and this entry's fields."""
