"""Disposal cards of posts and people."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Travelling


class Card(Base, Travelling):
    """What the holder of a post does first, next and whom to call."""

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("owner_id", "number"),
        Index("ix_cards_post_id_issued_on_retired_on", "post_id", "issued_on", "retired_on"),
    )

    number: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    person: Mapped[str | None] = mapped_column(Text)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"), index=True)
    title: Mapped[str | None] = mapped_column(Text)
    hazards: Mapped[str | None] = mapped_column(Text)
    steps: Mapped[str | None] = mapped_column(Text)
    """The numbered steps, one a line."""
    contacts: Mapped[str | None] = mapped_column(Text)
    issued_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
