"""What commands on stocktakes take and questions about them answer with."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from drillapp.core.changes import Changes


class Drawing(Struct, frozen=True, kw_only=True):
    """What a stocktake is to be of."""

    storehouse: str
    """Its code."""
    extent: str = "whole"
    """A code of the enumeration stocktake_extent."""
    category: str | None = None
    """Name or code of a category: only what is of it or of those below it; needed for the extent `category`."""
    sample: int | None = None
    """How many lines a random sample has."""
    seed: int | None = None
    """From which the sample is drawn, 1 to 999,999; None: any."""
    blind: bool = True
    tolerance: float = 0
    """In per cent of the book quantity, 0 to 100; beyond it a line is counted again."""
    note: str | None = None


class Drawn(Struct, frozen=True):
    """A stocktake that was drawn up."""

    id: int
    number: str
    lines: int
    changes: Changes


class Redrawn(Struct, frozen=True):
    """What comes of drawing a sample once more from its seed."""

    same: bool
    gone: tuple[int, ...]
    """The positions of lines that would not be drawn now."""
    come: tuple[str, ...]
    """What would be drawn now and was not: item and lot."""


class Count(Struct, frozen=True):
    """What was found of a line."""

    position: int
    quantity: float | None
    """None: not counted after all."""
    at: datetime | None = None
    """The moment of counting; None: now."""
    again: bool = False
    """A recount, although the same was found or none was asked for."""
    note: str | None = None


class Found(Struct, frozen=True, kw_only=True):
    """A lot that is not on the list, but was found; said as a line of the stock ledger says it."""

    item_code: str
    lot: str | None = None
    produced_on: date | None = None
    expires_on: date | None = None
    shelf: str | None = None
    """Code of the shelf on which it lies."""
    quantity: float
    at: datetime | None = None
    note: str | None = None


class Part(Struct, frozen=True):
    """A part of a difference and where it comes from."""

    reason: str
    """A code of the enumeration stocktake_reason."""
    quantity: float
    """Signed: more was found than booked, or less."""
    note: str | None = None


class Header(Struct, frozen=True):
    """A stocktake itself."""

    id: int
    uid: str
    owner_id: int
    revision: int
    number: str
    storehouse_id: int
    storehouse: str
    storehouse_name: str
    keeper: str | None
    unit_id: int
    unit_name: str
    extent: str
    category_id: int | None
    category: str | None
    sample: int | None
    seed: int | None
    blind: bool
    tolerance: float
    drawn_up_at: datetime
    last_movement: int | None
    state: str
    counted_by: str | None
    submitted_at: datetime | None
    reviewed_by: str | None
    reviewed_at: datetime | None
    reviewed_login: str | None
    review_note: str | None
    posted_at: datetime | None
    document: str | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    note: str | None


class LineRow(Struct, frozen=True):
    """A line of a stocktake.

    `drawn`, `book` and `difference` are None where they must not be seen: in a blind stocktake, as long as anything is
    left to be counted of the line.
    """

    id: int
    position: int
    item_id: int
    item: str
    item_uid: str
    item_name: str
    spec: str | None
    unit_of_measure: str | None
    lot_id: int
    lot: str | None
    produced_on: date | None
    expires_on: date | None
    shelf: str | None
    shelf_name: str | None
    drawn: float | None
    added: bool
    counted: float | None
    counted_on: date | None
    counted_at: datetime | None
    counted_by: str | None
    counted_login: str | None
    first_counted: float | None
    first_counted_at: datetime | None
    first_counted_by: str | None
    again: bool
    note: str | None
    book: float | None
    """What the book says of the moment of the count; of a line that is not counted, of now."""
    state: str = "open"
    """A code of the enumeration stocktake_line_state."""
    difference: float | None = None
    """Counted less book; of a posted stocktake what was posted."""
    reasons: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """Item and lot, as a sentence names the line."""
        dated = f" {self.expires_on}" if not self.lot and self.expires_on else ""
        return f"{self.item_name} {self.lot}" if self.lot else f"{self.item_name}{dated}"


class MovedRow(Struct, frozen=True):
    """A line of the stock ledger that was booked of a stocktake's line while it was under way."""

    position: int
    document: str
    line: int
    kind: str
    occurred_on: date
    recorded_at: datetime
    delta: float | None
    """What it adds or takes; None where it must not be seen."""
    is_after: bool
    """It comes after the count, on top of what was found; else it is in the book quantity of the count."""


class StocktakeView(Struct, frozen=True):
    """A stocktake with all there is to it."""

    header: Header
    lines: tuple[LineRow, ...]
    moved: tuple[MovedRow, ...]

    def moved_of(self, position: int) -> list[MovedRow]:
        """What was booked of a line meanwhile."""
        return [one for one in self.moved if one.position == position]


class StocktakeRow(Struct, frozen=True):
    """A stocktake in a list."""

    id: int
    unit_id: int
    revision: int
    number: str
    storehouse: str
    storehouse_name: str
    unit_code: str
    unit_name: str
    extent: str
    category: str | None
    blind: bool
    tolerance: float
    state: str
    drawn_up_at: datetime
    lines: int
    counted: int
    counted_by: str | None
    reviewed_by: str | None
    posted_at: datetime | None
    document: str | None
    retired_on: date | None


class StocktakeDueRow(Struct, frozen=True):
    """When a storehouse is to be counted as a whole."""

    id: int
    """The storehouse's key."""
    unit_id: int
    storehouse: str
    storehouse_name: str
    unit_code: str
    unit_name: str
    keeper: str | None
    number: str | None
    """The last stocktake of the whole store that was posted."""
    counted_on: date | None
    """The day on which the last line of it was counted."""
    held_since: date | None
    """The first day of which anything is booked there."""
    under_way: str | None
    """A stocktake that is not finished."""
    state: str
    """A code of the enumeration stocktake_due_state."""
    due_on: date | None = None
