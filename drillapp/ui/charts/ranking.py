"""Units by their score, the best first, each with its grade in words and a mark of where it was before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from drillapp.core.i18n import _
from drillapp.ui import theme
from drillapp.ui.charts.chart import NONE
from drillapp.ui.charts.ink import CENTRE, LEFT, RIGHT, mixed, rule, write
from drillapp.ui.charts.rows_chart import RowsChart

_ROW, _BAR, _PAD = 34.0, 12.0, 12.0
_FIGURE, _CHANGE, _GRADE = 48.0, 58.0, 108.0
"""Widths of the score, its change and the grade in words."""


class Bar(NamedTuple):
    """One bar."""

    row: Any
    """What is behind it."""
    name: str
    score: float | None
    grade: str
    """The grade in words."""
    earlier: float | None = None
    """The score on the day it is compared with."""


class Step(NamedTuple):
    """A grade on the scale: its letter and the lowest score of it."""

    letter: str
    lowest: float


class RankingChart(RowsChart):
    """Horizontal bars from 0 to 100."""

    def __init__(self, name: str, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(name, _ROW, parent)
        self._bars: tuple[Bar, ...] = ()
        self._steps = tuple(sorted(steps, key=lambda step: step.lowest))
        self._earlier_words = ""
        self.setMinimumHeight(160)

    def show_bars(self, bars: Sequence[Bar], earlier_words: str) -> None:
        """Show these bars; `earlier_words` says of which day the marks are."""
        kept = self._bars[self.current].row if 0 <= self.current < len(self._bars) else None
        self._bars = tuple(bars)
        self._earlier_words = earlier_words
        self.current = next((i for i, bar in enumerate(bars) if bar.row == kept), NONE)
        self.pointed = NONE
        self.refresh_rows()

    def choose(self, row: Any) -> None:
        """Put the keyboard on the bar of a row, without telling."""
        self.move_to(next((i for i, bar in enumerate(self._bars) if bar.row == row), NONE))

    def row_count(self) -> int:
        return len(self._bars)

    def count(self) -> int:
        return len(self._bars)

    def row(self, spot: int) -> Any:
        return self._bars[spot].row

    def spot_at(self, point: QPointF) -> int:
        return self.row_at(point.y())

    def words(self, spot: int) -> str:
        bar = self._bars[spot]
        if bar.score is None:
            return _("{unit}: nothing is asked, so there is no score").format(unit=bar.name)
        text = _("{unit}: {score} of 100, {grade}").format(
            unit=bar.name, score=f"{bar.score:.1f}", grade=bar.grade
        )
        if bar.earlier is not None:
            text += "\n" + f"{self._earlier_words}: {bar.earlier:.1f} ({bar.score - bar.earlier:+.1f})"
        return text

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self._bars:
            super().draw(painter, area)
        else:
            write(painter, area, _("No units below."), "muted", side=CENTRE, size=theme.BODY)

    def draw_head(self, painter: QPainter, area: QRectF) -> None:
        scale = self._scale(area)
        ends = [step.lowest for step in self._steps[1:]] + [100.0]
        for step, end in zip(self._steps, ends, strict=True):
            left, right = _x(scale, step.lowest), _x(scale, end)
            write(
                painter,
                QRectF(left, 0, right - left, area.height()),
                step.letter,
                "muted",
                side=CENTRE,
                bold=True,
            )
            if step.lowest:
                place = QRectF(left - 16, area.height() - 16, 32, 14)
                write(painter, place, f"{step.lowest:g}", "faint", side=CENTRE)

    def draw_row(self, painter: QPainter, row: int, area: QRectF) -> None:
        bar = self._bars[row]
        self._draw_ground(painter, row, area)
        scale = self._scale(area)
        for step in self._steps[1:]:
            x = _x(scale, step.lowest)
            rule(painter, QPointF(x, area.top()), QPointF(x, area.bottom()), dashed=True)
        name = QRectF(_PAD, area.top(), scale.left() - 2 * _PAD, area.height())
        write(painter, name, bar.name, side=LEFT, size=theme.BODY, bold=row == self.current)
        self._draw_bar(painter, bar, scale)
        self._draw_figures(
            painter, bar, QRectF(scale.right() + _PAD, area.top(), area.width(), area.height())
        )

    def _scale(self, area: QRectF) -> QRectF:
        """Where the bars are, from 0 at the left to 100 at the right."""
        left = min(190.0, max(96.0, area.width() * 0.24))
        right = area.width() - _FIGURE - _CHANGE - _GRADE - 2 * _PAD
        return QRectF(left, area.top(), max(60.0, right - left), area.height())

    def _draw_ground(self, painter: QPainter, row: int, area: QRectF) -> None:
        if row == self.current:
            painter.fillRect(area, theme.colour("accent_soft"))
            if self.hasFocus():
                painter.fillRect(QRectF(area.left(), area.top(), 3, area.height()), theme.colour("accent"))
        elif row == self.pointed:
            painter.fillRect(area, theme.colour("hover"))

    def _draw_bar(self, painter: QPainter, bar: Bar, scale: QRectF) -> None:
        top = scale.center().y() - _BAR / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed("surface", "border", 0.75))
        painter.drawRoundedRect(QRectF(scale.left(), top, scale.width(), _BAR), 3, 3)
        if bar.score is not None:
            painter.setBrush(theme.colour("accent"))
            width = max(3.0, _x(scale, bar.score) - scale.left())
            painter.drawRoundedRect(QRectF(scale.left(), top, width, _BAR), 3, 3)
        if bar.earlier is not None:
            _draw_mark(painter, _x(scale, bar.earlier), top)

    def _draw_figures(self, painter: QPainter, bar: Bar, area: QRectF) -> None:
        figure = QRectF(area.left(), area.top(), _FIGURE, area.height())
        score = "–" if bar.score is None else f"{bar.score:.1f}"
        write(painter, figure, score, side=RIGHT, size=theme.BODY, bold=True)
        change = figure.translated(_FIGURE, 0)
        change.setWidth(_CHANGE)
        write(painter, change, _change(bar), "muted", side=RIGHT)
        grade = change.translated(_CHANGE + _PAD, 0)
        grade.setWidth(_GRADE - _PAD)
        write(painter, grade, bar.grade, "muted")


def _x(scale: QRectF, score: float) -> float:
    return scale.left() + scale.width() * score / 100


def _change(bar: Bar) -> str:
    if bar.score is None or bar.earlier is None:
        return ""
    difference = round(bar.score - bar.earlier, 1)
    if not difference:
        return "＝"
    return f"{'▲' if difference > 0 else '▼'} {abs(difference):.1f}"


def _draw_mark(painter: QPainter, x: float, top: float) -> None:
    """A slim pointer at the earlier score: seen on the bar and beside it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("surface"))
    painter.drawRect(QRectF(x - 2.5, top - 3, 5, _BAR + 6))
    painter.setBrush(theme.colour("text"))
    painter.drawRect(QRectF(x - 1, top - 3, 2, _BAR + 6))
    painter.drawPolygon(QPolygonF([QPointF(x - 4, top - 7), QPointF(x + 4, top - 7), QPointF(x, top - 2)]))
