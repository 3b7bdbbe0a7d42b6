"""Writing a chart's shapes into a PDF, in the colours of paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from drillapp.core.charts.shapes import HATCHED, Box, Cells, Dot, Hatch, Line, Shape, Word, hatch_lines
from drillapp.core.charts.tones import PAPER, chart_tones
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.text import text_width

SCALE = 0.75
"""Points for each pixel of a chart."""
_MIDDLE = 0.36
"""From the middle of a line of words down to its baseline, as a part of their size."""
_STRIPES = 8


class Pen:
    """Draws with the canvas of reportlab, whose heights count upwards."""

    def __init__(self, canvas: Any, fonts: Fonts) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._tones = {name: _parts(value) for name, value in chart_tones(PAPER).items()}

    def draw(self, shapes: Iterable[Shape], left: float, top: float) -> None:
        """Draw these, their upper left corner at that place of the page, in points."""
        self._canvas.saveState()
        self._canvas.translate(left, top)
        self._canvas.scale(SCALE, SCALE)
        self._canvas.setLineJoin(1)
        for shape in shapes:
            _DRAWING[type(shape)](self, shape)
        self._canvas.restoreState()

    def measure(self, text: str, size: float, bold: bool) -> float:
        """How wide a text is, in pixels of the chart."""
        return text_width(text, self._font(bold), size)

    def _font(self, bold: bool) -> str:
        return self._fonts.bold if bold else self._fonts.sans

    def _ready(self, fill: str, stroke: str, thickness: float = 1.0) -> dict[str, int]:
        """Set colours and width; says to reportlab what is filled and what stroked."""
        if fill:
            self._canvas.setFillColorRGB(*self._tones[fill])
        if stroke:
            self._canvas.setStrokeColorRGB(*self._tones[stroke])
            self._canvas.setLineWidth(thickness)
        return {"fill": int(bool(fill)), "stroke": int(bool(stroke))}

    def box(self, shape: Box) -> None:
        """A rectangle."""
        what = self._ready(shape.fill, shape.stroke, shape.thickness)
        place = (shape.x, -shape.y - shape.height, shape.width, shape.height)
        if shape.radius:
            radius = min(shape.radius, shape.width / 2, shape.height / 2)
            self._canvas.roundRect(*place, radius, **what)
        else:
            self._canvas.rect(*place, **what)

    def line(self, shape: Line) -> None:
        """A line, or an outline with what it holds."""
        if not shape.points:
            return
        what = self._ready(shape.fill, shape.tone, shape.thickness)
        self._canvas.setDash(*([list(shape.dash)] if shape.dash else [[], 0]))
        self._canvas.setFillAlpha(shape.opacity)
        path = self._canvas.beginPath()
        path.moveTo(shape.points[0][0], -shape.points[0][1])
        for x, y in shape.points[1:]:
            path.lineTo(x, -y)
        if shape.is_closed:
            path.close()
        self._canvas.drawPath(path, **what)
        self._canvas.setFillAlpha(1)
        self._canvas.setDash([], 0)

    def dot(self, shape: Dot) -> None:
        """A circle."""
        what = self._ready(shape.fill, shape.stroke, shape.thickness)
        self._canvas.circle(shape.x, -shape.y, shape.radius, **what)

    def hatch(self, shape: Hatch) -> None:
        """Slanting lines."""
        self._ready("", shape.tone)
        lines = hatch_lines(shape.width, shape.height)
        self._canvas.lines(
            [(shape.x + x1, -shape.y - y1, shape.x + x2, -shape.y - y2) for (x1, y1), (x2, y2) in lines]
        )

    def cells(self, shape: Cells) -> None:
        """A field of cells."""
        for place, tone in enumerate(shape.tones):
            row, column = divmod(place, shape.columns)
            x, y = shape.x + column * shape.column_width, -shape.y - (row + 1) * shape.row_height
            if tone == HATCHED:
                strip = shape.column_width / _STRIPES
                self._ready("faint", "")
                for stripe in range(0, _STRIPES, 2):
                    self._canvas.rect(x + stripe * strip, y, strip, shape.row_height, stroke=0, fill=1)
            elif tone:
                self._ready(tone, "")
                self._canvas.rect(x, y, shape.column_width, shape.row_height, stroke=0, fill=1)

    def word(self, shape: Word) -> None:
        """A line of words."""
        self._canvas.setFillColorRGB(*self._tones[shape.tone])
        self._canvas.setFont(self._font(shape.is_bold), shape.size)
        canvas = self._canvas
        write = {
            "left": canvas.drawString,
            "centre": canvas.drawCentredString,
            "right": canvas.drawRightString,
        }
        write[shape.side](shape.x, -shape.y - shape.size * _MIDDLE, shape.text)


_DRAWING: dict[type, Callable[[Pen, Any], None]] = {
    Box: Pen.box,
    Line: Pen.line,
    Dot: Pen.dot,
    Hatch: Pen.hatch,
    Cells: Pen.cells,
    Word: Pen.word,
}


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue
