"""Values over months, one line or several; a dashed piece where little is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from drillapp.core.charts import tones
from drillapp.core.charts.figure import Figure
from drillapp.core.charts.line_marks import draw_mark
from drillapp.core.charts.sheet import SMALL, Sheet
from drillapp.core.charts.time_axis import HEIGHT, draw_months
from drillapp.core.charts.values import is_unsure, known, lines, missing, points
from drillapp.core.i18n import _

_LEFT, _TOP, _PAD = 34.0, 12.0, 10.0
_DASH = (4.0, 3.0)
_APART = 15.0
"""Pixels between the names of two lines."""
_SPACED = 9.0
"""Pixels between two days from which on each value has a mark."""


class Series(msgspec.Struct, frozen=True):
    """One line: a value of 0 to 1 for each day, None where there was none."""

    name: str
    values: tuple[float | None, ...]
    confidence: tuple[float, ...] = ()
    """For each day the share that was known of what was asked; empty where all was."""
    ink: int | None = None
    """Which of the inks and marks it has; None for the main line, which is the thickest."""

    def is_unsure(self, place: int) -> bool:
        """Whether little was known on that day."""
        return bool(self.confidence) and is_unsure(self.confidence[place])


class Trend(Figure):
    """Lines from 0 to 100 over days, one a month; a spot is a day, and its key that day."""

    least = (240.0, 150.0)

    def __init__(self, days: Sequence[date], series: Sequence[Series]) -> None:
        self.days = tuple(days)
        self.series = tuple(series)

    def count(self) -> int:
        return len(self.days)

    def key(self, spot: int) -> date:
        return self.days[spot]

    def words(self, spot: int) -> str:
        said = [self.days[spot].isoformat()]
        for one in self.series:
            value = one.values[spot]
            line = f"{one.name}: {missing(True) if value is None else points(value)}"
            sure = known(one.confidence[spot]) if one.confidence else ""
            said.append(f"{line} ({sure})" if sure else line)
        return lines(*said)

    def summary(self) -> str:
        if not self.days:
            return _("There is no month yet.")
        return _("{lines} from {begin} to {end}; at the end: {words}").format(
            lines=", ".join(one.name for one in self.series), begin=self.days[0], end=self.days[-1],
            words=self.words(len(self.days) - 1).replace("\n", ", "),
        )  # fmt: skip

    def draw(self, sheet: Sheet) -> None:
        right = sheet.width - self._names_width(sheet) - _PAD
        bottom = sheet.height - HEIGHT
        self._draw_scale(sheet, right, bottom)
        if not self.days:
            return
        step = (right - _LEFT - 8) / max(1, len(self.days) - 1)
        xs = [_LEFT + 4 + place * step for place in range(len(self.days))]
        draw_months(sheet, self.days, xs, bottom)
        for place, x in enumerate(xs):
            sheet.spot(place, x - step / 2, 0, step, sheet.height)
        for one in sorted(
            self.series, key=lambda one: one.ink is None
        ):  # the main line lies above the others
            self._draw_series(sheet, one, xs, bottom)
        self._name(sheet, xs, bottom)

    def _draw_scale(self, sheet: Sheet, right: float, bottom: float) -> None:
        for value in (0, 25, 50, 75, 100):
            y = _y(value / 100, bottom)
            sheet.line([(_LEFT, y), (right, y)], "border")
            sheet.word(_LEFT - 8, y, _LEFT, str(value), "faint", side="right")

    def _draw_series(self, sheet: Sheet, one: Series, xs: Sequence[float], bottom: float) -> None:
        tone, thickness = _look(one)
        for run, is_dashed in _runs(one):
            path = [(xs[place], _y(one.values[place] or 0.0, bottom)) for place in run]
            sheet.line(path, tone, thickness, _DASH if is_dashed else ())
        found = [place for place, value in enumerate(one.values) if value is not None]
        spaced = len(xs) > 1 and xs[1] - xs[0] >= _SPACED
        for place in found:
            if spaced or place == found[-1] or place % 6 == 0 or _is_alone(one, place):
                at = (xs[place], _y(one.values[place] or 0.0, bottom))
                draw_mark(sheet, one.ink, at, tone, is_open=one.is_unsure(place))

    def _names_width(self, sheet: Sheet) -> float:
        widest = max((sheet.measure(_label(one), SMALL, one.ink is None) for one in self.series), default=0.0)
        return min(sheet.width * 0.34, widest + 12)

    def _name(self, sheet: Sheet, xs: Sequence[float], bottom: float) -> None:
        """Each line's name and last value beside its end, pushed apart where they would lie upon each other."""
        ends = []
        for one in self.series:
            found = [place for place, value in enumerate(one.values) if value is not None]
            if found:
                ends.append((_y(one.values[found[-1]] or 0.0, bottom), one))
        ends.sort(key=lambda end: end[0])
        for y, one in zip(
            _spread([end[0] for end in ends], _TOP, bottom), (end[1] for end in ends), strict=True
        ):
            tone = "accent_text" if one.ink is None else _look(one)[0]
            x = xs[-1] + 12
            sheet.word(x, y, sheet.width - x, _label(one), tone, bold=one.ink is None)


def _label(one: Series) -> str:
    value = next((value for value in reversed(one.values) if value is not None), None)
    return f"{points(value)} {one.name}"


def _look(one: Series) -> tuple[str, float]:
    """Tone and thickness of a line."""
    return ("accent", 2.4) if one.ink is None else (tones.ink(one.ink), 1.6)


def _y(value: float, bottom: float) -> float:
    return bottom - (bottom - _TOP) * value


def _runs(one: Series) -> Iterator[tuple[list[int], bool]]:
    """Places that one stroke joins: without a gap, and all of one kind, dashed or not."""
    run: list[int] = []
    was_dashed = False
    for first, second in pairwise(range(len(one.values))):
        if one.values[first] is None or one.values[second] is None:
            if run:
                yield run, was_dashed
            run = []
            continue
        is_dashed = one.is_unsure(first) or one.is_unsure(second)
        if run and is_dashed != was_dashed:
            yield run, was_dashed
            run = []
        run = [*run, second] if run else [first, second]
        was_dashed = is_dashed
    if run:
        yield run, was_dashed


def _is_alone(one: Series, place: int) -> bool:
    """Whether no stroke leads to it, so that only its mark is seen."""
    before = one.values[place - 1] if place else None
    after = one.values[place + 1] if place + 1 < len(one.values) else None
    return before is None and after is None


def _spread(heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Heights in their order, at least a line of words apart and inside the chart as far as that is possible."""
    placed: list[float] = []
    for y in heights:
        placed.append(max(y, placed[-1] + _APART) if placed else y)
    limit = bottom
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = max(top, min(placed[place], limit))
        limit = placed[place] - _APART
    return placed
