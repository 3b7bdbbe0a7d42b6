"""The sizes in which disposal cards are printed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.reports.page import MM


class CardFormat(msgspec.Struct, frozen=True, kw_only=True):
    """One size of card and how many of it stand on a sheet; lengths in points."""

    name: str
    sheet: tuple[float, float]
    face: tuple[float, float]
    faces: int = 1
    """Two for a card with a front and a back."""
    is_duplex: bool = False
    """The backs stand on the next page, for a printer that turns the sheet at its long edge; else beside the fronts."""
    columns: int = 1
    rows: int = 1
    padding: float
    gutter: float = 0.0
    """Between two columns of text; 0 for one column."""
    title: float
    """Largest size of the title, below that of the first action; it may shrink to 70 %, as may unit and post."""
    owner: float
    first: float
    """Largest size of the first action, and the smallest."""
    smallest_first: float
    text: float
    """Largest size of all other text."""
    smallest_text: float
    """The least size that can still be read on this card."""
    foot: float
    code: float
    """Side of the QR code."""
    code_version: int
    """The largest QR code whose modules are still wide enough in that side."""
    leading: float = 1.3
    """Distance of lines, times the size of the text; as are the gaps."""
    group_gap: float = 0.55
    entry_gap: float = 0.12
    runs_on: bool = False
    """There is little room: the word of a group stands in its first line, short lists in one paragraph."""

    @property
    def card(self) -> tuple[float, float]:
        """What is cut out: both faces where they stand beside each other."""
        across = self.faces if not self.is_duplex else 1
        return self.face[0] * across, self.face[1]

    @property
    def places(self) -> int:
        """How many cards a sheet has."""
        return self.columns * self.rows

    def corners(self) -> Iterator[tuple[float, float]]:
        """The upper left corners of the cards on one sheet, row by row."""
        left = (self.sheet[0] - self.columns * self.card[0]) / 2
        top = self.sheet[1] - (self.sheet[1] - self.rows * self.card[1]) / 2
        for row in range(self.rows):
            for column in range(self.columns):
                yield left + column * self.card[0], top - row * self.card[1]

    def back_corner(self, corner: tuple[float, float]) -> tuple[float, float]:
        """Where the back of the card stands whose front has this corner."""
        if self.is_duplex:
            return self.sheet[0] - corner[0] - self.face[0], corner[1]
        return corner[0] + self.face[0], corner[1]


_A4 = (210 * MM, 297 * MM)
_A6 = (105 * MM, 148 * MM)
_A3 = (297 * MM, 420 * MM)
_POCKET = CardFormat(
    name="pocket",
    sheet=_A4,
    face=(85.6 * MM, 54 * MM),  # ISO/IEC 7810 ID-1: what fits into a badge holder
    faces=2,
    rows=5,
    padding=2.4 * MM,
    title=8.8,
    owner=6.2,
    first=13,
    smallest_first=9,
    text=8,
    smallest_text=5.5,
    foot=5.2,
    code=22 * MM,
    code_version=12,
    leading=1.2,
    group_gap=0.3,
    entry_gap=0.08,
    runs_on=True,
)
_WALL_A3 = CardFormat(
    name="a3",
    sheet=_A3,
    face=_A3,
    padding=18 * MM,
    title=36,
    owner=24,
    first=64,
    smallest_first=40,
    text=34,
    smallest_text=15,
    foot=14,
    code=56 * MM,
    code_version=22,
)
_LANDSCAPE = (_A3[1], _A3[0])
TURNED = {
    "a3": msgspec.structs.replace(_WALL_A3, sheet=_LANDSCAPE, face=_LANDSCAPE, gutter=14 * MM),
}
"""The sizes that are turned where the text can then be larger."""
FORMATS = {
    each.name: each
    for each in (
        _POCKET,
        msgspec.structs.replace(_POCKET, name="pocket_duplex", is_duplex=True, columns=2),
        CardFormat(
            name="a6",
            sheet=_A6,
            face=_A6,
            padding=5.5 * MM,
            title=12.5,
            owner=9,
            first=22,
            smallest_first=13,
            text=12.5,
            smallest_text=6.2,
            foot=6.2,
            code=26 * MM,
            code_version=15,
        ),
        CardFormat(
            name="a4",
            sheet=_A4,
            face=_A4,
            padding=13 * MM,
            title=25,
            owner=17,
            first=44,
            smallest_first=27,
            text=25,
            smallest_text=11,
            foot=10.5,
            code=42 * MM,
            code_version=20,
        ),
        _WALL_A3,
    )
}


def card_format(name: str) -> CardFormat:
    """The format of that name; raises InvalidInput for one that there is not."""
    if name not in FORMATS:
        message = _("There is no card size “{size}”; possible are {sizes}.")
        raise InvalidInput(message.format(size=name, sizes=", ".join(FORMATS)), field="size")
    return FORMATS[name]
