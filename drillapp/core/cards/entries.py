"""What a form, a ledger row or a package says about a disposal card."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, Struct, UnsetType


class CardEntry(Struct, frozen=True, kw_only=True):
    """A disposal card, known by its number."""

    number: str
    unit_code: str
    post: str
    person: str | None | UnsetType = UNSET
    plan_number: str | None | UnsetType = UNSET
    title: str | None | UnsetType = UNSET
    hazards: str | None | UnsetType = UNSET
    steps: str | None | UnsetType = UNSET
    contacts: str | None | UnsetType = UNSET
    issued_on: date | None | UnsetType = UNSET
    acknowledged_on: date | None | UnsetType = UNSET
