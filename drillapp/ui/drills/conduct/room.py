"""The screen for the room: clock, state, and what everybody may know of the situation; nothing can be done there."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from drillapp.core.drills.conduct.queries import ConductView
from drillapp.core.drills.injects.rows import InjectRow
from drillapp.core.i18n import _
from drillapp.core.resources import load_toml
from drillapp.ui import icons, theme
from drillapp.ui.drills.conduct import times
from drillapp.ui.drills.conduct.conductor import Now
from drillapp.ui.drills.conduct.head import state_word

_FOR_ALL = ("video", "alarm")
"""Means by which an inject reaches the whole room."""
_SMALLEST = 18
_CENTRE = Qt.AlignmentFlag.AlignCenter.value
_TEXT = (
    Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignHCenter.value | Qt.AlignmentFlag.AlignVCenter.value
)


class RoomScreen(QWidget):
    """Goes to the second screen where there is one; F11 fills the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(_("Screen for the room"))
        self.setWindowIcon(icons.icon("app", "accent"))
        self.title = self.state = self.situation = ""
        self.time, self.wall = "0:00:00", ""
        self._chosen: int | None = None
        self._view: ConductView | None = None
        self.resize(1024, 640)
        self.setMinimumSize(480, 320)

    def open_beside(self, other: QWidget) -> None:
        """Show it, on another screen than the controls where there is one."""
        screens = [screen for screen in QGuiApplication.screens() if screen is not other.screen()]
        self.show()
        if screens:
            self.setGeometry(screens[0].availableGeometry())
            self.showFullScreen()
        self.raise_()
        if screens:
            other.activateWindow()  # the keys stay with the controls

    def show_view(self, view: ConductView) -> None:
        """Show what was read."""
        self._view = view
        self.title = view.drill.title
        self.state = state_word(view.timeline.state, is_event=view.drill.kind == "event")
        self.situation = situation(view, self._chosen)
        self.setAccessibleDescription(self.situation)
        self.update()

    def show_inject(self, inject_id: int) -> None:
        """Show this inject until another one for the room is released."""
        self._chosen = inject_id
        if self._view is not None:
            self.show_view(self._view)

    def follow(self) -> None:
        """Show what was released last for the room again."""
        self._chosen = None

    def show_now(self, now: Now) -> None:
        """Show what time it is."""
        shown = (times.clock(now.seconds), times.wall(now.moment, seconds=False))
        if shown != (self.time, self.wall):
            self.time, self.wall = shown
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F11:
            self.showNormal() if self.isFullScreen() else self.showFullScreen()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("window"))
        side = min(self.width() / 16, self.height() / 9)
        margin = round(side * 0.6)
        inner = self.rect().adjusted(margin, margin, -margin, -margin)
        _line(
            painter,
            QRect(inner.left(), inner.top(), inner.width(), round(side)),
            self.title,
            side * 0.42,
            "muted",
        )
        clock = QRect(inner.left(), inner.top() + round(side), inner.width(), round(side * 2.6))
        ink = "text" if self._view is not None and self._view.timeline.state == "running" else "faint"
        _line(painter, clock, self.time, side * 2.3, ink)
        state = QRect(inner.left(), clock.bottom(), inner.width(), round(side * 0.8))
        _line(painter, state, f"{self.state}   ·   {self.wall}", side * 0.42, "accent_text")
        words = QRect(
            inner.left(),
            state.bottom() + margin // 2,
            inner.width(),
            inner.bottom() - state.bottom() - margin // 2,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(words, 12, 12)
        _fitted(
            painter, words.adjusted(margin, margin // 2, -margin, -margin // 2), self.situation, side * 0.6
        )
        painter.end()


def situation(view: ConductView, chosen: int | None = None) -> str:
    """What the room may know: the inject chosen, or what was released last to everybody, or else the scenario."""
    if chosen is not None:
        found = next((row for row in view.injects if row.id == chosen), None)
        if found is not None:
            return found.content
    told = {row.id: row for row in view.injects if is_for_room(row)}
    for inject_id, _at in sorted(view.timeline.released.items(), key=lambda pair: pair[1], reverse=True):
        if inject_id in told:
            return told[inject_id].content
    return view.drill.scenario or ""


def is_for_room(row: InjectRow) -> bool:
    """Whether an inject is told to everybody."""
    words = load_toml("drills/offsets.toml")
    everybody = {word.casefold() for word in words["everybody"]}
    names = re.split("|".join(map(re.escape, words["separators"])), row.addressee or "")
    return row.means in _FOR_ALL or any(name.strip().casefold() in everybody for name in names)


def _line(painter: QPainter, rect: QRect, text: str, pixels: float, ink: str) -> None:
    painter.setFont(theme.ui_font(round(pixels), QFont.Weight.DemiBold))
    painter.setPen(theme.colour(ink))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, _CENTRE, shown)


def _fitted(painter: QPainter, rect: QRect, text: str, pixels: float) -> None:
    """Write a text as large as it fits."""
    size = round(pixels)
    while size > _SMALLEST:
        needed = QFontMetrics(theme.ui_font(size)).boundingRect(rect, _TEXT, text)
        if needed.height() <= rect.height() and needed.width() <= rect.width():
            break
        size -= 2
    painter.setFont(theme.ui_font(size))
    painter.setPen(theme.colour("text"))
    painter.drawText(rect, _TEXT, text)
