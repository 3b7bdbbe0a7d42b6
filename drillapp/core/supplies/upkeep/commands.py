"""What can be done with inspections and maintenance: noted, corrected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import UNSET
from sqlalchemy import select, tuple_

from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import in_blocks, table_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, save, save_within
from drillapp.core.supplies.model import Holding, Lot, Storehouse
from drillapp.core.supplies.references import look_up_items, look_up_storehouses
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from drillapp.core.supplies.upkeep.model import Upkeep
from drillapp.core.work import Work

_UPKEEP = Target(
    kind="upkeep",
    table=table_of(Upkeep),
    key=("kind", "storehouse_id", "lot_id", "done_on", "item_id"),
    fields=("kind", "done_on", "result", "done_by", "note"),
    required=("kind", "storehouse", "item_code", "done_on", "result"),
    choices={"kind": "upkeep_kind", "result": "upkeep_result"},
    key_field="item_code",
)


def save_upkeep(office: Office, entries: Sequence[UpkeepEntry], saving: Saving = Saving()) -> Saved:
    """Note inspections and maintenance that were done, or correct what was noted.

    Raises InvalidInput for unknown storehouses, items and lots, for an item that never lay in the storehouse, and for
    a day that lies ahead.
    """
    return save(office, _UPKEEP, entries, saving, partial(_prepare, office), _touch)


def save_upkeep_within(office: Office, work: Work, entries: Sequence[UpkeepEntry]) -> Saved:
    """The same as part of a larger command; raises what `save_upkeep` raises."""
    return save_within(office, work, _UPKEEP, entries, Saving(), partial(_prepare, office), _touch)


def _prepare(office: Office, batch: Batch) -> None:
    today = max(office.clock.today(), office.as_of)
    look_up_storehouses(batch)
    look_up_items(batch)
    for i, day in enumerate(batch.given["done_on"]):
        if day is not None and day is not UNSET and day > today:
            batch.refuse(i, "done_on", _("Lies in the future."))
    _look_up_lots(batch)


def _look_up_lots(batch: Batch) -> None:
    """Find the lots by their numbers, and make sure that each item has lain where it was looked after."""
    stores, items = batch.columns["storehouse_id"], batch.columns["item_id"]
    statement = select(Holding.storehouse_id, Holding.item_id, Lot.code, Lot.id).join(
        Lot, Lot.id == Holding.lot_id
    )
    wanted = {(store, item) for store, item in zip(stores, items, strict=True) if store and item}
    held: dict[tuple[int, int], dict[str, int]] = {}
    place = tuple_(Holding.storehouse_id, Holding.item_id)
    for row in in_blocks(batch.connection, statement, place, wanted):
        held.setdefault((row.storehouse_id, row.item_id), {})[row.code] = row.id
    keys: list[int | None] = []
    for i, (store, item, lot) in enumerate(zip(stores, items, batch.given["lot"], strict=True)):
        lots = held.get((store, item), {})
        key = lots.get(lot) if isinstance(lot, str) and lot else None
        if i not in batch.refused and not lots:
            batch.refuse(i, "item_code", _("Nothing of this item has ever lain in this storehouse."))
        elif i not in batch.refused and lot and lot is not UNSET and key is None:
            batch.refuse(i, "lot", _("There is no lot '{value}' of this item there.").format(value=lot))
        keys.append(key)
    batch.columns["lot_id"] = keys


def _touch(work: Work, batch: Batch) -> None:
    touched = {*batch.new, *batch.changed}
    if touched:
        stores = {batch.value("storehouse_id", i) for i in touched}
        statement = select(Storehouse.unit_id)
        work.touched(
            "upkeep", [row[0] for row in in_blocks(work.connection, statement, Storehouse.id, stores)]
        )
