"""Units in their tree, their people and posts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from drillapp.core.database.base import Base, Travelling


class Unit(Base, Travelling):
    """An organisation: district, department, street, community, enterprise, school ..."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("owner_id", "code"),)

    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[str] = mapped_column(Text, default="other")
    sectors: Mapped[str | None] = mapped_column(Text)
    """Codes of the sectors, joined with commas, in the dictionary's order."""
    address: Mapped[str | None] = mapped_column(Text)
    headcount: Mapped[int | None]
    high_risk: Mapped[bool] = mapped_column(default=False)
    crowded: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class UnitAncestor(Base):
    """Each unit with every unit above it and itself, so that a scope is one join."""

    __tablename__ = "unit_ancestors"
    __table_args__ = (Index("ix_unit_ancestors_ancestor_id_unit_id", "ancestor_id", "unit_id"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    ancestor_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    distance: Mapped[int]
    """Steps up the tree; 0 for the unit itself."""


class Person(Base, Travelling):
    """Someone of a unit whom an emergency may need."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(Text)
    post: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    key_person: Mapped[bool] = mapped_column(default=False)


class Post(Base, Travelling):
    """A post of a unit; a key post must have a disposal card."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        Index("ix_posts_unit_id_key_post_retired_on", "unit_id", "key_post", "retired_on"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(Text)
    sector: Mapped[str | None] = mapped_column(Text)
    key_post: Mapped[bool] = mapped_column(default=False)
