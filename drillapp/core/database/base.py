"""What all mapped classes share: named constraints, keys, and the marks of records that travel."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, TypeAlias, TypeVarTuple, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    MetaData,
    Row,
    Select,
    SQLColumnExpression,
    Table,
    or_,
)
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


Columns = TypeVarTuple("Columns")
_FEW = 500
_BLOCK = 5000


def narrowed(
    statement: Select[*Columns], column: SQLColumnExpression[Any], values: Collection[Any] | None
) -> Select[*Columns]:
    """The statement for these values of a column; for all (None) also where so many single looks would cost more."""
    return statement if values is None or are_many(values) else statement.where(column.in_(values))


def are_many(values: Collection[Any]) -> bool:
    """Whether to go through a whole table costs less than to look for each of the values."""
    return len(values) > _FEW


def in_blocks(
    connection: Connection, statement: AnySelect, key: SQLColumnExpression[Any], values: Collection[Any]
) -> Iterator[Row[Any]]:
    """The rows of a statement with these keys, asked for in portions that every database takes."""
    wanted = list(values)
    for start in range(0, len(wanted), _BLOCK):
        yield from connection.execute(statement.where(key.in_(wanted[start : start + _BLOCK])))


def still(end: SQLColumnExpression[Any], as_of: date) -> ColumnElement[bool]:
    """Whether something that ends on a day (or never) still is as of a date."""
    return or_(end.is_(None), end > as_of)


def table_of(model: type[Base]) -> Table:
    """The table behind a mapped class."""
    return cast(Table, model.__table__)
