"""Draws the cells of tables; by hand, since a style sheet costs ten times as much for each cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from drillapp.core.listing import Column
from drillapp.ui import icons, theme
from drillapp.ui.parts import cells
from drillapp.ui.parts.table_model import WAITING, TableModel

_PAD = 10
LEADING = 14
"""More room before the first column, in pixels."""
_CURSOR = 3
"""Width of the bar before the row under the cursor, in pixels."""
_MARK_HEIGHT = 22
_MARK_ICON = 14
# Combined once and not for each of the two hundred cells that a turn of the wheel draws.
_ONE_LINE = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
_AT_LEFT = Qt.AlignmentFlag.AlignLeft.value | _ONE_LINE
_AT_RIGHT = Qt.AlignmentFlag.AlignRight.value | _ONE_LINE
_SELECTED = QStyle.StateFlag.State_Selected.value
_UNDER_MOUSE = QStyle.StateFlag.State_MouseOver.value
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
        self._ground(painter, rect, option.state.value)
        if (
            rect.left() + self._grid.horizontalHeader().offset() == 0
        ):  # the first column stands below the page's title
            if self._grid.hasFocus() and index.row() == self._grid.currentIndex().row():
                painter.fillRect(rect.left(), rect.top(), _CURSOR, rect.height(), theme.colour("accent"))
            rect = rect.adjusted(LEADING, 0, 0, 0)
        if row is None:
            painter.setPen(theme.colour("faint"))
            painter.drawText(rect.adjusted(_PAD, 0, -_PAD, 0), _AT_LEFT, WAITING)
        else:
            self._value(painter, rect, column, getattr(row, column.name), metrics)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, theme.ROW_HEIGHT)

    def _ground(self, painter: QPainter, rect: QRect, state: int) -> None:
        if state & _SELECTED:
            painter.fillRect(rect, theme.colour("accent_soft"))
        elif state & _UNDER_MOUSE:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setPen(theme.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

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
        painter.drawText(inner, _AT_RIGHT if cells.is_right(column) else _AT_LEFT, shown)

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


def draw_mark(painter: QPainter, rect: QRect, text: str, tone: str, metrics: QFontMetrics) -> None:
    """Draw a state: a tinted pill with an icon and a word."""
    ink, ground = theme.tone_colours(tone)
    name = icons.STATE_ICONS.get(tone, "")
    icon_width = _MARK_ICON + 4 if name else 0
    room = rect.width() - icon_width - 16
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    width = min(rect.width(), metrics.horizontalAdvance(shown) + icon_width + 16)
    top = rect.top() + (rect.height() - _MARK_HEIGHT) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(rect.left(), top, width, _MARK_HEIGHT), 11, 11)
    left = rect.left() + 8
    if name:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(left, round(top) + 4, icons.pixmap(name, tone, _MARK_ICON, ratio))
    painter.setPen(ink)
    words = QRectF(left + icon_width, top, width - icon_width - 16 + 2, _MARK_HEIGHT)
    painter.drawText(words, _ONE_LINE, shown)
    painter.restore()
