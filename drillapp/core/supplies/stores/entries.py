"""What a form or a ledger row says about places in storehouses."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType


class ShelfEntry(Struct, frozen=True, kw_only=True):
    """A place in a storehouse where goods lie, known by its code there."""

    storehouse: str
    code: str
    name: str | None | UnsetType = UNSET
