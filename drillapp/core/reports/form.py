"""The ruled form of labels and values with which official papers give the basic facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from drillapp.core.reports.fonts import Fonts
from drillapp.core.reports.table import FRAME, RULE
from drillapp.core.reports.text import Line, put_line, wrap
from drillapp.core.reports.writing import Writing


class Fact(msgspec.Struct, frozen=True):
    """One labelled value of a form."""

    label: str
    value: str
    is_wide: bool = False
    """Takes a whole row of the form."""


class _Row(msgspec.Struct, frozen=True):
    facts: tuple[tuple[tuple[Line, ...], tuple[Line, ...]], ...]
    height: float


class Form:
    """Facts in two columns of label and value, or one where a value is wide."""

    keep_with_next = 0.0
    label_share = 0.17
    size = 12.0
    leading = 18.0
    padding = 5.0

    def __init__(self, facts: Sequence[Fact], fonts: Fonts) -> None:
        self.fonts = fonts
        self._pairs = pair_up(facts)

    def height(self, width: float) -> float:
        """Points that it takes in that width."""
        return sum(row.height for row in self._rows(width))

    def split(self, width: float, room: float) -> tuple[Form, Form] | None:
        """The rows that fit and the others."""
        count, used = 0, 0.0
        for row in self._rows(width):
            used += row.height
            if used > room:
                break
            count += 1
        if not count:
            return None
        return self._part(self._pairs[:count]), self._part(self._pairs[count:])

    def _part(self, pairs: list[tuple[Fact, ...]]) -> Form:
        part = Form((), self.fonts)
        part._pairs = pairs
        return part

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw rules, labels and values with the upper left corner there."""
        label_width, y = width * self.label_share, top
        rows = self._rows(width)
        canvas.setLineWidth(FRAME)
        height = sum(row.height for row in rows)
        canvas.rect(left, top - height, width, height)
        canvas.setLineWidth(RULE)
        for number, row in enumerate(rows):
            if number:
                canvas.line(left, y, left + width, y)
            share = width / len(row.facts)
            for place, (label, value) in enumerate(row.facts):
                x = left + place * share
                canvas.lines(self._uprights(x, y, row.height, label_width, is_first=not place))
                self._put(canvas, label, self.fonts.sans, x, y, label_width, row.height, "centre")
                self._put(
                    canvas,
                    value,
                    self.fonts.body,
                    x + label_width,
                    y,
                    share - label_width,
                    row.height,
                    "left",
                )
            y -= row.height

    @staticmethod
    def _uprights(
        x: float, top: float, height: float, label_width: float, *, is_first: bool
    ) -> list[tuple[float, float, float, float]]:
        places = [x + label_width] if is_first else [x, x + label_width]
        return [(place, top, place, top - height) for place in places]

    def _put(
        self,
        canvas: Any,
        lines: tuple[Line, ...],
        font: str,
        left: float,
        top: float,
        width: float,
        height: float,
        align: str,
    ) -> None:
        writing = Writing(canvas)
        baseline = top - (height - len(lines) * self.leading) / 2 - self.leading / 2 - self.size * 0.36
        for line in lines:
            put_line(
                writing,
                line,
                (font, self.size),
                (left + self.padding, baseline),
                width - 2 * self.padding,
                align,
            )
            baseline -= self.leading
        writing.finish()

    def _rows(self, width: float) -> list[_Row]:
        rows = []
        for pair in self._pairs:
            label_room = width * self.label_share - 2 * self.padding
            value_room = width / len(pair) - width * self.label_share - 2 * self.padding
            facts = tuple(
                (
                    wrap(fact.label, self.fonts.sans, self.size, label_room),
                    wrap(fact.value or "—", self.fonts.body, self.size, value_room),
                )
                for fact in pair
            )
            tallest = max(len(lines) for fact in facts for lines in fact)
            rows.append(_Row(facts, tallest * self.leading + 2 * self.padding))
        return rows


def pair_up(facts: Sequence[Fact]) -> list[tuple[Fact, ...]]:
    """The facts two by two, wide ones alone; one left over takes the whole row."""
    rows: list[tuple[Fact, ...]] = []
    waiting: Fact | None = None
    for fact in facts:
        if fact.is_wide:
            rows.extend([(waiting,), (fact,)] if waiting else [(fact,)])
            waiting = None
        elif waiting:
            rows.append((waiting, fact))
            waiting = None
        else:
            waiting = fact
    return [*rows, (waiting,)] if waiting else rows
