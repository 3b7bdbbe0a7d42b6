"""What is told of the reading of rows: each kind of thing a few times by its row, then how many more there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection

from drillapp.core.i18n import _
from drillapp.core.ledgers.told import ranges

MOST = 20
"""So many cells of a column are told one by one."""


class RowNotes:
    """Counts what is told and keeps it short."""

    def __init__(self, note: Callable[[int, str, str, str], None]) -> None:
        """`note` takes row, field, what stands there, and the message."""
        self._note = note
        self._count: Counter[tuple[str, str]] = Counter()
        self._last: dict[tuple[str, str], int] = {}
        self._filled: dict[int, list[int]] = {}

    def cell(self, row: int, field: str, written: str, message: str) -> None:
        """Tell how a cell was read."""
        self._tell(("cell", field), row, field, written, message)

    def left_out(self, row: int, text: str, why: str) -> None:
        """Tell of a row that is no data."""
        self._tell((why, ""), row, "", text, why)

    def filled(self, cells: Collection[tuple[int, int]]) -> None:
        """Remember cells (row, column) that have the value of a merged cell."""
        for row, column in cells:
            self._filled.setdefault(column, []).append(row)

    def finish(self, fields: Callable[[int], list[str]], rows: Collection[int]) -> None:
        """Tell what was counted; `fields` are those of a column, `rows` those that are brought in."""
        for key, count in self._count.items():
            if count > MOST:
                message = _("There are {count} more such cells or rows, to row {row}.")
                self._note(
                    self._last[key], key[1], "", message.format(count=count - MOST, row=self._last[key])
                )
        for column, filled in sorted(self._filled.items()):
            within = sorted(row for row in filled if row in rows)
            if not within:
                continue
            for field in fields(column):
                message = _("Filled down from merged cells: rows {rows}.")
                self._note(within[0], field, "", message.format(rows=ranges(within)))

    def _tell(self, key: tuple[str, str], row: int, field: str, written: str, message: str) -> None:
        self._count[key] += 1
        self._last[key] = row
        if self._count[key] <= MOST:
            self._note(row, field, written, message)
