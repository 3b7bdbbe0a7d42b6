"""Drills, their log, their findings and the corrective actions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Travelling
from drillapp.core.database.types import Moment


class Drill(Base, Travelling):
    """A drill from its planning to its report upward."""

    __tablename__ = "drills"
    __table_args__ = (
        UniqueConstraint("owner_id", "number"),
        # With all that tells which rule a drill settles, so that duties need not read the drills themselves.
        Index(
            "ix_drills_unit_id_ended_at",
            "unit_id",
            "ended_at",
            "retired_on",
            "kind",
            "plan_id",
            "hazard",
            "evacuation",
        ),
        # With all that tells a drill's state, so that a year calendar need not read the drills themselves.
        Index(
            "ix_drills_planned_on",
            "planned_on",
            "retired_on",
            "unit_id",
            "started_at",
            "ended_at",
            "reported_on",
        ),
    )

    number: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, default="drill", server_default="drill")
    """drill, or event: a real emergency, kept by the same record but never counted as a drill."""
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"), index=True)
    hazard: Mapped[str | None] = mapped_column(Text)
    """What it is drilled against, such as 火灾; the plan's hazard where none is named."""
    evacuation: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether people are evacuated in it."""
    unannounced: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Held without telling those who take part."""
    content: Mapped[str | None] = mapped_column(Text)
    form: Mapped[str | None] = mapped_column(Text)
    purpose: Mapped[str | None] = mapped_column(Text)
    planned_on: Mapped[date]
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    place: Mapped[str | None] = mapped_column(Text)
    leader: Mapped[str | None] = mapped_column(Text)
    expected: Mapped[int | None]
    participants: Mapped[int | None]
    rating: Mapped[str | None] = mapped_column(Text)
    third_party: Mapped[bool] = mapped_column(default=False)
    reported_on: Mapped[date | None]


class DrillLogEntry(Base, Travelling):
    """One line of a drill's log: what happened and when.

    Never edited: a further line corrects it. The state of a drill, its clock, and which injects were released are
    told from these lines alone.
    """

    __tablename__ = "drill_log"
    __table_args__ = (Index("ix_drill_log_drill_id_at", "drill_id", "at"),)

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    """When it happened."""
    kind: Mapped[str] = mapped_column(Text, default="note", server_default="note")
    """A code of the enumeration log_kind: a note, or what the line did."""
    text: Mapped[str] = mapped_column(Text)
    who: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    """Which of the drill's subjects it belongs to."""
    inject_id: Mapped[int | None] = mapped_column(ForeignKey("drill_injects.id"))
    """The inject that was released, or whose expected action was done."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("drill_log.id"))
    """The line that this one takes the place of."""
    recorded_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it was written down; unknown for lines from ledgers of old."""


class Finding(Base, Travelling):
    """A problem that a drill showed, with the corrective action that puts it right."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("drill_id", "number"),
        # With all that readiness asks of a finding, so that it need not read the texts.
        Index(
            "ix_findings_unit_id", "unit_id", "drill_id", "due_on", "done_on", "retired_on", "accepted_until"
        ),
        # With all that tells what was found before, so that only findings of the same cause nearby are looked at.
        Index("ix_findings_cause", "unit_id", "cause", "retired_on", "drill_id", "section_id"),
    )

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    number: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    """Who must put it right: the drill's unit unless another is named."""
    severity: Mapped[str | None] = mapped_column(Text)
    cause: Mapped[str | None] = mapped_column(Text)
    """A code of the enumeration finding_cause."""
    action_kind: Mapped[str | None] = mapped_column(Text)
    """A code of the enumeration action_kind."""
    action: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[str | None] = mapped_column(Text)
    section_id: Mapped[int | None] = mapped_column(ForeignKey("plan_sections.id"), index=True)
    """The section of the plan that it is about, in the version it was found in."""
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    """The disposal card that it is about."""
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    """The kind of supply that it is about."""
    evaluation_item: Mapped[str | None] = mapped_column(Text)
    """The item of the evaluation form that it came from, such as B4.6."""
    verified_drill_id: Mapped[int | None] = mapped_column(ForeignKey("drills.id"))
    """The later drill that showed the correction to work."""
    effect: Mapped[str | None] = mapped_column(Text)
    """What shows that the correction works."""
    accepted_until: Mapped[date | None]
    """Until when the risk is accepted instead of corrected."""
