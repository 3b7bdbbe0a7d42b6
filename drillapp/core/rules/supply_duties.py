"""What is asked about supplies, as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from drillapp.core import enumerations
from drillapp.core.database.base import AnySelect, still
from drillapp.core.database.months import later
from drillapp.core.dates import earliest_begin, months_before
from drillapp.core.rules.concerning import asked_of
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.supplies.model import Holding, Item, Movement, StockEntry, Storehouse
from drillapp.core.supplies.open_lines import answered_lines, answers
from drillapp.core.supplies.stocktake.queries import first_booked, last_whole
from drillapp.core.supplies.upkeep.model import Upkeep
from drillapp.core.supplies.upkeep.queries import upkeep_asked

_BETWEEN = " · "


def level_met(scope: Scope) -> Iterator[Duty]:
    """Each required level is met by what is in date; without data where nothing was ever booked for the unit."""
    for rule in scope.rules_settled_by("level_met"):
        levels = scope.levels
        state = case(
            (levels.c.available >= levels.c.required, "met"),
            (~_was_booked(levels.c.unit_id, scope).exists(), "no_data"),
            else_="overdue",
        )
        yield Duty(
            scope.as_of, scope.level_rows,
            levels.c.unit_id, literal(rule.id), state, literal("items"), levels.c.item_id, _item(levels),
            evidence=_shelf(levels), may_lack_data=True, asks=asked_of(rule, levels.c.unit_id),
        )  # fmt: skip


def critical_stocked(scope: Scope) -> Iterator[Duty]:
    """Of each critical item that a unit must have there is something in date."""
    for rule in scope.rules_settled_by("critical_stocked"):
        levels = scope.levels
        is_critical = levels.c.item_id.in_(select(Item.id).where(Item.critical).correlate(None))
        yield Duty(
            scope.as_of, scope.level_rows,
            levels.c.unit_id, literal(rule.id), case((levels.c.available > 0, "met"), else_="overdue"),
            literal("items"), levels.c.item_id, _item(levels), evidence=_shelf(levels),
            asks=and_(is_critical, asked_of(rule, levels.c.unit_id)),
        )  # fmt: skip


def upkeep_done(scope: Scope) -> Iterator[Duty]:
    """What wants looking after was, in each storehouse, within the months of the item.

    What never was is due until then; later it is without data where nothing of the unit was ever looked after.
    """
    as_of = scope.as_of
    asked = upkeep_asked(as_of, scope.unit_id)
    looked_after = (
        select(Storehouse.unit_id)
        .join(Upkeep, Upkeep.storehouse_id == Storehouse.id)
        .where(Upkeep.done_on <= as_of, still(Upkeep.retired_on, as_of))
        .correlate(None)
    )
    state = case(
        (and_(later(asked.c.since, asked.c.months) >= as_of, asked.c.last_done_on.is_(None)), "due"),
        (later(asked.c.since, asked.c.months) >= as_of, "met"),
        (Storehouse.unit_id.in_(looked_after), "overdue"),
        else_="no_data",
    )
    kinds = (
        (asked.c.kind == kind, enumerations.label("upkeep_kind", kind))
        for kind in enumerations.codes("upkeep_kind")
    )
    subject = _joined(_item(asked), case(*kinds, else_=asked.c.kind), Storehouse.name)
    for rule in scope.rules_settled_by("upkeep_done"):
        yield Duty(
            as_of,
            select()
            .select_from(asked)
            .join(Storehouse, Storehouse.id == asked.c.storehouse_id)
            .where(still(Storehouse.retired_on, as_of), asked_of(rule, Storehouse.unit_id)),
            Storehouse.unit_id, literal(rule.id), state, literal("upkeep_due"), asked.c.id, subject,
            asked.c.since, months=asked.c.months, evidence=cast(asked.c.last_done_on, Text),
            is_ever_due=True, may_lack_data=True,
        )  # fmt: skip


def stocktake_done(scope: Scope) -> Iterator[Duty]:
    """Each storehouse in which anything was ever booked was counted as a whole within the rule's months.

    One never counted is due for so long after something first came; later it is without data where no storehouse of the
    unit was ever counted.
    """
    as_of = scope.as_of
    last = scope.looked_up(last_whole(as_of).cte("last_whole"))
    counted = select(Storehouse.unit_id).join(last, last.c.storehouse_id == Storehouse.id).correlate(None)
    of_it = first_booked(as_of).where(Holding.storehouse_id == Storehouse.id).correlate(Storehouse)
    for rule in scope.rules_settled_by("stocktake_done"):
        limit = earliest_begin(as_of, rule.months)
        before = of_it.with_only_columns(Holding.id).where(StockEntry.occurred_on < limit)
        state = case(
            (last.c.counted_on >= limit, "met"),
            (last.c.counted_on.is_not(None), "overdue"),
            (~before.exists(), "due"),
            (Storehouse.unit_id.in_(counted), "overdue"),
            else_="no_data",
        )
        yield Duty(
            as_of,
            select()
            .select_from(Storehouse)
            .outerjoin(last, last.c.storehouse_id == Storehouse.id)
            .where(
                scope.has(Storehouse.unit_id), still(Storehouse.retired_on, as_of),
                of_it.with_only_columns(Holding.id).exists(), asked_of(rule, Storehouse.unit_id),
            ),
            Storehouse.unit_id, literal(rule.id), state, literal("storehouses"), Storehouse.id, Storehouse.name,
            func.coalesce(last.c.counted_on, of_it.scalar_subquery(), type_=StockEntry.occurred_on.type),
            months=literal(rule.months), evidence=last.c.number, is_ever_due=True, may_lack_data=True,
        )  # fmt: skip


def loan_returned(scope: Scope) -> Iterator[Duty]:
    """Each loan with a day came back by it: all that are still out, and those that were due within the rule's months."""
    as_of = scope.as_of
    for rule in scope.rules_settled_by("loan_returned"):
        lent, answer = answered_lines("lend", as_of, Movement.due_on.is_not(None)), aliased(Movement)
        is_back = lent.c.quantity <= lent.c.answered
        last = answers(answer, as_of, Movement.id).with_only_columns(func.max(answer.occurred_on))
        state = case((is_back, "met"), (Movement.due_on < as_of, "overdue"), else_="due")
        item = select(Item.name).where(Item.id == Movement.item_id).scalar_subquery()
        yield Duty(
            as_of,
            select()
            .select_from(lent)
            .join(Movement, Movement.id == lent.c.id)
            .join(Storehouse, Storehouse.id == Movement.storehouse_id)
            .where(
                scope.has(Storehouse.unit_id), asked_of(rule, Storehouse.unit_id),
                or_(~is_back, Movement.due_on > months_before(as_of, rule.months)),
            ),
            Storehouse.unit_id, literal(rule.id), state, literal("loans"), Movement.id,
            _joined(item, func.coalesce(Movement.counterparty, Storehouse.name)), Movement.due_on,
            evidence=Movement.document, is_late=func.coalesce(last.scalar_subquery() > Movement.due_on, False),
            late_is_missed=rule.in_time, is_ever_due=True,
        )  # fmt: skip


def _item(rows: Any) -> ColumnElement[Any]:
    """The name of a row's item."""
    return select(Item.name).where(Item.id == rows.c.item_id).scalar_subquery()


def _joined(first: ColumnElement[Any], *others: Any) -> ColumnElement[Any]:
    """Texts one after another."""
    for other in others:
        first = first + literal(_BETWEEN) + other
    return first


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
