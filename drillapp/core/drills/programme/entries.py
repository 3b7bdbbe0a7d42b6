"""What a form or the command line says about an item of a programme."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, Struct, UnsetType


class ItemEntry(Struct, frozen=True, kw_only=True):
    """A drill of a programme; `reason` is needed once the programme is approved."""

    programme_id: int
    title: str
    unit_code: str
    planned_on: date
    is_day_fixed: bool | None | UnsetType = UNSET
    content: str | None | UnsetType = UNSET
    form: str | None | UnsetType = UNSET
    purpose: str | None | UnsetType = UNSET
    plan_number: str | None | UnsetType = UNSET
    hazard: str | None | UnsetType = UNSET
    evacuation: bool | None | UnsetType = UNSET
    place: str | None | UnsetType = UNSET
    leader: str | None | UnsetType = UNSET
    expected: int | None | UnsetType = UNSET
    budget: int | float | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
    reason: str | None | UnsetType = UNSET
