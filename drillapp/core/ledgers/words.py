"""Words that stand in the cells of ledgers without being data (resources/ledgers/words.toml)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from drillapp.core.resources import load_toml


def word(name: str) -> Any:
    """The words of one entry."""
    return load_toml("ledgers/words.toml")[name]


@cache
def nothing() -> frozenset[str]:
    """What people write where there is no date, number or choice."""
    return frozenset(word("nothing"))


@cache
def separators() -> str:
    """A pattern for the marks between the members of a list."""
    return "|".join(map(re.escape, word("separators")))
