"""What is passed between the parts that bring a ledger in: a first look at the sheets, and how they are understood.

Coordinates are the sheet's own: rows from 1, columns from 0, also where its first rows or columns are empty.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Cell = str | int | float | bool
"""A cell's content; '' when it is empty. Dates and moments of spreadsheets come as ISO texts."""

GLANCE_ROWS = 40
"""So many rows of a sheet are shown before it is read."""


class Merged(NamedTuple):
    """A merged cell; all four are part of it."""

    top: int
    left: int
    bottom: int
    right: int


class Glance(NamedTuple):
    """The beginning of a sheet."""

    sheet: str
    rows: list[list[Cell]]
    """Rows 1 to at most GLANCE_ROWS, each from column A."""
    is_hidden: bool = False
    merged: tuple[Merged, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    """Of a quick look only those among `rows`; of an opened sheet all."""
    hidden_columns: frozenset[int] = frozenset()
    is_1904: bool = False
    """Whether a bare number that is meant as a day counts from 1904; what is known as a day arrives as a date anyway."""
    is_text: bool = False
    """Whether it is a text file, which cannot say that cells are merged."""


class Reason(NamedTuple):
    """Why something was guessed."""

    subject: Literal["kind", "sheet", "header", "column"]
    field: str
    """The field of a column; '' for others."""
    column: int | None
    words: str
    """For people."""
    certainty: float
    """0 to 1."""


class Region(NamedTuple):
    """Another table that was seen."""

    sheet: str
    header: tuple[int, int]
    """First and last row of its header."""
    kind: str | None
    rows: int
    """How many rows of it were seen below the header."""
    words: tuple[str, ...] = ()
    """What its columns are called."""


class Guess(NamedTuple):
    """How a file is understood."""

    kind: str | None
    """None when it looks like no kind of ledger."""
    sheet: str
    header: tuple[int, int]
    """First and last row of the header; (0, 0) when there is none, and the first row holds data."""
    columns: dict[str, int]
    """Field to its column; one column may feed two fields."""
    headers: dict[int, str]
    """Column to its header, joined over the rows of the header."""
    missing: tuple[str, ...] = ()
    """Required fields without a column."""
    because: tuple[Reason, ...] = ()
    others: tuple[Region, ...] = ()
    kinds: tuple[tuple[str, float], ...] = ()
    """The likeliest kinds with their certainty, the best first."""
    left_out: tuple[int, ...] = ()
    """Columns that were said to be left out, now or for the last file of this shape."""
