"""What a clerk said about a file, which no later guess takes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Said:
    """Corrections of the guess and of the file's cells; empty where the clerk said nothing."""

    kind: str | None = None
    sheet: str | None = None
    header: tuple[int, int] | None = None
    """First and last row; (0, 0) for a sheet that has none."""
    words: dict[str, str] = field(default_factory=dict)
    """Header words to the field that they mean; '' leaves the column out."""
    columns: dict[int, str] = field(default_factory=dict)
    """Column to field; '' leaves it out."""
    given: dict[str, Any] = field(default_factory=dict)
    """Values of fields for the file as a whole."""
    cells: dict[tuple[int, str], str] = field(default_factory=dict)
    """Row and field to what the cell should have said."""
    alike: dict[tuple[str, str], str] = field(default_factory=dict)
    """Field and what stands in a cell to what all such cells should have said."""
    left_out: set[int] = field(default_factory=set)
    taken_in: set[int] = field(default_factory=set)
    """Rows that are data, whatever they look like."""
    number: bool = False
    """Whether new records without a code get the office's next numbers."""
