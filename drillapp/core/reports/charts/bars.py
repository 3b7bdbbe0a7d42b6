"""Horizontal bars, one a label, with their figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drillapp.core.reports.charts.ink import ACCENT, FAINT, SIZE, TRACK, Chart, figure
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.text import shorten, text_width

PITCH = 20.0
BAR = 11.0


class Bars(Chart):
    """Bars from 0 to the maximum; what has no value says so."""

    def __init__(
        self, items: Sequence[tuple[str, float | None]], fonts: Fonts, *, maximum: float = 100.0
    ) -> None:
        super().__init__(fonts, len(items) * PITCH + 24)
        self.items = tuple(items)
        self.maximum = maximum

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        longest = max((text_width(label, self.fonts.sans, SIZE) for label, _ in self.items), default=0.0)
        start = left + min(longest, width * 0.4) + 8
        length = left + width - 36 - start
        self._draw_scale(canvas, start, top, length)
        y = top - PITCH / 2 - 4
        for label, value in self.items:
            name = shorten(label, self.fonts.sans, SIZE, start - left - 7.9)
            self.write(canvas, start - 8, y - SIZE * 0.36, name, "right")
            canvas.setFillColorRGB(*TRACK)
            canvas.rect(start, y - BAR / 2, length, BAR, stroke=0, fill=1)
            if value is not None:
                canvas.setFillColorRGB(*ACCENT)
                canvas.rect(
                    start, y - BAR / 2, length * min(value / self.maximum, 1.0), BAR, stroke=0, fill=1
                )
            self.write(canvas, start + length + 6, y - SIZE * 0.36, figure(value))
            y -= PITCH

    def _draw_scale(self, canvas: Any, start: float, top: float, length: float) -> None:
        bottom = top - self._height + 16
        canvas.setLineWidth(0.4)
        canvas.setStrokeColorRGB(*FAINT)
        for step in range(5):
            x = start + length * step / 4
            canvas.line(x, top, x, bottom)
            self.write(canvas, x, bottom - 10, figure(self.maximum * step / 4), "centre", 8)
        canvas.setStrokeColorRGB(0, 0, 0)
