"""What a form or a ledger row says about mutual aid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import UNSET, Struct, UnsetType

from drillapp.core.supplies.quantities import Amount


class Wanted(Struct, frozen=True):
    """How much of an item is asked for."""

    item: str
    """Its code."""
    quantity: float


class Asking(Struct, frozen=True, kw_only=True):
    """A request: who has it, where it is needed, what, until when, why. Storehouses by their codes."""

    from_storehouse: str
    to_storehouse: str
    wanted: tuple[Wanted, ...]
    needed_by: date | None = None
    reason: str = ""


class Answer(Struct, frozen=True, kw_only=True):
    """What the other unit answered."""

    agreed: Mapping[str, float] | None = None
    """Item code to how much is given, nothing of what is not named; None: all that was asked for."""
    day: date
    by: str
    note: str = ""


class AidRequestEntry(Struct, frozen=True, kw_only=True):
    """A request in a ledger, known by its number."""

    number: str
    from_storehouse: str
    to_storehouse: str
    requested_on: date
    state: str
    needed_by: date | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET
    answered_on: date | None | UnsetType = UNSET
    answered_by: str | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
    document: str | None | UnsetType = UNSET


class AidLineEntry(Struct, frozen=True, kw_only=True):
    """A line of a request in a ledger, known by the request's number and the item."""

    request: str
    item_code: str
    quantity: Amount
    agreed: Amount | None | UnsetType = UNSET
