"""To which of the four categories of emergencies a hazard belongs."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, SQLColumnExpression, case, null

from drillapp.core import enumerations
from drillapp.core.datafile import BadField, read_data_file

_FILE = "hazards.toml"


class HazardWords(msgspec.Struct, forbid_unknown_fields=True):
    """The words of each category."""

    natural_disaster: tuple[str, ...]
    accident: tuple[str, ...]
    public_health: tuple[str, ...]
    public_security: tuple[str, ...]


class _Word(NamedTuple):
    word: str
    category: str


def hazard_category(column: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """A code of the enumeration hazard_category; NULL for what concerns all kinds, or is not known."""
    return case(*((column.contains(one.word), one.category) for one in _words()), else_=null())


@cache
def _words() -> tuple[_Word, ...]:
    """All words, the longest first."""
    found = read_data_file(_FILE, HazardWords, _check)
    words = [
        _Word(word, category) for category in found.__struct_fields__ for word in getattr(found, category)
    ]
    return tuple(sorted(words, key=lambda one: -len(one.word)))


def _check(found: HazardWords) -> None:
    seen: set[str] = set()
    for category in enumerations.codes("hazard_category"):
        for i, word in enumerate(getattr(found, category)):
            if not word.strip() or word in seen:
                raise BadField(f"{category}[{i}]", f"'{word}' is there twice, or empty")
            seen.add(word)
