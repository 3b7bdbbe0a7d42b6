"""Which drills settle which rule, as SQL."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, true

from drillapp.core.drills.model import Drill
from drillapp.core.law import Rule
from drillapp.core.plans.model import Plan


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
