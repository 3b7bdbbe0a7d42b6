"""What lists tell of drills that are asked: which drill settles it, and from when it is asked, as SQL."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, literal, select

from drillapp.core.database.base import AnySelect, still, table_of
from drillapp.core.drills.held import is_drill, took_part
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.law import Rule
from drillapp.core.plans.events import in_force_on
from drillapp.core.plans.model import Plan
from drillapp.core.rules.book import RuleBook
from drillapp.core.rules.settlings import Settling
from drillapp.core.rules.terms import Term, limits
from drillapp.core.units.model import Unit


def drill_number(asked: Any, book: RuleBook) -> ColumnElement[Any]:
    """Of rows with unit_id, rule, plan_id and held_at: the number of the drill that ended then."""
    by_rule = [
        (asked.rule.in_(rules), _number(settling, asked))
        for settling, rules in book.rules_by_settling().items()
    ]
    of_plan = _first(_ended(asked).where(Drill.plan_id == asked.plan_id))
    return case((asked.held_at.is_(None), None), (asked.plan_id.is_not(None), of_plan), *by_rule)


def _number(settling: Settling, asked: Any) -> ColumnElement[Any]:
    own = _first(
        _ended(asked)
        .outerjoin(Plan, Plan.id == Drill.plan_id)
        .where(Drill.unit_id == asked.unit_id, settling.fits)
    )
    if not settling.is_any:
        return own
    joint = took_part(Drill.number).where(
        is_drill(), DrillParty.unit_id == asked.unit_id, Drill.ended_at == asked.held_at
    )
    return func.coalesce(own, _first(joint.with_only_columns(Drill.number)))


def _ended(asked: Any) -> AnySelect:
    return select(Drill.number).where(is_drill(), Drill.ended_at == asked.held_at)


def _first(numbers: AnySelect) -> ColumnElement[Any]:
    return numbers.order_by(Drill.id).limit(1).correlate_except(Drill, DrillParty, Plan).scalar_subquery()


def asked_since(asked: Any, book: RuleBook, as_of: date) -> SQLColumnExpression[Any]:
    """Of such rows, joined to their units: the day from which it is asked; NULL where it was always so."""
    others = [
        (asked.rule == rule.id, _since(rule, asked, as_of))
        for rule in book.drill_rules
        if rule.plan_kinds or _is_new(rule, as_of)
    ]
    return case(*others, else_=Unit.valid_from) if others else Unit.valid_from


def _is_new(rule: Rule, as_of: date) -> bool:
    return rule.valid_from is not None and rule.valid_from >= limits(Term.of(rule), as_of).new_from


def _since(rule: Rule, asked: Any, as_of: date) -> SQLColumnExpression[Any]:
    begin: SQLColumnExpression[Any] = Unit.valid_from
    if rule.plan_kinds:
        plans = table_of(Plan).alias()
        first = select(func.min(in_force_on(plans)))
        if rule.per == "plan":
            first = first.where(plans.c.id == asked.plan_id)
        else:
            first = first.where(
                plans.c.unit_id == asked.unit_id, plans.c.kind.in_(rule.plan_kinds),
                still(plans.c.retired_on, as_of),
            )  # fmt: skip
        begin = _later(begin, first.correlate_except(plans).scalar_subquery())
    return _later(begin, literal(rule.valid_from)) if _is_new(rule, as_of) else begin


def _later(day: SQLColumnExpression[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """The later one of two days, of which the first may not be known."""
    return case((day > other, day), else_=other)
