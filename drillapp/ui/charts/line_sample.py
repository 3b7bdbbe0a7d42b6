"""A short piece of a line with its mark as an icon, so that a switch shows which line of a trend it means."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from drillapp.core.charts import tones as names
from drillapp.core.charts.line_marks import draw_mark
from drillapp.core.charts.sheet import Sheet
from drillapp.ui import theme
from drillapp.ui.charts.brush import Brush, measure, tones

_SIZE = QSize(24, 14)


def line_icon(ink: int) -> QIcon:
    """The icon of the line with that ink, in the colours of the theme shown now."""
    sheet = Sheet(_SIZE.width(), _SIZE.height(), measure)
    middle = _SIZE.height() / 2
    sheet.line([(1, middle), (_SIZE.width() - 1, middle)], names.ink(ink), 1.6)
    draw_mark(sheet, ink, (_SIZE.width() / 2, middle), names.ink(ink))
    picture = QPixmap(_SIZE * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    Brush(painter, tones(theme.current())).paint(sheet.shapes)
    painter.end()
    return QIcon(picture)
