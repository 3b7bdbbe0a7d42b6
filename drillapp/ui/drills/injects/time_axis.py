"""The injects of a script on a line of time: how close they come, and where nothing happens for long."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from drillapp.core.drills.injects.offsets import show_length, show_offset
from drillapp.core.i18n import _
from drillapp.ui import theme

_SIDE = 32
_DOT = 20
_REACH = 12
_GAP_WORDS = 64
"""Room that the length of a gap needs, in pixels."""


class TimeAxis(QWidget):
    """A click on an inject goes to its row."""

    chosen = Signal(int)
    """Its place in the script."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times: list[tuple[str, int | None]] = []
        self._current = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Time axis of the script"))
        self.setMouseTracking(True)

    def show_times(self, times: Sequence[tuple[str, int | None]], current: int = -1) -> None:
        """Show injects by number and planned time; `current` is the place under the cursor."""
        if (list(times), current) != (self._times, self._current):
            self._times, self._current = list(times), current
            self.setAccessibleDescription(self.summary())
            self.update()

    def summary(self) -> str:
        """How long the script is, and the longest gap in it."""
        timed = sorted(time for _number, time in self._times if time is not None)
        if not timed:
            return _("No inject has a time yet.")
        reserve = sum(time is None for _number, time in self._times)
        gaps = [later - earlier for earlier, later in pairwise(timed)]
        words = _("{count} injects from {first} to {last}, longest gap {gap}, {reserve} without a time")
        return words.format(
            count=len(timed), first=show_offset(timed[0]), last=show_offset(timed[-1]),
            gap=show_length(max(gaps, default=0)), reserve=reserve,
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        return QSize(400, 56)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = 22
        painter.setPen(theme.colour("border_strong"))
        painter.drawLine(_SIDE, middle, self.width() - _SIDE, middle)
        spots = self._spots()
        painter.setFont(theme.ui_font(theme.SMALL))
        self._gaps(painter, middle)
        for place, left in spots.items():
            is_current = place == self._current
            painter.setPen(theme.colour("surface"))
            painter.setBrush(theme.colour("accent" if is_current else "accent_soft"))
            dot = QRect(left - _DOT // 2, middle - _DOT // 2, _DOT, _DOT)
            painter.drawEllipse(dot)
            painter.setPen(theme.colour("on_accent" if is_current else "accent_text"))
            painter.drawText(
                dot.adjusted(-8, 0, 8, 0), Qt.AlignmentFlag.AlignCenter, self._times[place][0][:3]
            )
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().toPoint())
        if place is not None:
            self.chosen.emit(place)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            place = self._at(event.pos())
            if place is not None:
                number, time = self._times[place]
                QToolTip.showText(event.globalPos(), f"{number}  {show_offset(time or 0)}", self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    def spot(self, place: int) -> QPoint:
        """Where an inject stands."""
        return QPoint(self._spots()[place], 22)

    def _gaps(self, painter: QPainter, middle: int) -> None:
        """Below the line, how long nothing happens, where there is room to say it."""
        painter.setPen(theme.colour("muted"))
        by_time = sorted((time, self._left(time)) for _number, time in self._times if time is not None)
        for (one, left), (two, right) in pairwise(by_time):
            if right - left >= _GAP_WORDS:
                spot = QRect(left, middle + 12, right - left, 18)
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, show_length(two - one))

    def _spots(self) -> dict[int, int]:
        return {
            place: self._left(time) for place, (_number, time) in enumerate(self._times) if time is not None
        }

    def _left(self, time: int) -> int:
        timed = [one for _number, one in self._times if one is not None]
        first, last = min(0, *timed), max(timed)
        return _SIDE + round((time - first) / max(last - first, 1) * (self.width() - 2 * _SIDE))

    def _at(self, point: QPoint) -> int | None:
        near = [(abs(left - point.x()), place) for place, left in self._spots().items()]
        distance, place = min(near, default=(self.width(), 0))
        return place if distance <= _REACH else None
