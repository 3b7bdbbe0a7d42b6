"""Where a chart is painted: pyqtgraph's view with one item. Imported with the first chart, since it brings numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from drillapp.ui.charts.chart import ChartView


class Canvas(pyqtgraph.GraphicsView):
    """Shows the drawing and hands what the mouse does to the chart."""

    def __init__(self, chart: ChartView) -> None:
        super().__init__(parent=chart, background=None)
        self._chart = chart
        self._pressed: QPointF | None = None
        self._is_dragged = False
        self.setAntialiasing(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setCentralItem(_Drawing(chart))

    def repaint_drawing(self) -> None:
        """Paint the drawing anew when the window is painted next."""
        self.centralWidget.update()

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


class _Drawing(pyqtgraph.GraphicsWidget):
    """The one item of the view: whatever the chart draws, as large as the view."""

    def __init__(self, chart: ChartView) -> None:
        super().__init__()
        self._chart = chart

    def paint(self, painter: QPainter, _option: Any, _widget: Any = None) -> None:
        self._chart.draw(painter, QRectF(self.rect()).size())
