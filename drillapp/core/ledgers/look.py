"""What a sheet says besides the cells that calamine reads."""

from __future__ import annotations

from typing import NamedTuple

MAX_FLAWS = 100_000
"""A sheet with more of them is refused: the others would be read as empty cells."""
MAX_HIDDEN_ROWS = 100_000
MAX_MERGED = 20_000
MAX_SHOWN = 200
"""Bytes of a formula."""

Edges = tuple[int, int, int, int]
"""Top, left, bottom and right of a merged cell: rows from 1, columns from 0, all included."""


class Look(NamedTuple):
    """Rows from 1, columns from 0; lists, since it goes from process to process."""

    hidden_rows: list[int]
    hidden_columns: list[int]
    merged: list[Edges]
    flaws: list[tuple[int, int, str]]
    """Cells that show something but hold no value: row, column and what they show."""
    is_1904: bool
    padded: list[tuple[int, int, str]]
    """Cells that show a number with leading zeros: row, column and what they show."""


def nothing_seen() -> Look:
    """Of a sheet that is looked at otherwise."""
    return Look([], [], [], [], False, [])
