"""The sheet on which a chart draws: it takes shapes, and notes which place belongs to which of the chart's spots."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from drillapp.core.charts.shapes import Box, Cells, Dot, Hatch, Line, Point, Shape, Word

SMALL, BODY = 12.0, 13.0
"""Sizes of text, in pixels."""
SMALLEST = 9.0
"""To this a text is set smaller before it is cut."""
Measure = Callable[[str, float, bool], float]
"""How wide a text is, in pixels: the text, its size, whether it is bold."""
_DOTS = "…"


class Spot(msgspec.Struct, frozen=True, gc=False):
    """A place that belongs to the bar, cell or point with that number."""

    number: int
    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is in it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


class Sheet:
    """Shapes in the order in which they are painted, and spots; the later spot lies above the earlier."""

    def __init__(self, width: float, height: float, measure: Measure) -> None:
        self.width = width
        self.height = height
        self.measure = measure
        self.shapes: list[Shape] = []
        self.spots: list[Spot] = []

    def spot(self, number: int, x: float, y: float, width: float, height: float) -> None:
        """Note that this place belongs to the chart's spot of that number."""
        self.spots.append(Spot(number, x, y, width, height))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str = "",
        *,
        stroke: str = "",
        radius: float = 0.0,
        thickness: float = 1.0,
    ) -> None:
        """A rectangle."""
        self.shapes.append(Box(x, y, width, height, fill, stroke, radius, thickness))

    def line(
        self, points: Sequence[Point], tone: str, thickness: float = 1.0, dash: tuple[float, ...] = ()
    ) -> None:
        """A line through points."""
        self.shapes.append(Line(tuple(points), tone, thickness, dash))

    def outline(
        self,
        points: Sequence[Point],
        tone: str,
        thickness: float = 1.0,
        *,
        fill: str = "",
        opacity: float = 1.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A closed line through points; without a tone only what it fills."""
        self.shapes.append(Line(tuple(points), tone, thickness, dash, True, fill, opacity))

    def dot(
        self, x: float, y: float, radius: float, fill: str, *, stroke: str = "", thickness: float = 1.0
    ) -> None:
        """A circle."""
        self.shapes.append(Dot(x, y, radius, fill, stroke, thickness))

    def hatch(self, x: float, y: float, width: float, height: float, tone: str) -> None:
        """Slanting lines over a rectangle."""
        self.shapes.append(Hatch(x, y, width, height, tone))

    def cells(
        self, place: Point, column_width: float, row_height: float, columns: int, tones: Sequence[str]
    ) -> None:
        """A field of cells without words, from its upper left corner."""
        self.shapes.append(Cells(*place, column_width, row_height, columns, tuple(tones)))

    def word(
        self,
        x: float,
        y: float,
        room: float,
        text: str,
        tone: str = "text",
        *,
        size: float = SMALL,
        bold: bool = False,
        side: str = "left",
        shrinks: bool = False,
    ) -> None:
        """One line at x, its middle at y, shortened where it is wider than the room; set smaller first if it `shrinks`."""
        while shrinks and size > SMALLEST and self.measure(text, size, bold) > room:
            size -= 1
        shown = self.shortened(text, room, size, bold)
        if shown:
            self.shapes.append(Word(x, y, shown, tone, size, bold, side))

    def lines(
        self,
        x: float,
        y: float,
        room: float,
        text: str,
        tone: str = "text",
        *,
        size: float = SMALL,
        bold: bool = False,
    ) -> None:
        """A text around its middle, on two lines where one has not the room, and smaller where a word has not."""
        while size > SMALLEST and text.isascii() and self._widest_word(text, size, bold) > room:
            size -= 1
        first, second = self._halves(text, room, size, bold)
        gap = size * 0.62 if second else 0.0
        self.word(x, y - gap, room, first, tone, size=size, bold=bold, side="centre")
        self.word(x, y + gap, room, second, tone, size=size, bold=bold, side="centre")

    def shortened(self, text: str, room: float, size: float = SMALL, bold: bool = False) -> str:
        """The text, or as much of it as there is room for, with three dots behind it."""
        if self.measure(text, size, bold) <= room:
            return text
        length, most = 0, len(text)
        while length < most:
            middle = (length + most + 1) // 2
            if self.measure(text[:middle].rstrip() + _DOTS, size, bold) <= room:
                length = middle
            else:
                most = middle - 1
        return text[:length].rstrip() + _DOTS if length else ""

    def _widest_word(self, text: str, size: float, bold: bool) -> float:
        return max(self.measure(word, size, bold) for word in text.split(" "))

    def _halves(self, text: str, room: float, size: float, bold: bool) -> tuple[str, str]:
        """The text in one line or two: between words where it has some, else where the room ends."""
        if self.measure(text, size, bold) <= room:
            return text, ""
        words = text.split(" ")
        if len(words) > 1:
            most = max(
                1, *(i for i in range(len(words)) if self.measure(" ".join(words[:i]), size, bold) <= room)
            )
            return " ".join(words[:most]), " ".join(words[most:])
        if text.isascii():
            return text, ""  # a word is cut rather than broken
        half = max(1, *(i for i in range(len(text)) if self.measure(text[:i], size, bold) <= room))
        return text[:half], text[half:]
