"""The catalogue of supplies: its tree of categories and the packs that goods come in."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed, Travelling
from drillapp.core.database.types import Quantity


class Category(Base, Travelling):
    """A branch of the catalogue, by the standard's code (GB/T 38565-2020) or by name alone."""

    __tablename__ = "categories"
    __table_args__ = (UniqueConstraint("owner_id", "name", "parent_id"),)

    code: Mapped[str | None] = mapped_column(Text)
    """Seven digits, lower layers padded with 00; None for a category of the office's own."""
    name: Mapped[str] = mapped_column(Text)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"), index=True)


class ItemPack(Base, Keyed):
    """How much of an item a pack holds, in its unit of measure."""

    __tablename__ = "item_packs"
    __table_args__ = (
        UniqueConstraint("item_id", "name"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    name: Mapped[str] = mapped_column(Text)
    """What the pack is called: box, carton."""
    quantity: Mapped[float] = mapped_column(Quantity)
