"""A small line of the score over months; painted by itself, so that the first page needs no chart library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from drillapp.core.i18n import _
from drillapp.ui import theme

_ROOM = 5.0
_LEAST_SPAN = 20.0
"""Points of score that the height stands for at least, so that small changes look small."""


class Sparkline(QWidget):
    """Values of 0 to 100, the newest at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[float | None]) -> None:
        """Show these values; months without one are left out."""
        self._values = tuple(value for value in values if value is not None)
        words = ", ".join(f"{value:.1f}" for value in self._values)
        self.setAccessibleName(_("Score of the last months: {values}").format(values=words))
        self.setToolTip(self.accessibleName() if self._values else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if len(self._values) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points = self._points(QRectF(self.rect()).adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM))
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        ground = QColor(theme.colour("accent"))
        ground.setAlphaF(0.12)
        below = QPainterPath(path)
        below.lineTo(points[-1].x(), self.height())
        below.lineTo(points[0].x(), self.height())
        painter.fillPath(below, ground)
        pen = painter.pen()
        pen.setColor(theme.colour("accent"))
        pen.setWidthF(2.0)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(path)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(points[-1], 3, 3)
        painter.end()

    def _points(self, area: QRectF) -> list[QPointF]:
        low, high = min(self._values), max(self._values)
        spare = max(0.0, _LEAST_SPAN - (high - low)) / 2
        low, high = low - spare, high + spare
        step = area.width() / (len(self._values) - 1)
        return [
            QPointF(area.left() + i * step, area.bottom() - area.height() * (value - low) / (high - low))
            for i, value in enumerate(self._values)
        ]
