"""Dates and moments: typed in any usual way, or picked from a calendar."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QWidget

from drillapp.core.i18n import _, language
from drillapp.core.ledgers.dates import read_date, read_moment
from drillapp.core.localtime import BEIJING, local_moment
from drillapp.ui import theme
from drillapp.ui.frame.popup import Popup
from drillapp.ui.parts.words import icon_button

_LIKE_A_DATE = re.compile(r"\d{4}\D{0,3}\d{1,2}\D{0,3}\d{1,2}\D?")


def parse_date(text: str) -> date:
    """The date that a text means, as in ledgers; raises ValueError with a sentence."""
    typed = _typed(text)
    found = read_date(typed)
    if found is None:
        like = _LIKE_A_DATE.fullmatch(typed)
        raise ValueError(_("There is no such day.") if like else _("Write the date like 2026-05-06."))
    return found


def parse_moment(text: str) -> datetime:
    """The moment that a text means in local time: a date, and perhaps a time; raises ValueError with a sentence."""
    found = read_moment(_typed(text))
    if found is None:
        raise ValueError(_("Write the time like 2026-05-06 14:30."))
    return local_moment(found)


def _typed(text: str) -> str:
    """Without what an input method for Chinese makes of digits, colons and spaces."""
    return unicodedata.normalize("NFKC", text).strip()


def calendar(parent: QWidget | None = None) -> QCalendarWidget:
    """A month to pick a day from, in our look and language, its week beginning on Monday."""
    shown = QCalendarWidget(parent)
    shown.setLocale(QLocale("zh_CN" if language() == "zh_CN" else "en_GB"))
    shown.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    shown.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    shown.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
    plain = QTextCharFormat()
    plain.setForeground(QColor(theme.current().text))
    weekday = QTextCharFormat()
    weekday.setForeground(QColor(theme.current().muted))
    shown.setHeaderTextFormat(weekday)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # red is for what is overdue, not for week-ends
        shown.setWeekdayTextFormat(day, plain)
    shown.setMinimumSize(300, 252)
    shown.setAccessibleName(_("Calendar"))
    return shown


class DateField(QWidget):
    """A line for a date (or a moment) with a calendar beside it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, moment: bool = False) -> None:
        super().__init__(parent)
        self._moment = moment
        self._assumed: date | None = None
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("2026-05-06 14:30" if moment else "2026-05-06")
        self.line.setClearButtonEnabled(False)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self._tidy)
        self._pick = icon_button("calendar", _("Pick a day"), parent=self)
        self._pick.clicked.connect(self._on_pick)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._pick)
        self.setFocusProxy(self.line)

    def assume_day(self, day: date) -> None:
        """Let a time alone mean this day."""
        self._assumed = day
        self.line.setPlaceholderText(f"{day} 14:30")

    def value(self) -> date | datetime | None:
        """What is entered; raises ValueError with a sentence for what is no date."""
        text = self.line.text().strip()
        if not text:
            return None
        if not self._moment:
            return parse_date(text)
        timed = read_moment(f"{self._assumed} {_typed(text)}") if self._assumed is not None else None
        return parse_moment(text) if timed is None else local_moment(timed)

    def set_value(self, value: Any) -> None:
        """Show a date or a moment, or nothing."""
        self.line.setText(self._words(value))

    def _words(self, value: Any) -> str:
        if value is None:
            return ""
        if not self._moment:
            return str(value.isoformat()[:10])
        moment = (
            value
            if isinstance(value, datetime)
            else datetime(value.year, value.month, value.day, tzinfo=BEIJING)
        )
        return local_moment(moment).strftime("%Y-%m-%d %H:%M")

    def _tidy(self) -> None:
        try:
            self.set_value(self.value())
        except ValueError:
            return

    def _on_pick(self) -> None:
        popup = Popup(self)
        shown = calendar(popup)
        try:
            value = self.value()
        except ValueError:
            value = None
        if value is not None:
            shown.setSelectedDate(QDate(value.year, value.month, value.day))
        shown.clicked.connect(lambda day: self._on_picked(popup, day))
        shown.activated.connect(lambda day: self._on_picked(popup, day))
        popup.body.addWidget(shown)
        popup.open_below()
        shown.setFocus()

    def _on_picked(self, popup: Popup, day: QDate) -> None:
        popup.close()
        time = self.line.text().partition(" ")[2] if self._moment else ""
        self.line.setText(f"{day.year()}-{day.month():02}-{day.day():02} {time}".strip())
        self.edited.emit()
        self.line.setFocus()
