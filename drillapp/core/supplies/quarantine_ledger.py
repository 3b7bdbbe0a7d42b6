"""Quarantines as a ledger: brought in from files and taken out to them, like all that an office keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import UNSET, Struct, UnsetType
from sqlalchemy import select, tuple_

from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import in_blocks, table_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, save
from drillapp.core.supplies.model import Holding, Lot, Quarantine, Storehouse
from drillapp.core.supplies.quantities import check_quantities
from drillapp.core.supplies.references import look_up_items, look_up_storehouses
from drillapp.core.work import Work


class QuarantineEntry(Struct, frozen=True, kw_only=True):
    """So much of a lot in a storehouse set aside; known by lot, day, kind, quantity and reason."""

    storehouse: str
    item_code: str
    lot: str | None | UnsetType = UNSET
    expires_on: date | None | UnsetType = UNSET
    """Tells lots without a number apart."""
    quantity: float
    kind: str
    from_on: date
    until_on: date | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET
    released_by: str | None | UnsetType = UNSET


_QUARANTINES = Target(
    kind="quarantines",
    table=table_of(Quarantine),
    key=("from_on", "kind", "quantity", "reason", "holding_id"),
    fields=("quantity", "kind", "from_on", "until_on", "reason", "released_by"),
    required=("storehouse", "item_code", "quantity", "kind", "from_on"),
    choices={"kind": "quarantine_kind"},
    key_field="item_code",
)


def save_quarantines(office: Office, entries: Sequence[QuarantineEntry], saving: Saving = Saving()) -> Saved:
    """Enter quarantines, or the day on which they ended.

    Raises InvalidInput for unknown storehouses, items and lots, a lot that never lay there or is not told apart from
    others, a quantity of 0, and an end before the beginning. How much lies there is not asked: a ledger of earlier
    years comes in as it was, and what is set aside too much keeps back no more than there is.
    """
    return save(office, _QUARANTINES, entries, saving, _prepare, _touch)


def _prepare(batch: Batch) -> None:
    look_up_storehouses(batch)
    look_up_items(batch)
    for i, quantity in enumerate(check_quantities(batch)):
        if not quantity and i not in batch.refused:
            batch.refuse(i, "quantity", _("Must be more than 0."))
    batch.columns["reason"] = [
        None if value is UNSET or value == "" else value for value in batch.given["reason"]
    ]
    for i, (start, end) in enumerate(zip(batch.given["from_on"], batch.given["until_on"], strict=True)):
        if isinstance(start, date) and isinstance(end, date) and end < start:
            message = _("Lies before the day on which it was set aside, {day}.")
            batch.refuse(i, "until_on", message.format(day=start))
    _look_up_holdings(batch)


def _look_up_holdings(batch: Batch) -> None:
    stores, items = batch.columns["storehouse_id"], batch.columns["item_id"]
    statement = select(
        Holding.id, Holding.storehouse_id, Holding.item_id, Lot.code, Lot.expires_on
    ).join(Lot, Lot.id == Holding.lot_id)  # fmt: skip
    wanted = {(store, item) for store, item in zip(stores, items, strict=True) if store and item}
    held: dict[tuple[int, int], list[Any]] = {}
    for row in in_blocks(batch.connection, statement, tuple_(Holding.storehouse_id, Holding.item_id), wanted):
        held.setdefault((row.storehouse_id, row.item_id), []).append(row)
    keys: list[int | None] = []
    for i, place in enumerate(zip(stores, items, strict=True)):
        lot, expires_on = batch.given["lot"][i], batch.given["expires_on"][i]
        found = [
            row.id
            for row in held.get(place, ())
            if (not isinstance(lot, str) or row.code == lot)
            and (not isinstance(expires_on, date) or row.expires_on == expires_on)
        ]
        if i not in batch.refused and not found:
            batch.refuse(i, "item_code", _("No such lot of this item has ever lain in this storehouse."))
        elif i not in batch.refused and len(found) > 1:
            batch.refuse(i, "lot", _("There are several lots of it: say number or expiry."))
        keys.append(found[0] if len(found) == 1 else None)
    batch.columns["holding_id"] = keys
    # What they mean is in the holding; the record has no columns of its own for them.
    for name in ("storehouse_id", "to_storehouse_id", "item_id"):
        batch.columns.pop(name, None)


def _touch(work: Work, batch: Batch) -> None:
    touched = {*batch.new, *batch.changed}
    if touched:
        holdings = {batch.value("holding_id", i) for i in touched}
        statement = select(Storehouse.unit_id).join(Holding, Holding.storehouse_id == Storehouse.id)
        units = in_blocks(work.connection, statement, Holding.id, holdings)
        work.touched("quarantines", [row.unit_id for row in units])
