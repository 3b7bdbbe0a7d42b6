"""A state as a coloured mark with icon and word, outside tables."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from drillapp.ui import icons
from drillapp.ui.parts.drawing import draw_mark


class Mark(QWidget):
    """Painted, so that it follows the theme."""

    def __init__(self, parent: QWidget | None = None, text: str = "", tone: str = "neutral") -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tell(text, tone)

    def tell(self, text: str, tone: str) -> None:
        """Show a word in a tone (theme.TONES)."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        icon = 18 if self._tone in icons.STATE_ICONS else 0
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + icon + 18, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_mark(
            painter, QRect(0, 0, self.width(), self.height()), self._text, self._tone, self.fontMetrics()
        )
        painter.end()
