"""What a command touched, told to whoever shows it."""

from __future__ import annotations

import msgspec


class Changes(msgspec.Struct, frozen=True):
    """The kinds of record that a command touched, and for which units (None: for any)."""

    kinds: frozenset[str] = frozenset()
    unit_ids: frozenset[int] | None = None

    def touches(self, *kinds: str) -> bool:
        """Whether any of these kinds of record was touched."""
        return not self.kinds.isdisjoint(kinds)
