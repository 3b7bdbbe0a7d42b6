"""Units by their score, each with its grade in words and a mark of where it was before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any, NamedTuple

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
_LEAST_BAR = 150.0
"""Columns that would leave less to the bars are left out."""
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


class _Columns(NamedTuple):
    """Where the bars begin, where 100 is, and how wide the columns behind the value are; 0 for one left out."""

    left: float
    right: float
    change: float
    grade: float
    beside: float
    sign: float
    """Room before the grade for the sign of a floor."""
    says_words: bool


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
        self._has_marks = any(bar.earlier is not None for bar in self.bars)
        self._is_unsure = any(is_unsure(bar.confidence) for bar in self.bars)
        self._is_capped = any(bar.capped for bar in self.bars)
        self._letters = {bar.grade for bar in self.bars}
        self._grade_words = {bar.grade_words or bar.grade for bar in self.bars}
        self.foot = 28.0 if self._has_marks or self._is_unsure or self._is_capped else 0.0

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
        made = copy(self)  # columns and foot stay as they are for all bars
        made.bars = self.bars[rows.start : rows.stop]
        return made

    def draw_head(self, sheet: Sheet) -> None:
        if not self.bars:
            sheet.word(sheet.width / 2, sheet.height / 2, sheet.width, self.empty_words, "muted", size=BODY, side="centre")  # fmt: skip
            return
        left, right = self._columns(sheet)[:2]
        ends = [step.lowest for step in self.steps[1:]] + [1.0]
        for step, end in zip(self.steps, ends, strict=False):
            start, wide = left + (right - left) * step.lowest, (right - left) * (end - step.lowest)
            sheet.word(start + wide / 2, 9, wide, step.letter, "muted", bold=True, side="centre")
            if step.lowest and wide >= _FIGURE_ROOM:
                sheet.word(start, self.head - 8, 40, f"{100 * step.lowest:g}", "faint", side="centre")
        if not self.steps:
            _draw_quarters(sheet, left, right, self.head - 10)

    def draw_rows(self, sheet: Sheet, rows: range, top: float, height: float) -> None:
        columns = self._columns(sheet)
        left, right = columns[:2]
        bottom = top + len(rows) * height
        lowest = [step.lowest for step in self.steps[1:]] or [quarter / 4 for quarter in range(5)]
        for share in lowest if rows else ():
            x = left + (right - left) * share
            sheet.line([(x, top), (x, bottom)], "border", dash=(4, 3) if self.steps else ())
        for place, row in enumerate(rows):
            self._draw_bar(sheet, self.bars[row], top + (place + 0.5) * height, columns)

    def draw_foot(self, sheet: Sheet, top: float) -> None:
        x, y = _PAD, top + self.foot / 2 + 2
        if self._has_marks:
            _draw_mark(sheet, x + 6, y)
            x = _say(sheet, x + 18, y, self.earlier_words)
        if self._is_unsure:
            sheet.box(x, y - 6, 24, _BAR, stroke="accent", radius=2)
            sheet.hatch(x, y - 6, 24, _BAR, "accent")
            x = _say(sheet, x + 32, y, _("little is known"))
        if self._is_capped:
            _draw_floor(sheet, x + 6, y)
            _say(sheet, x + 18, y, _("a floor caps the grade"))

    def _columns(self, sheet: Sheet) -> _Columns:
        """As many columns as leave the bars enough room; the words of grades are left out first."""
        measured = self.bars[:_MEASURED]
        left = min(
            max(60.0, _widest(sheet, (bar.name for bar in measured), BODY) + 2 * _PAD), sheet.width * 0.34
        )
        change = _CHANGE * self._has_marks
        beside = min(_MOST_BESIDE, _column(sheet, {bar.beside for bar in measured}))
        sign = _FLOOR * self._is_capped
        letters = _column(sheet, self._letters, sign)
        words = min(_MOST_GRADE, _column(sheet, self._grade_words, sign))
        room = sheet.width - left - _FIGURE - 2 * _PAD
        choices = (
            (change, words, beside),
            (change, letters, beside),
            (change, letters, 0.0),
            (0.0, letters, 0.0),
        )
        widths = next((each for each in choices if room - sum(each) >= _LEAST_BAR), (0.0, 0.0, 0.0))
        right = left + max(_LEAST_BAR / 2, room - sum(widths))
        return _Columns(left, right, *widths, sign=sign, says_words=widths[1] == words)

    @staticmethod
    def _draw_bar(sheet: Sheet, bar: Bar, middle: float, columns: _Columns) -> None:
        left, long = columns.left, columns.right - columns.left
        sheet.word(_PAD, middle, left - 2 * _PAD, bar.name, size=BODY, shrinks=True)
        y = middle - _BAR / 2
        sheet.box(left, y, long, _BAR, "track", radius=3)
        if bar.value is not None:
            wide = max(3.0, long * min(1.0, bar.value))
            if is_unsure(bar.confidence):
                sheet.box(left, y, wide, _BAR, "surface", stroke="accent", radius=3)
                sheet.hatch(left, y, wide, _BAR, "accent")
            else:
                sheet.box(left, y, wide, _BAR, "accent", radius=3)
        if bar.earlier is not None:
            _draw_mark(sheet, left + long * bar.earlier, middle)
        _draw_figures(sheet, bar, middle, columns)


def _widest(sheet: Sheet, texts: Iterable[str], size: float = SMALL) -> float:
    return max((sheet.measure(text, size, False) for text in texts), default=0.0)


def _column(sheet: Sheet, texts: Iterable[str], sign: float = 0.0) -> float:
    """How wide a column of such texts is with its gap and a sign before them; nothing where none says anything."""
    widest = _widest(sheet, texts)
    return widest + _PAD + sign if widest else 0.0


def _draw_figures(sheet: Sheet, bar: Bar, y: float, columns: _Columns) -> None:
    """What stands behind a bar: value, change, grade, and what the caller puts beside it."""
    x = columns.right + _PAD + _FIGURE
    if bar.value is not None:
        sheet.word(x, y, _FIGURE, points(bar.value), size=BODY, bold=True, side="right")
    else:
        sheet.word(x, y, _FIGURE, missing(True) if bar.is_asked else points(None), "muted", side="right")
    x += columns.change
    sheet.word(x, y, columns.change, change(bar.value, bar.earlier), "muted", side="right")
    if columns.grade:
        x += _PAD
        if bar.capped:
            _draw_floor(sheet, x + 5, y)
        said = bar.grade_words or bar.grade if columns.says_words else bar.grade
        sheet.word(x + columns.sign, y, columns.grade - columns.sign, said, "muted")
    sheet.word(sheet.width - _PAD / 2, y, columns.beside, bar.beside, "muted", side="right")


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
