"""Which drills count as held, by which unit, and which of them settle which rule, as SQL."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, or_, select, true

from drillapp.core.database.base import AnySelect
from drillapp.core.drills.model import Drill
from drillapp.core.drills.record.model import DrillParty
from drillapp.core.law import Rule, rules_settled_by
from drillapp.core.localtime import end_of_day
from drillapp.core.plans.model import Plan

_LOOKING_ON = ("observer", "evaluator")
"""Who is there in such a role did not take part."""


class Settling(NamedTuple):
    """Which drills settle a rule; several rules may share it."""

    plan_kinds: tuple[str, ...]
    hazards: tuple[str, ...]
    evacuation: bool

    @classmethod
    def of(cls, rule: Rule) -> Settling:
        """What a rule says of it."""
        return cls(rule.plan_kinds, rule.hazards, rule.evacuation)

    @property
    def is_any(self) -> bool:
        """Whether every drill will do, also one of another unit in which the unit took part."""
        return not any(self)

    @property
    def fits(self) -> ColumnElement[bool]:
        """Whether a drill, outer joined to its plan, is such a drill."""
        conditions: list[ColumnElement[bool]] = []
        if self.plan_kinds:
            conditions.append(Plan.kind.in_(self.plan_kinds))
        if self.hazards:
            hazard = func.coalesce(Drill.hazard, Plan.hazard)
            conditions.append(or_(*(hazard.contains(word, autoescape=True) for word in self.hazards)))
        if self.evacuation:
            conditions.append(Drill.evacuation.is_(True))
        return and_(true(), *conditions)


@cache
def drill_rules() -> tuple[Rule, ...]:
    """The rules that drills settle."""
    return tuple(rules_settled_by("drill_held"))


@cache
def settlings() -> tuple[Settling, ...]:
    """The different ways in which drills settle the rules that are asked of units."""
    return tuple(dict.fromkeys(Settling.of(rule) for rule in drill_rules() if rule.per == "unit"))


def is_drill() -> ColumnElement[bool]:
    """Whether it counts at all: real events and records taken back do not."""
    return and_(Drill.kind == "drill", Drill.retired_on.is_(None))


def is_held(as_of: date) -> ColumnElement[bool]:
    """Whether a drill was held by a day."""
    return and_(Drill.ended_at <= end_of_day(as_of), is_drill())


def took_part(*columns: SQLColumnExpression[Any]) -> AnySelect:
    """Units in drills of other units, with these columns of the drills."""
    return (
        select(DrillParty.unit_id, *columns)
        .join(Drill, Drill.id == DrillParty.drill_id)
        .where(
            DrillParty.unit_id.is_not(None),
            or_(DrillParty.role.is_(None), DrillParty.role.not_in(_LOOKING_ON)),
            or_(DrillParty.present.is_(None), DrillParty.present > 0),
        )
    )
