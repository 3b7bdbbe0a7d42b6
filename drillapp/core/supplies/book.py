"""Booking lines in the stock ledger: appended, never changed, and never more taken than is there at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from drillapp.core.batch import Batch
from drillapp.core.changes import Changes
from drillapp.core.database.engine import prepare_bulk
from drillapp.core.database.types import from_thousandths
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.saving import Saved, Saving, refuse_if_any
from drillapp.core.supplies.balance import EFFECTS, Lines, Shortage, moment_of, settle
from drillapp.core.supplies.booked import append_booked, find_booked, holdings_of, lots_of
from drillapp.core.supplies.checks import MOVEMENTS, Checked, check_entries
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.lots import Lots, UnclearLotError
from drillapp.core.supplies.posting import Booking, post
from drillapp.core.uncollected import uncollected
from drillapp.core.work import Work

_MANY = 5000
"""From so many lines on, memory is traded for time."""
_AFTER_BOOKED = 1 << 40
"""New lines stand after the booked ones of their document, in the order in which they are handed in."""


def save_movements(office: Office, entries: Sequence[MovementEntry], saving: Saving = Saving()) -> Saved:
    """Book lines of stock documents; those that are booked already count as unchanged.

    A `count` sets the balance of its storehouse, item and lot from its moment on; later lines follow. Raises
    InvalidInput, unless `partial`, for unknown codes, contradicting or unclear lots, repeated lines, and lines that
    take more than is there or leave too little for a later one.
    """
    with uncollected() if len(entries) >= _MANY else nullcontext(), office.write("save movements") as work:
        work.origin = saving.origin
        if len(entries) >= _MANY:
            prepare_bulk(work.connection)
        return book_movements(office, work, entries, saving)


def book_movements(
    office: Office, work: Work, entries: Sequence[MovementEntry], saving: Saving = Saving()
) -> Saved:
    """Book lines inside the caller's transaction; raises what `save_movements` raises."""
    booking = _check(office, work, entries, saving)
    refuse_if_any(booking.batch.problems, saving.partial)
    if not saving.dry_run:
        post(work, booking, saving.progress)
    return _saved(work, booking)


def _check(office: Office, work: Work, entries: Sequence[MovementEntry], saving: Saving) -> Booking:
    progress, total = saving.progress, len(entries)
    progress.step(0, total, _("Checking"))
    batch = Batch(work.connection, office.id, office.as_of, MOVEMENTS, entries)
    if not entries:
        return Booking(batch, now=office.clock.now())
    checked = check_entries(batch)
    lots = lots_of(work.connection, {key for key in batch.columns["item_id"] if key})
    booked = find_booked(checked, lots)
    progress.step(total // 4, total, _("Checking"))
    booking = Booking(
        batch, office.clock.now().replace(microsecond=0), checked.recorded, booked.ids, booked.last_lines
    )
    booking.rows = [i for i in range(total) if i not in batch.refused and i not in booked.ids]
    _assign_lots(booking, lots)
    booking.rows = [i for i in booking.rows if i not in batch.refused]
    _arrange(booking, checked)
    progress.step(total // 3, total, _("Checking"))
    _refuse_shortages(booking)
    return booking


def _assign_lots(booking: Booking, lots: Lots) -> None:
    batch = booking.batch
    columns, kinds, days = batch.columns, batch.given["kind"], batch.given["occurred_on"]
    rows = booking.rows
    # A ledger that runs backwards in time is read from its end, so that goods come in before they go out.
    backwards = bool(rows) and days[rows[-1]] < days[rows[0]]
    for i in reversed(rows) if backwards else rows:
        try:
            booking.lots[i] = lots.find(
                kinds[i], columns["item_id"][i], columns["lot"][i] or "", columns["produced_on"][i],
                columns["expires_on"][i],
            )  # fmt: skip
        except UnclearLotError as unclear:
            batch.refuse(i, unclear.field, unclear.message)


def _arrange(booking: Booking, checked: Checked) -> None:
    """Put the new lines, and the booked ones of the holdings that they touch, side by side."""
    given, columns, lines, rows = booking.batch.given, booking.batch.columns, booking.lines, booking.rows
    days, kinds, storehouses = given["occurred_on"], given["kind"], columns["storehouse_id"]
    targets, lots = columns["to_storehouse_id"], booking.lots
    lines.extend(
        (moment_of(days[i], booking.recorded_at(i)) for i in rows),
        (given["document"][i] for i in rows),
        (_AFTER_BOOKED + i for i in rows),
        (EFFECTS[kinds[i]] for i in rows),
        (checked.thousandths[i] for i in rows),
        (booking.number(storehouses[i], lots[i]) for i in rows),
        (-1 if targets[i] is None else booking.number(targets[i], lots[i]) for i in rows),
    )
    keys = holdings_of(
        booking.batch.connection, {lot.key for _storehouse, lot in booking.places if lot.key > 0}
    )
    booking.holding_ids = [keys.get((storehouse, lot.key)) for storehouse, lot in booking.places]
    numbers = {key: number for number, key in enumerate(booking.holding_ids) if key is not None}
    booking.entries = append_booked(booking.batch.connection, lines, numbers)


def _refuse_shortages(booking: Booking) -> None:
    lines = booking.lines
    found = settle(lines, len(booking.places))
    for row, shortage in found.items():
        booking.batch.refuse(booking.rows[row], "quantity", _sentence(lines, row, shortage))
    booking.accepted = [row for row in range(len(booking.rows)) if row not in found]


def _sentence(lines: Lines, row: int, shortage: Shortage) -> str:
    available = from_thousandths(shortage.available)
    if shortage.blocked is None:
        return _("Takes {quantity}, but only {available} are there on {day}.").format(
            quantity=from_thousandths(lines.quantities[row]), available=available, day=lines.day(row)
        )
    return _(
        "Leaves too little for document {document} of {day}, which takes {quantity}: only {available} would be there."
    ).format(
        document=lines.documents[shortage.blocked], day=lines.day(shortage.blocked),
        quantity=from_thousandths(lines.quantities[shortage.blocked]), available=available,
    )  # fmt: skip


def _saved(work: Work, booking: Booking) -> Saved:
    ids: list[int | None] = [booking.booked.get(i) for i in range(len(booking.batch.entries))]
    for row, key in zip(booking.accepted, booking.movement_ids, strict=False):
        ids[booking.rows[row]] = key
    return Saved(
        created=len(booking.accepted),
        unchanged=len(booking.booked),
        problems=tuple(sorted(booking.batch.problems, key=lambda problem: problem.index)),
        changes=work.changes if booking.accepted else Changes(),
        ids=tuple(ids),
    )
