"""What a form, a ledger row or a package says about a plan."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, Struct, UnsetType


class PlanEntry(Struct, frozen=True, kw_only=True):
    """A plan, known by its number, with the latest date of each event of its life."""

    number: str
    title: str
    unit_code: str
    tier: str | None | UnsetType = UNSET
    kind: str | None | UnsetType = UNSET
    hazard: str | None | UnsetType = UNSET
    parent_number: str | None | UnsetType = UNSET
    version: str | None | UnsetType = UNSET
    approved_on: date | None | UnsetType = UNSET
    published_on: date | None | UnsetType = UNSET
    filed_on: date | None | UnsetType = UNSET
    filing_number: str | None | UnsetType = UNSET
    assessed_on: date | None | UnsetType = UNSET
    retired_on: date | None | UnsetType = UNSET
