"""Which units a rule concerns, as SQL."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, func, literal, or_, select, true

from drillapp.core.law import Rule
from drillapp.core.units.model import Unit


def concerns(rule: Rule) -> ColumnElement[bool]:
    """Whether a rule is asked of a unit, by what is kept about the unit itself."""
    conditions: list[ColumnElement[bool]] = [Unit.kind.in_(rule.kinds)] if rule.kinds else []
    if rule.high_risk is not None:
        conditions.append(Unit.high_risk.is_(rule.high_risk))
    if rule.crowded is not None:
        conditions.append(Unit.crowded.is_(rule.crowded))
    if rule.sectors:
        conditions.append(or_(*map(_is_of_sector, rule.sectors)))
    conditions += [~_is_of_sector(sector) for sector in rule.without_sectors]
    if rule.names:
        conditions.append(or_(*(Unit.name.contains(word, autoescape=True) for word in rule.names)))
    return and_(true(), *conditions)


def asked_of(rule: Rule, unit_id: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Whether a rule is asked of a column's unit, looked up apart: rows that do not come from units stay as they are."""
    if not has_conditions(rule):
        return true()
    return unit_id.in_(select(Unit.id).where(concerns(rule)).correlate(None))


def has_conditions(rule: Rule) -> bool:
    """Whether a rule is asked of some units only, by what is kept about the unit itself."""
    told = (rule.kinds, rule.sectors, rule.without_sectors, rule.names)
    return any(told) or rule.high_risk is not None or rule.crowded is not None


def _is_of_sector(sector: str) -> ColumnElement[bool]:
    joined = literal(",") + func.coalesce(Unit.sectors, "") + literal(",")
    return joined.contains(f",{sector},")


def mask(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[int]:
    """A number whose n-th bit says whether the n-th condition is so."""
    bits = (case((one, 1 << place), else_=0) for place, one in enumerate(conditions))
    return reduce(add, bits, literal(0))
