"""A chart in the flow of a paper."""

from __future__ import annotations

from typing import Any

from drillapp.core.charts.figure import Figure, RowsFigure
from drillapp.core.charts.sheet import Sheet
from drillapp.core.reports.charts.pen import SCALE, Pen
from drillapp.core.reports.fonts import Fonts


class Drawn:
    """A figure as high as it is told, in points; one of rows as high as all its rows, and over as many pages."""

    keep_with_next = 0.0

    def __init__(self, figure: Figure, fonts: Fonts, height: float = 0.0) -> None:
        self.figure = figure
        self.fonts = fonts
        own = figure.whole() if isinstance(figure, RowsFigure) else figure.least[1]
        self._height = height or own * SCALE

    def height(self, width: float) -> float:
        """Points that it takes."""
        return self._height

    def split(self, width: float, room: float) -> tuple[Drawn, Drawn] | None:
        """The rows that fit and the others, each under the head; other figures stay whole."""
        figure = self.figure
        if not isinstance(figure, RowsFigure):
            return None
        count = int((room / SCALE - figure.head - figure.foot) // figure.row)
        if count < 1 or count >= figure.rows():
            return None
        first, second = figure.part(range(count)), figure.part(range(count, figure.rows()))
        return Drawn(first, self.fonts), Drawn(second, self.fonts)

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        pen = Pen(canvas, self.fonts)
        sheet = Sheet(width / SCALE, self._height / SCALE, pen.measure)
        self.figure.draw(sheet)
        pen.draw(sheet.shapes, left, top)
