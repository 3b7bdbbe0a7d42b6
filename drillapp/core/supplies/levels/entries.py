"""What a form, a ledger row or a package says about what must be there."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType

from drillapp.core.supplies.quantities import Amount, AmountOrInterval


class LevelEntry(Struct, frozen=True, kw_only=True):
    """What a unit, each unit of a kind, or a storehouse must have of an item; known by these."""

    unit_code: str | None | UnsetType = UNSET
    unit_kind: str | None | UnsetType = UNSET
    storehouse: str | None | UnsetType = UNSET
    item_code: str
    quantity: AmountOrInterval
    """The lower end of an interval is what must be there."""
    most: Amount | None | UnsetType = UNSET
    source: str | None | UnsetType = UNSET


class ScenarioEntry(Struct, frozen=True, kw_only=True):
    """What a unit prepares for: so many people for so many hours; known by its code."""

    code: str
    name: str
    unit_code: str
    people: int
    hours: int
    note: str | None | UnsetType = UNSET


class RateEntry(Struct, frozen=True, kw_only=True):
    """How much of an item a scenario takes; known by scenario and item."""

    scenario: str
    item_code: str
    quantity: Amount
    basis: str
    source: str | None | UnsetType = UNSET
