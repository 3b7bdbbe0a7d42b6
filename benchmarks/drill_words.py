"""The words of the drills that benchmarks fill."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def drill_words() -> dict[str, Any]:
    """All words, by what they are for."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
