"""Columns of a table that are shares: a bar with the figure beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QTableView

from drillapp.core.listing import Column
from drillapp.ui import theme
from drillapp.ui.parts.cell_painter import CellPainter
from drillapp.ui.parts.table import Table
from drillapp.ui.parts.table_model import TableModel

_PAD, _WORDS, _HEIGHT = 10, 56, 8


class SharePainter(CellPainter):
    """A bar as long as the share, whole for 1 and more."""

    def __init__(self, model: TableModel, words: Callable[[float], str], grid: QTableView) -> None:
        super().__init__(model, {}, grid)
        self._words = words

    def _value(
        self, painter: QPainter, rect: QRect, column: Column, value: Any, metrics: QFontMetrics
    ) -> None:
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        if value is None:
            painter.setPen(theme.colour("faint"))
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "—")
            return
        room = QRectF(inner.left(), inner.center().y() - _HEIGHT / 2, inner.width() - _WORDS, _HEIGHT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("border"))
        painter.drawRoundedRect(room, _HEIGHT / 2, _HEIGHT / 2)
        room.setWidth(room.width() * min(value, 1.0))
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(room, _HEIGHT / 2, _HEIGHT / 2)
        painter.restore()
        painter.setPen(theme.colour("text"))
        words = QRect(inner.right() - _WORDS, inner.top(), _WORDS, inner.height())
        painter.drawText(
            words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._words(value)
        )


def show_shares(table: Table, names: tuple[str, ...], words: Callable[[float], str]) -> None:
    """Paint these columns of a table as bars."""
    painter = SharePainter(table.model, words, table.grid)
    for place, column in enumerate(table.model.columns):
        if column.name in names:
            table.grid.setItemDelegateForColumn(place, painter)


def percent(share: float) -> str:
    """A share in percent."""
    return f"{100 * share:.0f} %"


def times(share: float) -> str:
    """How often for each head."""
    return f"{share:.2f}"
