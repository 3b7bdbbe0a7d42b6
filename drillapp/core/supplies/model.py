"""Supplies: catalogue, storehouses, lots, holdings, movements and what each does to the stock, required levels."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed, Travelling
from drillapp.core.database.types import Moment, Quantity


class Item(Base, Travelling):
    """A kind of supply in the catalogue."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("owner_id", "code"),)

    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(Text)
    spec: Mapped[str | None] = mapped_column(Text)
    unit_of_measure: Mapped[str | None] = mapped_column(Text)
    shelf_life_months: Mapped[int | None]


class Storehouse(Base, Travelling):
    """A place of a unit where supplies lie."""

    __tablename__ = "storehouses"
    __table_args__ = (UniqueConstraint("owner_id", "code"),)

    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    address: Mapped[str | None] = mapped_column(Text)
    keeper: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)


class Lot(Base, Keyed):
    """A batch of an item with one production and one expiry date; an empty code stands for 'no lot number'."""

    __tablename__ = "lots"
    __table_args__ = (Index("ix_lots_item_id_code", "item_id", "code"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    code: Mapped[str] = mapped_column(Text)
    produced_on: Mapped[date | None]
    expires_on: Mapped[date | None] = mapped_column(index=True)


class Movement(Base, Travelling):
    """A line of the stock ledger; never changed once written."""

    __tablename__ = "movements"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        Index("ix_movements_document_line", "document", "line"),
        # With all that lists are sorted by in other tables, so that they need not read the ledger itself.
        Index(
            "ix_movements_storehouse_id",
            "storehouse_id",
            "item_id",
            "lot_id",
            "to_storehouse_id",
            "retired_on",
        ),
    )

    document: Mapped[str] = mapped_column(Text)
    line: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    storehouse_id: Mapped[int] = mapped_column(ForeignKey("storehouses.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    quantity: Mapped[float] = mapped_column(Quantity)
    occurred_on: Mapped[date] = mapped_column(index=True)
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    to_storehouse_id: Mapped[int | None] = mapped_column(ForeignKey("storehouses.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(Text)


class Holding(Base, Keyed):
    """What a storehouse has of one lot of an item, ever since something of it was first booked there."""

    __tablename__ = "holdings"
    __table_args__ = (UniqueConstraint("lot_id", "storehouse_id"),)

    storehouse_id: Mapped[int] = mapped_column(ForeignKey("storehouses.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))


class StockEntry(Base, Keyed):
    """What a movement adds to or takes from a holding: derived, checked by `check`.

    A count's entry is the difference to the book; it follows when something is booked before it.
    """

    __tablename__ = "stock_entries"
    __table_args__ = (Index("ix_stock_entries_holding", "holding_id", "occurred_on", "delta"),)

    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"))
    holding_id: Mapped[int] = mapped_column(ForeignKey("holdings.id"))
    occurred_on: Mapped[date]
    delta: Mapped[float] = mapped_column(Quantity)


class RequiredLevel(Base, Travelling):
    """How much of an item a unit, or every unit of a kind, must have in date."""

    __tablename__ = "required_levels"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (unit_kind IS NULL)", name="unit_or_kind"),
        Index("ix_required_levels_unit_id", "unit_id"),
    )

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    unit_kind: Mapped[str | None] = mapped_column(Text)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    quantity: Mapped[float] = mapped_column(Quantity)
