"""What is shown of mutual aid."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class AidRow(Struct, frozen=True):
    """A request in a list."""

    id: int
    unit_id: int
    """The unit that asks."""
    giver_id: int
    """The unit that is asked."""
    revision: int
    number: str
    state: str
    unit_code: str
    unit_name: str
    to_storehouse: str
    to_storehouse_name: str
    giver_code: str
    giver_name: str
    from_storehouse: str
    from_storehouse_name: str
    lines: int
    """How many items are asked for."""
    first_item: str | None
    """Name of the first of them."""
    requested_on: date
    needed_by: date | None
    reason: str | None
    answered_on: date | None
    answered_by: str | None
    note: str | None
    document: str | None
    arrived: bool | None
    """Whether all that was sent is there; None while nothing was sent."""
    retired_on: date | None


class AidLineRow(Struct, frozen=True):
    """A line of a request in a list."""

    id: int
    unit_id: int
    giver_id: int
    revision: int
    request: str
    state: str
    unit_name: str
    giver_name: str
    item_code: str
    item_name: str
    unit_of_measure: str | None
    quantity: float
    agreed: float | None
    retired_on: date | None


class Party(Struct, frozen=True):
    """A storehouse of a request, with whom to talk to."""

    unit_code: str
    unit_name: str
    storehouse: str
    name: str
    address: str | None
    keeper: str | None
    phone: str | None
    deputy: str | None
    deputy_phone: str | None
    access: str | None


class AidItem(Struct, frozen=True):
    """A line of a request with what came of it."""

    item: str
    name: str
    spec: str | None
    unit_of_measure: str | None
    quantity: float
    agreed: float | None
    sent: float
    """As the stock ledger has it."""
    received: float


class AidView(Struct, frozen=True):
    """A whole request."""

    id: int
    uid: str
    number: str
    state: str
    requested_on: date
    needed_by: date | None
    reason: str | None
    answered_on: date | None
    answered_by: str | None
    note: str | None
    document: str | None
    giver: Party
    asker: Party
    items: tuple[AidItem, ...]

    @property
    def is_under_way(self) -> bool:
        """Whether something that was sent has not arrived."""
        return any(item.sent > item.received for item in self.items)
