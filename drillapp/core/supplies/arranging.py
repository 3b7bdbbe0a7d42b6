"""Lines on their way into the ledger: which lot each means, and the booked ones of the holdings they touch beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from drillapp.core.i18n import _
from drillapp.core.supplies.balance import EFFECTS, Shortage, moment_of
from drillapp.core.supplies.booked import append_booked, holdings_of
from drillapp.core.supplies.checks import ISSUING, Checked
from drillapp.core.supplies.links import Named
from drillapp.core.supplies.lots import KnownLot, Lots, UnclearLotError
from drillapp.core.supplies.posting import Booking
from drillapp.core.supplies.withheld import Span, spans_of


def assign_lots(booking: Booking, lots: Lots) -> None:
    """Find the lot of each new line; refuse unclear ones, and what would issue expired goods."""
    batch, links = booking.batch, booking.links
    days = batch.given["occurred_on"]
    rows = booking.rows
    if links:
        named = links.answers.keys() | links.reverses.keys()
        plain = [i for i in rows if i not in named]
    else:
        plain = rows
    # A ledger that runs backwards in time is read from its end, so that goods come in before they go out.
    backwards = bool(plain) and days[plain[-1]] < days[plain[0]]
    for i in reversed(plain) if backwards else plain:
        try:
            booking.lots[i] = _found(booking, lots, i)
        except UnclearLotError as unclear:
            batch.refuse(i, unclear.field, unclear.message)
    for of_kind in (links.answers, links.reverses):
        for i, line in of_kind.items():
            _take_lot(booking, lots, i, line)
    _refuse_expired(booking)


def _found(booking: Booking, lots: Lots, i: int) -> KnownLot:
    columns = booking.batch.columns
    return lots.find(
        booking.batch.given["kind"][i], columns["item_id"][i], columns["lot"][i] or "", columns["produced_on"][i],
        columns["expires_on"][i],
    )  # fmt: skip


def _take_lot(booking: Booking, lots: Lots, i: int, named: Named) -> None:
    """The lot of the line that is named; what is said of another one is refused."""
    if named.lot_id is not None:
        lot: KnownLot | None = lots.written(named.lot_id)
    else:
        lot = booking.lots.get(named.entry if named.entry is not None else -1)
    if lot is None:
        return  # the line that it names is refused, and this one with it
    booking.lots[i] = lot
    columns = booking.batch.columns
    if any(columns[name][i] is not None for name in ("lot", "produced_on", "expires_on")):
        try:
            said = _found(booking, lots, i)
        except UnclearLotError as unclear:
            booking.batch.refuse(i, unclear.field, unclear.message)
            return
        if said is not lot:
            message = _("Line {line}, which it names, is of another lot.").format(line=named.name)
            booking.batch.refuse(i, "lot", message)


def _refuse_expired(booking: Booking) -> None:
    kinds, days = booking.batch.given["kind"], booking.batch.given["occurred_on"]
    for i in booking.rows:
        if kinds[i] in ISSUING and (lot := booking.lots.get(i)) is not None:
            expires_on = lot.expires_on
            if expires_on is not None and expires_on < days[i]:
                message = _(
                    "Expired on {day}: it can be counted, moved and scrapped, but not issued or lent."
                )
                booking.batch.refuse(i, "lot", message.format(day=expires_on))


def arrange(booking: Booking, checked: Checked) -> None:
    """Put the new lines, and the booked ones of the holdings that they touch, side by side."""
    given, columns, lines, rows = booking.batch.given, booking.batch.columns, booking.lines, booking.rows
    days, kinds, storehouses = given["occurred_on"], given["kind"], columns["storehouse_id"]
    targets, lots = columns["to_storehouse_id"], booking.lots
    lines.extend(
        (moment_of(days[i], booking.recorded_at(i)) for i in rows),
        (given["document"][i] for i in rows),
        (_AFTER_BOOKED + i for i in rows),
        (EFFECTS.get(kinds[i], 0) for i in rows),
        (checked.thousandths[i] for i in rows),
        (booking.number(storehouses[i], lots[i]) for i in rows),
        (booking.number(targets[i], lots[i]) if kinds[i] == "transfer" else -1 for i in rows),
    )
    if booking.links:
        _place_reversals(booking)
    connection = booking.batch.connection
    holdings = holdings_of(connection, {lot.key for _storehouse, lot in booking.places if lot.key > 0})
    found = [holdings.get((storehouse, lot.key)) for storehouse, lot in booking.places]
    booking.holding_ids = [None if row is None else row.id for row in found]
    numbers = {row.id: number for number, row in enumerate(found) if row is not None}
    since = _first_day(booking)
    booking.entries = append_booked(connection, lines, numbers, since)
    _set_floors(booking, {row.id for row in found if row is not None and row.set_aside})


_AFTER_BOOKED = 1 << 40
"""New lines stand after the booked ones of their document, in the order in which they are handed in."""


def _place_reversals(booking: Booking) -> None:
    """A line that reverses another touches what that one touched, from its moment on."""
    lines, places = booking.lines, {i: row for row, i in enumerate(booking.rows)}
    for i, named in booking.links.reverses.items():
        row = places.get(i)
        if row is None:
            continue
        if named.kind == "transfer":
            lines.targets[row] = booking.number(named.to_storehouse_id or 0, booking.lots[i])
        if named.recorded_at is not None:
            lines.moments[row] = moment_of(named.occurred_on, named.recorded_at)


def _first_day(booking: Booking) -> date | None:
    days = booking.batch.given["occurred_on"]
    reversed_days = {i: named.occurred_on for i, named in booking.links.reverses.items()}
    return min((reversed_days.get(i, days[i]) for i in booking.rows), default=None)


def _set_floors(booking: Booking, holding_ids: Collection[int]) -> None:
    """What is issued leaves what is in quarantine on that day."""
    numbers = {key: number for number, key in enumerate(booking.holding_ids)}
    set_aside: dict[int, list[Span]] = {}
    for span in spans_of(booking.batch.connection, holding_ids):
        set_aside.setdefault(numbers[span.holding_id], []).append(span)
    if not set_aside:
        return
    lines, kinds, days = booking.lines, booking.batch.given["kind"], booking.batch.given["occurred_on"]
    for number, i in enumerate(booking.rows):
        if kinds[i] in ISSUING and lines.holdings[number] in set_aside:
            spans = set_aside[lines.holdings[number]]
            floor = sum(span.thousandths for span in spans if span.start <= days[i] < span.end)
            if floor:
                lines.floors[number] = floor


class Idle:
    """The lines that do nothing: those that reverse another one, what they reverse, and what is refused."""

    def __init__(self, booking: Booking) -> None:
        self._booking = booking
        self._rows: dict[int, int] = {}
        self._booked: dict[int, list[int]] = {}
        """The rows of each booked movement."""
        if booking.links:
            self._rows = {i: row for row, i in enumerate(booking.rows)}
            for row, entry in enumerate(booking.entries, booking.lines.first_booked):
                self._booked.setdefault(entry.movement_id, []).append(row)

    def rows(self, gone: Collection[int]) -> set[int]:
        """Their rows, when these entries are refused."""
        found = {self._rows[i] for i in gone if i in self._rows}
        for i, named in self._live(gone):
            found.add(self._rows[i])
            if named.entry is not None:
                found.add(self._rows[named.entry])
            else:
                found.update(self._booked.get(named.movement_id or 0, ()))
        return found

    def to_blame(self, gone: Collection[int]) -> dict[int, Shortage]:
        """The rows that reverse a booked line without which another one takes more than is there."""
        lines = self._booking.lines
        found = {}
        for i, named in self._live(gone):
            row = self._rows[i]
            for holding in (lines.holdings[row], lines.targets[row]):
                if named.entry is None and holding in lines.unexplained:
                    found[row] = lines.unexplained[holding]
        return found

    def _live(self, gone: Collection[int]) -> Iterator[tuple[int, Named]]:
        for i, named in self._booking.links.reverses.items():
            if i not in gone and i in self._rows and (named.entry is None or named.entry in self._rows):
                yield i, named
