"""The words of the made-up district."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

TODAY = date(2026, 11, 24)
"""The day that the district is laid out around."""


@cache
def words() -> dict[str, Any]:
    """All words, by their subject."""
    path = Path(__file__).parents[1] / "words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def dice(subject: str) -> Random:
    """Chance that falls the same way each time for a subject."""
    return Random(f"drillapp {subject}")
