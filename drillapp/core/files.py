"""Files that are written are there whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from drillapp.core.errors import Unavailable
from drillapp.core.i18n import _


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in the place of what was there; raises Unavailable."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Unavailable(
            _("'{file}' cannot be written.").format(file=path),
            _("Close it in other programs, check the folder and the free space, or choose another name."),
        ) from error
