"""The ledger of supplies: items, storehouses, lots, holdings, movements and what each does to the stock."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed, Travelling
from drillapp.core.database.types import Moment, Quantity


class Item(Base, Travelling):
    """A kind of supply in the catalogue."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("owner_id", "code"),)

    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    standard_code: Mapped[str | None] = mapped_column(Text)
    """The seven digits of GB/T 38565-2020."""
    aliases: Mapped[str | None] = mapped_column(Text)
    """Other names, one a line."""
    spec: Mapped[str | None] = mapped_column(Text)
    unit_of_measure: Mapped[str | None] = mapped_column(Text)
    date_kind: Mapped[str | None] = mapped_column(Text)
    """A code of the enumeration date_kind: what the date on the goods means."""
    shelf_life_months: Mapped[int | None]
    warning_days: Mapped[int | None]
    """So many days before their date goods of it are reported; None for the usual ones."""
    inspection_months: Mapped[int | None]
    maintenance_months: Mapped[int | None]
    critical: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a unit that must have it may never be without: its grade is capped while nothing is there."""
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))


class Storehouse(Base, Travelling):
    """A place of a unit where supplies lie."""

    __tablename__ = "storehouses"
    __table_args__ = (UniqueConstraint("owner_id", "code"),)

    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[str | None] = mapped_column(Text)
    """A code of the enumeration storehouse_kind: whose goods they are and how they are kept."""
    address: Mapped[str | None] = mapped_column(Text)
    keeper: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    deputy: Mapped[str | None] = mapped_column(Text)
    deputy_phone: Mapped[str | None] = mapped_column(Text)
    access: Mapped[str | None] = mapped_column(Text)
    """How to get in: who has the key, which hours, which gate for a lorry."""
    supplier: Mapped[str | None] = mapped_column(Text)
    """Who keeps or makes the goods, for agreement stock and for production capacity."""
    agreement: Mapped[str | None] = mapped_column(Text)
    """The number of the agreement with the supplier."""
    agreement_until: Mapped[date | None]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    """A picture of the room."""


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
        Index("ix_movements_answers_id", "answers_id", sqlite_where=text("answers_id IS NOT NULL"),
              postgresql_where=text("answers_id IS NOT NULL")),
        Index("ix_movements_reverses_id", "reverses_id", unique=True, sqlite_where=text("reverses_id IS NOT NULL"),
              postgresql_where=text("reverses_id IS NOT NULL")),
        Index("ix_movements_lent", "occurred_on", sqlite_where=text("kind = 'lend'"),
              postgresql_where=text("kind = 'lend'")),
        Index("ix_movements_sent", "occurred_on", sqlite_where=text("kind = 'send'"),
              postgresql_where=text("kind = 'send'")),
    )  # fmt: skip

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
    cause: Mapped[str | None] = mapped_column(Text)
    """A code of the enumeration movement_cause: purchase, donation, drill, event ..."""
    counterparty: Mapped[str | None] = mapped_column(Text)
    """From whom it came or who took it, borrowed it."""
    due_on: Mapped[date | None]
    """The day by which what is lent comes back."""
    handler: Mapped[str | None] = mapped_column(Text)
    """Who handed over or took in."""
    approved_by: Mapped[str | None] = mapped_column(Text)
    recorded_by: Mapped[str | None] = mapped_column(Text)
    """Who was at the program."""
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("movements.id"))
    """The line that this one answers: the loan that comes back, the consignment that arrives."""
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("movements.id"))
    """The line that this one takes back; from then on neither does anything to the stock."""


class Holding(Base, Keyed):
    """What a storehouse has of one lot of an item, ever since something of it was first booked there."""

    __tablename__ = "holdings"
    __table_args__ = (
        UniqueConstraint("lot_id", "storehouse_id"),
        Index("ix_holdings_storehouse_id_item_id", "storehouse_id", "item_id"),
    )

    storehouse_id: Mapped[int] = mapped_column(ForeignKey("storehouses.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelves.id"))
    """Where in the storehouse it lies."""


class StockEntry(Base, Keyed):
    """What a movement adds to or takes from a holding: derived, checked by `check`.

    A count's entry is the difference to the book; it follows when something is booked before it.
    """

    __tablename__ = "stock_entries"
    __table_args__ = (
        Index("ix_stock_entries_holding", "holding_id", "occurred_on", "delta"),
        Index("ix_stock_entries_occurred_on", "occurred_on", "holding_id", "delta"),
    )

    movement_id: Mapped[int] = mapped_column(ForeignKey("movements.id"))
    holding_id: Mapped[int] = mapped_column(ForeignKey("holdings.id"))
    occurred_on: Mapped[date]
    delta: Mapped[float] = mapped_column(Quantity)


class StockHalf(Base):
    """What the entries of half a year do to a holding: derived, checked by `check`."""

    __tablename__ = "stock_halves"
    __table_args__ = ({"sqlite_with_rowid": False},)

    holding_id: Mapped[int] = mapped_column(ForeignKey("holdings.id"), primary_key=True)
    half: Mapped[int] = mapped_column(primary_key=True)
    """Twice the year, and one more from July on."""
    change: Mapped[float] = mapped_column(Quantity)
    entries: Mapped[int]
    """How many they are."""


class Quarantine(Base, Travelling):
    """So much of a holding must not be issued: under suspicion, damaged, waiting for inspection."""

    __tablename__ = "quarantines"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)

    holding_id: Mapped[int] = mapped_column(ForeignKey("holdings.id"), index=True)
    quantity: Mapped[float] = mapped_column(Quantity)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    """The day on which it was freed again or gone."""
    kind: Mapped[str] = mapped_column(Text)
    """A code of the enumeration quarantine_kind."""
    reason: Mapped[str | None] = mapped_column(Text)
    released_by: Mapped[str | None] = mapped_column(Text)
