"""Names, aliases and specifications of items as they are compared."""

from __future__ import annotations

import re
from typing import Any

from drillapp.core.resources import load_toml
from drillapp.core.search.passages import squeezed


def aliases_of(text: str | None) -> list[str]:
    """The other names in a text, one a line or with the usual marks between them; each once."""
    if not text:
        return []
    marks = "|".join(map(re.escape, load_toml("units_of_measure.toml")["between_names"]))
    return list(dict.fromkeys(part.strip() for part in re.split(marks, text) if part.strip()))


def same_text(text: Any) -> str:
    """A text as it is compared: letters, digits and characters alone, half-width and in small letters."""
    return squeezed(text) if isinstance(text, str) else ""
