"""The documents of a drill as they were drafted and edited."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed


class DrillPaper(Base, Keyed):
    """One document of a drill: its text, section by section."""

    __tablename__ = "drill_papers"
    __table_args__ = (UniqueConstraint("drill_id", "kind"),)

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    kind: Mapped[str] = mapped_column(Text)
    """A code of the enumeration drill_paper."""
    sections: Mapped[str] = mapped_column(Text)
    """Headings with their paragraphs and tables, as JSON (papers.content.PaperSection)."""
    revision: Mapped[int] = mapped_column(default=1)
    """Counts the changes; a change made on an older revision is refused."""
    approved_on: Mapped[date | None]
    approved_by: Mapped[str | None] = mapped_column(Text)
