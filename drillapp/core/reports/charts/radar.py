"""Several indicators of one unit at a glance, against others."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Any

from drillapp.core.reports.charts.ink import ACCENT, FAINT, SECOND, SIZE, WASH, Chart, Series, figure, trace
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.text import shorten, text_width


class Radar(Chart):
    """One axis a label; the first series is filled, the second dashed. A missing value stands at the centre."""

    def __init__(
        self,
        labels: Sequence[str],
        series: Sequence[Series],
        fonts: Fonts,
        *,
        maximum: float = 100.0,
        height: float = 210.0,
    ) -> None:
        super().__init__(fonts, height)
        self.labels = tuple(labels)
        self.series = tuple(series)
        self.maximum = maximum

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        radius = self._height / 2 - 34
        x, y = left + width / 2, top - self._height / 2 + 8
        self._draw_web(canvas, x, y, radius)
        for number, each in enumerate(self.series):
            self._draw_series(canvas, each, x, y, radius, is_first=not number)
        self._name_axes(canvas, x, y, radius)
        self._draw_legend(canvas, left, top - self._height + 4, width)
        canvas.setStrokeColorRGB(0, 0, 0)

    def _corner(self, number: int, x: float, y: float, reach: float) -> tuple[float, float]:
        angle = pi / 2 - 2 * pi * number / len(self.labels)
        return x + reach * cos(angle), y + reach * sin(angle)

    def _draw_web(self, canvas: Any, x: float, y: float, radius: float) -> None:
        canvas.setLineWidth(0.4)
        canvas.setStrokeColorRGB(*FAINT)
        places = range(len(self.labels))
        for step in range(1, 5):
            trace(canvas, [self._corner(place, x, y, radius * step / 4) for place in places], close=True)
        for place in places:
            canvas.line(x, y, *self._corner(place, x, y, radius))

    def _draw_series(
        self, canvas: Any, series: Series, x: float, y: float, radius: float, *, is_first: bool
    ) -> None:
        corners = [
            self._corner(place, x, y, radius * min((value or 0.0) / self.maximum, 1.0))
            for place, value in enumerate(series.values)
        ]
        canvas.saveState()
        canvas.setLineWidth(1.6 if is_first else 1.1)
        canvas.setStrokeColorRGB(*(ACCENT if is_first else SECOND))
        canvas.setFillColorRGB(*WASH)
        canvas.setFillAlpha(0.6)
        if not is_first:
            canvas.setDash(3, 2)
        trace(canvas, corners, close=True, fill=is_first)
        canvas.restoreState()

    def _name_axes(self, canvas: Any, x: float, y: float, radius: float) -> None:
        for place, label in enumerate(self.labels):
            across, up = self._corner(place, x, y, radius + 9)
            align = "centre" if abs(across - x) < 2 else "left" if across > x else "right"
            value = figure(self.series[0].values[place]) if self.series else ""
            rise = 2.0 if up > y + radius else -9.0 if up < y - radius * 0.9 else -3.0
            self.write(canvas, across, up + rise, f"{label} {value}", align)

    def _draw_legend(self, canvas: Any, left: float, y: float, width: float) -> None:
        share = width / max(len(self.series), 1)
        widest = max((text_width(each.name, self.fonts.sans, SIZE) for each in self.series), default=0.0)
        inset = max(0.0, (share - 28 - widest) / 2)
        for number, each in enumerate(self.series):
            x = left + share * number + inset
            canvas.saveState()
            canvas.setLineWidth(1.6 if not number else 1.1)
            canvas.setStrokeColorRGB(*(ACCENT if not number else SECOND))
            if number:
                canvas.setDash(3, 2)
            canvas.line(x, y + 3, x + 22, y + 3)
            canvas.restoreState()
            self.write(canvas, x + 28, y, shorten(each.name, self.fonts.sans, SIZE, share - 34))
