"""Draws the cells of tables; by hand, since a style sheet costs ten times as much for each cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from drillapp.core.listing import Column
from drillapp.ui import theme
from drillapp.ui.parts import cells
from drillapp.ui.parts.drawing import AT_LEFT, AT_RIGHT, draw_ground, draw_mark
from drillapp.ui.parts.table_model import WAITING, TableModel

_PAD = 10
LEADING = 14
"""More room before the first column, in pixels."""
_CURSOR = 3
"""Width of the bar before the row under the cursor, in pixels."""
_ELISIONS = 4_000


class CellPainter(QStyledItemDelegate):
    """Text, numbers at the right, and coloured marks for states."""

    def __init__(self, model: TableModel, tones: cells.Tones, grid: QTableView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._model = model
        self._tones = tones
        self._metrics = grid.fontMetrics()
        self._elisions: dict[tuple[str, int], str] = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, metrics = option.rect, option.fontMetrics
        column = self._model.columns[index.column()]
        row = self._model.row(index.row())
        draw_ground(painter, rect, option.state.value)
        if (
            rect.left() + self._grid.horizontalHeader().offset() == 0
        ):  # the first column stands below the page's title
            if self._grid.hasFocus() and index.row() == self._grid.currentIndex().row():
                painter.fillRect(rect.left(), rect.top(), _CURSOR, rect.height(), theme.colour("accent"))
            rect = rect.adjusted(LEADING, 0, 0, 0)
        if row is None:
            painter.setPen(theme.colour("faint"))
            painter.drawText(rect.adjusted(_PAD, 0, -_PAD, 0), AT_LEFT, WAITING)
        else:
            self._value(painter, rect, column, getattr(row, column.name), metrics)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, theme.ROW_HEIGHT)

    def _value(
        self, painter: QPainter, rect: QRect, column: Column, value: Any, metrics: QFontMetrics
    ) -> None:
        text = cells.words(column, value)
        if not text:
            return
        tone = self._tones.get(column.name, {}).get(str(value))
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        if tone is not None:
            draw_mark(painter, inner, text, tone, metrics)
            return
        painter.setPen(theme.colour("text"))
        shown = self._elided(text, inner.width(), metrics)
        painter.drawText(inner, AT_RIGHT if cells.is_right(column) else AT_LEFT, shown)

    def _elided(self, text: str, width: int, metrics: QFontMetrics) -> str:
        """As much of a text as there is room for; kept, since days, names and numbers come again and again."""
        if metrics != self._metrics or len(self._elisions) > _ELISIONS:
            self._metrics = QFontMetrics(metrics)
            self._elisions.clear()
        shown = self._elisions.get((text, width))
        if shown is None:
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._elisions[text, width] = shown
        return shown
