"""What must be there: required levels, and scenarios with what they take by head."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Travelling
from drillapp.core.database.types import Quantity


class RequiredLevel(Base, Travelling):
    """How much of an item a unit, every unit of a kind, or a storehouse must have in date."""

    __tablename__ = "required_levels"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN unit_kind IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN storehouse_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="unit_kind_or_storehouse",
        ),
        Index("ix_required_levels_unit_id", "unit_id"),
    )

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    unit_kind: Mapped[str | None] = mapped_column(Text)
    storehouse_id: Mapped[int | None] = mapped_column(ForeignKey("storehouses.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    quantity: Mapped[float] = mapped_column(Quantity)
    most: Mapped[float | None] = mapped_column(Quantity)
    """The upper end where a standard gives an interval; `quantity` is its lower end."""
    source: Mapped[str | None] = mapped_column(Text)
    """Which standard or document asks for it."""


class Scenario(Base, Travelling):
    """What a unit prepares for: so many people for so many hours."""

    __tablename__ = "scenarios"
    __table_args__ = (UniqueConstraint("owner_id", "code"),)

    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    """Whose stock, with that of the units below it, must suffice."""
    people: Mapped[int]
    hours: Mapped[int]
    note: Mapped[str | None] = mapped_column(Text)


class ScenarioRate(Base, Travelling):
    """How much of an item a scenario takes."""

    __tablename__ = "scenario_rates"
    __table_args__ = (
        UniqueConstraint("scenario_id", "item_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenarios.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    quantity: Mapped[float] = mapped_column(Quantity)
    basis: Mapped[str] = mapped_column(Text)
    """A code of the enumeration rate_basis: per person, per person and day, for all together."""
    source: Mapped[str | None] = mapped_column(Text)
