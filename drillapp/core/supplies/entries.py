"""What a form, a ledger row or a package says about supplies."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import UNSET, Struct, UnsetType


class ItemEntry(Struct, frozen=True, kw_only=True):
    """A kind of supply, known by its code; without one, by name and specification, and a new one gets the next code."""

    code: str | None | UnsetType = UNSET
    name: str
    standard_code: str | None | UnsetType = UNSET
    """Seven digits of GB/T 38565-2020."""
    category: str | None | UnsetType = UNSET
    """Its name, its code, or 'above/name'."""
    aliases: str | None | UnsetType = UNSET
    """Other names, one a line or with semicolons between them."""
    spec: str | None | UnsetType = UNSET
    unit_of_measure: str | None | UnsetType = UNSET
    packs: str | None | UnsetType = UNSET
    """What the packs hold, in the unit of measure: 'box=24;carton=240'."""
    date_kind: str | None | UnsetType = UNSET
    shelf_life_months: int | None | UnsetType = UNSET
    warning_days: int | None | UnsetType = UNSET
    inspection_months: int | None | UnsetType = UNSET
    maintenance_months: int | None | UnsetType = UNSET
    critical: bool | None | UnsetType = UNSET


class StorehouseEntry(Struct, frozen=True, kw_only=True):
    """A storehouse of a unit, known by its code."""

    code: str
    name: str
    unit_code: str
    kind: str | None | UnsetType = UNSET
    address: str | None | UnsetType = UNSET
    keeper: str | None | UnsetType = UNSET
    phone: str | None | UnsetType = UNSET
    deputy: str | None | UnsetType = UNSET
    deputy_phone: str | None | UnsetType = UNSET
    access: str | None | UnsetType = UNSET
    supplier: str | None | UnsetType = UNSET
    """Who keeps or makes the goods; agreement stock and production capacity want one."""
    agreement: str | None | UnsetType = UNSET
    agreement_until: date | None | UnsetType = UNSET


class MovementEntry(Struct, frozen=True, kw_only=True):
    """A line of a stock document; what was booked is never changed."""

    document: str
    kind: str
    storehouse: str
    item_code: str
    lot: str | None | UnsetType = UNSET
    quantity: float
    occurred_on: date
    recorded_at: datetime | None | UnsetType = UNSET
    to_storehouse: str | None | UnsetType = UNSET
    produced_on: date | None | UnsetType = UNSET
    expires_on: date | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET
    reference: str | None | UnsetType = UNSET
    cause: str | None | UnsetType = UNSET
    counterparty: str | None | UnsetType = UNSET
    due_on: date | None | UnsetType = UNSET
    handler: str | None | UnsetType = UNSET
    approved_by: str | None | UnsetType = UNSET
    recorded_by: str | None | UnsetType = UNSET
    """Who was at the program; filled in by it where nothing is said."""
    answers: str | None | UnsetType = UNSET
    """The line that this one answers, as DOCUMENT/LINE: the loan that comes back, the consignment that arrives."""
    reverses: str | None | UnsetType = UNSET
    """The line that this one takes back, as DOCUMENT/LINE."""
