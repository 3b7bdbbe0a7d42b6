"""Codes that a spreadsheet shows with leading zeros but holds as numbers: format 000, 7 shown as 007.

Who sees 007 means 007; the number alone would silently be another code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from drillapp.core.confined.refusals import uncertain
from drillapp.core.ledgers.hidden import column_number

_ZEROS = re.compile(r"(0{2,20})(?:;@|;0+|_ ?)*")
# Within an element all is looked for ahead, which is not tried again: so a hostile text takes no longer than others.
_GENERAL = (
    r"<(?:\w+:)?c\s(?=[^<>]*\bs=\"(%s)\")(?![^<>]*\bt=\"[^n])"
    r"(?:(?=[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']))?+[^<>]*>"
)
_VALUE = r"\s*(?:<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>(\d{1,15})</"

Padding = dict[bytes, int]
"""The number of a cell's style to how many digits it shows at least."""


def zeros(number_format: str) -> int:
    """How many digits a format shows at least, when it shows nothing but digits; 0 for other formats."""
    found = _ZEROS.fullmatch(number_format)
    return len(found[1]) if found else 0


def padding(styles: Element) -> Padding:
    """The styles of an .xlsx file that show leading zeros."""
    widths: dict[str, int] = {}
    for node in styles.iter():
        if node.tag.endswith("}numFmt") and (width := zeros(node.get("formatCode", ""))):
            widths[node.get("numFmtId", "")] = width
    formats = next((node for node in styles if node.tag.endswith("}cellXfs")), ())
    return {
        str(number).encode(): widths[node.get("numFmtId", "")]
        for number, node in enumerate(formats)
        if node.get("numFmtId", "") in widths
    }


def pattern(padding: Padding) -> re.Pattern[bytes]:
    """What finds the cells with these styles."""
    return re.compile((_GENERAL % "|".join(style.decode() for style in padding) + _VALUE).encode())


def padded(
    path: Path, text: bytes, cells: re.Pattern[bytes], padding: Padding
) -> Iterator[tuple[int, int, str]]:
    """Row (from 1), column (from 0) and what is shown of each cell in a piece of a sheet that shows more than its number.

    Raises InvalidInput for such a cell that does not say where it stands.
    """
    for style, letters, row, digits in cells.findall(text):
        width = padding[style]
        if len(digits) < width:
            if not letters:
                raise uncertain(path)
            yield int(row), column_number(letters), digits.decode().zfill(width)


class LeadingZeros:
    """Puts the zeros back into the columns of a sheet, a block at a time."""

    def __init__(self, cells: Sequence[tuple[int, int, str]], columns: Collection[int]) -> None:
        self._shown: dict[int, dict[int, str]] = {}
        for row, column, text in cells:
            if column in columns:
                self._shown.setdefault(column, {})[row] = text
        self._above: dict[int, Any] = {}
        """By column what the last cell shows, for those that are merged with it."""

    def restore(self, column: int, cells: list[Any], first_row: int, filled: Set[tuple[int, int]]) -> None:
        """Change the cells of a column from `first_row` on to what they show."""
        shown = self._shown.get(column)
        if not shown:
            return
        above = self._above.get(column)
        for offset, cell in enumerate(cells):
            row = first_row + offset
            above = shown.get(row) or (above if above and (row, column) in filled else cell)
            cells[offset] = above
        self._above[column] = above
