"""Codes of items and storehouses turned into keys."""

from __future__ import annotations

from sqlalchemy import select

from drillapp.core.batch import Batch
from drillapp.core.database.base import narrowed
from drillapp.core.i18n import _
from drillapp.core.supplies.model import Item, Storehouse


def look_up_items(batch: Batch) -> None:
    """Turn the item codes of a batch into keys under `item_id`; unknown codes are refused."""
    ids = _ids(batch, Item, batch.codes_of("item_code"))
    batch.look_up("item_code", "item_id", ids, _("There is no item with the code '{value}'."))


def look_up_storehouses(batch: Batch) -> None:
    """Turn the storehouse codes of a batch into keys under `storehouse_id` and `to_storehouse_id`."""
    ids = _ids(batch, Storehouse, batch.codes_of("storehouse", "to_storehouse"))
    message = _("There is no storehouse with the code '{value}'.")
    batch.look_up("storehouse", "storehouse_id", ids, message)
    batch.look_up("to_storehouse", "to_storehouse_id", ids, message)


def _ids(batch: Batch, model: type[Item] | type[Storehouse], codes: set[str]) -> dict[str, int]:
    statement = select(model.code, model.id).where(model.owner_id == batch.owner_id)
    rows = batch.connection.execute(narrowed(statement, model.code, codes))
    return {row.code: row.id for row in rows}
