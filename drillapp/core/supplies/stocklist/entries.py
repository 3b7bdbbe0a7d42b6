"""What a row of a list of stock says."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, Struct, UnsetType

from drillapp.core.supplies.quantities import Amount


class StockLineEntry(Struct, frozen=True, kw_only=True):
    """So much of an item lies in a storehouse, or came in there, on a day."""

    storehouse: str
    item_code: str | None | UnsetType = UNSET
    item_name: str | None | UnsetType = UNSET
    """An item is known by its code, or by name and specification; one that there is not yet is entered."""
    spec: str | None | UnsetType = UNSET
    category: str | None | UnsetType = UNSET
    quantity: Amount
    unit_of_measure: str | None | UnsetType = UNSET
    lot: str | None | UnsetType = UNSET
    produced_on: date | None | UnsetType = UNSET
    expires_on: date | None | UnsetType = UNSET
    shelf: str | None | UnsetType = UNSET
    keeper: str | None | UnsetType = UNSET
    phone: str | None | UnsetType = UNSET
    counterparty: str | None | UnsetType = UNSET
    """From whom it came."""
    occurred_on: date
    kind: str | None | UnsetType = UNSET
    """count (unless said otherwise): it was found there; in: it came in."""
    cause: str | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
