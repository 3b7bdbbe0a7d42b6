"""Names and codes of categories turned into keys."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET
from sqlalchemy import ColumnElement, FromClause, and_, case, exists, func, select

from drillapp.core.batch import Batch
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.database.uid import new_uid
from drillapp.core.i18n import _
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.catalogue.standard import nearest
from drillapp.core.supplies.model import Item

PATH = "/"
"""Between a branch and one below it, where a name alone would not tell."""
_SEVERAL = -1


def look_up_categories(batch: Batch) -> None:
    """Turn the categories of a batch, by name, standard code or 'above/below', into keys under `category_id`.

    A name that there is not yet becomes a category of its own at the top of the tree, told in `batch.made`. Where no
    category is said, the standard code decides, if the tree has a branch for it.
    """
    ids = _ids(batch)
    _make(batch, ids, sorted(batch.codes_of("category") - ids.keys()))
    batch.look_up("category", "category_id", ids, _("There is no category '{value}'."))
    for i, key in enumerate(batch.columns["category_id"]):
        if key == _SEVERAL:
            told = _(
                "Several categories are called '{value}': write the code, or the category above, '/', and the name."
            )
            batch.refuse(i, "category", told.format(value=batch.given["category"][i]))
    _follow_standard_codes(batch, ids)


def category_text(categories: FromClause) -> ColumnElement[Any]:
    """A category as ledgers write it and `look_up_categories` reads it: its name, or more where that does not tell."""
    other, above = table_of(Category).alias(), table_of(Category).alias()
    is_repeated = (
        exists()
        .where(
            and_(
                other.c.owner_id == categories.c.owner_id,
                other.c.name == categories.c.name,
                other.c.id != categories.c.id,
            )
        )
        .correlate(categories)
    )
    path = (
        select(above.c.name.concat(PATH).concat(categories.c.name))
        .where(above.c.id == categories.c.parent_id)
        .correlate(categories)
        .scalar_subquery()
    )
    return case(
        (is_repeated, func.coalesce(categories.c.code, path, categories.c.name)), else_=categories.c.name
    )


def _follow_standard_codes(batch: Batch, ids: dict[str, int]) -> None:
    """New items without a category go to the nearest branch of their standard code."""
    keys, codes = list(batch.columns["category_id"]), batch.given["standard_code"]
    open_ones = [i for i, key in enumerate(keys) if key is UNSET and isinstance(codes[i], str) and codes[i]]
    if not open_ones or batch.edited is not None:
        return
    own = batch.given["code"]
    statement = select(Item.code).where(Item.owner_id == batch.owner_id)
    known = set(
        batch.connection.execute(narrowed(statement, Item.code, {own[i] for i in open_ones})).scalars()
    )
    for i in open_ones:
        if own[i] not in known:
            keys[i] = _by_code(ids, codes[i])
    batch.columns["category_id"] = keys


def _by_code(ids: dict[str, int], code: str) -> Any:
    found = (
        (ids[one] for one in nearest(code) if one in ids) if len(code) == 7 and code.isdigit() else iter(())
    )
    return next(found, UNSET)


def _ids(batch: Batch) -> dict[str, int]:
    """Every category by its code, its name and its path; a name that several have stands for none."""
    statement = (
        select(Category.id, Category.code, Category.name, Category.parent_id)
        .where(Category.owner_id == batch.owner_id)
        .order_by(Category.id)
    )
    rows = batch.connection.execute(statement).all()
    names = {row.id: row.name for row in rows}
    ids: dict[str, int] = {}
    for row in rows:
        ids[row.name] = _SEVERAL if row.name in ids else row.id
    ids |= {f"{names[row.parent_id]}{PATH}{row.name}": row.id for row in rows if row.parent_id in names}
    return ids | {row.code: row.id for row in rows if row.code}


def _make(batch: Batch, ids: dict[str, int], names: list[str]) -> None:
    if not names:
        return
    table = table_of(Category)
    keys = next_ids(batch.connection, table, len(names))
    count = len(names)
    insert_rows(
        batch.connection,
        table,
        {
            "id": keys,
            "uid": [new_uid() for _name in names],
            "owner_id": [batch.owner_id] * count,
            "revision": [1] * count,
            "name": names,
        },
    )
    batch.made += [("categories", key, {"name": name}) for key, name in zip(keys, names, strict=True)]
    ids.update(zip(names, keys, strict=True))
