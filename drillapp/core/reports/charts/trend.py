"""A value over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drillapp.core.reports.charts.ink import ACCENT, FAINT, Chart, figure, trace
from drillapp.core.reports.fonts import Fonts


class Trend(Chart):
    """A line with a mark at each value, interrupted where there is none; first, last, least and greatest are named."""

    def __init__(
        self,
        points: Sequence[tuple[str, float | None]],
        fonts: Fonts,
        *,
        maximum: float = 100.0,
        height: float = 150.0,
    ) -> None:
        super().__init__(fonts, height)
        self.points = tuple(points)
        self.maximum = maximum

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        start, bottom = left + 28, top - self._height + 22
        length, tall = width - 28 - 14, self._height - 22 - 14
        self._draw_scale(canvas, start, bottom, length, tall)
        step = length / max(len(self.points) - 1, 1)
        places = [
            None if value is None else (start + step * number, bottom + tall * value / self.maximum)
            for number, (_label, value) in enumerate(self.points)
        ]
        self._draw_line(canvas, places)
        self._name_values(canvas, places)
        for number in range(0, len(self.points), max(1, -(-len(self.points) // 8))):
            self.write(canvas, start + step * number, bottom - 13, self.points[number][0], "centre", 8)

    def _draw_scale(self, canvas: Any, start: float, bottom: float, length: float, tall: float) -> None:
        canvas.setLineWidth(0.4)
        canvas.setStrokeColorRGB(*FAINT)
        for step in range(5):
            y = bottom + tall * step / 4
            canvas.line(start - 6, y, start + length + 6, y)
            self.write(canvas, start - 10, y - 3, figure(self.maximum * step / 4), "right", 8)

    @staticmethod
    def _draw_line(canvas: Any, places: Sequence[tuple[float, float] | None]) -> None:
        canvas.setLineWidth(1.4)
        canvas.setStrokeColorRGB(*ACCENT)
        canvas.setFillColorRGB(*ACCENT)
        run: list[tuple[float, float]] = []
        for place in [*places, None]:
            if place is not None:
                run.append(place)
                canvas.circle(*place, 1.9, stroke=0, fill=1)
            elif run:
                trace(canvas, run)
                run = []
        canvas.setStrokeColorRGB(0, 0, 0)

    def _name_values(self, canvas: Any, places: Sequence[tuple[float, float] | None]) -> None:
        known = [number for number, place in enumerate(places) if place is not None]
        if not known:
            return
        values = {number: self.points[number][1] or 0.0 for number in known}
        named = {known[0], known[-1], min(known, key=values.__getitem__), max(known, key=values.__getitem__)}
        for number in named:
            place = places[number]
            if place is not None:
                self.write(canvas, place[0], place[1] + 5, figure(values[number]), "centre", 8.5)
