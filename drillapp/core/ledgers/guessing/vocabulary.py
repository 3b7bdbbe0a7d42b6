"""The words of all kinds of ledgers together: which kinds know a word, and what it is worth in each."""

from __future__ import annotations

from functools import cache

from drillapp.core.kinds import KINDS
from drillapp.core.ledgers.layout import layout, plain_word, words_of
from drillapp.core.resources import load_toml

OFFICIAL = 2
"""The first words of a field are its official ones, Chinese and English."""
_SYNONYM = 0.4
QUANTITIES = ("quantity", "interval")
"""Types of fields that say how much there is, or ought to be."""


@cache
def users() -> dict[str, dict[str, float]]:
    """Word to the kinds that have it, each with what the word is worth in it: more as an official one."""
    found: dict[str, dict[str, float]] = {}
    for kind in KINDS:
        for word, (_field, rank) in words_of(layout(kind)).items():
            found.setdefault(word, {})[kind] = 1.0 if rank < OFFICIAL else _SYNONYM
    return found


@cache
def quantity_words() -> frozenset[str]:
    """What columns are called that say how much there is, or ought to be, in any kind."""
    names = [(kind, field.name) for kind in KINDS for field in layout(kind).field if field.type in QUANTITIES]
    return frozenset(
        word
        for kind, name in names
        for word, (field, _rank) in words_of(layout(kind)).items()
        if field == name
    )


@cache
def serial_words() -> frozenset[str]:
    """What columns are called that number the rows."""
    return frozenset(map(plain_word, load_toml("ledgers/guessing.toml")["serial"]))


def seldom(kind: str) -> frozenset[str]:
    """Required fields that real files of the kind hardly have: said for the file as a whole, or given by the office."""
    return frozenset(load_toml("ledgers/guessing.toml")["seldom"].get(kind, ()))
