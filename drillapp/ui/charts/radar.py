"""The sides of a unit's readiness around a centre: now, and on an earlier day as a dashed line."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.charts.chart import NONE, Chart
from drillapp.ui.charts.ink import CENTRE, LEFT, RIGHT, stroke, write

_RINGS = 4
_LABEL = 72.0
_BESIDE = 50.0
"""Room for the words beside the web, in pixels."""
_NEAR = 26.0
"""So close to a point or its label the mouse means it, in pixels."""


class Side(NamedTuple):
    """One side: its value of 0 to 100, None where nothing is asked."""

    row: Any
    name: str
    value: float | None
    earlier: float | None = None


class RadarChart(Chart):
    """A spot is a side."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._sides: tuple[Side, ...] = ()
        self.setMinimumSize(220, 190)

    def show_sides(self, sides: Sequence[Side]) -> None:
        """Show these sides, the first one at the top."""
        self._sides = tuple(sides)
        self.current = self.pointed = NONE
        self.refresh()

    def count(self) -> int:
        return len(self._sides)

    def row(self, spot: int) -> Any:
        return self._sides[spot].row

    def words(self, spot: int) -> str:
        side = self._sides[spot]
        now = _("nothing is asked") if side.value is None else f"{side.value:.1f}"
        before = (
            ""
            if side.earlier is None
            else "\n" + _("a quarter earlier: {value}").format(value=f"{side.earlier:.1f}")
        )
        return f"{side.name}: {now}{before}"

    def spot_at(self, point: QPointF) -> int:
        centre, radius = self._round(QRectF(self.canvas.rect()))
        for i, side in enumerate(self._sides):
            for reach in (radius * (side.value or 0) / 100, radius + 14):
                away = self._point(centre, reach, i) - point
                if hypot(away.x(), away.y()) < _NEAR:
                    return i
        return NONE

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self._sides:
            return
        centre, radius = self._round(area)
        self._draw_web(painter, centre, radius)
        earlier = [side.earlier for side in self._sides]
        if any(value is not None for value in earlier):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(stroke("muted", 1.4, Qt.PenStyle.DashLine))
            painter.drawPolygon(self._shape(centre, radius, earlier))
        self._draw_now(painter, centre, radius)
        for i, side in enumerate(self._sides):
            self._draw_label(painter, centre, radius, i, side)

    def _draw_web(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(stroke("border"))
        for ring in range(1, _RINGS + 1):
            share = [100.0 * ring / _RINGS] * len(self._sides)
            painter.drawPolygon(self._shape(centre, radius, share))
        for i in range(len(self._sides)):
            painter.drawLine(centre, self._point(centre, radius, i))

    def _draw_now(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        ground = QColor(theme.colour("accent"))
        ground.setAlphaF(0.16)
        painter.setBrush(ground)
        painter.setPen(stroke("accent", 2.0))
        painter.drawPolygon(self._shape(centre, radius, [side.value for side in self._sides]))
        for i, side in enumerate(self._sides):
            if side.value is not None:
                is_marked = i in (self.current, self.pointed)
                painter.setBrush(theme.colour("accent" if is_marked else "surface"))
                painter.drawEllipse(
                    self._point(centre, radius * side.value / 100, i),
                    *((4.5, 4.5) if is_marked else (3.0, 3.0)),
                )

    def _draw_label(self, painter: QPainter, centre: QPointF, radius: float, i: int, side: Side) -> None:
        at = self._point(centre, radius + 12, i)
        across = at.x() - centre.x()
        align = CENTRE if abs(across) < radius * 0.2 else (LEFT if across > 0 else RIGHT)
        left = {CENTRE: at.x() - _LABEL / 2, LEFT: at.x(), RIGHT: at.x() - _LABEL}[align]
        down = -30 if at.y() < centre.y() - radius else (0 if at.y() > centre.y() + radius * 0.5 else -15)
        tone = "accent_text" if i in (self.current, self.pointed) else "muted"
        place = QRectF(left, at.y() + down, _LABEL, 15)
        place.setLeft(max(0.0, place.left()))
        place.setRight(min(float(self.canvas.width()), place.right()))
        write(painter, place, side.name, tone, side=align)
        figure = "–" if side.value is None else f"{side.value:.1f}"
        write(painter, place.translated(0, 15), figure, side=align, bold=True)

    def _round(self, area: QRectF) -> tuple[QPointF, float]:
        """Centre and radius of the web."""
        radius = max(30.0, min(area.width() / 2 - _BESIDE, (area.height() - 88) / 1.81))
        return QPointF(area.center().x(), area.top() + 42 + radius), radius

    def _point(self, centre: QPointF, reach: float, side: int) -> QPointF:
        angle = 2 * pi * side / max(1, len(self._sides)) - pi / 2
        return QPointF(centre.x() + reach * cos(angle), centre.y() + reach * sin(angle))

    def _shape(self, centre: QPointF, radius: float, values: Sequence[float | None]) -> QPolygonF:
        return QPolygonF(
            [self._point(centre, radius * (value or 0) / 100, i) for i, value in enumerate(values)]
        )
