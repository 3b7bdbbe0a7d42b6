"""What all mapped classes share: named constraints, keys, and the marks of records that travel."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias, cast

from sqlalchemy import ForeignKey, MetaData, Select, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from drillapp.core.database.types import Uid

AnySelect: TypeAlias = Select[*tuple[Any, ...]]
"""A statement whatever its columns are."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of an office."""

    metadata = MetaData(naming_convention=NAMING)


class Keyed:
    """A row with a local integer key."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)


class Travelling(Keyed):
    """A record that can leave the office: known everywhere by its uid, changed only by its owner."""

    uid: Mapped[str] = mapped_column(Uid, unique=True, sort_order=-9)
    owner_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), sort_order=-8)
    revision: Mapped[int] = mapped_column(default=1, sort_order=-7)
    """Counts the changes; a change made on an older revision is refused."""
    retired_on: Mapped[date | None] = mapped_column(sort_order=-6)
    """From this day on the record is history; records are never deleted."""


def table_of(model: type[Base]) -> Table:
    """The table behind a mapped class."""
    return cast(Table, model.__table__)
