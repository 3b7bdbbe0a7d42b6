"""The view of a figure with many rows: only those in sight are drawn, whatever their number."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from drillapp.core.charts.figure import NONE, Figure, RowsFigure
from drillapp.core.charts.sheet import Sheet
from drillapp.ui import theme
from drillapp.ui.charts.brush import Brush, measure, tones
from drillapp.ui.charts.chart import ChartView

_NOTCH = 120
"""What one step of the wheel is, in Qt's eighths of a degree."""
_ROWS_A_NOTCH = 3
_ZOOM = 1.3
_MOST_ROWS = 400
"""A picture shows all rows up to so many, and those in sight of more."""


class RowsView(ChartView):
    """Head and foot stay; wheel, bar, keys and a drag scroll the rows; Ctrl with the wheel, + and - zoom them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.row_height = 0.0
        self.drawn_rows = range(0)
        """Those that the last painting drew."""
        self._body: tuple[tuple[object, ...], Sheet] | None = None
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.valueChanged.connect(lambda _value: self.refresh())
        self.box.addWidget(self.bar)

    @property
    def lines(self) -> RowsFigure | None:
        """The figure, when there is one."""
        return self.figure if isinstance(self.figure, RowsFigure) else None

    def show_figure(self, figure: Figure) -> None:
        before = self.lines
        if isinstance(figure, RowsFigure) and (before is None or type(before) is not type(figure)):
            self.row_height = figure.row
        self._body = None
        super().show_figure(figure)
        self.bar.setValue(0)
        self.fit()
        self.bring_into_sight(self.current)

    def fit(self) -> None:
        """The rows or their height are others: fit the scroll bar to them."""
        figure = self.lines
        room = int(self._room())
        whole = int(figure.rows() * self.row_height) if figure is not None else 0
        self.bar.setRange(0, max(0, whole - room))
        self.bar.setPageStep(max(1, room))
        self.bar.setSingleStep(max(1, int(self.row_height)))
        self.bar.setVisible(self.bar.maximum() > 0)
        self.refresh()

    def visible_rows(self) -> range:
        """The rows of which something is seen."""
        figure = self.lines
        if figure is None:
            return range(0)
        first = int(self.bar.value() / self.row_height)
        shift = self.bar.value() - first * self.row_height
        return range(first, min(figure.rows(), first + int((self._room() + shift) / self.row_height) + 1))

    def row_at(self, y: float) -> int:
        """The row at a height of the canvas, or NONE."""
        figure = self.lines
        if figure is None or not figure.head <= y < figure.head + self._room():
            return NONE
        row = int((y - figure.head + self.bar.value()) / self.row_height)
        return row if row < figure.rows() else NONE

    def spot_at(self, point: QPointF) -> int:
        row = self.row_at(point.y())
        if row == NONE or self.lines is None:
            return NONE
        return self.lines.spot_in(row, point.x(), self.canvas.width())

    def places(self, spot: int) -> list[QRectF]:
        figure = self.lines
        if figure is None:
            return []
        row, x, width = figure.place(spot, self.canvas.width())
        return [QRectF(x, figure.head + row * self.row_height - self.bar.value(), width, self.row_height)]

    def draw(self, painter: QPainter, size: QSizeF) -> None:
        figure = self.lines
        if figure is None:
            return
        brush = Brush(painter, tones(theme.current()))
        rows = self.drawn_rows = self.visible_rows()
        painter.save()
        painter.setClipRect(QRectF(0, figure.head, size.width(), self._room()))
        brush.paint(self.grounds())
        painter.save()
        painter.translate(0, figure.head + rows.start * self.row_height - self.bar.value())
        brush.paint(self._rows_drawn(figure, rows, size).shapes)
        painter.restore()
        brush.paint(self.outlines())
        painter.restore()
        brush.paint(self._frame(figure, size).shapes)

    def _rows_drawn(self, figure: RowsFigure, rows: range, size: QSizeF) -> Sheet:
        """The rows in sight, the first from the top on; kept until others come into sight."""
        known = (rows, self.row_height, size.width(), size.height())
        if self._body is None or self._body[0] != known:
            sheet = Sheet(size.width(), size.height(), measure)
            figure.draw_rows(sheet, rows, 0.0, self.row_height)
            self._body = known, sheet
        return self._body[1]

    def _frame(self, figure: RowsFigure, size: QSizeF) -> Sheet:
        """Head and foot."""
        sheet = Sheet(size.width(), size.height(), measure)
        figure.draw_head(sheet)
        if figure.rows():
            sheet.line([(0, figure.head), (size.width(), figure.head)], "border")
            figure.draw_foot(sheet, self._foot_top())
        if self.bar.maximum() > 0:
            sheet.line([(0, self._foot_top()), (size.width(), self._foot_top())], "border")
        return sheet

    def drawn(self, size: QSizeF) -> Sheet:
        """For a picture: all rows, or of very many those in sight."""
        sheet = Sheet(size.width(), size.height(), measure)
        figure = self.lines
        if figure is None:
            return sheet
        if figure.rows() <= _MOST_ROWS:
            figure.draw(sheet)
            return sheet
        rows = self._whole_rows()
        figure.draw_rows(sheet, rows, figure.head, self.row_height)
        sheet.shapes += self._frame(figure, size).shapes
        return sheet

    def picture_size(self) -> QSizeF:
        figure = self.lines
        size = QSizeF(self.canvas.size())
        if figure is not None and 0 < figure.rows() <= _MOST_ROWS:
            size.setHeight(figure.whole())
        return size

    def _whole_rows(self) -> range:
        """Those in sight of which nothing is cut off."""
        rows = self.visible_rows()
        return range(rows.start, rows.start + min(len(rows), int(self._room() / self.row_height)))

    def _room(self) -> float:
        """The height that the rows have between head and foot."""
        figure = self.lines
        return max(0.0, self._foot_top() - figure.head) if figure is not None else 0.0

    def _foot_top(self) -> float:
        """The foot stands at the lower edge, or right below the last row."""
        figure = self.lines
        if figure is None:
            return 0.0
        edge = float(self.canvas.height()) - figure.foot
        return max(figure.head, min(edge, figure.head + figure.rows() * max(self.row_height, 1.0)))

    def zoom(self, factor: float, y: float | None = None) -> None:
        """Make the rows higher or lower, keeping the row at that height, or the first one, in its place."""
        figure = self.lines
        if figure is None:
            return
        above = 0.0 if y is None else max(0.0, min(y - figure.head, self._room()))
        row = (self.bar.value() + above) / self.row_height
        self.row_height = max(figure.lowest, min(figure.highest, self.row_height * factor))
        self.fit()
        self.bar.setValue(round(row * self.row_height - above))

    def bring_into_sight(self, spot: int) -> None:
        figure = self.lines
        if spot == NONE or figure is None:
            return
        top = figure.place(spot, self.canvas.width())[0] * self.row_height
        if top < self.bar.value():
            self.bar.setValue(int(top))
        elif top + self.row_height > self.bar.value() + self._room():
            self.bar.setValue(int(top + self.row_height - self._room()) + 1)

    def drag(self, moved: QPointF) -> None:
        self.bar.setValue(round(self.bar.value() - moved.y()))

    def turn(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.15**notches, event.position().y())
        elif self.bar.maximum() == 0:
            event.ignore()  # what the chart stands in scrolls
        else:
            step = _ROWS_A_NOTCH * max(self.row_height, 16)
            self.bar.setValue(round(self.bar.value() - notches * step))
            self.point_at(QPointF(event.position()))

    def stride(self, key: int) -> tuple[int, int] | None:
        page = max(1, int(self._room() / max(self.row_height, 1.0)) - 1)
        pages: dict[int, tuple[int, int]] = {Qt.Key.Key_PageUp: (0, -page), Qt.Key.Key_PageDown: (0, page)}
        return pages.get(key) or super().stride(key)

    def first_spot(self) -> int:
        """The first one in sight."""
        figure = self.lines
        return self.visible_rows().start * figure.stride if figure is not None else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("+", "="):
            self.zoom(_ZOOM)
        elif event.text() == "-":
            self.zoom(1 / _ZOOM)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
