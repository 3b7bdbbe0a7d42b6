"""Which columns a ledger of a kind has, and which header words mean which of them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

import msgspec

from drillapp.core.i18n import language
from drillapp.core.resources import load_toml

FieldType = Literal[
    "text",
    "date",
    "moment",
    "number",
    "integer",
    "flag",
    "choice",
    "list",
    "quantity",
    "interval",
    "expiry",
    "production",
]
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NOT_LETTERS = re.compile(r"[\s*★_:\-]+")


class Field(msgspec.Struct, frozen=True, cache_hash=True):
    """One column of a ledger; `headers` begins with the official Chinese word and the English one."""

    name: str
    type: FieldType
    headers: tuple[str, ...]
    enumeration: str = ""
    open: bool = False
    """Words outside the enumeration are passed on, since the office may extend it."""
    required: bool = False
    key: bool = False
    multiline: bool = False
    single: bool = False
    """Where it is empty the usual is meant, and never what stands in the row above."""

    @property
    def label(self) -> str:
        """The header that export writes, in the language spoken now."""
        return self.headers[0 if language() == "zh_CN" else 1]


class Span(msgspec.Struct, frozen=True):
    """Two dates that real ledgers write in one column, as from and to."""

    first: str
    last: str
    headers: tuple[str, ...]


class Layout(msgspec.Struct, frozen=True):
    """The columns of a kind of ledger, key first."""

    label: dict[str, str]
    field: tuple[Field, ...]
    span: tuple[Span, ...] = ()

    @property
    def title(self) -> str:
        """What the ledger is called, in the language spoken now."""
        return self.label[language()]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(field.name for field in self.field)


@cache
def layout(kind: str) -> Layout:
    """The layout of a kind of ledger (resources/ledgers/<kind>.toml)."""
    return msgspec.convert(load_toml(f"ledgers/{kind}.toml"), Layout)


def words_of(layout: Layout) -> dict[str, tuple[str, int]]:
    """Each word that a header may be, in its plain form: its field, and how far down the field's list it stands."""
    return _words_of(layout.field)


@cache
def _words_of(fields: tuple[Field, ...]) -> dict[str, tuple[str, int]]:
    words: dict[str, tuple[str, int]] = {}
    for field in fields:
        words[plain_word(field.name)] = (field.name, 0)
    for field in fields:
        for rank, header in enumerate(field.headers):
            words.setdefault(plain_word(header), (field.name, rank))
    return words


@lru_cache(maxsize=4096)
def plain_word(header: str) -> str:
    """A header in the form in which headers are compared: half-width, without case, spaces and stars."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", header).casefold())
