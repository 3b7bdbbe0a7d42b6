"""What lists and questions about supplies answer with."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct


class ItemRow(Struct, frozen=True):
    """An item of the catalogue in a list."""

    id: int
    revision: int
    code: str
    name: str
    category: str | None
    spec: str | None
    unit_of_measure: str | None
    shelf_life_months: int | None
    retired_on: date | None


class StorehouseRow(Struct, frozen=True):
    """A storehouse in a list."""

    id: int
    unit_id: int
    revision: int
    code: str
    name: str
    unit_code: str
    unit_name: str
    address: str | None
    keeper: str | None
    phone: str | None
    retired_on: date | None


class MovementRow(Struct, frozen=True):
    """A line of the stock ledger in a list; its unit is that of its storehouse."""

    id: int
    unit_id: int
    revision: int
    document: str
    line: int
    kind: str
    storehouse: str
    storehouse_name: str
    unit_code: str
    unit_name: str
    item_code: str
    item_name: str
    unit_of_measure: str | None
    lot: str | None
    quantity: float
    occurred_on: date
    recorded_at: datetime
    to_storehouse: str | None
    to_storehouse_name: str | None
    produced_on: date | None
    expires_on: date | None
    reason: str | None
    reference: str | None
    retired_on: date | None


class LevelRow(Struct, frozen=True):
    """A required level in a list."""

    id: int
    unit_id: int | None
    revision: int
    unit_code: str | None
    unit_name: str | None
    unit_kind: str | None
    item_code: str
    item_name: str
    unit_of_measure: str | None
    quantity: float
    retired_on: date | None


class StockRow(Struct, frozen=True, gc=False):
    """What a storehouse has of a lot of an item as of a date; `id` is the holding's key."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    storehouse: str
    storehouse_name: str
    item: str
    item_name: str
    category: str | None
    unit_of_measure: str | None
    lot: str | None
    produced_on: date | None
    expires_on: date | None
    state: str
    quantity: float
