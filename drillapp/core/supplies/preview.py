"""What booking lines would change, to be looked at before it is confirmed: later lines, their balances, counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import BigInteger, Connection, Row, func, select, type_coerce

from drillapp.core.database.base import in_blocks
from drillapp.core.database.types import from_thousandths
from drillapp.core.errors import Problem
from drillapp.core.office import Office
from drillapp.core.supplies.balance import timelines
from drillapp.core.supplies.book import check_lines
from drillapp.core.supplies.documents import numbered
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.model import Item, Movement, StockEntry, Storehouse
from drillapp.core.supplies.posting import Booking
from drillapp.core.supplies.reversing import dependents_in, needed_problems


class LineChange(Struct, frozen=True, kw_only=True):
    """A booked line after which there is another balance than before."""

    document: str
    line: int
    day: date
    kind: str
    quantity: float
    before: float
    after: float


class CountChange(Struct, frozen=True, kw_only=True):
    """A booked count whose surplus (above 0) or shortage (below 0) follows."""

    document: str
    line: int
    day: date
    found: float
    difference_before: float
    difference_after: float


class HoldingChange(Struct, frozen=True, kw_only=True):
    """What becomes of a lot in a storehouse."""

    storehouse: str
    storehouse_name: str
    item: str
    item_name: str
    unit_of_measure: str | None
    lot: str | None
    expires_on: date | None
    today_before: float
    today_after: float
    differs_from: date
    """The first day with another balance, or of the first line."""
    later_lines: int
    """How many booked lines have another balance after them."""
    lines: tuple[LineChange, ...]
    """The first of them."""
    later_counts: int
    counts: tuple[CountChange, ...]
    """The first counts whose difference follows."""


class Preview(Struct, frozen=True):
    """What would change, and why it cannot be booked if it cannot."""

    problems: tuple[Problem, ...]
    holdings: tuple[HoldingChange, ...]


def preview(office: Office, entries: Sequence[MovementEntry], most: int = 20) -> Preview:
    """What booking these lines would change in each lot and storehouse that they touch; nothing is written.

    At most `most` lines and counts of each are told. Where lines cannot be booked, it is what the others would change;
    of a reversal the problems name all lines that depend on what it takes back.
    """
    with office.read() as connection:
        booking = check_lines(office, connection, numbered(connection, entries))
        problems = _problems(connection, booking)
        if not booking.accepted:
            return Preview(problems, ())
        walks = _walks(booking, office.as_of)
        named = _Names(connection, booking, walks, most, office.as_of)
    holdings = (_told(booking, walk, named, most) for walk in walks)
    return Preview(
        problems, tuple(sorted(holdings, key=lambda one: (one.storehouse, one.item, one.lot or "")))
    )


def _problems(connection: Connection, booking: Booking) -> tuple[Problem, ...]:
    problems = sorted(booking.batch.problems, key=lambda problem: problem.index)
    reverses = booking.links.reverses
    taken_back = {named.movement_id for named in reverses.values() if named.movement_id is not None}
    if not problems or not taken_back:
        return tuple(problems)
    needed = needed_problems(dependents_in(connection, taken_back))
    return (*(problem for problem in problems if not needed or problem.index not in reverses), *needed)


class _Step(NamedTuple):
    """A booked line with the balance after it, and what a count found more, before and with the new lines."""

    row: int
    before: int
    after: int
    difference_before: int
    difference_after: int


class _Walk(NamedTuple):
    """A holding's lines from the first new one on that come out otherwise."""

    number: int
    first_day: date
    changed: list[_Step]
    counts: list[_Step]
    today: int
    """By how much the stock of today changes."""


def _walks(booking: Booking, as_of: date) -> list[_Walk]:
    lines = booking.lines
    refused, reverses = booking.batch.refused, booking.links.reverses
    live = {i: named for i, named in reverses.items() if i not in refused}
    taken_back = {named.movement_id for named in live.values()} - {None}
    # What is reversed at once does nothing; what reverses a booked line marks from when on things come out otherwise.
    at_once = {named.entry for named in live.values()} - {None}
    left_out = {row for row, i in enumerate(booking.rows) if i in refused or i in at_once}
    still = {row for row, i in enumerate(booking.rows) if i in live}
    found = []
    for number, timeline in enumerate(timelines(lines, len(booking.places), left_out)):
        if any(max(one, ~one) < lines.first_booked for one in timeline):
            found.append(_walk(booking, number, timeline, taken_back, still, as_of))
    return found


def _walk(
    booking: Booking, number: int, timeline: Sequence[int], taken_back: set[int | None], still: set[int], as_of: date
) -> _Walk:  # fmt: skip
    """`taken_back` are the movements that are reversed, `still` the rows that reverse and do nothing themselves."""
    lines, first_booked = booking.lines, booking.lines.first_booked
    before = after = lines.openings.get(number, 0)
    days = (lines.day(max(one, ~one)) for one in timeline if max(one, ~one) < first_booked)
    walk = _Walk(number, min(days), [], [], 0)
    today = 0
    for reference in timeline:
        row = max(reference, ~reference)
        delta = lines.deltas[row] if reference >= 0 else lines.quantities[row]
        delta = 0 if row in still else delta
        after += delta
        if row < first_booked:
            today += delta if lines.day(row) <= as_of else 0
            continue
        entry = booking.entries[row - first_booked]
        before += entry.delta
        today += delta - entry.delta if lines.day(row) <= as_of else 0
        if entry.movement_id in taken_back:
            continue
        step = _Step(row, before, after, entry.delta, delta)
        if before != after:
            walk.changed.append(step)
        if entry.delta != delta:
            walk.counts.append(step)
    return walk._replace(today=today)


class _Names:
    """What codes, kinds and balances of today are called and are."""

    def __init__(
        self, connection: Connection, booking: Booking, walks: Sequence[_Walk], most: int, as_of: date
    ) -> None:
        places = [booking.places[walk.number] for walk in walks]
        self.storehouses = _by_id(
            connection,
            select(Storehouse.id, Storehouse.code, Storehouse.name),
            Storehouse.id,
            {storehouse for storehouse, _lot in places},
        )
        self.items = _by_id(
            connection,
            select(Item.id, Item.code, Item.name, Item.unit_of_measure),
            Item.id,
            {lot.item_id for _storehouse, lot in places},
        )
        shown = {booking.entries[step.row - booking.lines.first_booked].movement_id
                 for walk in walks for step in walk.changed[:most]}  # fmt: skip
        self.kinds = _by_id(connection, select(Movement.id, Movement.kind), Movement.id, shown)
        self.today = _today(connection, [booking.holding_ids[walk.number] for walk in walks], as_of)


def _by_id(connection: Connection, statement: Any, key: Any, values: set[int]) -> dict[int, Row[Any]]:
    return {row.id: row for row in in_blocks(connection, statement, key, values)}


def _today(connection: Connection, holding_ids: Sequence[int | None], as_of: date) -> dict[int, int]:
    total = func.sum(type_coerce(StockEntry.delta, BigInteger)).label("total")
    statement = (
        select(StockEntry.holding_id, total)
        .where(StockEntry.occurred_on <= as_of)
        .group_by(StockEntry.holding_id)
    )
    keys = [key for key in holding_ids if key is not None]
    return {
        row.holding_id: int(row.total)
        for row in in_blocks(connection, statement, StockEntry.holding_id, keys)
    }


def _told(booking: Booking, walk: _Walk, named: _Names, most: int) -> HoldingChange:
    storehouse_id, lot = booking.places[walk.number]
    storehouse, item = named.storehouses[storehouse_id], named.items[lot.item_id]
    today = named.today.get(booking.holding_ids[walk.number] or 0, 0)
    return HoldingChange(
        storehouse=storehouse.code, storehouse_name=storehouse.name, item=item.code, item_name=item.name,
        unit_of_measure=item.unit_of_measure, lot=lot.code or None, expires_on=lot.expires_on,
        today_before=from_thousandths(today), today_after=from_thousandths(today + walk.today),
        differs_from=walk.first_day, later_lines=len(walk.changed),
        lines=tuple(_lines(booking, walk.changed[:most], named)), later_counts=len(walk.counts),
        counts=tuple(_counts(booking, walk.counts[:most])),
    )  # fmt: skip


def _lines(booking: Booking, steps: Sequence[_Step], named: _Names) -> Iterator[LineChange]:
    lines = booking.lines
    for step in steps:
        movement_id = booking.entries[step.row - lines.first_booked].movement_id
        yield LineChange(
            document=lines.documents[step.row], line=lines.numbers[step.row], day=lines.day(step.row),
            kind=named.kinds[movement_id].kind, quantity=from_thousandths(lines.quantities[step.row]),
            before=from_thousandths(step.before), after=from_thousandths(step.after),
        )  # fmt: skip


def _counts(booking: Booking, steps: Sequence[_Step]) -> Iterator[CountChange]:
    lines = booking.lines
    for step in steps:
        yield CountChange(
            document=lines.documents[step.row], line=lines.numbers[step.row], day=lines.day(step.row),
            found=from_thousandths(lines.quantities[step.row]),
            difference_before=from_thousandths(step.difference_before),
            difference_after=from_thousandths(step.difference_after),
        )  # fmt: skip
