"""Long tables: measured columns, heads repeated on every page, text wrapped only where it must be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import msgspec

from drillapp.core.reports.fonts import Fonts, stack
from drillapp.core.reports.text import Line, put_line, wrap
from drillapp.core.reports.writing import Writing

RULE, FRAME = 0.4, 0.9
TALLEST_ROW = 24  # lines; a taller row goes on in the next, so that it always fits on a page


class Column(msgspec.Struct, frozen=True):
    """One column of a table."""

    head: str
    width: float = 0.0
    """Points; 0: as its texts need, widened or narrowed so that the table fills the width."""
    align: str = "left"
    """`left`, `centre` or `right` (numbers)."""


class Look(msgspec.Struct, frozen=True):
    """Fonts and sizes of a table, lengths in points."""

    font: str
    head_font: str
    size: float = 11.0
    leading: float = 15.0
    padding: float = 4.0


class Row(msgspec.Struct, frozen=True):
    """A row made ready for drawing; an empty cell has no lines."""

    cells: tuple[tuple[Line, ...], ...]
    height: float
    goes_on: bool = False
    """The next row continues this one: no rule between them."""


class Layout(msgspec.Struct, frozen=True):
    """A table laid out for one width; `bottoms[n]` is the height of the first n rows."""

    widths: tuple[float, ...]
    head: Row
    rows: list[Row]
    bottoms: list[float]


class Table:
    """A ruled table that breaks between rows."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        look: Look,
        *,
        keep_with_next: float = 0.0,
    ) -> None:
        self.keep_with_next = keep_with_next
        self.columns = tuple(columns)
        self.rows = rows
        self.look = look
        self._start = 0
        self._end: int | None = None
        self._laid: dict[float, Layout] = {}

    def layout(self, width: float) -> Layout:
        """The table for that width, worked out once."""
        if width not in self._laid:
            self._laid[width] = lay_out(self.columns, self.rows, self.look, width)
        return self._laid[width]

    def height(self, width: float) -> float:
        """Points that it takes, its head included."""
        laid = self.layout(width)
        return laid.head.height + laid.bottoms[self._last(laid)] - laid.bottoms[self._start]

    def split(self, width: float, room: float) -> tuple[Table, Table] | None:
        """As many rows as fit below a head, and the others, at least one, below another."""
        laid = self.layout(width)
        limit = room - laid.head.height + laid.bottoms[self._start]
        end = self._start
        while end < self._last(laid) - 1 and laid.bottoms[end + 1] <= limit:
            end += 1
        if end == self._start:
            return None
        return self._part(self._start, end), self._part(end, self._end)

    def _last(self, laid: Layout) -> int:
        return len(laid.rows) if self._end is None else self._end

    def _part(self, start: int, end: int | None) -> Table:
        part = Table(self.columns, self.rows, self.look, keep_with_next=self.keep_with_next)
        part._start, part._end, part._laid = start, end, self._laid
        return part

    def draw(self, canvas: Any, left: float, top: float, width: float) -> None:
        """Draw head and rows with the upper left corner there."""
        laid = self.layout(width)
        rows = [laid.head, *laid.rows[self._start : self._last(laid)]]
        self._draw_rules(canvas, laid, rows, left, top, width)
        writing, y = Writing(canvas), top
        for number, row in enumerate(rows):
            self._put_row(writing, row, laid.widths, left, y, is_head=not number)
            y -= row.height
        writing.finish()

    def _put_row(
        self, writing: Writing, row: Row, widths: tuple[float, ...], left: float, top: float, *, is_head: bool
    ) -> None:
        look, x = self.look, left
        font = (look.head_font if is_head else look.font, look.size)
        for column, width, lines in zip(self.columns, widths, row.cells, strict=True):
            block = len(lines) * look.leading
            baseline = top - (row.height - block) / 2 - look.leading / 2 - look.size * 0.36
            align = "centre" if is_head else column.align
            for line in lines:
                put_line(writing, line, font, (x + look.padding, baseline), width - 2 * look.padding, align)
                baseline -= look.leading
            x += width

    @staticmethod
    def _draw_rules(
        canvas: Any, laid: Layout, rows: list[Row], left: float, top: float, width: float
    ) -> None:
        height = sum(row.height for row in rows)
        lines, y = [], top
        for row in rows[:-1]:
            y -= row.height
            if not row.goes_on:
                lines.append((left, y, left + width, y))
        x = left
        for each in laid.widths[:-1]:
            x += each
            lines.append((x, top, x, top - height))
        canvas.setLineWidth(RULE)
        canvas.lines(lines)
        canvas.setLineWidth(FRAME)
        canvas.rect(left, top - height, width, height)


def table_look(fonts: Fonts, size: float = 11.0) -> Look:
    """The usual look of tables in these fonts."""
    return Look(fonts.body, fonts.sans, size, round(size * 1.36, 1))


def lay_out(columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look, width: float) -> Layout:
    """Measure the columns and wrap the cells that are too long for theirs."""
    widths = column_widths(columns, rows, look, width)
    inner = [each - 2 * look.padding for each in widths]
    heads = [column.head for column in columns]
    head = _rows_of(heads, look.head_font, look, inner)[0] if any(heads) else Row(((),) * len(columns), 0.0)
    laid = [part for row in rows for part in _rows_of(row, look.font, look, inner)]
    return Layout(widths, head, laid, [0.0, *accumulate(row.height for row in laid)])


def _rows_of(texts: Sequence[str], font: str, look: Look, inner: Sequence[float]) -> list[Row]:
    cells = [_cell(text, font, look.size, room) for text, room in zip(texts, inner, strict=True)]
    tallest = max(map(len, cells), default=1) or 1
    if tallest <= TALLEST_ROW:
        return [Row(tuple(cells), tallest * look.leading + look.padding * 1.5)]
    starts = range(0, tallest, TALLEST_ROW)
    return [
        Row(
            tuple(cell[start : start + TALLEST_ROW] for cell in cells),
            min(TALLEST_ROW, tallest - start) * look.leading + look.padding,
            goes_on=start + TALLEST_ROW < tallest,
        )
        for start in starts
    ]


def _cell(text: str, font: str, size: float, room: float) -> tuple[Line, ...]:
    if not text:
        return ()
    width = stack(font).stringWidth(text, size)
    if width <= room and "\n" not in text:
        return (Line(text, width, is_last=True),)
    return wrap(text, font, size, room)


def column_widths(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look, width: float
) -> tuple[float, ...]:
    """Fixed widths as given; the others share the rest by what their texts need, each at least three characters."""
    # A long text should wrap instead of starving its neighbours: a need counts up to a third of the whole.
    measure, head_measure = stack(look.font).stringWidth, stack(look.head_font).stringWidth
    margin, least = 2 * look.padding + 1, 3 * look.size + 2 * look.padding
    needs = []
    for place, column in enumerate(columns):
        texts = max((measure(row[place], look.size) for row in rows[:500]), default=0.0)
        need = max(head_measure(column.head, look.size), texts) + margin
        needs.append(column.width or min(max(need, least), max(width / 3, least)))
    open_need = sum(need for need, column in zip(needs, columns, strict=True) if not column.width)
    rest = width - sum(column.width for column in columns)
    stretch = rest / open_need if open_need else 1.0
    return tuple(
        need if column.width else need * stretch for need, column in zip(needs, columns, strict=True)
    )
