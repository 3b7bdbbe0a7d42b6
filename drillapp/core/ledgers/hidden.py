"""What the XML of an .xlsx sheet says besides its cells: hidden rows and columns, and which cells are merged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drillapp.core.ledgers.shapes import Merged

LAST_COLUMN = 16_383
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="(\d{1,7})"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_FROM, _TO = re.compile(rb'\bmin="(\d{1,5})"'), re.compile(rb'\bmax="(\d{1,5})"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def rows(text: bytes) -> Iterator[int]:
    """The hidden ones (from 1) among the rows of this piece of a sheet."""
    if b"hidden=" in text:
        for found in _HIDDEN_ROW.finditer(text):
            yield int(found[1])


def columns(text: bytes) -> set[int]:
    """The hidden columns (from 0); they stand before the rows."""
    hidden: set[int] = set()
    for found in _COLUMN.finditer(text):
        if len(hidden) > LAST_COLUMN:
            break
        first, last = _FROM.search(found[1]), _TO.search(found[1])
        if first and last and _HIDDEN.search(found[1]):
            hidden.update(range(int(first[1]) - 1, min(int(last[1]) - 1, LAST_COLUMN) + 1))
    return hidden


def merged(text: bytes) -> Iterator[Merged]:
    """The merged cells; they stand behind the rows."""
    for found in _MERGED.finditer(text) if b"mergeCell" in text else ():
        yield Merged(int(found[2]), column_number(found[1]), int(found[4]), column_number(found[3]))


def column_number(letters: bytes) -> int:
    """The position, from 0, of a column that a spreadsheet calls by letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
