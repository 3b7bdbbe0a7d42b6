"""What belongs to a storehouse."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Travelling


class Shelf(Base, Travelling):
    """A place in a storehouse where goods lie: a shelf, a bay, a cabinet."""

    __tablename__ = "shelves"
    __table_args__ = (UniqueConstraint("storehouse_id", "code"),)

    storehouse_id: Mapped[int] = mapped_column(ForeignKey("storehouses.id"))
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
