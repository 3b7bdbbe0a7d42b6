"""Bulletins that were issued."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Travelling


class Bulletin(Base, Travelling):
    """A readiness bulletin as it was issued; `retired_on` is the day it was withdrawn."""

    __tablename__ = "bulletins"
    __table_args__ = (UniqueConstraint("owner_id", "number"),)

    number: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    """The unit that it is about, with all below it."""
    as_of: Mapped[date]
    compared_with: Mapped[date | None]
    """The day that the figures are compared with."""
    formula: Mapped[str] = mapped_column(Text)
    """The version of the formula, so that the figures can be worked out again."""
    issued_on: Mapped[date]
    issued_by: Mapped[str | None] = mapped_column(Text)
    figures: Mapped[str] = mapped_column(Text)
    """Score and grade of each unit in it, as JSON, so that later can be told what back-dated facts changed."""
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    """The PDF as it was issued."""
