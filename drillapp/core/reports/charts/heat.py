"""Many units by several indicators, the figure printed in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drillapp.core.reports.charts.ink import INK, SIZE, Chart, Colour, Series, figure
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.text import shorten

HEAD, CELL = 20.0, 17.0
LOW: Colour = (0.08, 0.22, 0.42)
HIGH: Colour = (0.93, 0.96, 0.99)


class HeatMap(Chart):
    """One row a series, one column a label; the darker a cell, the further it is from the maximum."""

    def __init__(
        self, labels: Sequence[str], rows: Sequence[Series], fonts: Fonts, *, maximum: float = 100.0
    ) -> None:
        super().__init__(fonts, HEAD + len(rows) * CELL + 6)
        self.labels = tuple(labels)
        self.rows = tuple(rows)
        self.maximum = maximum

    def split(self, width: float, room: float) -> tuple[HeatMap, HeatMap] | None:
        """The rows that fit and the others, each under the labels."""
        count = int((room - HEAD - 6) // CELL)
        if count < 1 or count >= len(self.rows):
            return None
        first, rest = self.rows[:count], self.rows[count:]
        return self._part(first), self._part(rest)

    def _part(self, rows: Sequence[Series]) -> HeatMap:
        return HeatMap(self.labels, rows, self.fonts, maximum=self.maximum)

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        names = width * 0.3
        cell = (width - names) / len(self.labels)
        for number, label in enumerate(self.labels):
            text = shorten(label, self.fonts.sans, SIZE, cell - 2)
            self.write(canvas, left + names + cell * (number + 0.5), top - HEAD + 6, text, "centre")
        y = top - HEAD
        for row in self.rows:
            text = shorten(row.name, self.fonts.sans, SIZE, names - 8)
            self.write(canvas, left + names - 6, y - CELL / 2 - SIZE * 0.36, text, "right")
            for number, value in enumerate(row.values):
                self._draw_cell(canvas, left + names + cell * number, y, cell, value)
            y -= CELL

    def _draw_cell(self, canvas: Any, x: float, top: float, width: float, value: float | None) -> None:
        share = None if value is None else max(0.0, min(value / self.maximum, 1.0))
        colour = shade(share)
        canvas.setFillColorRGB(*colour)
        canvas.setStrokeColorRGB(1, 1, 1)
        canvas.setLineWidth(1)
        canvas.rect(x, top - CELL, width, CELL, stroke=1, fill=1)
        canvas.setStrokeColorRGB(0, 0, 0)
        canvas.setFillColorRGB(*(INK if sum(colour) > 1.6 else (1, 1, 1)))
        canvas.setFont(self.fonts.sans, SIZE)
        canvas.drawCentredString(x + width / 2, top - CELL / 2 - SIZE * 0.36, figure(value))


def shade(share: float | None) -> Colour:
    """The colour of a share of the maximum, 0 to 1; white where there is none."""
    if share is None:
        return (1.0, 1.0, 1.0)
    red, green, blue = (low + (high - low) * share for low, high in zip(LOW, HIGH, strict=True))
    return red, green, blue
