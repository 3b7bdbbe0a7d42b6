"""What belongs to one drill: its design, those who take part, what it tests, its files, supplies and costs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Keyed
from drillapp.core.database.types import Moment, Quantity


class DrillDesign(Base, Keyed):
    """The texts that say what a drill is to be (YJ/T 9007-2019); apart, so that lists of drills need not read them."""

    __tablename__ = "drill_designs"

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"), unique=True)
    organiser: Mapped[str | None] = mapped_column(Text)
    scenario: Mapped[str | None] = mapped_column(Text)
    subjects: Mapped[str | None] = mapped_column(Text)
    """What is exercised, one subject a line: 疏散逃生, 初期火灾扑救."""
    safety: Mapped[str | None] = mapped_column(Text)
    """Safety measures."""
    stop_conditions: Mapped[str | None] = mapped_column(Text)
    budget: Mapped[float | None] = mapped_column(Quantity)
    """In yuan."""
    level_id: Mapped[int | None] = mapped_column(ForeignKey("plan_levels.id"))
    """The response level of the plan that is drilled, or was started in the event."""


class DrillParty(Base, Keyed):
    """Somebody who takes part: a unit, a team, or an outside body known by its name alone."""

    __tablename__ = "drill_parties"
    __table_args__ = (
        UniqueConstraint("drill_id", "position"),
        CheckConstraint("unit_id IS NULL OR team_id IS NULL", name="unit_or_team"),
    )

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    position: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    name: Mapped[str | None] = mapped_column(Text)
    """The name of an outside body; of a unit or team its own name counts."""
    role: Mapped[str | None] = mapped_column(Text)
    """A code of the enumeration drill_role."""
    expected: Mapped[int | None]
    present: Mapped[int | None]


class DrillObjective(Base, Keyed):
    """An aim by which a drill is measured: who does what, under which condition, to which standard."""

    __tablename__ = "drill_objectives"
    __table_args__ = (UniqueConstraint("drill_id", "position"),)

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    position: Mapped[int]
    who: Mapped[str | None] = mapped_column(Text)
    condition: Mapped[str | None] = mapped_column(Text)
    task: Mapped[str] = mapped_column(Text)
    standard: Mapped[str | None] = mapped_column(Text)
    met: Mapped[str | None] = mapped_column(Text)
    """A code of the enumeration objective_met, once it was evaluated."""
    note: Mapped[str | None] = mapped_column(Text)


class TestedSection(Base, Keyed):
    """A version of a plan that a drill tests, or one section of it."""

    __tablename__ = "drill_tested"
    __table_args__ = (UniqueConstraint("drill_id", "position"),)

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    position: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id"), index=True)
    section_id: Mapped[int | None] = mapped_column(ForeignKey("plan_sections.id"))


class DrillPerson(Base, Keyed):
    """Somebody on the roll of a drill, or a number of people who came together."""

    __tablename__ = "drill_people"
    __table_args__ = (Index("ix_drill_people_drill_id", "drill_id"),)

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    """Of a group what it is called: 百万庄社区居民."""
    organisation: Mapped[str | None] = mapped_column(Text)
    post: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str | None] = mapped_column(Text)
    """A code of the enumeration drill_role."""
    phone: Mapped[str | None] = mapped_column(Text)
    count: Mapped[int] = mapped_column(default=1)
    """How many people this line stands for."""
    checked_in_at: Mapped[datetime | None] = mapped_column(Moment)


class DrillFile(Base, Keyed):
    """A photograph, a scan or another file that belongs to a drill."""

    __tablename__ = "drill_files"
    __table_args__ = (Index("ix_drill_files_drill_id", "drill_id"),)

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    kind: Mapped[str] = mapped_column(Text)
    """A code of the enumeration drill_file."""
    name: Mapped[str] = mapped_column(Text)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(Moment)


class DrillSupply(Base, Keyed):
    """What of a lot a drill uses: set aside before, posted to the stock ledger when the drill ended."""

    __tablename__ = "drill_supplies"
    __table_args__ = (
        UniqueConstraint("drill_id", "position"),
        CheckConstraint("reserved >= 0", name="reserved_not_negative"),
    )

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    position: Mapped[int]
    storehouse_id: Mapped[int] = mapped_column(ForeignKey("storehouses.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"), index=True)
    reserved: Mapped[float] = mapped_column(Quantity)
    used: Mapped[float | None] = mapped_column(Quantity)
    """What was consumed; None until the drill's supplies are settled."""
    document: Mapped[str | None] = mapped_column(Text)
    """The document in the stock ledger under which it was posted."""


class DrillCost(Base, Keyed):
    """A cost of a drill, in yuan: planned, and what it came to."""

    __tablename__ = "drill_costs"
    __table_args__ = (UniqueConstraint("drill_id", "position"),)

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    """A code of the enumeration drill_cost."""
    planned: Mapped[float | None] = mapped_column(Quantity)
    actual: Mapped[float | None] = mapped_column(Quantity)
    payee: Mapped[str | None] = mapped_column(Text)
    """Who is paid, such as the outside body whose resources were mobilised."""
    note: Mapped[str | None] = mapped_column(Text)
