"""What units must have and what they have, for all units at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, exists, func, select, type_coerce, union_all
from sqlalchemy.orm import aliased

from drillapp.core.database.base import AnySelect, still
from drillapp.core.supplies.levels.model import RequiredLevel
from drillapp.core.supplies.levels.usable import usable
from drillapp.core.supplies.model import Holding, Storehouse
from drillapp.core.units.model import Unit
from drillapp.core.units.references import in_scope


def fulfilment(as_of: date, unit_id: int | None = None) -> AnySelect:
    """One row for each unit and each item that it must have: unit_id, item_id, level_id, required, available.

    Of a unit and those below it, or of all units. Quantities are in thousandths; available is what the unit's own
    storehouses have in date, not in quarantine and present. A level for the unit takes the place of one for its kind.
    """
    required = _required(as_of, unit_id).cte("required")
    # Of all that is in stock, only what somebody must have is added up.
    chosen = (
        select(Holding.id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .join(required, (required.c.unit_id == Storehouse.unit_id) & (required.c.item_id == Holding.item_id))
    )
    stock = usable(as_of, Storehouse.unit_id, Holding.item_id, chosen=chosen).subquery()
    return select(
        required.c.unit_id, required.c.item_id, required.c.level_id, required.c.required,
        func.coalesce(stock.c.available, 0).label("available"),
    ).outerjoin(
        stock, (stock.c.unit_id == required.c.unit_id) & (stock.c.item_id == required.c.item_id)
    )  # fmt: skip


def storehouse_fulfilment(as_of: date) -> AnySelect:
    """One row for each level of a storehouse: storehouse_id, unit_id, item_id, level_id, required, available."""
    # Only what lies in storehouses with levels of their own is looked at: they are few.
    chosen = select(Holding.id).join(RequiredLevel, RequiredLevel.storehouse_id == Holding.storehouse_id)
    stock = usable(as_of, Holding.storehouse_id, Holding.item_id, chosen=chosen).subquery()
    required = type_coerce(RequiredLevel.quantity, BigInteger).label("required")
    return (
        select(
            RequiredLevel.storehouse_id, Storehouse.unit_id, RequiredLevel.item_id,
            RequiredLevel.id.label("level_id"), required, func.coalesce(stock.c.available, 0).label("available"),
        )
        .join(Storehouse, Storehouse.id == RequiredLevel.storehouse_id)
        .outerjoin(
            stock,
            (stock.c.storehouse_id == RequiredLevel.storehouse_id) & (stock.c.item_id == RequiredLevel.item_id),
        )
        .where(still(RequiredLevel.retired_on, as_of), still(Storehouse.retired_on, as_of))
    )  # fmt: skip


def _required(as_of: date, unit_id: int | None) -> Any:
    own = aliased(RequiredLevel)
    required = type_coerce(RequiredLevel.quantity, BigInteger).label("required")
    item = RequiredLevel.item_id, RequiredLevel.id.label("level_id"), required
    has_own = exists().where(
        own.unit_id == Unit.id,
        own.item_id == RequiredLevel.item_id,
        still(own.retired_on, as_of),
    )
    current = still(RequiredLevel.retired_on, as_of)
    return union_all(
        select(RequiredLevel.unit_id, *item)
        .where(RequiredLevel.unit_id.is_not(None), in_scope(RequiredLevel.unit_id, unit_id), current),
        select(Unit.id, *item)
        .join(Unit, Unit.kind == RequiredLevel.unit_kind)
        .where(in_scope(Unit.id, unit_id), ~has_own, current),
    )  # fmt: skip
