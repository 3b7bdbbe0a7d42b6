"""The way of a drill's report upward."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed


class ReportStep(Base, Keyed):
    """A drill's papers reported, returned with comments, or accepted; the drill carries the day of the first report."""

    __tablename__ = "drill_report_steps"
    __table_args__ = (Index("ix_drill_report_steps_drill_id", "drill_id"),)

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    kind: Mapped[str] = mapped_column(Text)
    """A code of the enumeration report_step."""
    happened_on: Mapped[date]
    who: Mapped[str | None] = mapped_column(Text)
    """To whom it was reported, or who returned or accepted it."""
    document: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
