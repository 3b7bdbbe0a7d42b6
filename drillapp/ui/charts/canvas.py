"""Where a chart is painted: pyqtgraph's view with one item. Imported with the first chart, since it brings numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QWheelEvent

if TYPE_CHECKING:
    from drillapp.ui.charts.chart import Chart


class Canvas(pyqtgraph.GraphicsView):
    """Shows the drawing and hands what the mouse does to the chart."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(parent=chart, background=None)
        self._chart = chart
        self.setAntialiasing(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setCentralItem(_Drawing(chart))

    def repaint_drawing(self) -> None:
        """Paint the drawing anew when the window is painted next."""
        self.centralWidget.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._chart.point_at(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._chart.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
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

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart

    def paint(self, painter: QPainter, _option: Any, _widget: Any = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._chart.draw(painter, QRectF(self.rect()))
