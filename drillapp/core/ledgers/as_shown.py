"""What a spreadsheet calls its columns, and how it shows its cells."""

from __future__ import annotations

import math

from drillapp.core.ledgers.shapes import Cell


def column_letters(column: int) -> str:
    """What a column (from 0) is called: A, B, … AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_text(cell: Cell) -> str:
    """What stands in a cell: a whole number without decimals, a truth value as TRUE or FALSE."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    return str(int(cell)) if math.isfinite(cell) and cell == int(cell) else repr(cell)
