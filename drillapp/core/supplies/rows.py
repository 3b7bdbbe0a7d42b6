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
    standard_code: str | None = None
    aliases: str | None = None
    packs: str | None = None
    date_kind: str | None = None
    warning_days: int | None = None
    inspection_months: int | None = None
    maintenance_months: int | None = None
    picture: str | None = None
    """The digest of its picture."""
    category_id: int | None = None
    critical: bool = False


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
    kind: str | None = None
    deputy: str | None = None
    deputy_phone: str | None = None
    access: str | None = None
    supplier: str | None = None
    agreement: str | None = None
    agreement_until: date | None = None
    picture: str | None = None
    """The digest of the picture of the room."""


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
    cause: str | None
    counterparty: str | None
    due_on: date | None
    handler: str | None
    approved_by: str | None
    recorded_by: str | None
    answers: str | None
    """The line that this one answers, as DOCUMENT/LINE."""
    reverses: str | None
    is_reversed: bool


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
    shelf: str | None = None
    """The code of the place in the storehouse where it lies."""
