"""New uids."""

from __future__ import annotations

import uuid_utils


def new_uid() -> str:
    """A UUIDv7: unique everywhere, and in the order of its making."""
    return str(uuid_utils.uuid7())
