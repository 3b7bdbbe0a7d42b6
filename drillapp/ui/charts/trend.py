"""The score over months, and beside it the value of each indicator that is switched on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.charts.chart import NONE, Chart
from drillapp.ui.charts.ink import CENTRE, RIGHT, rule, stroke, text_width, write

LINE_COLOURS = {False: ("#0b7285", "#a61e6b", "#7a5c2e", "#5a5f8f", "#3b3f4a"), True: ("#4fc3d6", "#f080bd", "#cfae7a", "#a9aee8", "#c7cbd6")}  # fmt: skip
"""Inks of indicators on a light and on a dark ground: apart from the alert colours, and for colour-blind eyes."""
LINE_STYLES = (
    Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DashDotDotLine, Qt.PenStyle.SolidLine,
)  # fmt: skip
_LEFT, _BOTTOM, _TOP = 34.0, 24.0, 10.0


class Line(NamedTuple):
    """One line: a value of 0 to 100 for each day, None where there was none."""

    name: str
    values: tuple[float | None, ...]


def line_ink(place: int) -> QColor:
    """The colour of the indicator at a place."""
    colours = LINE_COLOURS[theme.current() is theme.DARK]
    return QColor(colours[place % len(colours)])


class TrendChart(Chart):
    """The first line is the score and always seen; a spot is a day, and its row is that day."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._days: tuple[date, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._shown: frozenset[int] = frozenset()
        self.setMinimumHeight(150)

    def show_lines(self, days: Sequence[date], lines: Sequence[Line]) -> None:
        """Show these lines over these days."""
        self._days, self._lines = tuple(days), tuple(lines)
        self.current = self.pointed = NONE
        self.refresh()

    def switch(self, places: Collection[int]) -> None:
        """Show besides the score the lines at these places; the first indicator is 0."""
        self._shown = frozenset(places)
        self.refresh()

    def count(self) -> int:
        return len(self._days)

    def row(self, spot: int) -> Any:
        return self._days[spot]

    def spot_at(self, point: QPointF) -> int:
        place = self._place(QRectF(self.canvas.rect()))
        if not self._days or not place.adjusted(-8, -8, 8, _BOTTOM).contains(point):
            return NONE
        step = place.width() / max(1, len(self._days) - 1)
        return max(0, min(len(self._days) - 1, round((point.x() - place.left()) / step)))

    def words(self, spot: int) -> str:
        lines = [self._days[spot].isoformat()]
        for i, line in enumerate(self._lines):
            value = line.values[spot]
            if i == 0 or i - 1 in self._shown:
                lines.append(f"{line.name}: " + (_("no score") if value is None else f"{value:.1f}"))
        return "\n".join(lines)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        place = self._place(area)
        self._draw_scale(painter, place)
        if not self._days:
            return
        for i, line in enumerate(self._lines[1:]):
            if i in self._shown:
                pen = stroke(line_ink(i), 1.6, LINE_STYLES[i % len(LINE_STYLES)])
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(self._path(place, line))
        if self._lines:
            self._draw_score(painter, place, self._lines[0])
        self._draw_spot(painter, place)

    def _place(self, area: QRectF) -> QRectF:
        return area.adjusted(_LEFT, _TOP, -44, -_BOTTOM)

    def _draw_scale(self, painter: QPainter, place: QRectF) -> None:
        for value in (0, 25, 50, 75, 100):
            y = _y(place, value)
            rule(painter, QPointF(place.left(), y), QPointF(place.right(), y))
            write(painter, QRectF(0, y - 8, _LEFT - 8, 16), str(value), "faint", side=RIGHT)
        wanted = max(1, round(place.width() / (text_width("2026-11") + 24)))
        every = max(1, -(-len(self._days) // wanted))
        for i in range(len(self._days) - 1, -1, -every):
            x = self._x(place, i)
            write(
                painter,
                QRectF(x - 32, place.bottom() + 6, 64, 16),
                f"{self._days[i]:%Y-%m}",
                "faint",
                side=CENTRE,
            )

    def _draw_score(self, painter: QPainter, place: QRectF, line: Line) -> None:
        path = self._path(place, line)
        painter.setPen(stroke("accent", 2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        points = [(i, value) for i, value in enumerate(line.values) if value is not None]
        painter.setBrush(theme.colour("surface"))
        painter.setPen(stroke("accent", 1.6))
        for i, value in points:
            painter.drawEllipse(QPointF(self._x(place, i), _y(place, value)), 2.6, 2.6)
        if points:
            last, value = points[-1]
            spot = QPointF(self._x(place, last), _y(place, value))
            write(
                painter, QRectF(spot.x() + 7, spot.y() - 9, 40, 18), f"{value:.1f}", "accent_text", bold=True
            )

    def _draw_spot(self, painter: QPainter, place: QRectF) -> None:
        for spot, tone in ((self.current, "border_strong"), (self.pointed, "faint")):
            if 0 <= spot < len(self._days):
                x = self._x(place, spot)
                rule(painter, QPointF(x, place.top()), QPointF(x, place.bottom()), tone)
                value = self._lines[0].values[spot] if self._lines else None
                if value is not None:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(theme.colour("accent"))
                    painter.drawEllipse(QPointF(x, _y(place, value)), 4.5, 4.5)

    def _x(self, place: QRectF, spot: int) -> float:
        return place.left() + place.width() * spot / max(1, len(self._days) - 1)

    def _path(self, place: QRectF, line: Line) -> QPainterPath:
        path, is_down = QPainterPath(), False
        for i, value in enumerate(line.values):
            if value is None:
                is_down = False
                continue
            point = QPointF(self._x(place, i), _y(place, value))
            path.lineTo(point) if is_down else path.moveTo(point)
            is_down = True
        return path


def _y(place: QRectF, value: float) -> float:
    return place.bottom() - place.height() * value / 100
