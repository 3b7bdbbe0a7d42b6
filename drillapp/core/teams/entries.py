"""What a form, a ledger row or a package says about a rescue team."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType


class TeamEntry(Struct, frozen=True, kw_only=True):
    """A rescue team, known by unit and name."""

    unit_code: str
    name: str
    kind: str | None | UnsetType = UNSET
    leader: str | None | UnsetType = UNSET
    phone: str | None | UnsetType = UNSET
    members: int | None | UnsetType = UNSET
