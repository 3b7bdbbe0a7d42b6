"""The history of a finding's correction."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed
from drillapp.core.database.types import Moment


class FindingStep(Base, Keyed):
    """Something that was done about a finding; the finding itself says how it stands now."""

    __tablename__ = "finding_steps"
    __table_args__ = (Index("ix_finding_steps_finding_id", "finding_id"),)

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    kind: Mapped[str] = mapped_column(Text)
    """A code of the enumeration finding_step."""
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    """The proof, such as a photograph or a receipt."""
    attachment_name: Mapped[str | None] = mapped_column(Text)
    drill_id: Mapped[int | None] = mapped_column(ForeignKey("drills.id"))
    """The later drill that verified it."""
