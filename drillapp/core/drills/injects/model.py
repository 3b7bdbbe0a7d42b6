"""Injects as they are planned."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed


class Inject(Base, Keyed):
    """Something told to players in a drill, with what they are expected to do then."""

    __tablename__ = "drill_injects"
    __table_args__ = (
        Index("ix_drill_injects_drill_id", "drill_id", "position"),
        CheckConstraint("within_seconds > 0", name="within_positive"),
    )

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(Text)
    """What it is called in the drill, such as 3 or R1; the drill's own."""
    stage: Mapped[str | None] = mapped_column(Text)
    """The phase of the drill that it belongs to."""
    offset_seconds: Mapped[int | None]
    """Planned seconds of drill time after the start, before it when negative; None for one held in reserve."""
    after_id: Mapped[int | None] = mapped_column(ForeignKey("drill_injects.id"))
    """Not before the expected action of this one was done."""
    sender: Mapped[str | None] = mapped_column(Text)
    """Who brings it in."""
    addressee: Mapped[str | None] = mapped_column(Text)
    means: Mapped[str | None] = mapped_column(Text)
    """A code of the enumeration inject_means."""
    content: Mapped[str] = mapped_column(Text)
    expected_action: Mapped[str | None] = mapped_column(Text)
    within_seconds: Mapped[int | None]
    """Drill time within which the action is expected after the release."""
    subject: Mapped[str | None] = mapped_column(Text)
    section_id: Mapped[int | None] = mapped_column(ForeignKey("plan_sections.id"))
    """The section of the plan that is tested by it."""
    retired: Mapped[bool] = mapped_column(default=False)
    """Taken out of the script after it was planned; kept, for the log may name it."""
