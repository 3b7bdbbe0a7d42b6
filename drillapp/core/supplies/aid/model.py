"""Mutual aid: what one unit asks another for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Travelling
from drillapp.core.database.types import Quantity


class AidRequest(Base, Travelling):
    """A request for supplies from a storehouse of another unit."""

    __tablename__ = "aid_requests"
    __table_args__ = (UniqueConstraint("owner_id", "number"),)

    number: Mapped[str] = mapped_column(Text)
    from_storehouse_id: Mapped[int] = mapped_column(ForeignKey("storehouses.id"), index=True)
    """Who has it."""
    to_storehouse_id: Mapped[int] = mapped_column(ForeignKey("storehouses.id"), index=True)
    """Where it is needed."""
    requested_on: Mapped[date]
    needed_by: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    """A code of the enumeration aid_state."""
    answered_on: Mapped[date | None]
    answered_by: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)
    """The document of the stock ledger under which it was sent."""


class AidLine(Base, Travelling):
    """How much of an item is asked for, and how much was agreed."""

    __tablename__ = "aid_lines"
    __table_args__ = (
        UniqueConstraint("request_id", "item_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("agreed >= 0", name="agreed_not_negative"),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("aid_requests.id"))
    position: Mapped[int] = mapped_column(default=1)
    """Where in the letter it stands, from 1."""
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    quantity: Mapped[float] = mapped_column(Quantity)
    agreed: Mapped[float | None] = mapped_column(Quantity)
    """None while nobody has answered; 0: nothing of it."""
