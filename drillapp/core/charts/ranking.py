"""Units by their score, each with its grade in words and a mark of where it was before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from drillapp.core.charts.figure import RowsFigure
from drillapp.core.charts.sheet import BODY, SMALL, Sheet
from drillapp.core.charts.values import change, is_unsure, known, lines, missing, points, signed
from drillapp.core.i18n import _

_BAR, _PAD = 12.0, 12.0
_FIGURE, _CHANGE = 48.0, 58.0
_MOST_GRADE, _MOST_BESIDE = 130.0, 90.0
_FLOOR = 14.0
"""Width of the sign of a grade that a floor caps."""
_FIGURE_ROOM = 18.0
"""Narrower grades have no figure at their lower end."""
_WIDE = 760.0
"""From this width on grades are said in words."""
_MEASURED = 200
"""So many names are measured to find how wide their column is."""


class Bar(msgspec.Struct, frozen=True):
    """One bar; values are shares of 0 to 1."""

    key: Any
    """What is behind it."""
    name: str
    value: float | None
    grade: str = ""
    """Its letter."""
    grade_words: str = ""
    """Letter and words, shown where there is room."""
    earlier: float | None = None
    """The value on the day it is compared with."""
    is_asked: bool = True
    """Without a value: whether one is missing, or none is asked for."""
    confidence: float = 1.0
    """The share that is known of what is asked."""
    capped: str = ""
    """Which floor caps the grade, in words; empty where none does."""
    beside: str = ""
    """A short figure behind the grade, such as how many units reported."""


class Step(msgspec.Struct, frozen=True):
    """A grade on the scale: its letter, and the share from which it is reached."""

    letter: str
    lowest: float


class Ranking(RowsFigure):
    """Horizontal bars from 0 to 100, in the order given; a spot is a bar."""

    def __init__(
        self,
        bars: Sequence[Bar],
        steps: Sequence[Step] = (),
        *,
        earlier_words: str = "",
        empty_words: str = "",
    ) -> None:
        """`earlier_words` say of which day the marks are; `empty_words` stand where there is no bar."""
        self.bars = tuple(bars)
        self.steps = tuple(sorted(steps, key=lambda step: step.lowest))
        self.earlier_words = earlier_words
        self.empty_words = empty_words
        has_marks = any(bar.earlier is not None for bar in self.bars)
        self._change = _CHANGE if has_marks else 0.0
        self._is_unsure = any(is_unsure(bar.confidence) for bar in self.bars)
        self._is_capped = any(bar.capped for bar in self.bars)
        self.foot = 24.0 if has_marks or self._is_unsure or self._is_capped else 0.0

    def rows(self) -> int:
        return len(self.bars)

    count = rows

    def key(self, spot: int) -> Any:
        return self.bars[spot].key

    def words(self, spot: int) -> str:
        bar = self.bars[spot]
        if bar.value is None:
            return f"{bar.name}: {missing(bar.is_asked)}"
        text = _("{unit}: {score} of 100").format(unit=bar.name, score=points(bar.value))
        before = ""
        if bar.earlier is not None:
            before = f"{self.earlier_words}: {points(bar.earlier)} ({signed(bar.value, bar.earlier)})"
        return lines(", ".join(filter(None, (text, bar.grade_words or bar.grade))), bar.capped, before, known(bar.confidence), bar.beside)  # fmt: skip

    def summary(self) -> str:
        if not self.bars:
            return self.empty_words
        return _("{count} bars; the first: {first}; the last: {last}").format(
            count=len(self.bars), first=self._said(0), last=self._said(-1)
        )

    def _said(self, place: int) -> str:
        return self.words(place).replace("\n", ", ")

    def part(self, rows: range) -> Ranking:
        return Ranking(self.bars[rows.start : rows.stop], self.steps, earlier_words=self.earlier_words)

    def draw_head(self, sheet: Sheet) -> None:
        if not self.bars:
            sheet.word(sheet.width / 2, sheet.height / 2, sheet.width, self.empty_words, "muted", size=BODY, side="centre")  # fmt: skip
            return
        left, right = self._scale(sheet)
        ends = [step.lowest for step in self.steps[1:]] + [1.0]
        for step, end in zip(self.steps, ends, strict=False):
            start, wide = left + (right - left) * step.lowest, (right - left) * (end - step.lowest)
            sheet.word(start + wide / 2, 9, wide, step.letter, "muted", bold=True, side="centre")
            if step.lowest and wide >= _FIGURE_ROOM:
                sheet.word(start, self.head - 8, 40, f"{100 * step.lowest:g}", "faint", side="centre")
        if not self.steps:
            _draw_quarters(sheet, left, right, self.head - 10)

    def draw_rows(self, sheet: Sheet, rows: range, top: float, height: float) -> None:
        left, right = self._scale(sheet)
        bottom = top + len(rows) * height
        lowest = [step.lowest for step in self.steps[1:]] or [quarter / 4 for quarter in range(5)]
        for share in lowest if rows else ():
            x = left + (right - left) * share
            sheet.line([(x, top), (x, bottom)], "border", dash=(4, 3) if self.steps else ())
        for place, row in enumerate(rows):
            self._draw_bar(sheet, row, top + place * height, height, left, right)

    def draw_foot(self, sheet: Sheet, top: float) -> None:
        x, y = _PAD, top + self.foot / 2
        if self._change:
            _draw_mark(sheet, x + 6, y)
            x = _say(sheet, x + 18, y, self.earlier_words)
        if self._is_unsure:
            sheet.box(x, y - 6, 24, _BAR, stroke="accent", radius=2)
            sheet.hatch(x, y - 6, 24, _BAR, "accent")
            x = _say(sheet, x + 32, y, _("little is known"))
        if self._is_capped:
            _draw_floor(sheet, x + 6, y)
            _say(sheet, x + 18, y, _("a floor caps the grade"))

    def _scale(self, sheet: Sheet) -> tuple[float, float]:
        """Where the bars begin, and where 100 is."""
        longest = max((sheet.measure(bar.name, BODY, False) for bar in self.bars[:_MEASURED]), default=0.0)
        left = min(max(60.0, longest + 2 * _PAD), sheet.width * 0.34)
        right = sheet.width - _FIGURE - self._change - self._grade(sheet) - self._beside(sheet) - 2 * _PAD
        return left, max(left + 60.0, right)

    def _said_grade(self, bar: Bar, sheet: Sheet) -> str:
        return bar.grade_words or bar.grade if sheet.width >= _WIDE else bar.grade

    def _grade(self, sheet: Sheet) -> float:
        said = {self._said_grade(bar, sheet) for bar in self.bars}
        widest = max((sheet.measure(text, SMALL, False) for text in said), default=0.0)
        return min(_MOST_GRADE, widest + _PAD + _FLOOR * self._is_capped) if widest else 0.0

    def _beside(self, sheet: Sheet) -> float:
        texts = {bar.beside for bar in self.bars[:_MEASURED] if bar.beside}
        widest = max((sheet.measure(text, SMALL, False) for text in texts), default=0.0)
        return min(_MOST_BESIDE, widest + _PAD) if widest else 0.0

    def _draw_bar(self, sheet: Sheet, row: int, top: float, height: float, left: float, right: float) -> None:
        bar, middle = self.bars[row], top + height / 2
        sheet.word(_PAD, middle, left - 2 * _PAD, bar.name, size=BODY)
        y = middle - _BAR / 2
        sheet.box(left, y, right - left, _BAR, "track", radius=3)
        if bar.value is not None:
            wide = max(3.0, (right - left) * min(1.0, bar.value))
            if is_unsure(bar.confidence):
                sheet.box(left, y, wide, _BAR, "surface", stroke="accent", radius=3)
                sheet.hatch(left, y, wide, _BAR, "accent")
            else:
                sheet.box(left, y, wide, _BAR, "accent", radius=3)
        if bar.earlier is not None:
            _draw_mark(sheet, left + (right - left) * bar.earlier, middle)
        self._draw_figures(sheet, bar, right + _PAD, middle)

    def _draw_figures(self, sheet: Sheet, bar: Bar, x: float, y: float) -> None:
        said = points(bar.value) if bar.value is not None or not bar.is_asked else missing(True)
        is_value = bar.value is not None
        size = BODY if is_value else SMALL
        sheet.word(x + _FIGURE, y, _FIGURE, said, "text" if is_value else "muted", size=size, bold=is_value, side="right")  # fmt: skip
        x += _FIGURE + self._change
        sheet.word(x, y, self._change, change(bar.value, bar.earlier), "muted", side="right")
        x += _PAD
        wide = self._grade(sheet) - _PAD
        if bar.capped:
            _draw_floor(sheet, x + 5, y)
        shift = _FLOOR * self._is_capped
        sheet.word(x + shift, y, wide - shift, self._said_grade(bar, sheet), "muted")
        sheet.word(sheet.width - _PAD / 2, y, self._beside(sheet), bar.beside, "muted", side="right")


def _draw_quarters(sheet: Sheet, left: float, right: float, y: float) -> None:
    """What the quarters of the scale are."""
    for quarter in range(5):
        x = left + (right - left) * quarter / 4
        sheet.word(x, y, 40, str(25 * quarter), "faint", side="centre")


def _say(sheet: Sheet, x: float, y: float, text: str) -> float:
    """Words of the foot; the place where the next ones begin."""
    sheet.word(x, y, sheet.width - x, text, "muted")
    return x + sheet.measure(text, SMALL, False) + 2 * _PAD


def _draw_mark(sheet: Sheet, x: float, y: float) -> None:
    """A slim pointer at the earlier value: seen on the bar and beside it."""
    top, bottom = y - _BAR / 2, y + _BAR / 2
    sheet.box(x - 2.5, top - 3, 5, _BAR + 6, "surface")
    sheet.box(x - 1, top - 3, 2, _BAR + 6, "text")
    sheet.outline([(x - 4, top - 7), (x + 4, top - 7), (x, top - 2)], "", fill="text")
    sheet.box(x - 1, bottom, 2, 3, "text")


def _draw_floor(sheet: Sheet, x: float, y: float) -> None:
    """A lid with an arrow pressed down by it."""
    sheet.box(x - 5, y - 6, 10, 2, "text")
    sheet.outline([(x - 4, y - 1), (x + 4, y - 1), (x, y + 5)], "", fill="text")
    sheet.box(x - 1, y - 4, 2, 4, "text")
