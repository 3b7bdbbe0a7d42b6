"""What the cells of a column look like, whatever stands above them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from drillapp.core import enumerations
from drillapp.core.ledgers.cells import plain
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.shapes import Cell
from drillapp.core.ledgers.values import Column, Fault
from drillapp.core.ledgers.words import word
from drillapp.core.resources import load_toml

FEWEST = 3
"""So many cells it takes before what they look like says anything."""
_MOST = 0.8
_SAMPLE = 12
"""So many different cells are tried."""
_PHONE = re.compile(
    r"(?:\+?86[- ]?)?1[3-9X*][\dX*]{9}|1X{10}|(?:0\d{2,3}[- ]?)?[2-9]\d{6,7}(?:-\d{1,6})?", re.IGNORECASE
)
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")
_DIGITS = re.compile(r"[+-]?[\d,]+(?:\.\d+)?%?")
_PARTS = re.compile(r"[\s,;/|\u3001]+")


class Content:
    """The cells of one column below the header, as far as they are filled."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = tuple(cell for cell in cells if not isinstance(cell, str) or cell.strip())
        self._texts = tuple(map(plain, self.cells))
        self._distinct = list(dict.fromkeys(self.cells))[:_SAMPLE]
        self._fitting: dict[tuple[str, str], float] = {}

    @cached_property
    def looks(self) -> str:
        """What at least most of them are: phone, credit_code, range, date, serial, number, organisation, or ''."""
        return _looks(self._texts)

    def fitting(self, field: Field) -> float:
        """Which share of the cells (0 to 1) the field takes; 1 when there are too few to say."""
        if len(self.cells) < FEWEST or field.type == "text":
            return 1.0
        key = (field.type, field.enumeration)
        if key not in self._fitting:
            read = Column(field).read(self._distinct)
            self._fitting[key] = sum(not isinstance(value, Fault) for value in read) / len(read)
        return self._fitting[key]

    def are_words(self, enumeration: str) -> bool:
        """Whether nearly all cells are words of an enumeration."""
        if len(self.cells) < FEWEST or any(not isinstance(cell, str) for cell in self._distinct):
            return False
        known = [enumerations.parse(enumeration, text) is not None for text in map(plain, self._distinct)]
        return known[0] and sum(known) >= _MOST * len(known)


def is_value(cell: Cell) -> bool:
    """Whether a cell is a number, a date, a phone or a code, which hardly any header is."""
    if not isinstance(cell, str):
        return True
    text = plain(cell)
    return any(pattern.fullmatch(text) is not None for pattern in (_DIGITS, *_dates(), _PHONE, _CREDIT_CODE))


@cache
def _dates() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a date, perhaps with its time, and a range of dates look."""
    year, month, days = word("year"), word("month"), "".join(word("day"))
    ends, marks = (
        "|".join(map(re.escape, load_toml("ledgers/guessing.toml")["open_end"])),
        "".join(map(re.escape, load_toml("ledgers/guessing.toml")["until"])),
    )
    day = rf"(?:19|20)\d\d(?:\s*[-./]\s*\d{{1,2}}(?:\s*[-./]\s*\d{{1,2}})?|\s*{year}\s*\d{{1,2}}\s*{month}(?:\s*\d{{1,2}}\s*[{days}])?)"
    date = rf"{day}(?:[T\s]+\d{{1,2}}:\d\d(?::\d\d)?(?:\.\d+)?)?|(?:19|20)\d{{6}}"
    return re.compile(date), re.compile(rf"{day}\s*[-{marks}]+\s*(?:{day}|{ends})")


def _looks(texts: tuple[str, ...]) -> str:
    if len(texts) < FEWEST:
        return ""
    date, span = _dates()
    tests: tuple[tuple[str, Callable[[str], Any]], ...] = (
        ("credit_code", _CREDIT_CODE.fullmatch),
        ("phone", _is_phone),
        ("range", span.fullmatch),
        ("date", date.fullmatch),
    )
    for name, test in tests:
        if sum(1 for text in texts if test(text)) >= _MOST * len(texts):
            return name
    if _is_serial(texts):
        return "serial"
    if all(map(_DIGITS.fullmatch, texts)):
        return "number"
    return "organisation" if _are_organisations(texts) else ""


def _is_phone(text: str) -> bool:
    return all(_PHONE.fullmatch(part) for part in _PARTS.split(text) if part)


def _is_serial(texts: Sequence[str]) -> bool:
    """Whether they count on by one from row to row; gaps where rows were left empty do not matter."""
    if not all(text.isdecimal() and len(text) < 7 for text in texts):
        return False
    numbers = list(map(int, texts))
    steps = [after - before for before, after in pairwise(numbers)]
    return numbers[0] <= 1 and all(step == 1 for step in steps)


def _are_organisations(texts: Sequence[str]) -> bool:
    ends = tuple(load_toml("ledgers/guessing.toml")["organisations"])
    names = [re.sub(r"\([^()]*\)$", "", text) for text in texts]
    return sum(text.endswith(ends) for text in names) >= 0.6 * len(texts)
