"""The indicators of a unit around a centre: now, and on an earlier day, or against others, as a dashed line."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Any

import msgspec

from drillapp.core.charts.figure import Figure
from drillapp.core.charts.shapes import Point
from drillapp.core.charts.sheet import SMALL, Sheet
from drillapp.core.charts.values import is_unsure, known, lines, missing, points

_RINGS = 4
_ABOVE, _BELOW = 36.0, 44.0
"""Room for the words above and below the web, in pixels."""
_MOST_BESIDE = 0.32
"""Part of the width that the words beside it may take on either side."""
_LEGEND = 22.0
_LINE = 14.0
"""From one line of a side's words to the next, in pixels."""
_NEAR = 12.0
"""So close to a point the mouse means it, in pixels."""


class Side(msgspec.Struct, frozen=True):
    """One side: values are shares of 0 to 1, None where nothing is known or nothing asked."""

    key: Any
    name: str
    value: float | None
    earlier: float | None = None
    """What it is compared with."""
    is_asked: bool = True
    confidence: float = 1.0
    """The share that is known of what is asked."""
    detail: str = ""
    """What the value comes from, for the hover."""


class Radar(Figure):
    """A spot is a side; the first one stands at the top."""

    least = (240.0, 210.0)

    def __init__(self, sides: Sequence[Side], *, now_words: str = "", earlier_words: str = "") -> None:
        """The words say what the whole and what the dashed line is."""
        self.sides = tuple(sides)
        self.now_words = now_words
        self.earlier_words = earlier_words
        self._is_compared = any(side.earlier is not None for side in self.sides)

    def count(self) -> int:
        return len(self.sides)

    def key(self, spot: int) -> Any:
        return self.sides[spot].key

    def words(self, spot: int) -> str:
        side = self.sides[spot]
        said = missing(side.is_asked) if side.value is None else points(side.value)
        detail = f" ({side.detail})" if side.detail else ""
        before = "" if side.earlier is None else f"{self.earlier_words}: {points(side.earlier)}"
        return lines(f"{side.name}: {said}{detail}", before, known(side.confidence))

    def summary(self) -> str:
        return "; ".join(self.words(place).replace("\n", ", ") for place in range(len(self.sides)))

    def draw(self, sheet: Sheet) -> None:
        if not self.sides:
            return
        legend = _LEGEND if self._is_compared else 0.0
        room = sheet.height - _ABOVE - _BELOW - legend
        lowest = max(0.0, *(-cos(2 * pi * place / len(self.sides)) for place in range(len(self.sides))))
        radius = max(30.0, min(sheet.width / 2 - self._beside(sheet), room / (1 + lowest)))
        centre = (sheet.width / 2, _ABOVE + radius + max(0.0, room - radius * (1 + lowest)) / 2)
        self._draw_web(sheet, centre, radius)
        if self._is_compared:
            found = [(place, side.earlier) for place, side in enumerate(self.sides)]
            self._draw_shape(sheet, centre, radius, found, is_now=False)
            self._draw_legend(sheet)
        self._draw_shape(
            sheet, centre, radius, [(i, side.value) for i, side in enumerate(self.sides)], is_now=True
        )
        for place, side in enumerate(self.sides):
            self._draw_side(sheet, centre, radius, place, side)

    def _beside(self, sheet: Sheet) -> float:
        """Room for the words on either side."""
        said = [
            text
            for side in self.sides
            for text in (side.name, missing(side.is_asked) if side.value is None else "")
        ]
        widest = max(sheet.measure(text, SMALL, False) for text in said)
        return min(widest + 16, sheet.width * _MOST_BESIDE)

    def _draw_web(self, sheet: Sheet, centre: Point, radius: float) -> None:
        places = range(len(self.sides))
        for ring in range(1, _RINGS + 1):
            sheet.outline([self._at(centre, radius * ring / _RINGS, place) for place in places], "border")
        for place, side in enumerate(self.sides):
            dash = (2.0, 4.0) if side.value is None else ()
            tone = "border_strong" if side.value is None else "border"
            sheet.line([centre, self._at(centre, radius, place)], tone, dash=dash)

    def _draw_shape(
        self,
        sheet: Sheet,
        centre: Point,
        radius: float,
        values: Sequence[tuple[int, float | None]],
        *,
        is_now: bool,
    ) -> None:
        """Through the sides that have a value: what is not known is not drawn as if it were zero."""
        corners = [self._at(centre, radius * value, place) for place, value in values if value is not None]
        if len(corners) < 2:
            return
        if is_now:
            sheet.outline(corners, "accent", 2.0, fill="accent", opacity=0.16)
        else:
            sheet.outline(corners, "muted", 1.4, dash=(5.0, 3.0))

    def _draw_side(self, sheet: Sheet, centre: Point, radius: float, place: int, side: Side) -> None:
        if side.value is not None:
            x, y = self._at(centre, radius * side.value, place)
            fill = "surface" if is_unsure(side.confidence) else "accent"
            sheet.dot(x, y, 3.2, fill, stroke="accent", thickness=1.6)
            sheet.spot(place, x - _NEAR, y - _NEAR, 2 * _NEAR, 2 * _NEAR)
        x, y = self._at(centre, radius + 10, place)
        across = x - centre[0]
        side_of = "centre" if abs(across) < radius * 0.2 else ("left" if across > 0 else "right")
        room = {"centre": sheet.width, "left": sheet.width - x, "right": x}[side_of] - 2
        is_known = side.value is not None
        names = _parted(sheet, side.name, room)
        said = [points(side.value)] if is_known else _parted(sheet, missing(side.is_asked), room)
        more = _LINE * (len(names) + len(said) - 2)
        # The lines stand above the corner at the top, below it at the bottom, beside it elsewhere.
        lift = (y - centre[1]) / radius
        y += -14 - more if lift < -0.9 else (8 if lift > 0.6 else -8 - more / 2)
        for number, name in enumerate(names):
            sheet.word(x, y + _LINE * number, room, name, "muted", side=side_of)
        for number, text in enumerate(said, len(names)):
            tone = "text" if is_known else "muted"
            sheet.word(x, y + 1 + _LINE * number, room, text, tone, bold=is_known, side=side_of)
        wide = min(room, max(sheet.measure(text, SMALL, True) for text in (*names, *said))) + 8
        start = {"centre": x - wide / 2, "left": x - 4, "right": x - wide + 4}[side_of]
        sheet.spot(place, start, y - 9, wide, 33 + more)

    def _draw_legend(self, sheet: Sheet) -> None:
        y = sheet.height - _LEGEND / 2
        widths = [sheet.measure(text, SMALL, False) for text in (self.now_words, self.earlier_words)]
        x = max(4.0, (sheet.width - sum(widths) - 2 * 28 - 20) / 2)
        sheet.line([(x, y), (x + 22, y)], "accent", 2.0)
        sheet.word(x + 28, y, sheet.width / 2 - 28, self.now_words, "muted")
        x += 28 + min(widths[0], sheet.width / 2 - 28) + 20
        sheet.line([(x, y), (x + 22, y)], "muted", 1.4, (5.0, 3.0))
        sheet.word(x + 28, y, sheet.width - x - 30, self.earlier_words, "muted")

    def _at(self, centre: Point, reach: float, place: int) -> Point:
        angle = 2 * pi * place / max(1, len(self.sides)) - pi / 2
        return centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)


def _parted(sheet: Sheet, text: str, room: float) -> list[str]:
    """A text on one line, or on two where one has not the room and there are words to part."""
    words = text.split(" ")
    if len(words) == 1 or sheet.measure(text, SMALL, False) <= room:
        return [text]
    parted = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    return list(min(parted, key=lambda pair: max(sheet.measure(half, SMALL, False) for half in pair)))
