"""What a figure draws, in letters whose width is known: each as wide as half its size."""

from __future__ import annotations

from typing import TypeVar

from drillapp.core.charts.figure import Figure
from drillapp.core.charts.shapes import Box, Word
from drillapp.core.charts.sheet import Sheet

Shape = TypeVar("Shape")


def measure(text: str, size: float, bold: bool) -> float:
    return len(text) * size / 2


def drawn(figure: Figure, width: float = 800, height: float = 400) -> Sheet:
    sheet = Sheet(width, height, measure)
    figure.draw(sheet)
    return sheet


def of_kind(sheet: Sheet, kind: type[Shape]) -> list[Shape]:
    return [shape for shape in sheet.shapes if isinstance(shape, kind)]


def said(sheet: Sheet) -> list[str]:
    return [word.text for word in of_kind(sheet, Word)]


def filled(sheet: Sheet, tone: str) -> list[Box]:
    return [box for box in of_kind(sheet, Box) if box.fill == tone]


def extent(word: Word) -> tuple[float, float]:
    """Where a word begins and ends."""
    wide = measure(word.text, word.size, word.is_bold)
    start = word.x - {"left": 0.0, "centre": wide / 2, "right": wide}[word.side]
    return start, start + wide
