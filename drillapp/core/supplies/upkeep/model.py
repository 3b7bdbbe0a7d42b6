"""Inspections and maintenance of what is in stock."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Travelling


class Upkeep(Base, Travelling):
    """An inspection or maintenance that was done of an item in a storehouse, of all its lots there or of one."""

    __tablename__ = "upkeep"
    __table_args__ = (Index("ix_upkeep_storehouse_id", "storehouse_id", "item_id", "kind", "done_on"),)

    kind: Mapped[str] = mapped_column(Text)
    """A code of the enumeration upkeep_kind: inspection, maintenance."""
    storehouse_id: Mapped[int] = mapped_column(ForeignKey("storehouses.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    done_on: Mapped[date]
    result: Mapped[str] = mapped_column(Text)
    """A code of the enumeration upkeep_result."""
    done_by: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
