"""Lines of the stock ledger as people and files name them: DOCUMENT/LINE."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, Text, cast, select

from drillapp.core.database.base import table_of
from drillapp.core.supplies.model import Movement

# Made once: an alias is dear to make, and these stand in statements of every booking.
_NAMED = table_of(Movement).alias("named")
_REVERSAL = table_of(Movement).alias("reversal")
_NAME = re.compile(r"(.+)/([1-9][0-9]{0,8})")


class LineName(NamedTuple):
    """A line of a document."""

    document: str
    line: int

    def __str__(self) -> str:
        return f"{self.document}/{self.line}"


def read_line_name(text: str) -> LineName | None:
    """The line that a text names, or None when it is no such name."""
    match = _NAME.fullmatch(text.strip())
    return None if match is None else LineName(match[1].strip(), int(match[2]))


def named_line(key: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """The name of the line with this key."""
    name = _NAMED.c.document.concat("/").concat(cast(_NAMED.c.line, Text))
    return select(name).where(_NAMED.c.id == key).scalar_subquery()


def is_reversed(key: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Whether a further line takes back the one with this key."""
    return select(_REVERSAL.c.id).where(_REVERSAL.c.reverses_id == key).exists()
