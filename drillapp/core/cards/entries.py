"""What a form, a ledger row or a package says about a disposal card."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, Struct, UnsetType


class CardEntry(Struct, frozen=True, kw_only=True):
    """A disposal card, known by its number, with the dates of its newest copy."""

    number: str
    unit_code: str
    post: str
    person: str | None | UnsetType = UNSET
    plan_number: str | None | UnsetType = UNSET
    title: str | None | UnsetType = UNSET
    hazards: str | None | UnsetType = UNSET
    first_action: str | None | UnsetType = UNSET
    alarm: str | None | UnsetType = UNSET
    steps: str | None | UnsetType = UNSET
    protection: str | None | UnsetType = UNSET
    prohibitions: str | None | UnsetType = UNSET
    route: str | None | UnsetType = UNSET
    supplies: str | None | UnsetType = UNSET
    contacts: str | None | UnsetType = UNSET
    valid_until: date | None | UnsetType = UNSET
    issued_on: date | None | UnsetType = UNSET
    acknowledged_on: date | None | UnsetType = UNSET
