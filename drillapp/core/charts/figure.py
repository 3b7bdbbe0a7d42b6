"""What all charts are: spots (bars, cells, points), each with a key and words, and a drawing of any size."""

from __future__ import annotations

from typing import Any

from drillapp.core.charts.sheet import Sheet

NONE = -1
"""The number of no spot."""
FAR = 1 << 30
"""A step beyond any end."""


class Figure:
    """A chart of plain figures; nothing in it knows on what it is painted."""

    stride = 1
    """How many spots the arrow down goes on."""
    least = (220.0, 150.0)
    """Width and height below which it cannot be read, in pixels."""

    def count(self) -> int:
        """How many spots there are."""
        raise NotImplementedError

    def key(self, spot: int) -> Any:
        """What is behind a spot: told when it is clicked or entered."""
        raise NotImplementedError

    def words(self, spot: int) -> str:
        """A spot's figures in words."""
        raise NotImplementedError

    def summary(self) -> str:
        """The chart in a sentence or two, for those who cannot see it."""
        raise NotImplementedError

    def draw(self, sheet: Sheet) -> None:
        """Draw everything."""
        raise NotImplementedError

    def spot_of(self, key: Any) -> int:
        """The spot with that key behind it, or NONE."""
        return next((spot for spot in range(self.count()) if self.key(spot) == key), NONE)

    def step(self, spot: int, across: int, down: int) -> int:
        """The spot that an arrow key leads to: so many to the right, so many down."""
        return max(0, min(self.count() - 1, spot + across + down * self.stride))


class RowsFigure(Figure):
    """A head that stays, and rows of one height under it, any number of them."""

    head = 30.0
    """Height of the head."""
    row = 34.0
    """Usual height of a row."""
    lowest = highest = 34.0
    """Heights between which the rows may be zoomed."""
    foot = 0.0
    """Height of what says how to read it, below the rows."""

    def rows(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def draw_head(self, sheet: Sheet) -> None:
        """Draw what stands above the rows."""
        raise NotImplementedError

    def draw_rows(self, sheet: Sheet, rows: range, top: float, height: float) -> None:
        """Draw these rows of that height, the first one from the top on."""
        raise NotImplementedError

    def spot_in(self, row: int, x: float, width: float) -> int:
        """The spot of a row at x when the chart is so wide, or NONE; usually the row itself."""
        return row

    def place(self, spot: int, width: float) -> tuple[int, float, float]:
        """The row of a spot, where in it the spot begins, and how wide it is."""
        return spot, 0.0, width

    def draw_foot(self, sheet: Sheet, top: float) -> None:
        """Draw what says how to read it, from the top on."""

    def part(self, rows: range) -> RowsFigure:
        """The same chart of these rows only."""
        raise NotImplementedError

    def whole(self) -> float:
        """The height of head, all rows and foot."""
        return self.head + self.rows() * self.row + self.foot

    def draw(self, sheet: Sheet) -> None:
        self.draw_head(sheet)
        self.draw_rows(sheet, range(self.rows()), self.head, self.row)
        sheet.line([(0, self.head), (sheet.width, self.head)], "border")
        self.draw_foot(sheet, self.head + self.rows() * self.row)
