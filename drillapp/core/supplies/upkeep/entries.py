"""What a form, a ledger row or a package says about inspections and maintenance."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, Struct, UnsetType


class UpkeepEntry(Struct, frozen=True, kw_only=True):
    """An inspection or maintenance that was done; known by kind, storehouse, item, lot and day."""

    kind: str
    storehouse: str
    item_code: str
    lot: str | None | UnsetType = UNSET
    """Only of this lot; without it of all that lies in the storehouse."""
    done_on: date
    result: str
    done_by: str | None | UnsetType = UNSET
    note: str | None | UnsetType = UNSET
