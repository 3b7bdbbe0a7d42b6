"""How much falls into each month: a bar a month on a time axis, what is past in a bar of its own before them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.charts.chart import NONE, Chart
from drillapp.ui.charts.ink import CENTRE, mixed, rule, text_width, write

_SIDE, _TOP, _BOTTOM = 8.0, 26.0, 42.0
_GAP = 0.28
"""Part of a bar's place that is left free."""
_LOWEST = 3.0
"""Height of the smallest bar, in pixels."""


class MonthBar(NamedTuple):
    """A bar: what is behind it, its words below, how high it is, and in which colour."""

    row: Any
    head: str
    """The month, or what stands for all that is past."""
    year: str
    """Said below the first month of it."""
    height: int
    tone: str
    words: str


class MonthsChart(Chart):
    """A spot is a bar, its row what the bar stands for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._bars: tuple[MonthBar, ...] = ()
        self.setMinimumHeight(150)

    def show_bars(self, bars: Sequence[MonthBar]) -> None:
        """Show these bars, from left to right."""
        self._bars = tuple(bars)
        self.current = self.pointed = NONE
        self.refresh()

    def count(self) -> int:
        return len(self._bars)

    def row(self, spot: int) -> Any:
        return self._bars[spot].row

    def words(self, spot: int) -> str:
        return self._bars[spot].words

    def spot_at(self, point: QPointF) -> int:
        area = self._area(QRectF(self.canvas.rect()))
        if not self._bars or not area.adjusted(0, -_TOP, 0, _BOTTOM).contains(point):
            return NONE
        return min(len(self._bars) - 1, int((point.x() - area.left()) / self._step(area)))

    def draw(self, painter: QPainter, area: QRectF) -> None:
        place = self._area(area)
        if not any(bar.height for bar in self._bars):
            write(painter, area, _("Nothing there has a date."), "muted", side=CENTRE, size=theme.BODY)
            return
        rule(painter, place.bottomLeft(), place.bottomRight(), "border_strong")
        most = max(bar.height for bar in self._bars)
        for spot, bar in enumerate(self._bars):
            self._draw_bar(painter, spot, bar, place, most)

    def _draw_bar(self, painter: QPainter, spot: int, bar: MonthBar, place: QRectF, most: int) -> None:
        step = self._step(place)
        whole = QRectF(place.left() + spot * step, place.top() - _TOP, step, place.height() + _TOP + _BOTTOM)
        if spot == self.current:
            painter.fillRect(whole, theme.colour("accent_soft"))
            if self.hasFocus():
                painter.fillRect(QRectF(whole.left(), whole.top(), whole.width(), 2), theme.colour("accent"))
        elif spot == self.pointed:
            painter.fillRect(whole, theme.colour("hover"))
        if bar.height:
            height = max(_LOWEST, place.height() * bar.height / most)
            left = whole.left() + step * _GAP / 2
            painter.setPen(Qt.PenStyle.NoPen)
            ink = mixed("surface", "muted", 0.45) if bar.tone == "neutral" else theme.colour(bar.tone)
            painter.setBrush(ink)
            painter.drawRoundedRect(QRectF(left, place.bottom() - height, step * (1 - _GAP), height), 2, 2)
            figure = QRectF(whole.left() - 6, place.bottom() - height - 18, step + 12, 16)
            write(painter, figure, f"{bar.height:,}", side=CENTRE, bold=spot == self.current)
        self._draw_words(painter, spot, bar, whole, place.bottom())

    def _draw_words(self, painter: QPainter, spot: int, bar: MonthBar, whole: QRectF, below: float) -> None:
        # Where the bars stand close, every second or third month is enough to read the axis by.
        every = max(1, -(-int(text_width("12") + 8) // max(1, int(whole.width()))))
        if spot == 0 or (spot - 1) % every == 0:
            write(
                painter,
                QRectF(whole.left() - 12, below + 4, whole.width() + 24, 16),
                bar.head,
                "muted",
                side=CENTRE,
            )
        if bar.year:
            rule(painter, QPointF(whole.left(), below), QPointF(whole.left(), below + _BOTTOM - 6))
            write(painter, QRectF(whole.left() + 4, below + 20, 60, 16), bar.year, "faint")

    def _area(self, area: QRectF) -> QRectF:
        return area.adjusted(_SIDE, _TOP, -_SIDE, -_BOTTOM)

    def _step(self, area: QRectF) -> float:
        return area.width() / max(1, len(self._bars))
