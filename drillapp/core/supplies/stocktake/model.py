"""Stocktakes: what was to be counted, what was found, and why it differs."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed, Travelling
from drillapp.core.database.types import Moment, Quantity


class Stocktake(Base, Travelling):
    """A count of a storehouse or a part of it."""

    __tablename__ = "stocktakes"
    __table_args__ = (UniqueConstraint("owner_id", "number"),)

    number: Mapped[str] = mapped_column(Text)
    storehouse_id: Mapped[int] = mapped_column(ForeignKey("storehouses.id"), index=True)
    extent: Mapped[str] = mapped_column(Text)
    """A code of the enumeration stocktake_extent: whole, category, sample."""
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    sample: Mapped[int | None]
    """How many lines a random sample has."""
    seed: Mapped[int | None]
    """From which the sample was drawn, so that an audit can draw it again."""
    blind: Mapped[bool] = mapped_column(default=True)
    """The sheet does not say what the book says."""
    tolerance: Mapped[float] = mapped_column(Quantity, default=0)
    """In per cent of the book quantity; beyond it a line is counted again."""
    drawn_up_at: Mapped[datetime] = mapped_column(Moment)
    last_movement: Mapped[int | None]
    """The key of the last line that the stock ledger had then: what comes after it was booked meanwhile."""
    state: Mapped[str] = mapped_column(Text)
    """A code of the enumeration stocktake_state."""
    counted_by: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    reviewed_by: Mapped[str | None] = mapped_column(Text)
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)
    review_note: Mapped[str | None] = mapped_column(Text)
    reviewed_login: Mapped[str | None] = mapped_column(Text)
    """Who was at the program when it was reviewed."""
    posted_at: Mapped[datetime | None] = mapped_column(Moment)
    document: Mapped[str | None] = mapped_column(Text)
    """The document of the stock ledger under which it was posted."""
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)


class StocktakeLine(Base, Keyed):
    """A lot to be counted. `counted` None: not counted; 0: counted, and nothing was there."""

    __tablename__ = "stocktake_lines"
    __table_args__ = (
        UniqueConstraint("stocktake_id", "position"),
        UniqueConstraint("stocktake_id", "lot_id"),
        CheckConstraint("counted >= 0", name="counted_not_negative"),
        CheckConstraint("first_counted >= 0", name="first_counted_not_negative"),
    )

    stocktake_id: Mapped[int] = mapped_column(ForeignKey("stocktakes.id"))
    position: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"), index=True)
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelves.id"))
    drawn: Mapped[float] = mapped_column(Quantity)
    """What the book said when the stocktake was drawn up."""
    added: Mapped[bool] = mapped_column(default=False)
    """It was not on the list, but it was found."""
    counted: Mapped[float | None] = mapped_column(Quantity)
    counted_on: Mapped[date | None]
    """The day of the count where the office is."""
    counted_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it was counted, to the second: later bookings come on top."""
    counted_by: Mapped[str | None] = mapped_column(Text)
    counted_login: Mapped[str | None] = mapped_column(Text)
    """Who was at the program when the count was entered."""
    first_counted: Mapped[float | None] = mapped_column(Quantity)
    """What the first count found, where it was counted again."""
    first_counted_at: Mapped[datetime | None] = mapped_column(Moment)
    first_counted_by: Mapped[str | None] = mapped_column(Text)
    again: Mapped[bool] = mapped_column(default=False)
    """The reviewer wants it counted again."""
    note: Mapped[str | None] = mapped_column(Text)


class StocktakeReason(Base, Keyed):
    """A part of a line's difference, and where it comes from; the parts add up to the difference."""

    __tablename__ = "stocktake_reasons"
    __table_args__ = (UniqueConstraint("line_id", "reason"),)

    line_id: Mapped[int] = mapped_column(ForeignKey("stocktake_lines.id"))
    reason: Mapped[str] = mapped_column(Text)
    """A code of the enumeration stocktake_reason."""
    quantity: Mapped[float] = mapped_column(Quantity)
    """Signed: more was found than booked, or less."""
    note: Mapped[str | None] = mapped_column(Text)
