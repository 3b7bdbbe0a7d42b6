"""What painters of rows and cells draw alike: the ground, the lines around, words as far as there is room, a state."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle

from drillapp.ui import icons, theme

# Combined once and not for each of the two hundred cells that a turn of the wheel draws.
ONE_LINE = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
AT_LEFT = Qt.AlignmentFlag.AlignLeft.value | ONE_LINE
AT_RIGHT = Qt.AlignmentFlag.AlignRight.value | ONE_LINE
CENTRED = Qt.AlignmentFlag.AlignHCenter.value | ONE_LINE
SELECTED = QStyle.StateFlag.State_Selected.value
UNDER_MOUSE = QStyle.StateFlag.State_MouseOver.value
_MARK_HEIGHT = 22
_MARK_ICON = 14


def draw_ground(painter: QPainter, rect: QRect, state: int) -> None:
    """Draw the ground of a cell that is selected, or under the mouse, and the line below it."""
    if state & SELECTED:
        painter.fillRect(rect, theme.colour("accent_soft"))
    elif state & UNDER_MOUSE:
        painter.fillRect(rect, theme.colour("hover"))
    draw_lines(painter, rect)


def draw_lines(painter: QPainter, rect: QRect, *, is_grid: bool = False) -> None:
    """Draw the line below a cell, and in a grid the one at its right."""
    painter.setPen(theme.colour("border"))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if is_grid:
        painter.drawLine(rect.topRight(), rect.bottomRight())


def draw_words(painter: QPainter, rect: QRect, text: str, ink: QColor) -> None:
    """Draw as much of a text as there is room for, from the left, in the painter's font."""
    painter.setPen(ink)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, AT_LEFT, shown)


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
    painter.drawText(words, ONE_LINE, shown)
    painter.restore()
