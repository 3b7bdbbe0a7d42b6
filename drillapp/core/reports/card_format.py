"""The sizes in which disposal cards are printed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.reports.page import MM


class CardFormat(msgspec.Struct, frozen=True):
    """One size of card and how many of it stand on a sheet; lengths in points."""

    name: str
    sheet: tuple[float, float]
    card: tuple[float, float]
    columns: int
    rows: int
    padding: float
    band: float
    """Height of the dark band with the title."""
    title: float
    """Size of the title; it may shrink to 70 %."""
    text: float
    """Largest size of the text."""
    smallest_text: float
    """The least size that can still be read on this card."""
    code: float
    """Side of the QR code."""
    leading: float
    """Distance of lines, times the size of the text."""
    gap: float
    """Extra distance after each step, times the size of the text."""

    def corners(self) -> Iterator[tuple[float, float]]:
        """The upper left corners of the cards on one sheet, row by row."""
        left = (self.sheet[0] - self.columns * self.card[0]) / 2
        top = self.sheet[1] - (self.sheet[1] - self.rows * self.card[1]) / 2
        for row in range(self.rows):
            for column in range(self.columns):
                yield left + column * self.card[0], top - row * self.card[1]


_A4 = (210 * MM, 297 * MM)
_A6 = (105 * MM, 148 * MM)
FORMATS = {
    "pocket": CardFormat(
        "pocket",
        _A4,
        (90 * MM, 65 * MM),
        2,
        4,
        padding=3.5 * MM,
        band=10 * MM,
        title=12.5,
        text=8.6,
        smallest_text=6.2,
        code=14 * MM,
        leading=1.3,
        gap=0.12,
    ),
    "a6": CardFormat(
        "a6",
        _A6,
        _A6,
        1,
        1,
        padding=7 * MM,
        band=15 * MM,
        title=18,
        text=13.5,
        smallest_text=7.5,
        code=20 * MM,
        leading=1.42,
        gap=0.45,
    ),
    "a4": CardFormat(
        "a4",
        _A4,
        _A4,
        1,
        1,
        padding=16 * MM,
        band=28 * MM,
        title=34,
        text=26,
        smallest_text=13,
        code=36 * MM,
        leading=1.45,
        gap=0.5,
    ),
}


def card_format(name: str) -> CardFormat:
    """The format of that name; raises InvalidInput for one that there is not."""
    if name not in FORMATS:
        message = _("There is no card size “{size}”; possible are {sizes}.")
        raise InvalidInput(message.format(size=name, sizes=", ".join(FORMATS)), field="size")
    return FORMATS[name]
