"""One line about a record: title, subtitle, mark of its state; a click leads to it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from drillapp.ui import icons, theme
from drillapp.ui.parts.cell_painter import draw_mark
from drillapp.ui.session import Target
from drillapp.ui.theme import GRID, SMALL

_LOW, _HIGH = 34, 52
_MARK_ROOM = 18


class RecordLine(NamedTuple):
    """What such a line says and where it leads."""

    title: str
    subtitle: str = ""
    mark: str = ""
    tone: str = "neutral"
    target: Target | None = None
    action: str = ""
    """A word at the right for what a click does, where it does more than show."""
    share: float | None = None
    """0 to 1: a bar below."""


class RecordLink(QAbstractButton):
    """Painted, so that hundreds of them cost little; its mark and words stand in its accessible name."""

    def __init__(self, line: RecordLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = " ".join(part for part in (line.title, line.subtitle, line.mark, line.action) if part)
        self.setAccessibleName(words)
        self.setToolTip("\n".join(part for part in (line.title, line.subtitle) if part))
        if line.target is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(200, _HIGH if self.line.subtitle or self.line.share is not None else _LOW)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        option.initFrom(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option.state)
        room = self.rect().adjusted(GRID, 0, -GRID, 0)
        self._words(painter, room.adjusted(0, 0, -self._right(painter, room), 0))
        painter.end()

    def _ground(self, painter: QPainter, state: QStyle.StateFlag) -> None:
        if self.line.target is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(self.rect(), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)

    def _right(self, painter: QPainter, room: QRect) -> int:
        """Draw what stands at the right; how much room it takes."""
        metrics, words = self.fontMetrics(), self.line.action or self.line.mark
        if not words:
            return 0
        if self.line.action:
            painter.setPen(theme.colour("accent_text"))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            return metrics.horizontalAdvance(words) + GRID
        icon = _MARK_ROOM if self.line.tone in icons.STATE_ICONS else 0
        width = metrics.horizontalAdvance(words) + icon + 18
        top = room.adjusted(room.width() - width, 0, 0, 0)
        draw_mark(painter, top, words, self.line.tone, metrics)
        return width + GRID

    def _words(self, painter: QPainter, room: QRect) -> None:
        line = self.line
        upper = room.adjusted(0, 6, 0, -room.height() // 2) if self.sizeHint().height() == _HIGH else room
        self._text(painter, upper, line.title, "text", self.fontMetrics())
        lower = room.adjusted(0, room.height() // 2, 0, -6)
        if line.subtitle:
            font = theme.ui_font(SMALL)
            painter.setFont(font)
            self._text(painter, lower, line.subtitle, "muted", QFontMetrics(font))
        if line.share is not None:
            self._bar(painter, QRect(room.left(), self.height() - 6, room.width(), 3), line.share)

    @staticmethod
    def _text(painter: QPainter, room: QRect, words: str, colour: str, metrics: QFontMetrics) -> None:
        painter.setPen(theme.colour(colour))
        shown = metrics.elidedText(words.replace("\n", " "), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _bar(painter: QPainter, room: QRect, share: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("border"))
        painter.drawRoundedRect(room, 1.5, 1.5)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRect(room.topLeft(), QSize(round(room.width() * share), 3)), 1.5, 1.5)
