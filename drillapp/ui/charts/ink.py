"""How charts write and mix colours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from drillapp.ui import theme

LEFT, RIGHT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
_ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    tone: str | QColor = "text",
    *,
    side: Qt.AlignmentFlag = LEFT,
    size: int = theme.SMALL,
    bold: bool = False,
) -> None:
    """Write one line into a rectangle, shortened with an ellipsis where it does not fit; `tone` is a colour's name."""
    painter.setFont(font(size, bold))
    painter.setPen(tone if isinstance(tone, QColor) else theme.colour(tone))
    metrics = QFontMetricsF(painter.font())
    painter.drawText(
        rect, side | _ONE_LINE, metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    )


def font(size: int = theme.SMALL, bold: bool = False) -> QFont:
    """The interface's font in one of the four sizes."""
    return theme.ui_font(size, QFont.Weight.DemiBold if bold else QFont.Weight.Normal)


def text_width(text: str, size: int = theme.SMALL, bold: bool = False) -> float:
    """How wide a line is, in pixels."""
    return QFontMetricsF(font(size, bold)).horizontalAdvance(text)


def mixed(one: str, other: str, share: float) -> QColor:
    """A colour between two of the palette; share 0 is the first, 1 the second."""
    first, second = theme.colour(one), theme.colour(other)

    def between(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(
        between(first.red(), second.red()),
        between(first.green(), second.green()),
        between(first.blue(), second.blue()),
    )


def stroke(tone: str | QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen with round joins."""
    pen = QPen(tone if isinstance(tone, QColor) else theme.colour(tone), width, style)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCosmetic(True)
    return pen


def rule(
    painter: QPainter, start: QPointF, end: QPointF, tone: str = "border", *, dashed: bool = False
) -> None:
    """A hair line."""
    painter.setPen(stroke(tone, 1.0, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    painter.drawLine(start, end)
