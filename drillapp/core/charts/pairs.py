"""Two days compared: an open dot for the earlier value, a full one for the later, an arrow between them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

import msgspec

from drillapp.core.charts.figure import RowsFigure
from drillapp.core.charts.sheet import BODY, Sheet
from drillapp.core.charts.values import change, lines, missing, points, signed
from drillapp.core.i18n import _

_PAD, _FIGURE, _CHANGE = 12.0, 50.0, 62.0
_DOT = 5.0
_MEASURED = 200


class Pair(msgspec.Struct, frozen=True):
    """One row: shares of 0 to 1 on both days, None where there was none."""

    key: Any
    name: str
    before: float | None
    after: float | None
    detail: str = ""
    """Why it moved, for the hover."""
    was_asked: bool = True
    is_asked: bool = True


class Pairs(RowsFigure):
    """Rows from 0 to 100, in the order given; a spot is a row."""

    row = lowest = highest = 30.0
    foot = 26.0

    def __init__(
        self, pairs: Sequence[Pair], *, before_words: str, after_words: str, empty_words: str = ""
    ) -> None:
        """The words say which days they are."""
        self.pairs = tuple(pairs)
        self.before_words = before_words
        self.after_words = after_words
        self.empty_words = empty_words

    def rows(self) -> int:
        return len(self.pairs)

    count = rows

    def key(self, spot: int) -> Any:
        return self.pairs[spot].key

    def words(self, spot: int) -> str:
        pair = self.pairs[spot]
        before = missing(pair.was_asked) if pair.before is None else points(pair.before)
        after = missing(pair.is_asked) if pair.after is None else points(pair.after)
        if pair.before is not None and pair.after is not None:
            after += f" ({signed(pair.after, pair.before)})"
        return lines(pair.name, f"{self.before_words}: {before}", f"{self.after_words}: {after}", pair.detail)

    def summary(self) -> str:
        both = [
            pair.after - pair.before
            for pair in self.pairs
            if pair.after is not None and pair.before is not None
        ]
        return _("{count} rows compared: {up} went up, {down} down").format(
            count=len(self.pairs), up=sum(one > 0 for one in both), down=sum(one < 0 for one in both)
        )

    def part(self, rows: range) -> Pairs:
        made = copy(self)
        made.pairs = self.pairs[rows.start : rows.stop]
        return made

    def draw_head(self, sheet: Sheet) -> None:
        if not self.pairs:
            sheet.word(sheet.width / 2, sheet.height / 2, sheet.width, self.empty_words, "muted", size=BODY, side="centre")  # fmt: skip
            return
        left, right = self._scale(sheet)
        for quarter in range(5):
            x = left + (right - left) * quarter / 4
            sheet.word(x, self.head - 11, 40, str(25 * quarter), "faint", side="centre")

    def draw_rows(self, sheet: Sheet, rows: range, top: float, height: float) -> None:
        left, right = self._scale(sheet)
        for quarter in range(5) if rows else ():
            x = left + (right - left) * quarter / 4
            sheet.line([(x, top), (x, top + len(rows) * height)], "border")
        for place, row in enumerate(rows):
            pair, y = self.pairs[row], top + (place + 0.5) * height
            sheet.word(_PAD, y, left - 2 * _PAD - _DOT, pair.name, size=BODY, shrinks=True)
            self._draw_pair(sheet, pair, left, right, y)
            after = points(pair.after) if pair.after is not None else "–"
            sheet.word(right + _PAD + _FIGURE, y, _FIGURE, after, size=BODY, bold=True, side="right")
            said = change(pair.after, pair.before)
            sheet.word(sheet.width - _PAD, y, _CHANGE, said, "muted", side="right")

    @staticmethod
    def _draw_pair(sheet: Sheet, pair: Pair, left: float, right: float, y: float) -> None:
        at = [None if one is None else left + (right - left) * one for one in (pair.before, pair.after)]
        before, after = at
        if before is not None and after is not None and abs(after - before) > 2 * _DOT:
            sign = 1 if after > before else -1
            tip = after - sign * (_DOT + 1)
            sheet.line([(before + sign * _DOT, y), (tip - sign * 5, y)], "muted", 2.0)
            sheet.outline([(tip, y), (tip - sign * 7, y - 4), (tip - sign * 7, y + 4)], "", fill="muted")
        if before is not None:
            sheet.dot(before, y, _DOT, "surface", stroke="muted", thickness=2.0)
        if after is not None:
            sheet.dot(after, y, _DOT, "accent", stroke="surface")

    def draw_foot(self, sheet: Sheet, top: float) -> None:
        y, x = top + self.foot / 2 + 2, _PAD
        sheet.dot(x + _DOT, y, _DOT, "surface", stroke="muted", thickness=2.0)
        sheet.word(x + 16, y, sheet.width / 2 - 30, self.before_words, "muted")
        x += 36 + sheet.measure(self.before_words, 12.0, False)
        sheet.dot(x + _DOT, y, _DOT, "accent", stroke="surface")
        sheet.word(x + 16, y, sheet.width - x - 16, self.after_words, "muted")

    def _scale(self, sheet: Sheet) -> tuple[float, float]:
        longest = max((sheet.measure(pair.name, BODY, False) for pair in self.pairs[:_MEASURED]), default=0.0)
        left = min(max(60.0, longest + 2 * _PAD), sheet.width * 0.34) + _DOT
        return left, max(left + 60.0, sheet.width - _FIGURE - _CHANGE - 2 * _PAD)
