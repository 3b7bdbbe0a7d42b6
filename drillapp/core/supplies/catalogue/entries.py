"""What a form or a ledger row says about the tree of categories."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType


class CategoryEntry(Struct, frozen=True, kw_only=True):
    """A branch of the catalogue, known by its code, or else by its name and the branch above."""

    code: str | None | UnsetType = UNSET
    name: str
    parent: str | None | UnsetType = UNSET
    """The branch above: its name, its code, or 'above/name'; not said, the code's layers decide."""
