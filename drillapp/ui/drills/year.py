"""A year at a glance: twelve months, each day with its drills; painted in one widget."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

from PySide6.QtCore import QEvent, QLocale, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from drillapp.core import enumerations
from drillapp.core.i18n import _, language
from drillapp.ui import theme
from drillapp.ui.parts import tones
from drillapp.ui.theme import GRID, SMALL

_HEAD = 44
_GAP = 2 * GRID
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class YearView(QWidget):
    """The days of a year; a click or Enter chooses one, arrows walk."""

    chosen = Signal(date)
    least_month = (196, 168)
    """The smallest that a month may become, in pixels."""
    enumeration = "drill_state"
    tones = tones.DRILLS
    order: tuple[str, ...] = ("overdue", "running", "planned", "held", "reported")
    """What stands for a day with drills in several states: what needs somebody first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.year = date.min.year
        self.today = date.min
        self.cursor_day = date.min
        self.days: dict[date, dict[str, int]] = {}

    def show_year(self, year: int, today: date, days: dict[date, dict[str, int]]) -> None:
        """Show a year's drills: for each day the number in each state."""
        self.year, self.today, self.days = year, today, days
        if self.cursor_day.year != year:
            self.cursor_day = today if today.year == year else date(year, 1, 1)
        self._tell_cursor()
        self.updateGeometry()
        self.update()

    def columns(self) -> int:
        """Months side by side."""
        return next((n for n in (6, 4, 3, 2) if self.width() >= n * self.least_month[0] + (n + 1) * _GAP), 1)

    def sizeHint(self) -> QSize:
        rows = -(-12 // self.columns())
        return QSize(4 * self.least_month[0], rows * (self.least_month[1] + _GAP) + _GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.least_month[0] + 2 * _GAP, self.sizeHint().height())

    def resizeEvent(self, _event: object) -> None:
        self.setMinimumHeight(self.sizeHint().height())

    def rect_of(self, day: date) -> QRect:
        """Where a day stands."""
        month = self.month_rect(day.month)
        width, height = month.width() / 7, (month.height() - _HEAD) / 6
        place = date(self.year, day.month, 1).weekday() + day.day - 1
        left, top = month.left() + place % 7 * width, month.top() + _HEAD + place // 7 * height
        return QRectF(left, top, width, height).toRect()

    def day_at(self, x: int, y: int) -> date | None:
        """The day at a point."""
        for month in range(1, 13):
            rect = self.month_rect(month)
            if rect.contains(x, y):
                line, column = (
                    (y - rect.top() - _HEAD) * 6 // (rect.height() - _HEAD),
                    (x - rect.left()) * 7 // rect.width(),
                )
                number = line * 7 + column - date(self.year, month, 1).weekday() + 1
                known = 1 <= number <= calendar.monthrange(self.year, month)[1] and y >= rect.top() + _HEAD
                return date(self.year, month, number) if known else None
        return None

    @property
    def is_known(self) -> bool:
        """Whether a year was given to show."""
        return self.year != date.min.year

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_known:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            rect = self.month_rect(month)
            if rect.intersects(event.rect()):
                self._draw_month(painter, month, rect)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint().x(), event.position().toPoint().y())
        if day is not None:
            self._move(day)
            self.chosen.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint().x(), event.position().toPoint().y())
        known = day is not None and day in self.days
        self.setCursor(Qt.CursorShape.PointingHandCursor if known else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            day = self.cursor_day + timedelta(days=step)
            self._move(day if day.year == self.year else self.cursor_day)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.cursor_day)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), self.words(day) if day in self.days else "", self)
            return True
        return super().event(event)

    def words(self, day: date | None) -> str:
        """A day with its drills, in words."""
        if day is None:
            return ""
        states = self.days.get(day, {})
        known = [one for one in self.order if one in states]
        parts = [f"{enumerations.label(self.enumeration, one)} {states[one]}" for one in known]
        return f"{day.isoformat()}  " + ("、" if language() == "zh_CN" else ", ").join(
            parts or [_("no drills")]
        )

    def _move(self, day: date) -> None:
        self.cursor_day = day
        self._tell_cursor()
        self.update()

    def _tell_cursor(self) -> None:
        self.setAccessibleName(_("Year calendar: {day}").format(day=self.words(self.cursor_day)))

    def month_rect(self, month: int) -> QRect:
        """Where a month stands, with its head."""
        columns = self.columns()
        rows = -(-12 // columns)
        width = (self.width() - (columns + 1) * _GAP) // columns
        height = (self.height() - (rows + 1) * _GAP) // rows
        line, column = divmod(month - 1, columns)
        return QRect(_GAP + column * (width + _GAP), _GAP + line * (height + _GAP), width, height)

    def _draw_month(self, painter: QPainter, month: int, rect: QRect) -> None:
        last = calendar.monthrange(self.year, month)[1]
        days = [date(self.year, month, number) for number in range(1, last + 1)]
        total = sum(sum(self.days[day].values()) for day in days if day in self.days)
        painter.setFont(theme.ui_font())
        painter.setPen(theme.colour("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        head = QRect(rect.left() + 4, rect.top(), rect.width() - 8, 22)
        painter.drawText(head, middle, _locale().standaloneMonthName(month))
        painter.setFont(theme.ui_font(SMALL))
        if total:
            painter.setPen(theme.colour("muted"))
            painter.drawText(head, middle | Qt.AlignmentFlag.AlignRight, f"{total:,}")
        painter.setPen(theme.colour("faint"))
        for weekday in range(7):
            cell = QRect(rect.left() + weekday * rect.width() // 7, rect.top() + 22, rect.width() // 7, 20)
            name = _locale().standaloneDayName(weekday + 1, QLocale.FormatType.NarrowFormat)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, name)
        for day in days:
            self._draw_day(painter, day)

    def _draw_day(self, painter: QPainter, day: date) -> None:
        states, cell = self.days.get(day), self.rect_of(day)
        box = QRectF(cell).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        ink = theme.colour("text" if day.weekday() < 5 else "faint")
        if states:
            state = next(one for one in self.order if one in states)
            ink, ground = theme.tone_colours(tones.tone(self.tones, state))
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 4, 4)
        if day == self.today or (day == self.cursor_day and self.hasFocus()):
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        painter.setPen(ink)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))
        self._draw_count(painter, cell, sum(states.values()) if states else 0)

    @staticmethod
    def _draw_count(painter: QPainter, cell: QRect, count: int) -> None:
        """One to three drills as dots, more as a longer bar."""
        if not count or cell.height() < 24:  # below that the dots would touch the number
            return
        painter.setBrush(painter.pen().color())
        painter.setPen(Qt.PenStyle.NoPen)
        bar = min(count, 8) * 3 + 1
        painter.drawRoundedRect(QRectF(cell.center().x() - bar / 2 + 0.5, cell.bottom() - 5, bar, 2), 1, 1)


@lru_cache(maxsize=2)
def _locale_of(name: str) -> QLocale:
    return QLocale(name)


def _locale() -> QLocale:
    return _locale_of("zh_CN" if language() == "zh_CN" else "en_GB")
