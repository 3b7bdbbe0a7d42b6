"""What may come of a cell besides its value, and a cell in its simplest form."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from msgspec import UNSET

from drillapp.core.i18n import _
from drillapp.core.ledgers.as_shown import cell_text
from drillapp.core.ledgers.date_order import Unordered
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.shapes import Cell
from drillapp.core.ledgers.words import nothing

INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))
LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")


class Fault:
    """Why a cell's content cannot be the field's value."""

    __slots__ = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.message!r})"


class Unclear(Fault):
    """A cell that cannot be the field's value unless the rest of its column says how to read it."""

    __slots__ = ("found",)

    def __init__(self, message: str, found: Unordered) -> None:
        super().__init__(message)
        self.found = found


class Told(NamedTuple):
    """A value whose reading is worth a word."""

    value: Any
    message: str


def plain(cell: Cell) -> str:
    """The cell as text in its simplest form: half-width, without spaces around and invisible characters."""
    text = cell_text(cell)
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text.translate(INVISIBLE)).strip()


def is_nothing(cell: Cell) -> bool:
    """Whether a cell is empty, or holds what people write for nothing."""
    text = plain(cell).casefold()
    return not text or text in nothing()


def empty(field: Field) -> Any:
    """What an empty cell is to a field."""
    return Fault(_("Must not be empty.")) if field.required else UNSET


def refused(cell: Cell, message: str) -> Fault:
    """The refusal of a cell, which says so where it holds a formula."""
    text = cell_text(cell).strip()
    if text[:1] in ("=", "@", "+") or re.match(r"-\s*\D", text):
        return Fault(_("A formula is not accepted here: enter its result. {allowed}").format(allowed=message))
    return Fault(message)
