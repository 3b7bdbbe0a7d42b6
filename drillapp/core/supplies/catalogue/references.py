"""Names and codes of categories turned into keys."""

from __future__ import annotations

from sqlalchemy import select

from drillapp.core.batch import Batch
from drillapp.core.database.base import table_of
from drillapp.core.database.rows import insert_rows, next_ids
from drillapp.core.database.uid import new_uid
from drillapp.core.i18n import _
from drillapp.core.supplies.catalogue.model import Category


def look_up_categories(batch: Batch) -> None:
    """Turn the categories of a batch, by name or standard code, into keys under `category_id`.

    A name that there is not yet becomes a category of its own at the top of the tree.
    """
    named = batch.codes_of("category")
    if not named:
        batch.look_up("category", "category_id", {}, "")
        return
    ids = _ids(batch)
    _make(batch, ids, sorted(named - ids.keys()))
    batch.look_up("category", "category_id", ids, _("There is no category '{value}'."))


def _ids(batch: Batch) -> dict[str, int]:
    """Every category by its code and by its name; of several with one name the first."""
    statement = (
        select(Category.id, Category.code, Category.name)
        .where(Category.owner_id == batch.owner_id)
        .order_by(Category.id.desc())
    )
    rows = batch.connection.execute(statement).all()
    return {row.name: row.id for row in rows} | {row.code: row.id for row in rows if row.code}


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
    ids.update(zip(names, keys, strict=True))
