"""Many units by several indicators, the figure printed in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drillapp.core.reports.charts.ink import INK, SIZE, Chart, Colour, Series, figure
from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.text import shorten, text_width, wrap

HEAD, CELL = 20.0, 17.0
NAMES, MARK = 0.36, 26.0
SMALL, SMALLEST = 8.0, 7.0
LOW: Colour = (0.08, 0.22, 0.42)
HIGH: Colour = (0.93, 0.96, 0.99)


class HeatMap(Chart):
    """One row a series, one column a label; the darker a cell, the further it is from the maximum."""

    def __init__(
        self,
        labels: Sequence[str],
        rows: Sequence[Series],
        fonts: Fonts,
        *,
        marks: Sequence[str] = (),
        maximum: float = 100.0,
    ) -> None:
        """`marks` stand before the names, such as places in a ranking."""
        super().__init__(fonts, HEAD + len(rows) * CELL + 6)
        self.labels = tuple(labels)
        self.rows = tuple(rows)
        self.marks = tuple(marks) or ("",) * len(self.rows)
        self.maximum = maximum

    def split(self, width: float, room: float) -> tuple[HeatMap, HeatMap] | None:
        """The rows that fit and the others, each under the labels."""
        count = int((room - HEAD - 6) // CELL)
        if count < 1 or count >= len(self.rows):
            return None
        return self._part(slice(count)), self._part(slice(count, None))

    def _part(self, part: slice) -> HeatMap:
        return HeatMap(self.labels, self.rows[part], self.fonts, marks=self.marks[part], maximum=self.maximum)

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        names = width * NAMES
        cell = (width - names) / len(self.labels)
        for number, label in enumerate(self.labels):
            self._write_label(canvas, left + names + cell * (number + 0.5), top - HEAD + 6, cell - 2, label)
        y = top - HEAD
        start = MARK if any(self.marks) else 0.0
        for mark, row in zip(self.marks, self.rows, strict=True):
            baseline = y - CELL / 2 - SIZE * 0.36
            self.write(canvas, left + start - 8, baseline, mark, "right")
            self._write_name(canvas, left + start, baseline, names - start - 6, row.name)
            for number, value in enumerate(row.values):
                self._draw_cell(canvas, left + names + cell * number, y, cell, value)
            y -= CELL

    def _write_label(self, canvas: Any, x: float, y: float, room: float, label: str) -> None:
        """On one line, or small on two."""
        if text_width(label, self.fonts.sans, SIZE) <= room:
            self.write(canvas, x, y, label, "centre")
            return
        lines = [line.text for line in wrap(label, self.fonts.sans, SMALL, room)]
        for number, line in enumerate(reversed(lines[:2])):
            text = shorten(line, self.fonts.sans, SMALL, room)
            self.write(canvas, x, y - 2 + number * (SMALL + 1), text, "centre", SMALL)

    def _write_name(self, canvas: Any, x: float, y: float, room: float, name: str) -> None:
        """A long name is set smaller before it is cut."""
        wide = text_width(name, self.fonts.sans, SIZE)
        size = SIZE if wide <= room else max(SMALLEST, SIZE * room / wide)
        self.write(canvas, x, y, shorten(name, self.fonts.sans, size, room), size=size)

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
