"""Painting a chart's shapes with Qt, in the colours of a palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from drillapp.core.charts.shapes import HATCHED, Box, Cells, Dot, Hatch, Line, Shape, Word, hatch_lines
from drillapp.core.charts.tones import chart_tones
from drillapp.ui import theme

_MIDDLE = 0.36
"""From the middle of a line of words down to its baseline, as a part of their size."""
_STRIPES = 8
"""Pixels across of a cell in a field without words; every other one of a hatched cell is drawn."""


@lru_cache(maxsize=1 << 15)
def measure(text: str, size: float, bold: bool) -> float:
    """How wide a text is in the interface's font, in pixels."""
    return _metrics(size, bold).horizontalAdvance(text)


@cache
def _font(size: float, bold: bool) -> QFont:
    return theme.ui_font(round(size), QFont.Weight.DemiBold if bold else QFont.Weight.Normal)


@cache
def _metrics(size: float, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(_font(size, bold))


def tones(colours: theme.Colours) -> dict[str, str]:
    """What charts are painted with in a palette of the window."""
    return chart_tones(colours._asdict())


class Brush:
    """Paints shapes; on what keeps lines (`is_vector`), fields of cells too become shapes instead of pixels."""

    def __init__(self, painter: QPainter, tones: Mapping[str, str], *, is_vector: bool = False) -> None:
        self._painter = painter
        self._colours = {name: QColor(value) for name, value in tones.items()}
        self._is_vector = is_vector
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, shapes: Iterable[Shape]) -> None:
        """Paint these, the first one below."""
        for shape in shapes:
            _PAINTING[type(shape)](self, shape)

    def _fill(self, tone: str, opacity: float = 1.0) -> None:
        if not tone:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            return
        colour = QColor(self._colours[tone])
        colour.setAlphaF(opacity)
        self._painter.setBrush(colour)

    def _stroke(self, tone: str, thickness: float, dash: tuple[float, ...] = ()) -> None:
        if not tone:
            self._painter.setPen(Qt.PenStyle.NoPen)
            return
        pen = QPen(self._colours[tone], thickness)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dash:
            pen.setDashPattern([length / thickness for length in dash])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)

    def box(self, shape: Box) -> None:
        """A rectangle; without outline or round corners the quick way."""
        rect = QRectF(shape.x, shape.y, shape.width, shape.height)
        if not shape.stroke and not shape.radius:
            self._painter.fillRect(rect, self._colours[shape.fill])
            return
        self._fill(shape.fill)
        self._stroke(shape.stroke, shape.thickness)
        self._painter.drawRoundedRect(rect, shape.radius, shape.radius)

    def line(self, shape: Line) -> None:
        """A line, or an outline with what it holds."""
        points = QPolygonF([QPointF(x, y) for x, y in shape.points])
        self._stroke(shape.tone, shape.thickness, shape.dash)
        if shape.is_closed:
            self._fill(shape.fill, shape.opacity)
            self._painter.drawPolygon(points)
        else:
            self._painter.drawPolyline(points)

    def dot(self, shape: Dot) -> None:
        """A circle."""
        self._fill(shape.fill)
        self._stroke(shape.stroke, shape.thickness)
        self._painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)

    def hatch(self, shape: Hatch) -> None:
        """Slanting lines."""
        self._stroke(shape.tone, 1.0)
        self._painter.translate(shape.x, shape.y)
        self._painter.drawLines(_hatch(shape.width, shape.height))
        self._painter.translate(-shape.x, -shape.y)

    def cells(self, shape: Cells) -> None:
        """A field of cells: one picture, a row of pixels for each row."""
        if self._is_vector:
            self._cells_as_boxes(shape)
            return
        strips = {tone: _strip(self._colours, tone) for tone in set(shape.tones)}
        rows = len(shape.tones) // shape.columns
        data = b"".join(strips[tone] for tone in shape.tones)
        wide = shape.columns * _STRIPES
        image = QImage(data, wide, rows, wide * 4, QImage.Format.Format_ARGB32)
        place = QRectF(shape.x, shape.y, shape.columns * shape.column_width, rows * shape.row_height)
        self._painter.drawImage(place, image)

    def _cells_as_boxes(self, shape: Cells) -> None:
        for place, tone in enumerate(shape.tones):
            row, column = divmod(place, shape.columns)
            x, y = shape.x + column * shape.column_width, shape.y + row * shape.row_height
            if tone == HATCHED:
                strip = shape.column_width / _STRIPES
                for stripe in range(0, _STRIPES, 2):
                    rect = QRectF(x + stripe * strip, y, strip, shape.row_height)
                    self._painter.fillRect(rect, self._colours["faint"])
            elif tone:
                self._painter.fillRect(
                    QRectF(x, y, shape.column_width, shape.row_height), self._colours[tone]
                )

    def word(self, shape: Word) -> None:
        """A line of words."""
        self._painter.setFont(_font(shape.size, shape.is_bold))
        self._painter.setPen(self._colours[shape.tone])
        wide = 0.0 if shape.side == "left" else measure(shape.text, shape.size, shape.is_bold)
        x = shape.x - (wide / 2 if shape.side == "centre" else wide)
        self._painter.drawText(QPointF(x, shape.y + shape.size * _MIDDLE), shape.text)


_PAINTING: dict[type, Callable[[Brush, Any], None]] = {
    Box: Brush.box, Line: Brush.line, Dot: Brush.dot, Hatch: Brush.hatch, Cells: Brush.cells, Word: Brush.word,
}  # fmt: skip


@lru_cache(maxsize=256)
def _hatch(width: float, height: float) -> list[QLineF]:
    return [QLineF(*start, *end) for start, end in hatch_lines(width, height)]


def _strip(colours: Mapping[str, QColor], tone: str) -> bytes:
    """The pixels of one cell."""
    if tone == HATCHED:
        drawn = colours["faint"].rgba().to_bytes(4, "little")
        return (drawn + bytes(4)) * (_STRIPES // 2)
    pixel = colours[tone].rgba().to_bytes(4, "little") if tone else bytes(4)
    return pixel * _STRIPES
