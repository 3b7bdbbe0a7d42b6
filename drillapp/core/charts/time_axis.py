"""Months on an axis: as many of them named as there is room for, the years below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from drillapp.core.charts.sheet import SMALL, Sheet

HEIGHT = 40.0
"""Room that the words take below the axis."""


def draw_months(sheet: Sheet, days: Sequence[date], xs: Sequence[float], y: float) -> None:
    """The month of each day at its x below the height y, and its year where that begins."""
    step = abs(xs[-1] - xs[0]) / max(1, len(xs) - 1) if xs else 0.0
    every = _every(step, sheet.measure("12", SMALL, False) + 8)
    for day, x in zip(days, xs, strict=True):
        if (day.month - 1) % every == 0:
            sheet.word(x, y + 11, 40, str(day.month), "muted", side="centre")
    years = {day.year: x - step / 2 for day, x in reversed(list(zip(days, xs, strict=True)))}
    edge = sheet.width
    for year, x in years.items():  # from the last one: of two without room for both the later one is said
        start = x + 4
        if start + sheet.measure(str(year), SMALL, False) <= edge:
            sheet.word(start, y + 28, 60, str(year), "faint")
            sheet.line([(x, y), (x, y + HEIGHT - 8)], "border")
            edge = start - 6


def _every(step: float, room: float) -> int:
    """Every how many months one is named, so that January always is."""
    return next((every for every in (1, 2, 3, 4, 6, 12) if every * step >= room), 12)
