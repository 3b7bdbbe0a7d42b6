"""A short piece of a line as an icon, so that a switch shows which line it means."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from drillapp.ui.charts.ink import stroke

SIZE = QSize(22, 12)


def line_icon(ink: QColor, style: Qt.PenStyle) -> QIcon:
    """The icon of a line's colour and style."""
    picture = QPixmap(SIZE * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(stroke(ink, 2.0, style))
    painter.drawLine(QPointF(1, 6), QPointF(21, 6))
    painter.end()
    return QIcon(picture)
