"""Disposal cards of posts and people, and the copies that were handed out."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed, Travelling


def _where_there(column: str) -> Index:
    """Most cards have none, and what is not there needs no place in an index."""
    is_there = text(f"{column} IS NOT NULL")
    return Index(f"ix_cards_{column}", column, sqlite_where=is_there, postgresql_where=is_there)


class Card(Base, Travelling):
    """What the holder of a post does first, next and whom to call."""

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("owner_id", "number"),
        Index("ix_cards_post_id_retired_on", "post_id", "retired_on"),
        # All that tells whether a card is stale, without the texts of its row.
        Index(
            "ix_cards_standing",
            "unit_id",
            "post_id",
            "plan_id",
            "plan_version_id",
            "section_id",
            "valid_until",
            "retired_on",
        ),
        _where_there("plan_version_id"),
        _where_there("section_id"),
    )

    number: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    """Counts the texts of the card; a copy of an earlier one is to be replaced."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    person: Mapped[str | None] = mapped_column(Text)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"), index=True)
    plan_version_id: Mapped[int | None] = mapped_column(ForeignKey("plan_versions.id"))
    """The version of the plan that the card was written from."""
    section_id: Mapped[int | None] = mapped_column(ForeignKey("plan_sections.id"))
    title: Mapped[str | None] = mapped_column(Text)
    hazards: Mapped[str | None] = mapped_column(Text)
    first_action: Mapped[str | None] = mapped_column(Text)
    alarm: Mapped[str | None] = mapped_column(Text)
    """Whom to alarm and the words to say, one a line: who, phone, words."""
    steps: Mapped[str | None] = mapped_column(Text)
    """The numbered steps, one a line; a line that is a time block's word begins that block (cards.steps)."""
    protection: Mapped[str | None] = mapped_column(Text)
    prohibitions: Mapped[str | None] = mapped_column(Text)
    route: Mapped[str | None] = mapped_column(Text)
    """Escape route and meeting point."""
    supplies: Mapped[str | None] = mapped_column(Text)
    """What is needed and where it is."""
    contacts: Mapped[str | None] = mapped_column(Text)
    valid_until: Mapped[date | None]


class CardPerson(Base, Keyed):
    """Somebody of the unit or of one above it who stands on a card: as its holder, or with a phone to call."""

    __tablename__ = "card_people"
    __table_args__ = (Index("ix_card_people_card_id", "card_id"),)

    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    phone: Mapped[str | None] = mapped_column(Text)
    """The phone on the card; None where only the name stands there."""


class CardCopy(Base, Keyed):
    """A copy of a card in somebody's hand, from the day it was issued to the day it was taken back."""

    __tablename__ = "card_copies"
    # All that is asked of the copies of many cards stands in the index.
    __table_args__ = (
        Index(
            "ix_card_copies_card_id_dates", "card_id", "issued_on", "ended_on", "acknowledged_on", "version"
        ),
    )

    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    version: Mapped[int]
    person: Mapped[str | None] = mapped_column(Text)
    issued_on: Mapped[date]
    acknowledged_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_how: Mapped[str | None] = mapped_column(Text)
    """replaced, recalled, expired or lost."""
