"""A stocktake as it stands in the database, for the commands: nothing is hidden here, whatever its sheet may not say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import structs
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from drillapp.core.database.base import narrowed
from drillapp.core.database.engine import is_postgres
from drillapp.core.database.types import Moment, from_thousandths
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.supplies.catalogue.model import Category
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, StockEntry, Storehouse
from drillapp.core.supplies.stocktake.judging import difference, line_state, total
from drillapp.core.supplies.stocktake.model import Stocktake, StocktakeLine, StocktakeReason
from drillapp.core.supplies.stocktake.rows import Header, LineRow, MovedRow, Part
from drillapp.core.supplies.stores.model import Shelf
from drillapp.core.units.model import Unit


def header_of(connection: Connection, stocktake_id: int) -> Header:
    """A stocktake itself; raises NotFound."""
    statement = (
        select(
            Stocktake.id, Stocktake.uid, Stocktake.owner_id, Stocktake.revision, Stocktake.number,
            Stocktake.storehouse_id, Storehouse.code, Storehouse.name, Storehouse.keeper, Storehouse.unit_id,
            Unit.name, Stocktake.extent, Stocktake.category_id, Category.name, Stocktake.sample, Stocktake.seed,
            Stocktake.blind, Stocktake.tolerance, Stocktake.drawn_up_at, Stocktake.last_movement, Stocktake.state,
            Stocktake.counted_by, Stocktake.submitted_at, Stocktake.reviewed_by, Stocktake.reviewed_at,
            Stocktake.reviewed_login, Stocktake.review_note, Stocktake.posted_at, Stocktake.document,
            Stocktake.cancelled_at, Stocktake.cancel_reason, Stocktake.note,
        )
        .join(Storehouse, Storehouse.id == Stocktake.storehouse_id)
        .join(Unit, Unit.id == Storehouse.unit_id)
        .outerjoin(Category, Category.id == Stocktake.category_id)
        .where(Stocktake.id == stocktake_id)
    )  # fmt: skip
    row = connection.execute(statement).first()
    if row is None:
        raise NotFound(_("This stocktake is not there any more."), _("Look at the list of stocktakes again."))
    values: tuple[Any, ...] = tuple(row)
    return Header(*values)


def lines_of(
    connection: Connection, header: Header, now: datetime, positions: Collection[int] | None = None
) -> list[LineRow]:
    """The lines of a stocktake, or those with these numbers, in their order, each with the book quantity of its count."""
    day = func.coalesce(StocktakeLine.counted_on, local_day(now))
    moment = func.coalesce(StocktakeLine.counted_at, literal(now, Moment()), type_=Moment())
    booked = book(connection, header, StocktakeLine.lot_id, day, moment)
    statement = (
        select(
            StocktakeLine.id, StocktakeLine.position, StocktakeLine.item_id, Item.code, Item.uid, Item.name,
            Item.spec, Item.unit_of_measure, StocktakeLine.lot_id, func.nullif(Lot.code, ""), Lot.produced_on,
            Lot.expires_on, Shelf.code, Shelf.name, StocktakeLine.drawn, StocktakeLine.added,
            StocktakeLine.counted, StocktakeLine.counted_on, StocktakeLine.counted_at, StocktakeLine.counted_by,
            StocktakeLine.counted_login, StocktakeLine.first_counted, StocktakeLine.first_counted_at,
            StocktakeLine.first_counted_by, StocktakeLine.again, StocktakeLine.note, booked,
        )
        .join(Item, Item.id == StocktakeLine.item_id)
        .join(Lot, Lot.id == StocktakeLine.lot_id)
        .outerjoin(Shelf, Shelf.id == StocktakeLine.shelf_id)
        .where(StocktakeLine.stocktake_id == header.id)
        .order_by(StocktakeLine.position)
    )  # fmt: skip
    if positions is not None:
        statement = narrowed(statement, StocktakeLine.position, positions)
    reasons = reasons_of(connection, header.id)
    return [_judged(header, row, reasons) for row in connection.execute(statement)]


def reasons_of(connection: Connection, stocktake_id: int) -> Mapping[int, Sequence[Part]]:
    """The parts of each line's difference by the line's key."""
    statement = (
        select(
            StocktakeReason.line_id, StocktakeReason.reason, StocktakeReason.quantity, StocktakeReason.note
        )
        .join(StocktakeLine, StocktakeLine.id == StocktakeReason.line_id)
        .where(StocktakeLine.stocktake_id == stocktake_id)
        .order_by(StocktakeReason.id)
    )
    found: dict[int, list[Part]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row.line_id].append(Part(row.reason, row.quantity, row.note))
    return found


def _judged(header: Header, row: Any, reasons: Mapping[int, Sequence[Part]]) -> LineRow:
    parts = tuple(reasons.get(row[0], ()))
    values: tuple[Any, ...] = (*row[:-1], from_thousandths(row[-1]))
    line = structs.replace(LineRow(*values), reasons=parts)
    if line.counted is None:
        return line
    assert line.book is not None
    if header.state == "posted":
        # What was posted and signed for stays what it was, whatever is booked before it later.
        posted = total(part.quantity for part in parts)
        return structs.replace(
            line, state="counted", difference=posted, book=difference(line.counted, posted)
        )
    state = line_state(
        line.counted,
        line.book,
        header.tolerance,
        counted_before=line.first_counted is not None,
        again=line.again,
    )
    return structs.replace(line, state=state, difference=difference(line.counted, line.book))


def book(connection: Connection, header: Header, lot: Any, day: Any, moment: Any) -> ColumnElement[int]:
    """What the book says of a lot at a moment, in thousandths: the lines before it in the order of the ledger."""
    sums = func.coalesce(func.sum(type_coerce(StockEntry.delta, BigInteger)), 0)
    return (
        select(cast(sums, BigInteger))
        .select_from(StockEntry)
        .join(Holding, Holding.id == StockEntry.holding_id)
        .join(Movement, Movement.id == StockEntry.movement_id)
        .where(
            Holding.lot_id == lot,
            Holding.storehouse_id == header.storehouse_id,
            is_before(connection, day, moment, header.number),
        )
        .scalar_subquery()
    )


def is_before(connection: Connection, day: Any, moment: Any, number: str) -> ColumnElement[bool]:
    """Whether a stock entry with its movement stands before a count in the ledger: by day, moment, document."""
    # Letters by their code, as the ledger is ordered, whatever order the server's language has.
    document = Movement.document.collate("C" if is_postgres(connection) else "BINARY")
    same_moment = and_(Movement.recorded_at == moment, document < number)
    return or_(
        StockEntry.occurred_on < day,
        and_(StockEntry.occurred_on == day, or_(Movement.recorded_at < moment, same_moment)),
    )


def moved_in(connection: Connection, header: Header, now: datetime) -> list[MovedRow]:
    """What was booked of the lines since the stocktake was drawn up, up to its own count lines."""
    day = func.coalesce(StocktakeLine.counted_on, local_day(now))
    moment = func.coalesce(StocktakeLine.counted_at, literal(now, Moment()), type_=Moment())
    before = is_before(connection, day, moment, header.number)
    is_new = or_(
        Movement.id > (header.last_movement or 0), StockEntry.occurred_on > local_day(header.drawn_up_at)
    )
    statement = (
        select(
            StocktakeLine.position, Movement.document, Movement.line, Movement.kind, StockEntry.occurred_on,
            Movement.recorded_at, StockEntry.delta, ~before,
        )
        .join(
            Holding,
            and_(Holding.lot_id == StocktakeLine.lot_id, Holding.storehouse_id == header.storehouse_id),
        )
        .join(StockEntry, StockEntry.holding_id == Holding.id)
        .join(Movement, Movement.id == StockEntry.movement_id)
        .where(StocktakeLine.stocktake_id == header.id, is_new)
        .order_by(
            StocktakeLine.position, StockEntry.occurred_on, Movement.recorded_at, Movement.document, Movement.line
        )
    )  # fmt: skip
    if header.document is not None:
        own = select(func.min(Movement.id)).where(
            Movement.document == header.document, Movement.owner_id == header.owner_id
        )
        statement = statement.where(Movement.id < own.scalar_subquery())
    if header.posted_at is not None:
        statement = statement.where(StockEntry.occurred_on <= local_day(header.posted_at))
    return [MovedRow(*row[:7], bool(row[7])) for row in connection.execute(statement)]


def was_booked(day: date, last_movement: int | None) -> ColumnElement[bool]:
    """Whether a stock entry with its movement was in the book when a stocktake was drawn up on a day."""
    return and_(Movement.id <= (last_movement or 0), StockEntry.occurred_on <= day)


def day_and_moment(now: datetime, at: datetime | None) -> tuple[date, datetime]:
    """The day and the second of a count."""
    moment = (at or now).replace(microsecond=0)
    return local_day(moment), moment
