"""What was counted is posted to the stock ledger: one document, at the moments of counting, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Connection, select, type_coerce

from drillapp.core.changes import Changes
from drillapp.core.database.base import in_blocks
from drillapp.core.database.types import to_thousandths
from drillapp.core.enumerations import label
from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.numbering import free_document
from drillapp.core.office import Office
from drillapp.core.supplies.book import book_movements
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.model import Holding, Movement, StockEntry
from drillapp.core.supplies.stocktake.changing import begin, end, of_line
from drillapp.core.supplies.stocktake.explaining import signed
from drillapp.core.supplies.stocktake.reading import lines_of
from drillapp.core.supplies.stocktake.reviewing import refuse_changed
from drillapp.core.supplies.stocktake.rows import Header, LineRow
from drillapp.core.supplies.stores.shelving import put_holdings
from drillapp.core.work import Work


def post_stocktake(office: Office, stocktake_id: int) -> Changes:
    """Post the counted lines of a reviewed stocktake as one document of kind `count`; lines not counted post nothing.

    Each is booked at the moment of its count, so that later bookings come on top. Raises NotFound; InvalidInput when
    bookings since the review changed a difference, or when a later booking takes more than was found; Conflict when
    something was booked at the very moment of a count.
    """
    with office.write("post stocktake") as work:
        header = begin(office, work, stocktake_id, "reviewed")
        lines = lines_of(work.connection, header, office.clock.now())
        refuse_changed(lines)
        counted = [line for line in lines if line.counted is not None]
        document = _document(work.connection, header)
        entries = [_entry(header, line, document) for line in counted]
        try:
            booked = book_movements(office, work, entries)
        except InvalidInput as error:
            raise _named(error, counted) from error
        ids = [key for key in booked.ids if key is not None]
        _refuse_otherwise(work.connection, ids, counted)
        _keep_shelves(work, header, counted)
        end(
            work,
            header,
            {"state": "posted", "posted_at": office.clock.now(), "document": document},
        )
        return work.changes


def _document(connection: Connection, header: Header) -> str:
    """Its own number, unless the stock ledger has a document of that name already."""
    taken = connection.execute(select(Movement.id).where(Movement.document == header.number).limit(1)).first()
    if taken is None:
        return header.number
    return free_document(connection, "count", local_day(header.drawn_up_at))


def _entry(header: Header, line: LineRow, document: str) -> MovementEntry:
    assert line.counted is not None
    assert line.counted_on is not None
    return MovementEntry(
        document=document,
        kind="count",
        storehouse=header.storehouse,
        item_code=line.item,
        lot=line.lot,
        # Goods without a lot number are told apart by their expiry.
        expires_on=line.expires_on,
        quantity=line.counted,
        occurred_on=line.counted_on,
        recorded_at=line.counted_at,
        reason=_reason(line),
        reference=header.number,
        cause="stocktake",
        handler=line.counted_by,
        approved_by=header.reviewed_by,
    )


def _reason(line: LineRow) -> str | None:
    """The reasons in words, as the stock ledger keeps them."""
    words = [f"{label('stocktake_reason', part.reason)} {signed(part.quantity)}" for part in line.reasons]
    return "; ".join(words) or None


def _named(error: InvalidInput, lines: Sequence[LineRow]) -> InvalidInput:
    """The refusal of the stock ledger, each problem with the line of the sheet that it is about."""
    if not error.problems:
        return error
    problems = [of_line(lines[one.index], one.message, value=one.value) for one in error.problems]
    hint = _("Send the stocktake back, and count these lines again.")
    return InvalidInput(problems[0].message, hint, problems=problems)


def _refuse_otherwise(connection: Connection, ids: Sequence[int], lines: Sequence[LineRow]) -> None:
    """What the ledger makes of a count must be the difference that was reviewed."""
    delta = type_coerce(StockEntry.delta, BigInteger).label("delta")
    statement = select(Holding.lot_id, delta).join(StockEntry, StockEntry.holding_id == Holding.id)
    rows = in_blocks(connection, statement, StockEntry.movement_id, ids)
    deltas: dict[int, int] = {row.lot_id: row.delta for row in rows}
    for line in lines:
        if deltas.get(line.lot_id) != to_thousandths(line.difference or 0):
            problem = of_line(line, _("Something was booked at the very moment of its count."))
            raise Conflict(problem.message, _("Send the stocktake back, and count this line again."))


def _keep_shelves(work: Work, header: Header, lines: Sequence[LineRow]) -> None:
    """Lots that were found on a shelf lie there from now on, unless they have one already."""
    shelves = {line.lot_id: line.shelf for line in lines if line.added and line.shelf}
    statement = select(Holding.id, Holding.lot_id).where(
        Holding.storehouse_id == header.storehouse_id, Holding.shelf_id.is_(None)
    )
    rows = in_blocks(work.connection, statement, Holding.lot_id, shelves)
    put_holdings(work, {row.id: shelves[row.lot_id] for row in rows})
