"""Charts of many rows: only those in sight are drawn, whatever their number; wheel and bar scroll."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from drillapp.ui.charts.chart import NONE, Chart
from drillapp.ui.charts.ink import rule

_NOTCH = 120
"""What one step of the wheel is, in Qt's eighths of a degree."""
_ROWS_A_NOTCH = 3


class RowsChart(Chart):
    """A head that stays, and rows of one height under it."""

    head_height = 30.0

    def __init__(self, name: str, row_height: float, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.row_height = row_height
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.valueChanged.connect(lambda _value: self.refresh())
        self.box.addWidget(self.bar)

    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def draw_head(self, painter: QPainter, area: QRectF) -> None:
        """Draw what stands above the rows."""
        raise NotImplementedError

    def draw_row(self, painter: QPainter, row: int, area: QRectF) -> None:
        """Draw one row."""
        raise NotImplementedError

    def row_of_spot(self, spot: int) -> int:
        """The row in which a spot is."""
        return spot

    def visible_rows(self, height: float) -> range:
        """The rows of which something is seen when the canvas is so high."""
        first = int(self.bar.value() / self.row_height)
        room = max(0.0, height - self.head_height + self.bar.value() - first * self.row_height)
        return range(first, min(self.row_count(), first + int(room / self.row_height) + 1))

    def row_at(self, y: float) -> int:
        """The row at a height of the canvas, or NONE."""
        row = int((y - self.head_height + self.bar.value()) / self.row_height)
        return row if y >= self.head_height and row < self.row_count() else NONE

    def draw(self, painter: QPainter, area: QRectF) -> None:
        below = QRectF(
            area.left(), area.top() + self.head_height, area.width(), area.height() - self.head_height
        )
        painter.save()
        painter.setClipRect(below)
        for row in self.visible_rows(area.height()):
            top = below.top() + row * self.row_height - self.bar.value()
            self.draw_row(painter, row, QRectF(area.left(), top, area.width(), self.row_height))
        painter.restore()
        self.draw_head(painter, QRectF(area.left(), area.top(), area.width(), self.head_height))
        rule(painter, below.topLeft(), below.topRight())

    def refresh_rows(self) -> None:
        """The rows or their height are others: fit the scroll bar to them."""
        room = int(self.canvas.height() - self.head_height)
        self.bar.setRange(0, max(0, int(self.row_count() * self.row_height) - room))
        self.bar.setPageStep(max(1, room))
        self.bar.setSingleStep(int(self.row_height))
        self.bar.setVisible(self.bar.maximum() > 0)
        self.refresh()

    def zoom(self, factor: float, lowest: float, highest: float) -> None:
        """Make the rows higher or lower, keeping the first one in place."""
        first = self.bar.value() / self.row_height
        self.row_height = max(lowest, min(highest, self.row_height * factor))
        self.refresh_rows()
        self.bar.setValue(round(first * self.row_height))

    def bring_into_sight(self, spot: int) -> None:
        if spot == NONE:
            return
        top = self.row_of_spot(spot) * self.row_height
        room = self.canvas.height() - self.head_height
        if top < self.bar.value():
            self.bar.setValue(int(top))
        elif top + self.row_height > self.bar.value() + room:
            self.bar.setValue(int(top + self.row_height - room) + 1)

    def turn(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _NOTCH
        self.bar.setValue(round(self.bar.value() - notches * _ROWS_A_NOTCH * max(self.row_height, 16)))
        self.point_at(QPointF(event.position()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh_rows()
