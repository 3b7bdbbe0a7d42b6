"""The year of a programme: its drills as marks, the hooks of the year, and drills dragged from day to day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from drillapp.core.drills.programme.hooks import hooks
from drillapp.core.i18n import language
from drillapp.ui import theme
from drillapp.ui.drills.year import YearView
from drillapp.ui.parts import tones
from drillapp.ui.theme import SMALL

_HEAD_LINE = 22


class ProgrammeYear(YearView):
    """A click or Enter chooses a day; a day with drills can be dragged to another, or onto the name of a month."""

    dragged = Signal(date, date, bool)
    """From a day to another; whether to that very day, or only to its month."""
    least_month = (160, 198)
    enumeration = "programme_item_state"
    tones = tones.PROGRAMME_ITEMS
    order = ("late", "planned", "scheduled", "held", "dropped")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: QPoint | None = None
        self._from: date | None = None
        self._over: QPoint | None = None

    def month_at(self, x: int, y: int) -> int | None:
        """The month on whose name a point lies."""
        for month in range(1, 13):
            rect = self.month_rect(month)
            if QRect(rect.left(), rect.top(), rect.width(), _HEAD_LINE).contains(x, y):
                return month
        return None

    def words(self, day: date | None) -> str:
        found = super().words(day)
        if day is None:
            return found
        named = [one.title for one in hooks() if one.shown(day.year).first <= day <= one.shown(day.year).last]
        return " · ".join((found, *named))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        day = self.day_at(self._pressed.x(), self._pressed.y())
        self._from = day if day in self.days else None
        if day is not None:
            self._move(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is None or self._from is None:
            super().mouseMoveEvent(event)
            return
        far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far or self._over is not None:
            self._over = point
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        point, over, origin, pressed = event.position().toPoint(), self._over, self._from, self._pressed
        self._let_go()
        day = self.day_at(point.x(), point.y())
        if over is None or origin is None:
            if day is not None and pressed is not None and day == self.day_at(pressed.x(), pressed.y()):
                self.chosen.emit(day)
            return
        month = self.month_at(point.x(), point.y())
        if day is not None and day != origin:
            self.dragged.emit(origin, day, True)
        elif day is None and month is not None:
            self.dragged.emit(origin, date(self.year, month, min(origin.day, 28)), False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._over is not None:
            self._let_go()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.is_known:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_hooks(painter)
        self._draw_drop(painter)
        painter.end()

    def _let_go(self) -> None:
        self._pressed = self._from = self._over = None
        self.unsetCursor()
        self.update()

    def _draw_hooks(self, painter: QPainter) -> None:
        """A line under the days of a hook, and its name beside that of the month in which it begins."""
        painter.setFont(theme.ui_font(SMALL))
        painter.setPen(Qt.PenStyle.NoPen)
        strong, light = theme.colour("accent"), _lighter(theme.colour("accent"), theme.colour("surface"))
        for hook in hooks():
            days = hook.shown(self.year).days
            line = strong if len(days) == 1 else light
            for day in days:
                cell = self.rect_of(day)
                painter.fillRect(cell.left(), cell.bottom() - 1, cell.width() + 1, 2, line)
        for month in range(1, 13):
            self._draw_names(painter, month)

    def _draw_names(self, painter: QPainter, month: int) -> None:
        named = [one.title for one in hooks() if one.shown(self.year).first.month == month]
        if not named:
            return
        rect = self.month_rect(month)
        room = QRect(rect.left() + 56, rect.top(), rect.width() - 96, _HEAD_LINE)
        words = ("、" if language() == "zh_CN" else ", ").join(named)
        shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(theme.colour("accent_text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _draw_drop(self, painter: QPainter) -> None:
        """Where what is dragged would come to lie."""
        if self._over is None:
            return
        day, month = (
            self.day_at(self._over.x(), self._over.y()),
            self.month_at(self._over.x(), self._over.y()),
        )
        if day is not None:
            area = self.rect_of(day)
        elif month is not None:
            rect = self.month_rect(month)
            area = QRect(rect.left(), rect.top(), rect.width(), _HEAD_LINE)
        else:
            return
        painter.setPen(theme.colour("accent"))
        painter.setBrush(theme.colour("accent_soft"))
        painter.setOpacity(0.7)
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def _lighter(ink: QColor, ground: QColor) -> QColor:
    """A colour between the two that covers what is below it, so that what overlaps shows no seam."""
    pairs = zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(0.4 * one + 0.6 * other) for one, other in pairs))
