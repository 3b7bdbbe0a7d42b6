"""Where a chart is painted, and what the mouse does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, QSizeF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

if TYPE_CHECKING:
    from drillapp.ui.charts.chart import ChartView


class Canvas(QWidget):
    """Shows the drawing and hands what the mouse does to the chart."""

    def __init__(self, chart: ChartView) -> None:
        super().__init__(chart)
        self._chart = chart
        self._pressed: QPointF | None = None
        self._is_dragged = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(256, 192)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._chart.draw(painter, QSizeF(self.size()))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._chart.point_at(event.position())
            return
        moved = event.position() - self._pressed
        if self._is_dragged or moved.manhattanLength() >= QApplication.startDragDistance():
            self._is_dragged = True
            self._pressed = event.position()
            self._chart.drag(moved)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._chart.setFocus(Qt.FocusReason.MouseFocusReason)
        self._is_dragged = False
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton and not self._is_dragged:
            self._chart.click_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._chart.open_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._chart.point_at(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._chart.turn(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._chart.open_menu(event.globalPos())
