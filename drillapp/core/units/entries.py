"""What a form, a ledger row or a package says about units, people and posts."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, Struct, UnsetType


class UnitEntry(Struct, frozen=True, kw_only=True):
    """A unit, known by its code."""

    code: str
    name: str
    parent_code: str | None | UnsetType = UNSET
    kind: str | None | UnsetType = UNSET
    sectors: tuple[str, ...] | None | UnsetType = UNSET
    address: str | None | UnsetType = UNSET
    headcount: int | None | UnsetType = UNSET
    high_risk: bool | None | UnsetType = UNSET
    crowded: bool | None | UnsetType = UNSET
    valid_from: date | None | UnsetType = UNSET
    valid_to: date | None | UnsetType = UNSET


class PersonEntry(Struct, frozen=True, kw_only=True):
    """A person of a unit, known by unit and name."""

    unit_code: str
    name: str
    post: str | None | UnsetType = UNSET
    phone: str | None | UnsetType = UNSET
    key_person: bool | None | UnsetType = UNSET


class PostEntry(Struct, frozen=True, kw_only=True):
    """A post of a unit, known by unit and name."""

    unit_code: str
    name: str
    sector: str | None | UnsetType = UNSET
    key_post: bool | None | UnsetType = UNSET
