"""What a form, a ledger row or a package says about supplies."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import UNSET, Struct, UnsetType


class ItemEntry(Struct, frozen=True, kw_only=True):
    """A kind of supply, known by its code."""

    code: str
    name: str
    category: str | None | UnsetType = UNSET
    spec: str | None | UnsetType = UNSET
    unit_of_measure: str | None | UnsetType = UNSET
    shelf_life_months: int | None | UnsetType = UNSET


class StorehouseEntry(Struct, frozen=True, kw_only=True):
    """A storehouse of a unit, known by its code."""

    code: str
    name: str
    unit_code: str
    address: str | None | UnsetType = UNSET
    keeper: str | None | UnsetType = UNSET
    phone: str | None | UnsetType = UNSET


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


class LevelEntry(Struct, frozen=True, kw_only=True):
    """What a unit, or each unit of a kind, must have of an item; known by these."""

    unit_code: str | None | UnsetType = UNSET
    unit_kind: str | None | UnsetType = UNSET
    item_code: str
    quantity: float
