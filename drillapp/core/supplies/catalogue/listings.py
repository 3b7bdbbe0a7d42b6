"""The list of categories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import func, select

from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.listing import Column, Listing
from drillapp.core.office import Office
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.catalogue.references import category_text
from drillapp.core.supplies.model import Item


class CategoryRow(Struct, frozen=True):
    """A branch of the catalogue."""

    id: int
    revision: int
    code: str | None
    name: str
    parent: str | None
    """The branch above, as `CategoryEntry` takes it."""
    parent_id: int | None
    items: int
    """How many items in use are in it, without the branches below."""
    retired_on: date | None


def _categories(as_of: date) -> AnySelect:
    own, above = table_of(Category), table_of(Category).alias("above")
    items = (
        select(func.count())
        .where(Item.category_id == own.c.id, still(Item.retired_on, as_of))
        .correlate(own)
        .scalar_subquery()
    )
    return select(
        own.c.id, own.c.revision, own.c.code, own.c.name, category_text(above).label("parent"), own.c.parent_id,
        items.label("items"), own.c.retired_on,
    ).select_from(own.outerjoin(above, above.c.id == own.c.parent_id))  # fmt: skip


CATEGORIES = Listing(
    "categories",
    CategoryRow,
    (
        Column("name", "Category", width=220),
        Column("code", "Standard code", width=110),
        Column("parent", "Category above", width=200),
        Column("items", "Items in all", "number", 80),
    ),
    _categories,
    searched=("name", "code", "parent"),
    sort=(("code", False), ("name", False)),
)


def category_tree(office: Office) -> list[CategoryRow]:
    """All branches in use, by code and then by name, those of the same branch above next to each other."""
    statement = _categories(office.as_of).subquery()
    rows = select(statement).where(still(statement.c.retired_on, office.as_of))
    ordered = rows.order_by(statement.c.code.asc().nulls_last(), statement.c.name)
    with office.read() as connection:
        return [CategoryRow(*row) for row in connection.execute(ordered)]


def arranged(rows: Sequence[CategoryRow]) -> list[tuple[int, CategoryRow]]:
    """The branches with their depth from 0, each directly below the one that it lies under."""
    known = {row.id for row in rows}
    below: dict[int | None, list[CategoryRow]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)

    def walk(parent: int | None, depth: int) -> Iterator[tuple[int, CategoryRow]]:
        for row in below.get(parent, ()):
            yield depth, row
            yield from walk(row.id, depth + 1)

    return list(walk(None, 0))
