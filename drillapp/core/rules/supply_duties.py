"""What is asked about supplies, as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import CTE, BigInteger, ColumnElement, Text, case, cast, exists, literal, select

from drillapp.core.database.base import AnySelect
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.supplies.model import Holding, Item, StockEntry, Storehouse


def level_met(scope: Scope) -> Iterator[Duty]:
    """Each required level is met by what is in date; without data where nothing was ever booked for the unit."""
    for rule in scope.rules_settled_by("level_met"):
        levels = scope.levels
        state = case(
            (levels.c.available >= levels.c.required, "met"),
            (~_was_booked(levels.c.unit_id, scope).exists(), "no_data"),
            else_="overdue",
        )
        name = select(Item.name).where(Item.id == levels.c.item_id).scalar_subquery()
        yield Duty(
            scope.as_of, select().select_from(levels),
            levels.c.unit_id, literal(rule.id), state, literal("items"), levels.c.item_id, name,
            evidence=_shelf(levels), may_lack_data=True,
        )  # fmt: skip


def critical_stocked(scope: Scope) -> Iterator[Duty]:
    """Of each critical item that a unit must have there is something in date."""
    for rule in scope.rules_settled_by("critical_stocked"):
        levels = scope.levels
        name = select(Item.name).where(Item.id == levels.c.item_id).scalar_subquery()
        is_critical = exists().where(Item.id == levels.c.item_id, Item.critical)
        yield Duty(
            scope.as_of, select().select_from(levels).where(is_critical),
            levels.c.unit_id, literal(rule.id), case((levels.c.available > 0, "met"), else_="overdue"),
            literal("items"), levels.c.item_id, name, evidence=_shelf(levels),
        )  # fmt: skip


def _was_booked(unit_id: ColumnElement[int], scope: Scope) -> AnySelect:
    """What was ever booked in the storehouses of a unit by the day."""
    return (
        select(StockEntry.holding_id)
        .join(Holding, Holding.id == StockEntry.holding_id)
        .join(Storehouse, Storehouse.id == Holding.storehouse_id)
        .where(Storehouse.unit_id == unit_id, StockEntry.occurred_on <= scope.as_of)
        .correlate_except(StockEntry, Holding, Storehouse)
    )


def _shelf(levels: CTE) -> ColumnElement[Any]:
    """Available against required, in thousandths."""
    available, required = (cast(cast(levels.c[name], BigInteger), Text) for name in ("available", "required"))
    return available + literal("/") + required
