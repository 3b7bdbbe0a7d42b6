"""What a chart is made of. Places are in pixels of 1/96 inch, from the upper left corner; tones are names of colours."""

from __future__ import annotations

from functools import lru_cache

import msgspec

Point = tuple[float, float]


class Box(msgspec.Struct, frozen=True, gc=False):
    """A rectangle, filled, outlined or both."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    radius: float = 0.0
    thickness: float = 1.0


class Line(msgspec.Struct, frozen=True):
    """A line through points, or, when closed, an outline that may be filled."""

    points: tuple[Point, ...]
    tone: str
    thickness: float = 1.0
    dash: tuple[float, ...] = ()
    """Lengths of stroke and gap in turn; none for a whole line."""
    is_closed: bool = False
    fill: str = ""
    opacity: float = 1.0
    """Of the fill."""


class Dot(msgspec.Struct, frozen=True, gc=False):
    """A circle."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    thickness: float = 1.0


class Hatch(msgspec.Struct, frozen=True, gc=False):
    """A rectangle covered by slanting lines."""

    x: float
    y: float
    width: float
    height: float
    tone: str


class Cells(msgspec.Struct, frozen=True):
    """A closed field of cells too low for words: their tones row by row; HATCHED ones are striped, empty ones left out."""

    x: float
    y: float
    column_width: float
    row_height: float
    columns: int
    tones: tuple[str, ...]


class Word(msgspec.Struct, frozen=True, gc=False):
    """One line of text in the middle of a height."""

    x: float
    """Of its left end, its middle or its right end, as `side` says."""
    y: float
    """Of the middle of its line."""
    text: str
    tone: str
    size: float
    is_bold: bool
    side: str
    """`left`, `centre` or `right`."""


Shape = Box | Line | Dot | Hatch | Cells | Word

HATCHED = "hatched"
"""Stands for the tone of a cell that is hatched."""
HATCH_STEP = 6.0
"""From one slanting line to the next."""


@lru_cache(maxsize=256)
def hatch_lines(width: float, height: float) -> tuple[tuple[Point, Point], ...]:
    """The slanting lines of a rectangle whose upper left corner is at 0, 0."""
    found = []
    reach = HATCH_STEP / 2
    while reach < width + height:
        start = (reach, 0.0) if reach <= width else (width, reach - width)
        end = (0.0, reach) if reach <= height else (reach - height, height)
        found.append((start, end))
        reach += HATCH_STEP
    return tuple(found)
