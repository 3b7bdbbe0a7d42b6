"""What of each lot can still be set aside for a drill: never more than lies there, whatever other drills need when.

A lot lies in a storehouse as a holding. On each day its stock, less what is set aside for other drills held by that
day and what is in quarantine, is what nobody has spoken for; a drill may take the least of these from its own day on.
What a drill used is in the stock ledger already and is set aside no longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    case,
    func,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)

from drillapp.core.database.base import AnySelect, still
from drillapp.core.database.types import from_thousandths
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillSupply
from drillapp.core.office import Office
from drillapp.core.supplies.model import Holding, Item, Lot, Quarantine, StockEntry, Storehouse
from drillapp.core.units.references import in_scope


class Place(NamedTuple):
    """A lot in a storehouse."""

    storehouse_id: int
    lot_id: int


class Offer(Struct, frozen=True, kw_only=True):
    """A lot of which something can be set aside."""

    id: int
    """The holding's key."""
    storehouse_id: int
    storehouse: str
    storehouse_name: str
    item_id: int
    item: str
    item_name: str
    unit_of_measure: str | None
    lot_id: int
    lot: str | None
    expires_on: date | None
    available: float


def offers(
    office: Office, drill_id: int, *, unit_id: int | None = None, item_code: str | None = None
) -> list[Offer]:
    """The lots, good on the drill's day, of which something can be set aside for it: what expires first comes first.

    In the storehouses of a unit and those below it, or in all.
    """
    with office.read() as connection:
        day = connection.execute(select(Drill.planned_on).where(Drill.id == drill_id)).scalar()
        if day is None:
            return []
        wanted = in_scope(Storehouse.unit_id, unit_id), Item.code == item_code if item_code else true()
        chosen = (
            select(Holding.id)
            .join(Storehouse, Storehouse.id == Holding.storehouse_id)
            .join(Item, Item.id == Holding.item_id)
            .join(Lot, Lot.id == Holding.lot_id)
            .where(*wanted, (Lot.expires_on.is_(None)) | (Lot.expires_on >= day))
        )
        return [_offer(row) for row in connection.execute(_offered(chosen, day, drill_id, office.as_of))]


def free_of(
    connection: Connection, places: Iterable[Place], day: date, drill_id: int | None
) -> dict[Place, float]:
    """What a drill on a day may have of these lots in all; what never lay there or has expired by then is left out."""
    wanted = set(places)
    good = select(Lot.id).where(
        Lot.id.in_({place.lot_id for place in wanted}), or_(Lot.expires_on.is_(None), Lot.expires_on >= day)
    )
    chosen = select(Holding.id).where(Holding.lot_id.in_(good))
    free = free_quantities(chosen, day, drill_id).subquery()
    statement = select(Holding.storehouse_id, Holding.lot_id, free.c.free)
    rows = connection.execute(statement.join(free, free.c.holding_id == Holding.id))
    return {
        Place(row[0], row[1]): from_thousandths(row[2]) for row in rows if Place(row[0], row[1]) in wanted
    }


def free_quantities(chosen: AnySelect, day: date, drill_id: int | None) -> AnySelect:
    """For each of the chosen holdings what a drill on a day may have of it, in thousandths: holding_id, free."""
    changes = union_all(_stock(chosen), _set_aside(chosen, drill_id), *_quarantined(chosen)).subquery()
    total = func.sum(changes.c.change)
    days = (
        select(changes.c.holding_id, changes.c.day, total.label("change"))
        .group_by(changes.c.holding_id, changes.c.day)
        .subquery()
    )
    level = func.sum(days.c.change).over(partition_by=days.c.holding_id, order_by=days.c.day)
    levels = select(days, level.label("level")).subquery()
    now = func.sum(case((levels.c.day <= day, levels.c.change), else_=0))
    later = func.min(case((levels.c.day > day, levels.c.level)))
    least = case((later < now, later), else_=now)
    free: ColumnElement[Any] = case((least > 0, least), else_=0)
    return select(levels.c.holding_id, free.label("free")).group_by(levels.c.holding_id)


def _stock(chosen: AnySelect) -> AnySelect:
    change = type_coerce(StockEntry.delta, BigInteger)
    statement: AnySelect = select(
        StockEntry.holding_id.label("holding_id"), StockEntry.occurred_on.label("day"), change.label("change")
    )
    return statement.where(StockEntry.holding_id.in_(chosen))


def _set_aside(chosen: AnySelect, drill_id: int | None) -> AnySelect:
    """What other drills that are still to be settled have set aside."""
    statement: AnySelect = (
        select(Holding.id, Drill.planned_on, -type_coerce(DrillSupply.reserved, BigInteger))
        .select_from(DrillSupply)
        .join(Drill, Drill.id == DrillSupply.drill_id)
        .join(
            Holding,
            (Holding.lot_id == DrillSupply.lot_id) & (Holding.storehouse_id == DrillSupply.storehouse_id),
        )
        .where(DrillSupply.used.is_(None), Holding.id.in_(chosen))
    )
    return statement if drill_id is None else statement.where(DrillSupply.drill_id != drill_id)


def _quarantined(chosen: AnySelect) -> tuple[AnySelect, AnySelect]:
    """What goes into quarantine and what comes out of it again: nothing of that may be issued."""
    quantity = type_coerce(Quarantine.quantity, BigInteger)
    rows = Quarantine.holding_id.in_(chosen), Quarantine.retired_on.is_(None)
    freed = select(Quarantine.holding_id, Quarantine.until_on, quantity)
    return (
        select(Quarantine.holding_id, Quarantine.from_on, -quantity).where(*rows),
        freed.where(*rows, Quarantine.until_on.is_not(None)),
    )


def _offered(chosen: AnySelect, day: date, drill_id: int, as_of: date) -> AnySelect:
    free = free_quantities(chosen, day, drill_id).subquery()
    return (
        select(
            Holding.id, Holding.storehouse_id, Storehouse.code.label("storehouse"),
            Storehouse.name.label("storehouse_name"), Holding.item_id, Item.code.label("item"),
            Item.name.label("item_name"), Item.unit_of_measure, Holding.lot_id, func.nullif(Lot.code, "").label("lot"),
            Lot.expires_on, free.c.free.label("available"),
        )
        .join(free, free.c.holding_id == Holding.id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Item, Item.id == Holding.item_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .where(free.c.free > 0, still(Storehouse.retired_on, as_of))
        .order_by(Lot.expires_on.nulls_last(), Item.code, Storehouse.code, Lot.code, Holding.id)
    )  # fmt: skip


def _offer(row: Any) -> Offer:
    return Offer(**row._asdict() | {"available": from_thousandths(row.available)})
