"""Units × indicators as shades: the darker a cell, the further it is from 100; its figure stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.charts.chart import NONE
from drillapp.ui.charts.ink import CENTRE, RIGHT, mixed, stroke, text_width, write
from drillapp.ui.charts.rows_chart import RowsChart

LOWEST, USUAL, HIGHEST = 3.0, 28.0, 44.0
"""Heights of a row, in pixels."""
_READABLE = 17.0
"""Lower rows have no words."""
_PAD, _GAP = 12.0, 2.0
_DARKEST = 0.9


class HeatRow(NamedTuple):
    """One row: a name and a value of 0 to 100 for each column, None where nothing is asked."""

    row: Any
    name: str
    values: tuple[float | None, ...]
    details: tuple[str, ...]
    """For each column what the value comes from, for the hover."""


class HeatCell(NamedTuple):
    """What is behind a cell."""

    row: Any
    column: int


class HeatMap(RowsChart):
    """Cells in columns of one width; Ctrl and the wheel make the rows higher or lower."""

    head_height = 34.0

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, USUAL, parent)
        self._rows: Sequence[HeatRow] = ()
        self._columns: tuple[str, ...] = ()
        self.painted = 0
        """How many rows the last painting drew."""

    def show_rows(self, columns: Sequence[str], rows: Sequence[HeatRow]) -> None:
        """Show these rows."""
        self._columns = tuple(columns)
        self._rows = rows
        self.current = self.pointed = NONE
        self.bar.setValue(0)
        self.refresh_rows()

    def row_count(self) -> int:
        return len(self._rows)

    def count(self) -> int:
        return len(self._rows) * len(self._columns)

    def row(self, spot: int) -> HeatCell:
        row, column = divmod(spot, len(self._columns))
        return HeatCell(self._rows[row].row, column)

    def row_of_spot(self, spot: int) -> int:
        return spot // len(self._columns)

    def steps(self) -> dict[int, int]:
        wide = len(self._columns)
        page = max(1, int(self.canvas.height() / self.row_height) - 2) * wide
        keys = Qt.Key
        return {
            keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_Up: -wide, keys.Key_Down: wide,
            keys.Key_PageUp: -page, keys.Key_PageDown: page, keys.Key_Home: -self.count(), keys.Key_End: self.count(),
        }  # fmt: skip

    def spot_at(self, point: QPointF) -> int:
        row, left, width = self.row_at(point.y()), self._left(), self._width()
        column = int((point.x() - left) / width)
        if row == NONE or point.x() < left or column >= len(self._columns):
            return NONE
        return row * len(self._columns) + column

    def words(self, spot: int) -> str:
        row, column = divmod(spot, len(self._columns))
        line = self._rows[row]
        value = line.values[column]
        figure = _("nothing is asked") if value is None else f"{value:.1f}"
        detail = f" ({line.details[column]})" if line.details[column] else ""
        return f"{line.name}\n{self._columns[column]}: {figure}{detail}"

    def draw(self, painter: QPainter, area: QRectF) -> None:
        self.painted = 0
        super().draw(painter, area)

    def draw_head(self, painter: QPainter, area: QRectF) -> None:
        left, width = self._left(), self._width()
        for i, name in enumerate(self._columns):
            place = QRectF(left + i * width + 4, area.top(), width - 8, area.height())
            write(painter, place, name, "muted", side=CENTRE, bold=True)

    def draw_row(self, painter: QPainter, row: int, area: QRectF) -> None:
        self.painted += 1
        line, left, width = self._rows[row], self._left(), self._width()
        is_readable = self.row_height >= _READABLE
        gap = _GAP if is_readable else 0.0
        if is_readable:
            name = QRectF(_PAD, area.top(), left - 2 * _PAD, area.height())
            write(painter, name, line.name, side=RIGHT, size=theme.SMALL)
        for column, value in enumerate(line.values):
            cell = QRectF(left + column * width, area.top(), width - _GAP, area.height() - gap)
            self._draw_cell(painter, cell, value, row * len(self._columns) + column, is_readable)

    def turn(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.scale_rows(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
        else:
            super().turn(event)

    def scale_rows(self, factor: float) -> None:
        """Make the rows higher or lower."""
        self.zoom(factor, LOWEST, HIGHEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("+", "="):
            self.scale_rows(1.3)
        elif event.text() == "-":
            self.scale_rows(1 / 1.3)
        else:
            super().keyPressEvent(event)

    def _left(self) -> float:
        return min(240.0, max(120.0, float(self.canvas.width()) * 0.2))

    def _width(self) -> float:
        return max(24.0, (float(self.canvas.width()) - self._left() - _PAD) / max(1, len(self._columns)))

    def _draw_cell(
        self, painter: QPainter, cell: QRectF, value: float | None, spot: int, is_readable: bool
    ) -> None:
        if value is not None:
            share = (100 - value) / 100 * _DARKEST
            painter.fillRect(cell, mixed("sunken", "accent", share))
        if is_readable:
            tone = "faint" if value is None else ("on_accent" if value < 36 else "text")
            write(painter, cell, "–" if value is None else f"{value:.0f}", tone, side=CENTRE)
        if spot in (self.current, self.pointed):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(stroke("text" if spot == self.current else "muted", 2.0))
            painter.drawRect(cell.adjusted(1, 1, -1, -1))


def draw_scale(painter: QPainter, area: QRectF) -> None:
    """What the shades mean: from 100 to 0."""
    low, high = "100", "0"
    first, last = text_width(low) + 6, text_width(high) + 6
    band = area.adjusted(first, 5, -last, -5)
    for i in range(20):
        part = QRectF(band.left() + band.width() * i / 20, band.top(), band.width() / 20 + 0.5, band.height())
        painter.fillRect(part, mixed("sunken", "accent", i / 19 * _DARKEST))
    write(painter, area, low, "muted")
    write(painter, area, high, "muted", side=RIGHT)
