"""A lot that is not on the list, but was found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, func, insert, select, type_coerce, update

from drillapp.core.batch import text_problem
from drillapp.core.changes import Changes
from drillapp.core.database.types import from_thousandths
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.localtime import local_day
from drillapp.core.office import Office
from drillapp.core.supplies.booked import lots_of
from drillapp.core.supplies.lots import KnownLot, UnclearLotError
from drillapp.core.supplies.model import Holding, Item, Lot, Movement, StockEntry
from drillapp.core.supplies.stocktake.changing import begin, checked_name, end
from drillapp.core.supplies.stocktake.counting import moment_problem, moments_of, quantity_problem
from drillapp.core.supplies.stocktake.model import StocktakeLine
from drillapp.core.supplies.stocktake.reading import day_and_moment, lines_of, was_booked
from drillapp.core.supplies.stocktake.rows import Found, Header
from drillapp.core.supplies.stores.model import Shelf
from drillapp.core.work import Work


def add_found(office: Office, stocktake_id: int, found: Found, by: str) -> tuple[int, Changes]:
    """Add a lot that was found, with its count; returns the number of its line.

    Raises NotFound for an unknown item or shelf; InvalidInput for an unclear or contradicting lot, a wrong quantity or
    moment, and a lot that is on the list already.
    """
    by = checked_name(by)
    with office.write("add found lot") as work:
        header = begin(office, work, stocktake_id, "counting")
        position = take_found(office, work, header, found, by)
        end(work, header)
        return position, work.changes


def take_found(office: Office, work: Work, header: Header, found: Found, by: str) -> int:
    """Write a lot that was found inside the caller's transaction; returns and raises what `add_found` does."""
    now = office.clock.now()
    _check(header, found, now)
    lot = _lot(work, found)
    lines = lines_of(work.connection, header, now)
    there = next((line for line in lines if line.lot_id == lot), None)
    if there is not None:
        raise InvalidInput(
            _("This lot is on the list already: line {number}.").format(number=there.position),
            _("Add what was found to its count."),
            field="item_code",
        )
    position = max((line.position for line in lines), default=0) + 1
    moment = found.at or moments_of(work.connection, header, [lot], now)[lot]
    values = _values(office, work, header, found, lot, moment, position, by)
    statement = insert(StocktakeLine).values(**values).returning(StocktakeLine.id)
    key = int(work.connection.execute(statement).scalar_one())
    said = {"position": position, "counted": found.quantity, "added": True}
    work.changed("stocktake_lines", key, {name: (None, value) for name, value in said.items()})
    return position


def _check(header: Header, found: Found, now: datetime) -> None:
    for field, problem in (
        ("quantity", quantity_problem(found.quantity)),
        ("at", moment_problem(header, found.at, now)),
        ("note", text_problem(found.note or "")),
        ("lot", text_problem(found.lot or "")),
    ):
        if problem:
            raise InvalidInput(problem, field=field)


def _lot(work: Work, found: Found) -> int:
    """The lot that is meant, a new one if need be."""
    statement = select(Item.id).where(Item.owner_id == work.office_id, Item.code == found.item_code)
    item_id = work.connection.execute(statement).scalar()
    if item_id is None:
        raise NotFound(
            _("There is no item with the code '{value}'.").format(value=found.item_code),
            _("Enter it in the catalogue first."),
        )
    lots = lots_of(work.connection, {item_id})
    try:
        lot = lots.find("count", item_id, (found.lot or "").strip(), found.produced_on, found.expires_on)
    except UnclearLotError as unclear:
        raise InvalidInput(unclear.message, field=unclear.field) from unclear
    return _written(work, lot)


def _written(work: Work, lot: KnownLot) -> int:
    dates: dict[str, Any] = {"produced_on": lot.produced_on, "expires_on": lot.expires_on}
    if lot.key < 0:
        values = {"item_id": lot.item_id, "code": lot.code, **dates}
        key = int(work.connection.execute(insert(Lot).values(**values).returning(Lot.id)).scalar_one())
        work.created("lots", [key])
        return key
    if lot.before is not None:
        work.connection.execute(update(Lot).where(Lot.id == lot.key).values(**dates))
        old = dict(zip(dates, lot.before, strict=True))
        work.changed(
            "lots", lot.key, {name: (old[name], dates[name]) for name in dates if old[name] != dates[name]}
        )
    return lot.key


def _values(
    office: Office, work: Work, header: Header, found: Found, lot: int, moment: datetime, position: int, by: str
) -> dict[str, Any]:  # fmt: skip
    day, second = day_and_moment(moment, None)
    return {
        "stocktake_id": header.id,
        "position": position,
        "item_id": work.connection.execute(select(Lot.item_id).where(Lot.id == lot)).scalar_one(),
        "lot_id": lot,
        "shelf_id": _shelf(work, header, found, lot),
        "drawn": _drawn(work, header, lot),
        "added": True,
        "again": False,
        "counted": found.quantity,
        "counted_on": day,
        "counted_at": second,
        "counted_by": by,
        "counted_login": office.actor,
        "note": (found.note or "").strip() or None,
    }


def _drawn(work: Work, header: Header, lot: int) -> float:
    """What the book said of it when the stocktake was drawn up."""
    statement = (
        select(func.sum(type_coerce(StockEntry.delta, BigInteger)))
        .join(Movement, Movement.id == StockEntry.movement_id)
        .join(Holding, Holding.id == StockEntry.holding_id)
        .where(
            Holding.storehouse_id == header.storehouse_id,
            Holding.lot_id == lot,
            was_booked(local_day(header.drawn_up_at), header.last_movement),
        )
    )
    return from_thousandths(work.connection.execute(statement).scalar() or 0)


def _shelf(work: Work, header: Header, found: Found, lot: int) -> int | None:
    if not found.shelf:
        held = select(Holding.shelf_id).where(
            Holding.lot_id == lot, Holding.storehouse_id == header.storehouse_id
        )
        return work.connection.execute(held).scalar()
    statement = select(Shelf.id).where(
        Shelf.storehouse_id == header.storehouse_id, Shelf.code == found.shelf.strip()
    )
    key = work.connection.execute(statement).scalar()
    if key is None:
        raise NotFound(
            _("The storehouse {storehouse} has no shelf '{value}'.").format(
                storehouse=header.storehouse_name, value=found.shelf
            )
        )
    return int(key)
