"""A file that shows that something was put right."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import NamedTuple

from drillapp.core.attachments.store import content_from


class Proof(NamedTuple):
    """Such a file, as it is handed in."""

    name: str
    media_type: str
    content: bytes


def proof_from(path: Path) -> Proof:
    """Read it; raises InvalidInput when it is too large or empty, Unavailable when it cannot be read."""
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Proof(path.name, media_type, content_from(path))
