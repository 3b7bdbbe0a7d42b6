"""What a spreadsheet calls its columns, and how it shows its cells."""

from __future__ import annotations


def column_letters(column: int) -> str:
    """What a column (from 0) is called: A, B, … AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
