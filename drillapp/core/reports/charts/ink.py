"""The colours and strokes that all charts share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.page import Block

Colour = tuple[float, float, float]

# One hue in steps of lightness: grey print and colour-blind eyes keep the order.
INK: Colour = (0.12, 0.15, 0.20)
FAINT: Colour = (0.82, 0.84, 0.87)
TRACK: Colour = (0.94, 0.95, 0.96)
ACCENT: Colour = (0.13, 0.36, 0.60)
WASH: Colour = (0.80, 0.88, 0.95)
SECOND: Colour = (0.42, 0.45, 0.50)

SIZE = 9.5


class Series(msgspec.Struct, frozen=True):
    """Named values, one for each label of the chart; None where there is no value."""

    name: str
    values: tuple[float | None, ...]


class Chart:
    """A drawing of fixed height that stays whole."""

    keep_with_next = 0.0

    def __init__(self, fonts: Fonts, height: float) -> None:
        self.fonts = fonts
        self._height = height

    def height(self, width: float) -> float:
        """Points that it takes."""
        return self._height

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """A chart stays whole unless it says otherwise."""
        return None

    def write(
        self, canvas: Any, x: float, y: float, text: str, align: str = "left", size: float = SIZE
    ) -> None:
        """A word at its baseline, `left` of, `centre`d on or `right` at x."""
        canvas.setFillColorRGB(*INK)
        canvas.setFont(self.fonts.sans, size)
        draw = {
            "left": canvas.drawString,
            "centre": canvas.drawCentredString,
            "right": canvas.drawRightString,
        }
        draw[align](x, y, text)


def figure(value: float | None) -> str:
    """A value as charts show it: to one decimal, none where it is whole, a dash where there is none."""
    if value is None:
        return "—"
    return f"{value:.1f}".removesuffix(".0")


def trace(
    canvas: Any, points: Sequence[tuple[float, float]], *, close: bool = False, fill: bool = False
) -> None:
    """A line through the points with the stroke and fill that are set."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if close:
        path.close()
    canvas.drawPath(path, stroke=1, fill=int(fill))
