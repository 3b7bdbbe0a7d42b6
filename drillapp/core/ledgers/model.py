"""Ledger files that were brought in, and how files of a shape were understood."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed
from drillapp.core.database.types import Moment


class LedgerImport(Base, Keyed):
    """A ledger file that was brought in, with what it takes to undo it."""

    __tablename__ = "ledger_imports"

    entry_id: Mapped[int] = mapped_column(ForeignKey("journal.id"), unique=True)
    """The journal's entry of it, which names the file, who brought it in and when."""
    kind: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    created: Mapped[int]
    updated: Mapped[int]
    before: Mapped[bytes | None]
    """The rows it wrote as they were before (undoing.images); NULL once it is undone."""
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("journal.id"))
    """The journal's entry that undid it."""


class LedgerMapping(Base, Keyed):
    """How this office understood the last file of a shape: taken up for the next one."""

    __tablename__ = "ledger_mappings"

    shape: Mapped[str] = mapped_column(Text, unique=True)
    """The words of the header in their order (guessing.shape)."""
    kind: Mapped[str] = mapped_column(Text)
    columns: Mapped[str] = mapped_column(Text)
    """JSON: the words of a column's header to its field, '' for a column that is left out."""
    used_at: Mapped[datetime] = mapped_column(Moment)
