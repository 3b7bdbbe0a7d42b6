"""What has to be brought in so that a unit has what it must have: where to, and how much."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, select

from drillapp.core.database.base import still
from drillapp.core.database.types import from_thousandths
from drillapp.core.office import Office
from drillapp.core.supplies.levels.fulfilment import fulfilment
from drillapp.core.supplies.levels.usable import NOT_PRESENT
from drillapp.core.supplies.model import Holding, Item, Storehouse


def missing_goods(office: Office, unit_id: int, item_id: int) -> dict[str, Any]:
    """Fields of a movement that brings in what a unit lacks of an item: kind, item, storehouse, quantity.

    The storehouse is the unit's that has had the item before, else its first by code; the quantity, in the unit of
    measure, is what is missing of the required level. Without what cannot be told: empty for an unknown item.
    """
    had = exists().where(Holding.storehouse_id == Storehouse.id, Holding.item_id == item_id)
    with office.read() as connection:
        code = connection.execute(select(Item.code).where(Item.id == item_id)).scalar()
        if code is None:
            return {}
        storehouse = connection.execute(
            select(Storehouse.code)
            .where(
                Storehouse.unit_id == unit_id,
                still(Storehouse.retired_on, office.as_of),
                Storehouse.kind.is_distinct_from(NOT_PRESENT),
            )
            .order_by(had.desc(), Storehouse.code)
            .limit(1)
        ).scalar()
        asked = fulfilment(office.as_of, unit_id).subquery()
        level = connection.execute(
            select(asked.c.required, asked.c.available).where(
                asked.c.unit_id == unit_id, asked.c.item_id == item_id
            )
        ).first()
    missing = max(0, level.required - level.available) if level else 0
    values = {
        "kind": "in",
        "item_code": code,
        "storehouse": storehouse,
        "quantity": from_thousandths(missing),
    }
    return {name: value for name, value in values.items() if value}
