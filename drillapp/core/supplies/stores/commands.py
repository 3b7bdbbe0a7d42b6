"""Saving storehouses and the places in them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET
from sqlalchemy import select

from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import narrowed, table_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, always, save, save_within
from drillapp.core.supplies.entries import StorehouseEntry
from drillapp.core.supplies.model import Storehouse
from drillapp.core.supplies.references import look_up_storehouses
from drillapp.core.supplies.stores.entries import ShelfEntry
from drillapp.core.supplies.stores.model import Shelf
from drillapp.core.units.references import look_up_units
from drillapp.core.work import Work

BY_AGREEMENT = frozenset({"agreement", "capacity"})
"""Kinds of store whose goods are with somebody else: a supplier belongs to them."""

_STOREHOUSES = Target(
    kind="storehouses",
    table=table_of(Storehouse),
    key=("code",),
    fields=(
        "code", "name", "kind", "address", "keeper", "phone", "deputy", "deputy_phone", "access", "supplier",
        "agreement", "agreement_until",
    ),
    required=("code", "name", "unit_code"),
    choices={"kind": "storehouse_kind"},
    searched=("name", "code"),
)  # fmt: skip
_SHELVES = Target(
    kind="shelves",
    table=table_of(Shelf),
    key=("storehouse_id", "code"),
    fields=("code", "name"),
    required=("storehouse", "code"),
    key_field="code",
)


def save_storehouses(office: Office, entries: Sequence[StorehouseEntry], saving: Saving = Saving()) -> Saved:
    """Create or update storehouses by code.

    Raises InvalidInput for unknown units and kinds, and for agreement stock and production capacity without supplier.
    """
    return save(office, _STOREHOUSES, entries, saving, _prepare_storehouses, settled=always)


def save_shelves(office: Office, entries: Sequence[ShelfEntry], saving: Saving = Saving()) -> Saved:
    """Create or update places by storehouse and code; raises InvalidInput for unknown storehouses."""
    return save(office, _SHELVES, entries, saving, look_up_storehouses, settled=always)


def save_shelves_within(office: Office, work: Work, entries: Sequence[ShelfEntry]) -> Saved:
    """Save places as part of a larger command; raises what `save_shelves` raises."""
    return save_within(office, work, _SHELVES, entries, Saving(origin=work.origin), look_up_storehouses)


def _prepare_storehouses(batch: Batch) -> None:
    look_up_units(batch)
    said = [
        i
        for i, (kind, supplier) in enumerate(zip(batch.given["kind"], batch.given["supplier"], strict=True))
        if kind in BY_AGREEMENT or (kind is UNSET and not supplier)
    ]
    if not said:
        return
    known = _known(batch, {batch.given["code"][i] for i in said})
    for i in said:
        kind, supplier = batch.given["kind"][i], batch.given["supplier"][i]
        old_kind, old_supplier = known.get(batch.given["code"][i], (None, None))
        wanted = (old_kind if kind is UNSET else kind) in BY_AGREEMENT
        if wanted and not (old_supplier if supplier is UNSET else supplier):
            batch.refuse(i, "supplier", _("Say with whom the agreement is."))


def _known(batch: Batch, codes: set[str]) -> dict[str, tuple[str | None, str | None]]:
    """Kind and supplier of the storehouses with these codes."""
    statement = select(Storehouse.code, Storehouse.kind, Storehouse.supplier)
    statement = statement.where(Storehouse.owner_id == batch.owner_id)
    rows = batch.connection.execute(narrowed(statement, Storehouse.code, codes))
    return {code: (kind, supplier) for code, kind, supplier in rows}
