"""What can be done with the catalogue, the storehouses and the required levels; the stock ledger is in book.py."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET

from drillapp.core.batch import Batch, Target
from drillapp.core.database.base import table_of
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, save
from drillapp.core.supplies.catalogue.references import look_up_categories
from drillapp.core.supplies.entries import ItemEntry, LevelEntry, StorehouseEntry
from drillapp.core.supplies.levels.model import RequiredLevel
from drillapp.core.supplies.model import Item, Storehouse
from drillapp.core.supplies.quantities import check_quantities
from drillapp.core.supplies.references import look_up_items
from drillapp.core.units.references import look_up_units
from drillapp.core.work import Work

LONGEST_SHELF_LIFE = 1200
"""Months."""

_ITEMS = Target(
    kind="items",
    table=table_of(Item),
    key=("code",),
    fields=("code", "name", "spec", "unit_of_measure", "shelf_life_months"),
    required=("code", "name"),
    searched=("name", "code"),
)
_STOREHOUSES = Target(
    kind="storehouses",
    table=table_of(Storehouse),
    key=("code",),
    fields=("code", "name", "address", "keeper", "phone"),
    required=("code", "name", "unit_code"),
    searched=("name", "code"),
)
_LEVELS = Target(
    kind="levels",
    table=table_of(RequiredLevel),
    key=("unit_id", "unit_kind", "item_id"),
    fields=("unit_kind", "quantity"),
    required=("item_code", "quantity"),
    choices={"unit_kind": "unit_kind"},
    key_field="item_code",
)


def save_items(office: Office, entries: Sequence[ItemEntry], saving: Saving = Saving()) -> Saved:
    """Create or update items by code; raises InvalidInput for a shelf life outside 1 to 1200 months."""
    return save(office, _ITEMS, entries, saving, _check_items)


def save_storehouses(office: Office, entries: Sequence[StorehouseEntry], saving: Saving = Saving()) -> Saved:
    """Create or update storehouses by code; raises InvalidInput for unknown units."""
    return save(office, _STOREHOUSES, entries, saving, look_up_units)


def save_levels(office: Office, entries: Sequence[LevelEntry], saving: Saving = Saving()) -> Saved:
    """Create or update required levels by item and either unit or unit kind.

    Raises InvalidInput for unknown items and units, for neither or both of unit and kind, for quantities below 0.
    """
    return save(office, _LEVELS, entries, saving, _prepare_levels, _touch_all)


def _check_items(batch: Batch) -> None:
    look_up_categories(batch)
    for i, months in enumerate(batch.given["shelf_life_months"]):
        if isinstance(months, int) and not 0 < months <= LONGEST_SHELF_LIFE:
            batch.refuse(i, "shelf_life_months", _("Must be 1 to {most}.").format(most=LONGEST_SHELF_LIFE))


def _prepare_levels(batch: Batch) -> None:
    look_up_units(batch)
    look_up_items(batch)
    check_quantities(batch)
    # Not said and said to be nothing are the same here, since both are part of the key.
    for name in ("unit_id", "unit_kind"):
        batch.columns[name] = [
            None if value is UNSET or value == "" else value for value in batch.columns[name]
        ]
    given = zip(batch.given["unit_code"], batch.given["unit_kind"], strict=True)
    for i, (unit_code, unit_kind) in enumerate(given):
        if bool(unit_code) == bool(unit_kind):
            batch.refuse(i, "unit_code", _("Give either a unit or a kind of unit."))


def _touch_all(work: Work, batch: Batch) -> None:
    if any(batch.columns["unit_kind"]):
        work.touched("levels", None)
