"""What a value of a list looks like to people: in a table, a copy, a paper, a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from drillapp.core import enumerations
from drillapp.core.i18n import _
from drillapp.core.listing import Column
from drillapp.core.localtime import local_moment


def words(column: Column, value: Any) -> str:
    """A value as people read it; nothing for a value that is not there."""
    if value is None or value == "":
        return ""
    return _WORDS.get(column.type, _text)(column, value)


def number_words(value: float) -> str:
    """A number with thousands apart and at most three decimals."""
    return f"{value:,.3f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def is_right(column: Column) -> bool:
    """Whether a column stands at the right, as numbers do."""
    return column.type == "number"


def _text(_column: Column, value: Any) -> str:
    return str(value)


def _date(_column: Column, value: date | datetime) -> str:
    return value.isoformat()[:10]


def _moment(_column: Column, value: datetime) -> str:
    return local_moment(value).strftime("%Y-%m-%d %H:%M")


def _number(_column: Column, value: float) -> str:
    return number_words(value)


def _choice(column: Column, value: str) -> str:
    return _(", ").join(enumerations.label(column.enumeration, code) for code in value.split(","))


def _flag(_column: Column, value: bool) -> str:
    return _("yes") if value else ""


_WORDS: dict[str, Callable[[Column, Any], str]] = {
    "date": _date,
    "moment": _moment,
    "number": _number,
    "choice": _choice,
    "flag": _flag,
}
