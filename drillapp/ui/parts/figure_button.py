"""A figure that can be clicked: the number large, what it counts below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from drillapp.ui import theme
from drillapp.ui.theme import GRID, HEADING, SMALL

_RADIUS = 6


class FigureButton(QAbstractButton):
    """Painted; `strength` 0 to 1 tints the ground, as in a heat map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.tell("")

    def tell(self, figure: str, words: str = "", *, tone: str = "neutral", strength: float = 0.0) -> None:
        """Show a figure with a word below; nothing can be clicked where there is no figure."""
        self.figure, self.words, self.tone, self.strength = figure, words, tone, strength
        self.setEnabled(bool(figure))
        self.setCursor(Qt.CursorShape.PointingHandCursor if figure else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(88, 52)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        option.initFrom(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option.state)
        self._write(painter)
        painter.end()

    def _ground(self, painter: QPainter, state: QStyle.StateFlag) -> None:
        ground = QColor(theme.colour("accent"))
        ground.setAlphaF(0.04 + 0.26 * self.strength)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground if self.figure else theme.colour("sunken"))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
        if self.figure and state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, _RADIUS, _RADIUS)

    def _write(self, painter: QPainter) -> None:
        room = self.rect().adjusted(GRID, 4, -GRID, -4)
        middle = Qt.AlignmentFlag.AlignCenter
        if not self.figure:
            painter.setPen(theme.colour("faint"))
            painter.drawText(room, middle, "–")
            return
        upper = QRect(room.left(), room.top(), room.width(), room.height() * 3 // 5) if self.words else room
        painter.setFont(theme.ui_font(HEADING))
        painter.setPen(theme.colour("text"))
        painter.drawText(upper, middle, self.figure)
        if self.words:
            lower = QRect(room.left(), upper.bottom(), room.width(), room.bottom() - upper.bottom())
            painter.setFont(theme.ui_font(SMALL))
            painter.setPen(theme.tone_colours(self.tone)[0])
            painter.drawText(lower, middle, self.words)
