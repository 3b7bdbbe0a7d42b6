"""The lines of a stocktake as a table shows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from drillapp.core.enumerations import label
from drillapp.core.i18n import _
from drillapp.core.listing import Column, View
from drillapp.core.supplies.stocktake.explaining import signed
from drillapp.core.supplies.stocktake.rows import LineRow, MovedRow, StocktakeView
from drillapp.ui.parts.cells import Tones
from drillapp.ui.parts.source import FixedSource
from drillapp.ui.parts.table import Table
from drillapp.ui.session import Session

LINE_TONES: Tones = {"state": {"open": "neutral", "again": "problem", "counted": "accent"}}
STOCKTAKE_TONES: Tones = {
    "state": {
        "counting": "accent",
        "submitted": "blue",
        "reviewed": "blue",
        "posted": "green",
        "cancelled": "neutral",
    }
}
DUE_TONES: Tones = {"state": {"overdue": "red", "soon": "orange", "met": "green"}}
_COLUMNS = (
    Column("position", "No.", "number", 52),
    Column("state", "State", "choice", 96, "stocktake_line_state"),
    Column("item_name", "Item name", width=170),
    Column("lot", "Lot", width=100),
    Column("expires_on", "Expires on", "date", 100),
    Column("shelf", "Shelf", width=70),
    Column("unit_of_measure", "Unit of measure", width=76),
    Column("book", "Book", "number", 76),
    Column("first_counted", "First count", "number", 84),
    Column("counted", "Quantity found", "number", 84),
    Column("difference", "Difference", width=76),
    Column("reasons", "Reasons", width=190),
    Column("moved", "Booked meanwhile", width=220),
    Column("counted_by", "Counted by", width=90),
    Column("counted_at", "Counted at", "moment", 140),
    Column("note", "Remarks", width=140),
)
_COUNTING = (
    "position", "state", "item_name", "lot", "expires_on", "shelf", "unit_of_measure", "counted", "first_counted", "book",
    "difference", "reasons", "moved", "counted_by", "counted_at", "note",
)  # fmt: skip
_REVIEW = (
    "position", "item_name", "lot", "unit_of_measure", "book", "counted", "difference", "reasons", "moved", "first_counted",
    "state", "shelf", "expires_on", "counted_by", "counted_at", "note",
)  # fmt: skip
"""What each window shows first."""


class ShownLine(NamedTuple):
    """A line in the table; its key is its number on the sheet."""

    id: int
    position: int
    state: str
    item_name: str
    lot: str | None
    expires_on: date | None
    shelf: str | None
    unit_of_measure: str | None
    book: float | None
    first_counted: float | None
    counted: float | None
    difference: str
    reasons: str
    moved: str
    counted_by: str | None
    counted_at: datetime | None
    note: str | None


class LineTable(Table):
    """All lines, or those that differ, or those that are still to be counted."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, reviews: bool = False) -> None:
        by_name = {column.name: column for column in _COLUMNS}
        self.lines = FixedSource(tuple(by_name[name] for name in (_REVIEW if reviews else _COUNTING)))
        key = "stocktake-review" if reviews else "stocktake-counting"
        super().__init__(self.lines, session, key, LINE_TONES, parent)
        self.placeholder.empty_text = _("No such lines")

    def fill(self, view: StocktakeView, only: str = "") -> None:
        """Show the lines of a stocktake; `only` open ones (`open`), or those that differ (`differing`)."""
        self.lines.fill([shown_line(line, view.moved_of(line.position)) for line in chosen(view.lines, only)])
        self.set_view(View())


def chosen(lines: Iterable[LineRow], only: str) -> list[LineRow]:
    """The lines that are wanted."""
    if only == "open":
        return [line for line in lines if line.state != "counted"]
    if only == "differing":
        return [line for line in lines if line.difference]
    return list(lines)


def shown_line(line: LineRow, moved: Iterable[MovedRow]) -> ShownLine:
    """A line as the table shows it."""
    reasons = [f"{label('stocktake_reason', part.reason)} {signed(part.quantity)}" for part in line.reasons]
    name = f"{line.item_name}  {line.spec}" if line.spec else line.item_name
    return ShownLine(
        line.position, line.position, line.state, name, line.lot, line.expires_on, line.shelf, line.unit_of_measure,
        line.book, line.first_counted, line.counted, "" if line.difference is None else signed(line.difference),
        _(", ").join(reasons), _(", ").join(map(moved_words, moved)), line.counted_by, line.counted_at, line.note,
    )  # fmt: skip


def moved_words(one: MovedRow) -> str:
    """A booking meanwhile: its document, what it did, on which side of the count it stands."""
    side = _("after the count") if one.is_after else _("before the count")
    quantity = "" if one.delta is None else f" {one.delta:+,}"
    return f"{one.document}{quantity} ({side})"
