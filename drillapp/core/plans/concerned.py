"""Which plans a rule concerns: by family, kind of plan and unit, risk; the same answer in Python and in SQL."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, literal, or_, true

from drillapp.core.plans.model import Plan
from drillapp.core.units.model import Unit

Family = Literal["government", "unit"]
"""Plans of governments, their departments, streets and communities; plans of all other units."""
_GOVERNMENT_KINDS = ("overall", "departmental", "joint")
_UNIT_KINDS = ("comprehensive", "on_site")
_BODIES = ("city", "district", "department", "street", "community")


class Subject(NamedTuple):
    """A plan as rules look at it."""

    plan_kind: str | None
    unit_kind: str
    sectors: str | None
    high_risk: bool
    crowded: bool

    @property
    def family(self) -> Family:
        """By the plan's kind; a special plan, or one without kind, is of its unit's family."""
        if self.plan_kind in _GOVERNMENT_KINDS:
            return "government"
        if self.plan_kind in _UNIT_KINDS:
            return "unit"
        return "government" if self.unit_kind in _BODIES else "unit"


SUBJECT = (Plan.kind, Unit.kind, Unit.sectors, Unit.high_risk, Unit.crowded)
"""The columns of a Subject; join plans and units."""


class Concerned(msgspec.Struct, frozen=True, kw_only=True):
    """The conditions of a rule; what is not said does not matter."""

    family: Family | None = None
    unit_kinds: tuple[str, ...] = ()
    plan_kinds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    high_risk: bool | None = None
    crowded: bool | None = None

    def concerns(self, subject: Subject) -> bool:
        """Whether all conditions are met."""
        own = set((subject.sectors or "").split(","))
        return (
            self.family in (None, subject.family)
            and (not self.unit_kinds or subject.unit_kind in self.unit_kinds)
            and (not self.plan_kinds or subject.plan_kind in self.plan_kinds)
            and (not self.sectors or not own.isdisjoint(self.sectors))
            and self.high_risk in (None, subject.high_risk)
            and self.crowded in (None, subject.crowded)
        )

    def condition(self, plan_kind: SQLColumnExpression[Any] = Plan.kind) -> ColumnElement[bool]:
        """The same in SQL, over plans joined with their units; the plan's kind may stand in another column."""
        conditions: list[ColumnElement[bool]] = [true()]
        if self.family is not None:
            conditions.append(_family(plan_kind) == self.family)
        if self.unit_kinds:
            conditions.append(Unit.kind.in_(self.unit_kinds))
        if self.plan_kinds:
            conditions.append(plan_kind.in_(self.plan_kinds))
        if self.sectors:
            bounded = literal(",").concat(Unit.sectors).concat(",")
            conditions.append(or_(*(bounded.contains(f",{sector},") for sector in self.sectors)))
        if self.high_risk is not None:
            conditions.append(Unit.high_risk.is_(self.high_risk))
        if self.crowded is not None:
            conditions.append(Unit.crowded.is_(self.crowded))
        return and_(*conditions)


def _family(plan_kind: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    return case(
        (plan_kind.in_(_GOVERNMENT_KINDS), "government"),
        (plan_kind.in_(_UNIT_KINDS), "unit"),
        (Unit.kind.in_(_BODIES), "government"),
        else_="unit",
    )
