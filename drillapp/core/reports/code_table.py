"""A table with a code to scan in each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drillapp.core.reports.matrix_code import draw_code, stencil
from drillapp.core.reports.table import Column, Look, Table


class CodeTable(Table):
    """A table one column of which holds a QR code in the place of a text; its cells there must be empty."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        look: Look,
        *,
        codes: Sequence[str],
        place: int,
        side: float,
        keep_with_next: float = 0.0,
    ) -> None:
        """`codes` what each row's code says, `place` the column from 0, `side` its length in points."""
        super().__init__(columns, rows, look, keep_with_next=keep_with_next)
        self.codes = codes
        self.place = place
        self.side = side

    def _part(self, start: int, end: int | None) -> CodeTable:
        part = CodeTable(
            self.columns, self.rows, self.look, codes=self.codes, place=self.place, side=self.side,
            keep_with_next=self.keep_with_next,
        )  # fmt: skip
        part._start, part._end, part._laid = start, end, self._laid
        return part

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw the table, then the codes into their cells."""
        super().draw(canvas, left, top, width)
        laid = self.layout(width)
        x = left + sum(laid.widths[: self.place]) + (laid.widths[self.place] - self.side) / 2
        y = top - laid.head.height
        # A row that was too tall for a page goes on in the next: its code stands in the first part.
        source = sum(not row.goes_on for row in laid.rows[: self._start])
        is_first = not self._start or not laid.rows[self._start - 1].goes_on
        for row in laid.rows[self._start : self._last(laid)]:
            if is_first and self.codes[source]:
                middle = y - row.height / 2
                draw_code(canvas, stencil(self.codes[source]), x, middle - self.side / 2, self.side)
            y -= row.height
            is_first = not row.goes_on
            source += is_first


class CodeBeside:
    """A code at the right edge beside the blocks that follow: it takes no height of its own."""

    keep_with_next = 0.0

    def __init__(self, code: str, side: float) -> None:
        self.code = code
        self.side = side

    def height(self, width: float) -> float:
        """Nothing: what follows is set beside it."""
        return 0.0

    def split(self, width: float, room: float) -> None:
        """It stays whole."""

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw it with its upper right corner at the right edge."""
        draw_code(canvas, stencil(self.code), left + width - self.side, top - self.side, self.side)
