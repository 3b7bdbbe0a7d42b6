"""What a storehouse holds of an item on a day, and which lots to issue: what expires first goes first."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from sqlalchemy import BigInteger, ColumnElement, and_, case, func, or_, select, type_coerce

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import from_thousandths, to_thousandths
from drillapp.core.office import Office
from drillapp.core.supplies.model import Holding, Item, Lot, StockEntry, Storehouse
from drillapp.core.supplies.withheld import withheld


class Pick(Struct, frozen=True):
    """How much to take of a lot."""

    lot: str | None
    produced_on: date | None
    expires_on: date | None
    available: float
    """What may be taken of it on the day: in date, not in quarantine, and not booked out on a later day."""
    quantity: float
    holding_id: int


class LotBalance(Struct, frozen=True):
    """What a storehouse holds of a lot."""

    lot: str | None
    produced_on: date | None
    expires_on: date | None
    quantity: float


def suggest_lots(office: Office, storehouse: str, item: str, quantity: float, day: date) -> list[Pick]:
    """From which lots in a storehouse to take a quantity of an item on a day: what expires first, first.

    Goods without a date come last. Where there is not enough, all there is: the picks then add up to less.
    """
    missing = to_thousandths(quantity)
    picks: list[Pick] = []
    with office.read() as connection:
        for lot, produced_on, expires_on, free, holding_id in connection.execute(
            _free(office.id, storehouse, item, day)
        ):
            if missing <= 0:
                break
            taken = min(missing, int(free))
            missing -= taken
            there, part = from_thousandths(free), from_thousandths(taken)
            picks.append(Pick(lot, produced_on, expires_on, there, part, holding_id))
    return picks


def lots_at(office: Office, storehouse: str, item: str, day: date) -> list[LotBalance]:
    """What a storehouse holds of each lot of an item at the end of a day, what expires first before the others."""
    quantity = func.sum(StockEntry.delta)
    statement = (
        select(func.nullif(Lot.code, ""), Lot.produced_on, Lot.expires_on, quantity)
        .join(Holding, Holding.id == StockEntry.holding_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Item, Item.id == Holding.item_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .where(_named(office.id, storehouse, item), StockEntry.occurred_on <= day)
        .group_by(Lot.id, Lot.code, Lot.produced_on, Lot.expires_on)
        .having(quantity != 0)
        .order_by(Lot.expires_on.asc().nulls_last(), Lot.code)
    )
    with office.read() as connection:
        return [LotBalance(*row) for row in connection.execute(statement)]


def _named(owner_id: int, storehouse: str, item: str) -> ColumnElement[bool]:
    """The office's own ones: a neighbour may have the same codes."""
    return and_(
        Storehouse.code == storehouse,
        Storehouse.owner_id == owner_id,
        Item.code == item,
        Item.owner_id == owner_id,
    )


def _free(owner_id: int, storehouse: str, item: str, day: date) -> AnySelect:
    """The lots that may be issued and how much of each, in thousandths."""
    chosen = (
        select(Holding.id, Holding.lot_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(Item, Item.id == Holding.item_id)
        .join(Lot, Lot.id == Holding.lot_id)
        .where(
            _named(owner_id, storehouse, item), or_(Lot.expires_on.is_(None), Lot.expires_on >= day)
        )
        .subquery()
    )  # fmt: skip
    least = _least_from(day, select(chosen.c.id)).subquery()
    held_back = withheld(day).subquery()
    free = least.c.least - func.coalesce(held_back.c.withheld, 0)
    return (
        select(func.nullif(Lot.code, ""), Lot.produced_on, Lot.expires_on, free.label("free"), chosen.c.id)
        .select_from(chosen)
        .join(Lot, Lot.id == chosen.c.lot_id)
        .join(least, least.c.holding_id == chosen.c.id)
        .outerjoin(held_back, held_back.c.holding_id == chosen.c.id)
        .where(free > 0)
        .order_by(Lot.expires_on.asc().nulls_last(), Lot.produced_on.asc().nulls_last(), Lot.code, Lot.id)
    )


def _least_from(day: date, chosen: AnySelect) -> AnySelect:
    """For each holding the least that it holds on a day and on any later one, so that no later booking falls below zero."""
    delta = type_coerce(StockEntry.delta, BigInteger)
    days = (
        select(StockEntry.holding_id, StockEntry.occurred_on.label("day"), func.sum(delta).label("change"))
        .where(StockEntry.holding_id.in_(chosen))
        .group_by(StockEntry.holding_id, StockEntry.occurred_on)
        .subquery()
    )
    level = func.sum(days.c.change).over(partition_by=days.c.holding_id, order_by=days.c.day)
    levels = select(days, level.label("level")).subquery()
    now = func.sum(case((levels.c.day <= day, levels.c.change), else_=0))
    later = func.min(case((levels.c.day > day, levels.c.level)))
    return select(levels.c.holding_id, case((later < now, later), else_=now).label("least")).group_by(
        levels.c.holding_id
    )
