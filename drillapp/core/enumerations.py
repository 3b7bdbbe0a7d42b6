"""The closed lists of the trade (kinds, tiers, ratings ...) with their words in both languages."""

from __future__ import annotations

import unicodedata
from functools import cache

from drillapp.core.i18n import language
from drillapp.core.resources import load_toml


def codes(enumeration: str) -> list[str]:
    """The codes of a list in their usual order."""
    return list(load_toml("enumerations.toml")[enumeration])


def label(enumeration: str, code: str | None) -> str:
    """The word for a code in the language spoken now; empty for None, the code itself when unknown."""
    if code is None:
        return ""
    entry = load_toml("enumerations.toml")[enumeration].get(code)
    if entry is None:
        return code
    return str(entry["zh"] if language() == "zh_CN" else entry["en"])


def parse(enumeration: str, text: str) -> str | None:
    """The code for a code, an English or a Chinese word, or None when there is none."""
    return _words(enumeration).get(_plain(text))


@cache
def _words(enumeration: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for code, entry in load_toml("enumerations.toml")[enumeration].items():
        for word in (code, entry["zh"], entry["en"], *entry.get("also", ())):
            words.setdefault(_plain(word), code)
    return words


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold().replace(" ", "_")
