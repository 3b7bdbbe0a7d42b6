"""The drill's clock, large, and below it the clock on the wall."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from drillapp.core.i18n import _
from drillapp.ui import theme

_PIXELS = 58
_WALL = 20


class ClockFace(QWidget):
    """Painted, since no label is so large; only when a second is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.time, self.wall, self._ink = "0:00:00", "", "text"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Clock of the drill"))

    def tell(self, time: str, wall: str, ink: str) -> None:
        """Show the drill's clock and the wall's."""
        if (time, wall, ink) != (self.time, self.wall, self._ink):
            self.time, self.wall, self._ink = time, wall, ink
            self.setAccessibleDescription(f"{time}, {wall}")
            self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(_big()).horizontalAdvance("00:00:00")
        return QSize(width + 8, _PIXELS + _WALL + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(_big())
        painter.setPen(theme.colour(self._ink))
        painter.drawText(QRect(0, 0, self.width(), _PIXELS + 4), Qt.AlignmentFlag.AlignCenter, self.time)
        painter.setFont(theme.ui_font(theme.HEADING))
        painter.setPen(theme.colour("muted"))
        below = QRect(0, _PIXELS + 4, self.width(), _WALL + 4)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.wall)
        painter.end()


def _big() -> QFont:
    return theme.ui_font(_PIXELS, QFont.Weight.Bold)
