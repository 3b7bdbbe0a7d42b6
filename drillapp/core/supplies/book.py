"""Booking lines in the stock ledger: appended, never changed, and never more taken than is there at any moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext

from sqlalchemy import Connection

from drillapp.core.batch import Batch
from drillapp.core.changes import Changes
from drillapp.core.database.engine import prepare_bulk
from drillapp.core.database.types import from_thousandths
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.saving import Saved, Saving, refuse_if_any
from drillapp.core.supplies.arranging import Idle, arrange, assign_lots
from drillapp.core.supplies.balance import Lines, Shortage, settle
from drillapp.core.supplies.booked import find_booked, lots_meant
from drillapp.core.supplies.checks import MOVEMENTS, check_entries
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.links import find_links
from drillapp.core.supplies.posting import Booking, post
from drillapp.core.uncollected import uncollected
from drillapp.core.work import Work

_MANY = 5000
"""From so many lines on, memory is traded for time."""


def save_movements(office: Office, entries: Sequence[MovementEntry], saving: Saving = Saving()) -> Saved:
    """Book lines of stock documents; those that are booked already count as unchanged.

    A `count` sets the balance of its storehouse, item and lot from its moment on; later lines follow. A `reverse` takes
    back the line that it names as if it had never been. Raises InvalidInput, unless `partial`, for unknown codes,
    contradicting or unclear lots, repeated lines, lines that take more than is there or leave too little for a later
    one, that issue expired goods or goods in quarantine, or that bring back more than was lent or sent.
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
    booking = check_lines(office, work.connection, entries, saving.progress)
    refuse_if_any(booking.batch.problems, saving.partial)
    if not saving.dry_run:
        post(work, booking, saving.progress)
    return _saved(work, booking)


def check_lines(
    office: Office, connection: Connection, entries: Sequence[MovementEntry], progress: Progress = SILENT
) -> Booking:
    """Find out what booking these lines would do; the booking's batch says which cannot be booked."""
    total = len(entries)
    progress.step(0, total, _("Checking"))
    batch = Batch(connection, office.id, office.as_of, MOVEMENTS, entries)
    booking = Booking(batch, office.clock.now().replace(microsecond=0), office.actor)
    if not entries:
        return booking
    checked = check_entries(batch)
    lots = lots_meant(batch)
    booked = find_booked(checked, lots)
    progress.step(total // 4, total, _("Checking"))
    booking.recorded, booking.booked = checked.recorded, booked.ids
    booking.number_lines(booked.last_lines)
    booking.rows = _still_good(booking, range(total))
    booking.links = find_links(batch, booking.rows, booking.line_numbers, checked.thousandths)
    assign_lots(booking, lots)
    booking.rows = [i for i in _still_good(booking, booking.rows) if i in booking.lots]
    arrange(booking, checked)
    progress.step(total // 3, total, _("Checking"))
    _refuse_impossible(booking)
    return booking


def _still_good(booking: Booking, rows: Iterable[int]) -> list[int]:
    refused, booked = booking.batch.refused, booking.booked
    return [i for i in rows if i not in refused and i not in booked]


def _refuse_impossible(booking: Booking) -> None:
    """Refuse what takes more than is there, and with it whatever names a refused line."""
    batch, lines, links = booking.batch, booking.lines, booking.links
    gone: dict[int, object] = dict.fromkeys(batch.refused) if links else {}
    idle = Idle(booking)
    while True:
        for refusal in links.refusals(gone):
            batch.refuse(*refusal)
            gone[refusal.entry] = None
        found = settle(lines, len(booking.places), idle.rows(gone))
        found |= idle.to_blame(gone)
        for row, shortage in found.items():
            batch.refuse(booking.rows[row], "quantity", _sentence(lines, row, shortage))
            gone[booking.rows[row]] = None
        if not links or (not found and not links.refusals(gone)):
            break
    refused = batch.refused
    booking.accepted = [row for row, i in enumerate(booking.rows) if i not in refused]


def _sentence(lines: Lines, row: int, shortage: Shortage) -> str:
    available = from_thousandths(shortage.available)
    quantity = from_thousandths(lines.quantities[row])
    if shortage.blocked is None and row in lines.floors and shortage.available >= lines.quantities[row]:
        return _("Takes {quantity}, but of the {available} on {day} {withheld} are in quarantine.").format(
            quantity=quantity, available=available, day=lines.day(row), withheld=from_thousandths(lines.floors[row])
        )  # fmt: skip
    if shortage.blocked is None:
        return _("Takes {quantity}, but only {available} are there on {day}.").format(
            quantity=quantity, available=available, day=lines.day(row)
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
        new=tuple(booking.rows[row] for row in booking.accepted),
    )
