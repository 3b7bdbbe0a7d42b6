"""Which items somebody means who asks for a thing, or for what it can do: by code, category, name, alias, pinyin."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, or_, select

from drillapp.core.search.queries import ids_of_kind
from drillapp.core.search.tokens import sounds_like
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.codes import plain_code
from drillapp.core.supplies.model import Item

_MOST = 2000
"""So many items are looked for at most."""


class Meant(Struct, frozen=True):
    """What was understood."""

    item_ids: tuple[int, ...]
    categories: tuple[str, ...] = ()
    """Names of the categories that were meant, as far as the words are those of categories."""


def items_meant(connection: Connection, text: str) -> Meant:
    """The items that words mean; none where nothing is called so.

    A code means its item, or all items of that standard code (GB/T 38565). Other words mean every item whose name, code
    or alias holds them, as characters, as pinyin or as its first letters, and all items of a category called so or of
    those below it: so a capability is found by the category that stands for it.
    """
    wanted = plain_code(text)
    if not wanted:
        return Meant(())
    by_code = connection.execute(
        select(Item.id).where(or_(Item.code.in_((wanted, wanted.upper())), Item.standard_code == wanted))
    ).scalars()
    exact = tuple(by_code)
    if exact:
        return Meant(exact)
    categories = _categories(connection, wanted)
    found = set(ids_of_kind(connection, "items", wanted, _MOST))
    found.update(
        connection.execute(select(Item.id).where(Item.aliases.icontains(wanted, autoescape=True))).scalars()
    )
    if categories:
        found.update(_items_below(connection, list(categories)))
    return Meant(tuple(sorted(found)), tuple(categories.values()))


def _categories(connection: Connection, wanted: str) -> dict[int, str]:
    """The categories whose code it is, or whose name holds it or sounds like it: key to name."""
    rows = connection.execute(
        select(Category.id, Category.code, Category.name)
        .where(Category.retired_on.is_(None))
        .order_by(Category.id)
    )
    return {row.id: row.name for row in rows if row.code == wanted or sounds_like(wanted, row.name)}


def _items_below(connection: Connection, category_ids: Sequence[int]) -> list[int]:
    """The items of these categories and of all below them."""
    tree = select(Category.id).where(Category.id.in_(category_ids)).cte("below", recursive=True)
    tree = tree.union(select(Category.id).join(tree, Category.parent_id == tree.c.id))
    statement = select(Item.id).where(Item.category_id.in_(select(tree.c.id)))
    return list(connection.execute(statement).scalars())
