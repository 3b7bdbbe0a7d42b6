"""What stands above the columns of a printed list: in English the names that JSON has, in Chinese words for them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from drillapp.core.i18n import language


def heads_of(names: Iterable[str], kind: str = "") -> list[str]:
    """The heads of columns; of a kind of ledger its own fields are called as in its file."""
    if language() == "en":
        return list(names)
    labels = _labels(kind) if kind else {}
    return [labels.get(name) or _words().get(name, name) for name in names]


def _labels(kind: str) -> dict[str, str]:
    from drillapp.core.ledgers.layout import layout

    return {field.name: field.label for field in layout(kind).field}


@cache
def _words() -> dict[str, str]:
    from drillapp.core.resources import load_toml

    words: dict[str, str] = load_toml("heads.toml")["zh_CN"]
    return words
