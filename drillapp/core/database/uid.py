"""New uids."""

from __future__ import annotations

import uuid_utils


def new_uid() -> str:
    """A UUIDv7: unique everywhere, and in the order of its making."""
    return str(uuid_utils.uuid7())


def new_uids(count: int) -> list[bytes]:
    """Many of them, as they are stored."""
    return [uuid_utils.uuid7().bytes for _each in range(count)]
