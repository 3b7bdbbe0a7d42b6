"""One line about a record: title, subtitle, mark of its state; a click leads to it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from drillapp.ui import icons, theme
from drillapp.ui.parts.drawing import draw_mark
from drillapp.ui.session import Target
from drillapp.ui.theme import GRID, SMALL

_LOW, _HIGH = 34, 52
_MARK_ROOM = 18
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


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
    wraps: bool = False
    """Whether the subtitle is a sentence that is shown whole, on as many lines as it takes."""


class RecordLink(QAbstractButton):
    """Painted, so that hundreds of them cost little; its mark and words stand in its accessible name."""

    def __init__(self, line: RecordLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        # A layout gives a fixed widget no more than its size hint, whatever its height for the width.
        down = QSizePolicy.Policy.Preferred if line.wraps else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, down)
        policy.setHeightForWidth(line.wraps)
        self.setSizePolicy(policy)
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

    def hasHeightForWidth(self) -> bool:
        return self.line.wraps

    def heightForWidth(self, width: int) -> int:
        """The lines of the subtitle beside the mark, in place of the one that is usual."""
        metrics = QFontMetrics(theme.ui_font(SMALL))
        room = QRect(0, 0, width - 2 * GRID - self._right_width(), 10_000)
        taken = metrics.boundingRect(room, _WRAPPED, self.line.subtitle).height()
        return self.sizeHint().height() + max(0, taken - metrics.height())

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
        width = self._right_width()
        if self.line.action:
            painter.setPen(theme.colour("accent_text"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, right, self.line.action)
        elif self.line.mark:
            place = room.adjusted(room.width() - width + GRID, 0, 0, 0)
            draw_mark(painter, place, self.line.mark, self.line.tone, self.fontMetrics())
        return width

    def _right_width(self) -> int:
        """How much room what stands at the right takes."""
        words = self.line.action or self.line.mark
        if not words:
            return 0
        width = self.fontMetrics().horizontalAdvance(words) + GRID
        if self.line.action:
            return width
        return width + 18 + (_MARK_ROOM if self.line.tone in icons.STATE_ICONS else 0)

    def _words(self, painter: QPainter, room: QRect) -> None:
        line = self.line
        is_high = self.sizeHint().height() == _HIGH
        upper = QRect(room.left(), 6, room.width(), _HIGH // 2 - 6) if is_high else room
        self._text(painter, upper, line.title, "text", self.fontMetrics())
        lower = room.adjusted(0, _HIGH // 2, 0, -6)
        if line.subtitle:
            font = theme.ui_font(SMALL)
            painter.setFont(font)
            if line.wraps:
                painter.setPen(theme.colour("muted"))
                painter.drawText(lower, _WRAPPED, line.subtitle)
            else:
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
