"""Contingency plans and the dated events of their life."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed, Travelling


class Plan(Base, Travelling):
    """A plan of a unit; `retired_on` is the day it was abolished."""

    __tablename__ = "plans"
    __table_args__ = (
        UniqueConstraint("owner_id", "number"),
        Index("ix_plans_unit_id_retired_on", "unit_id", "retired_on"),
    )

    number: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    tier: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    hazard: Mapped[str | None] = mapped_column(Text)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"), index=True)
    version: Mapped[str | None] = mapped_column(Text)


class PlanEvent(Base, Keyed):
    """Something that happened to a plan on a day: approved, published, filed, assessed."""

    __tablename__ = "plan_events"
    __table_args__ = (Index("ix_plan_events_plan_id_kind_on", "plan_id", "kind", "happened_on"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    kind: Mapped[str] = mapped_column(Text)
    happened_on: Mapped[date]
    reference: Mapped[str | None] = mapped_column(Text)
    """The filing number, for a filing."""
