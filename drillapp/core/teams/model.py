"""Rescue teams: who they are, what they can do, who is on duty."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Travelling
from drillapp.core.database.types import Quantity


class Team(Base, Travelling):
    """A rescue team of a unit."""

    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Text)
    leader: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    members: Mapped[int | None]
    """How many there are, where they are not named one by one."""
    station: Mapped[str | None] = mapped_column(Text)
    """Where the team stands."""
    response_minutes: Mapped[int | None]
    """From the call to being there, as promised."""
    insured_until: Mapped[date | None]
    """Of the team as a whole; a member's own insurance counts beside it."""
    storehouse_id: Mapped[int | None] = mapped_column(ForeignKey("storehouses.id"), index=True)
    """Where its equipment is kept and booked."""
    note: Mapped[str | None] = mapped_column(Text)


class TeamMember(Base, Travelling):
    """Somebody of a team."""

    __tablename__ = "team_members"
    __table_args__ = (UniqueConstraint("team_id", "name"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(Text)
    """A code of the enumeration team_role: leader, deputy, member ..."""
    phone: Mapped[str | None] = mapped_column(Text)
    qualification: Mapped[str | None] = mapped_column(Text)
    qualified_until: Mapped[date | None]
    insured_until: Mapped[date | None]
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Text)


class TeamEquipment(Base, Travelling):
    """What a team must have of an item; what it has is booked in its storehouse."""

    __tablename__ = "team_equipment"
    __table_args__ = (
        UniqueConstraint("team_id", "item_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    quantity: Mapped[float] = mapped_column(Quantity)


class DutyShift(Base, Travelling):
    """A member on duty in a shift of a day."""

    __tablename__ = "duty_shifts"
    __table_args__ = (
        UniqueConstraint("team_id", "day", "shift", "member_id"),
        Index("ix_duty_shifts_day", "day", "team_id"),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    day: Mapped[date]
    shift: Mapped[str] = mapped_column(Text)
    """A code of the enumeration duty_shift: day, night, whole."""
    member_id: Mapped[int] = mapped_column(ForeignKey("team_members.id"), index=True)
    leads: Mapped[bool] = mapped_column(default=False)


class TeamAgreement(Base, Travelling):
    """An agreement of a team: with whom, for what, until when."""

    __tablename__ = "team_agreements"
    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    number: Mapped[str] = mapped_column(Text)
    partner: Mapped[str] = mapped_column(Text)
    scope: Mapped[str | None] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]


class TeamTraining(Base, Travelling):
    """A training of a team."""

    __tablename__ = "team_trainings"
    __table_args__ = (Index("ix_team_trainings_team_id", "team_id", "held_on"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    held_on: Mapped[date]
    subject: Mapped[str] = mapped_column(Text)
    hours: Mapped[float | None] = mapped_column(Quantity)
    attended: Mapped[int | None]
    trainer: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
