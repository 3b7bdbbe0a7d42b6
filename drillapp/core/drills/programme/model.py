"""The programme of a unit's drills for a year."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed, Travelling
from drillapp.core.database.types import Moment, Quantity


class Programme(Base, Travelling):
    """What a unit, with those below it, is to drill in a calendar year."""

    __tablename__ = "programmes"
    __table_args__ = (UniqueConstraint("unit_id", "year"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    approved_on: Mapped[date | None]
    approved_by: Mapped[str | None] = mapped_column(Text)
    published_on: Mapped[date | None]
    document: Mapped[str | None] = mapped_column(Text)
    """The number of the document by which it was published."""


class ProgrammeItem(Base, Keyed):
    """One drill of a programme, and the drill itself once it is scheduled."""

    __tablename__ = "programme_items"
    __table_args__ = (
        Index("ix_programme_items_programme_id_planned_on", "programme_id", "planned_on"),
        Index("ix_programme_items_unit_id_planned_on", "unit_id", "planned_on"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    """Who must hold it."""
    title: Mapped[str] = mapped_column(Text)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    hazard: Mapped[str | None] = mapped_column(Text)
    evacuation: Mapped[bool] = mapped_column(default=False)
    content: Mapped[str | None] = mapped_column(Text)
    form: Mapped[str | None] = mapped_column(Text)
    purpose: Mapped[str | None] = mapped_column(Text)
    planned_on: Mapped[date]
    is_day_fixed: Mapped[bool] = mapped_column(default=False)
    """False when only the month is settled."""
    place: Mapped[str | None] = mapped_column(Text)
    expected: Mapped[int | None]
    budget: Mapped[float | None] = mapped_column(Quantity)
    """In yuan."""
    leader: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    drill_id: Mapped[int | None] = mapped_column(ForeignKey("drills.id"), index=True)
    dropped_on: Mapped[date | None]
    """The day it was taken out of the programme; the reason is among the changes."""


class ProgrammeDuty(Base, Keyed):
    """An obligation that an item of a programme is to settle: a rule, of a plan where the rule asks it of each."""

    __tablename__ = "programme_duties"
    __table_args__ = (Index("ix_programme_duties_item_id", "item_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("programme_items.id"))
    rule: Mapped[str] = mapped_column(Text)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    due_on: Mapped[date]
    """The last day of the period in which the rule asks for it."""


class ProgrammeChange(Base, Keyed):
    """A change made to a programme after it was approved, with its reason."""

    __tablename__ = "programme_changes"
    __table_args__ = (Index("ix_programme_changes_programme_id", "programme_id"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_items.id"))
    changed_at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    fields: Mapped[str] = mapped_column(Text)
    """Old and new value by field, as JSON."""
