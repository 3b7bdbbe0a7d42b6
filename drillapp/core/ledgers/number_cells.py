"""From what stands in a cell to the number or quantity that a field means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from drillapp.core.i18n import _
from drillapp.core.ledgers.cells import Fault, Told, empty, is_nothing, plain, refused
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.shapes import Cell
from drillapp.core.ledgers.words import word
from drillapp.core.supplies.quantities import read_interval, read_measured

_GROUPED = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")


def read_number(field: Field, cell: Cell) -> Any:
    """A number of at most three decimals; a word behind it that says what the field counts may be there."""
    if not isinstance(cell, str):
        return _limited(cell)
    text = plain(cell)
    if is_nothing(text):
        return empty(field)
    if _GROUPED.fullmatch(text):
        return _limited(_float(text))
    counted = _counted(field).fullmatch(text)
    if counted is None:
        return refused(cell, _what_is_wrong(text))
    return _worth(field, text, counted)


def read_integer(field: Field, cell: Cell) -> Any:
    """A number without decimals."""
    value = read_number(field, cell)
    number = value.value if isinstance(value, Told) else value
    is_fraction = isinstance(value, Fault) and isinstance(cell, float) and abs(cell) < 1e12
    return Fault(_("Must be a whole number.")) if isinstance(number, float) or is_fraction else value


def read_quantity(field: Field, cell: Cell) -> Any:
    """A number, or one with its unit of measure, which only the item can tell what it is worth."""
    if not isinstance(cell, str) or _is_number(field, cell):
        return read_number(field, cell)
    measured = read_measured(plain(cell))
    if measured is None or _is_money(plain(cell)):
        message = _("Must be a number, such as 12 or 0.5, perhaps with its unit of measure.")
        return refused(cell, _what_is_wrong(plain(cell), message))
    within = _limited(measured.number)
    return within if isinstance(within, Fault) else measured


def read_quantity_or_interval(field: Field, cell: Cell) -> Any:
    """A quantity, or from least to most as standards have it."""
    if not isinstance(cell, str) or _is_number(field, cell):
        return read_number(field, cell)
    found = read_interval(plain(cell))
    if found is not None:
        faults = [value for value in map(_limited, (found.least, found.most)) if isinstance(value, Fault)]
        return faults[0] if faults else found
    value = read_quantity(field, cell)
    if isinstance(value, Fault):
        return refused(cell, _("Must be a number, or an interval such as 1500-3000."))
    return value


def _is_number(field: Field, cell: str) -> bool:
    return is_nothing(cell) or bool(_counted(field).fullmatch(plain(cell)))


def _limited(number: float) -> Any:
    if not abs(number) < 1e12:
        return Fault(_("The number is too large."))
    rounded = round(number, 3)
    if abs(rounded - number) > 1e-9 * max(1.0, abs(number)):
        return Fault(_("At most three decimals."))
    return int(rounded) if rounded == int(rounded) else rounded


def _worth(field: Field, text: str, counted: re.Match[str]) -> Any:
    """The number that one with words behind it means, told where it is not simply the number."""
    factor = word("myriads").get(counted["myriad"], 1) * _units(field.name).get(counted["unit"] or "", 1)
    value = _limited(round(_float(counted["number"]) * factor, 6))
    if isinstance(value, Fault) or factor == 1:
        return value
    return Told(value, _("'{text}' is read as {number}.").format(text=text, number=value))


def _what_is_wrong(text: str, otherwise: str = "") -> str:
    if _SCIENTIFIC.fullmatch(text):
        return _("A number that the spreadsheet has shortened: write all of its digits.")
    if text.endswith("%"):
        return _("A percentage is not what is counted here: write the number itself.")
    if _is_money(text):
        return _("An amount of money is not what is counted here: write the number itself.")
    return otherwise or _("Must be a number, such as 12 or 0.5.")


def _is_money(text: str) -> bool:
    return text.startswith(tuple(word("currencies"))) or text.endswith(tuple(word("money")))


def _units(name: str) -> Mapping[str, int]:
    """The words that may stand behind a field's number, each with how many of the field's own unit it is."""
    counted: dict[str, dict[str, int]] = word("counted")
    for end, units in counted.items():
        if name == end or (end.startswith("_") and name.endswith(end)):
            return units
    return {}


@cache
def _counted(field: Field) -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(_units(field.name), key=len, reverse=True))) or "(?!)"
    myriads = "|".join(map(re.escape, word("myriads")))
    return re.compile(
        rf"(?P<number>{_GROUPED.pattern})\s*(?P<myriad>{myriads})?\s*(?P<unit>{units})?", re.IGNORECASE
    )


def _float(text: str) -> float:
    return float(text.replace(",", ""))
