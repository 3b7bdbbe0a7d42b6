"""Units × indicators as shades: the fuller a cell, the further it is from 100; its figure stands in it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from copy import copy
from typing import Any, NamedTuple

import msgspec

from drillapp.core.charts import tones
from drillapp.core.charts.figure import NONE, RowsFigure
from drillapp.core.charts.shapes import HATCHED
from drillapp.core.charts.sheet import Sheet
from drillapp.core.charts.values import is_unsure, known, lines, missing, points
from drillapp.core.i18n import _

_READABLE = 16.0
"""Lower rows have no words."""
_PAD, _GAP, _MARK = 12.0, 2.0, 34.0
_SAMPLES, _ROOMY = 10, 640.0
"""Shades that the foot shows, half of them where the chart is narrower."""


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One value of 0 to 1. Without a value nothing is known, or nothing asked: both look different without colour."""

    value: float | None
    is_asked: bool = True
    confidence: float = 1.0
    """The share that is known of what is asked."""
    words: str = ""
    """What the value comes from, for the hover."""


class HeatRow(msgspec.Struct, frozen=True, gc=False):
    """One row with a cell for each column."""

    key: Any
    name: str
    cells: tuple[Cell, ...]
    mark: str = ""
    """Stands before the name, such as a place in a ranking."""


class HeatCell(NamedTuple):
    """What is behind a cell."""

    key: Any
    """That of its row."""
    column: int


class HeatMap(RowsFigure):
    """Cells in columns of one width; a spot is a cell, row by row. The rows may be made when they are asked for."""

    head = 36.0
    row = 28.0
    lowest, highest = 3.0, 44.0
    foot = 28.0

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[HeatRow],
        *,
        exact: Container[int] = (),
        has_marks: bool = False,
        row: float = row,
    ) -> None:
        """`exact` are the columns whose figures are written to a decimal; `row` is the usual height of a row."""
        self.row = row
        self.exact = exact
        self.columns = tuple(columns)
        self.lines = rows
        self.has_marks = has_marks
        self.stride = max(1, len(self.columns))

    def rows(self) -> int:
        return len(self.lines)

    def count(self) -> int:
        return len(self.lines) * len(self.columns)

    def key(self, spot: int) -> HeatCell:
        row, column = divmod(spot, self.stride)
        return HeatCell(self.lines[row].key, column)

    def words(self, spot: int) -> str:
        row, column = divmod(spot, self.stride)
        line = self.lines[row]
        cell = line.cells[column]
        said = missing(cell.is_asked) if cell.value is None else points(cell.value)
        detail = f" ({cell.words})" if cell.words else ""
        return lines(line.name, f"{self.columns[column]}: {said}{detail}", known(cell.confidence))

    def summary(self) -> str:
        return _("{rows} rows in {columns} columns: {names}").format(
            rows=len(self.lines), columns=len(self.columns), names=", ".join(self.columns)
        )

    def part(self, rows: range) -> HeatMap:
        made = copy(self)
        made.lines = self.lines[rows.start : rows.stop]
        return made

    def spot_in(self, row: int, x: float, width: float) -> int:
        column = int((x - self.left(width)) / self.column_width(width))
        is_cell = x >= self.left(width) and column < len(self.columns)
        return row * self.stride + column if is_cell else NONE

    def place(self, spot: int, width: float) -> tuple[int, float, float]:
        row, column = divmod(spot, self.stride)
        wide = self.column_width(width)
        return row, self.left(width) + column * wide, wide - _GAP

    def left(self, width: float) -> float:
        """Where the cells begin."""
        return min(240.0, max(110.0, width * 0.28)) + _MARK * self.has_marks

    def column_width(self, width: float) -> float:
        """How wide a column is."""
        return max(24.0, (width - self.left(width) - _PAD) / self.stride)

    def draw_head(self, sheet: Sheet) -> None:
        left, wide = self.left(sheet.width), self.column_width(sheet.width)
        for place, name in enumerate(self.columns):
            sheet.lines(left + (place + 0.5) * wide, self.head / 2, wide - 6, name, "muted", bold=True)

    def draw_rows(self, sheet: Sheet, rows: range, top: float, height: float) -> None:
        if height < _READABLE:
            self._draw_low(sheet, rows, top, height)
            return
        for place, row in enumerate(rows):
            self._draw_row(sheet, row, top + place * height, height)

    def _draw_row(self, sheet: Sheet, row: int, top: float, height: float) -> None:
        line, left, wide = self.lines[row], self.left(sheet.width), self.column_width(sheet.width)
        self._draw_name(sheet, line, left, top + height / 2)
        for column, cell in enumerate(line.cells):
            x = left + column * wide
            self._draw_cell(sheet, cell, column, x, top, wide - _GAP, height - _GAP)

    def _draw_cell(
        self, sheet: Sheet, cell: Cell, column: int, x: float, y: float, width: float, height: float
    ) -> None:
        _draw_ground(sheet, cell, x, y, width, height)
        if cell.value is not None:
            said = f"{100 * cell.value:.{int(column in self.exact)}f}"
            tone = tones.on(_tone(cell))
            sheet.word(x + width / 2, y + height / 2, width, said, tone, side="centre")

    def _draw_name(self, sheet: Sheet, line: HeatRow, left: float, y: float) -> None:
        if self.has_marks:
            sheet.word(_MARK, y, _MARK, line.mark, "muted", side="right")
            sheet.word(_MARK + _PAD, y, left - _MARK - 1.5 * _PAD, line.name, shrinks=True)
        else:
            sheet.word(left - _PAD, y, left - 1.5 * _PAD, line.name, side="right", shrinks=True)

    def _draw_low(self, sheet: Sheet, rows: range, top: float, height: float) -> None:
        """Shades alone, and the name of every row that there is room for."""
        left, wide = self.left(sheet.width), self.column_width(sheet.width)
        shades = [_tone(cell) for row in rows for cell in self.lines[row].cells]
        sheet.cells((left, top), wide, height, self.stride, shades)
        every = int(_READABLE / height) + 1
        for place, row in enumerate(rows):
            y = top + (place + 0.5) * height
            if row % every == 0 and y >= top + _READABLE / 2:
                sheet.line([(left - 8, y), (left - 2, y)], "faint")
                self._draw_name(sheet, self.lines[row], left, y)

    def draw_foot(self, sheet: Sheet, top: float) -> None:
        y, x = top + self.foot / 2 + 2, _PAD
        sheet.word(x, y, 40, "100", "muted")
        x += sheet.measure("100", 12.0, False) + 6
        shades = _SAMPLES if sheet.width >= _ROOMY else _SAMPLES // 2
        for step in range(shades + 1):
            sheet.box(x + step * 11, y - 6, 11.5, 12, tones.heat(step / shades))
        x += (shades + 1) * 11 + 6
        sheet.word(x, y, 20, "0", "muted")
        x += 30
        samples = (
            (Cell(None), _("no data")), (Cell(None, is_asked=False), _("nothing is asked")),
            (Cell(1.0, confidence=0.0), _("little is known")),
        )  # fmt: skip
        for cell, text in samples:
            sheet.box(x, y - 7, 26, 14, stroke="border_strong")
            _draw_ground(sheet, cell, x, y - 7, 26, 14)
            sheet.word(x + 34, y, sheet.width - x - 34, text, "muted")
            x += 34 + sheet.measure(text, 12.0, False) + 20


def _tone(cell: Cell) -> str:
    if cell.value is None:
        return HATCHED if cell.is_asked else ""
    return tones.heat(1 - cell.value)


def _draw_ground(sheet: Sheet, cell: Cell, x: float, y: float, width: float, height: float) -> None:
    """The shade, lines where nothing is known, nothing where nothing is asked, a corner cut off where little is known."""
    tone = _tone(cell)
    if tone == HATCHED:
        sheet.hatch(x, y, width, height, "faint")
    elif tone:
        sheet.box(x, y, width, height, tone)
        if is_unsure(cell.confidence):
            corner = min(9.0, height / 2)
            right = x + width
            sheet.outline([(right - corner, y), (right, y), (right, y + corner)], "", fill="surface")
            sheet.line([(right - corner, y), (right, y + corner)], tones.on(tone), 1.4)
