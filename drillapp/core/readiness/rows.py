"""Readiness as rows."""

from __future__ import annotations

from datetime import date

import msgspec

from drillapp.core.readiness.formula import Value


class UnitReadiness(msgspec.Struct, frozen=True, array_like=True):
    """How ready a unit is, with all units below it; remembered by the thousand, so without the names of its fields."""

    unit_id: int
    parent_id: int | None
    unit: str
    """The unit's code."""
    unit_name: str
    kind: str
    score: float | None
    """0 to 100; None when nothing is asked."""
    grade: str | None
    indicators: dict[str, Value]


class TrendPoint(msgspec.Struct, frozen=True):
    """How ready a unit was on a day."""

    as_of: date
    readiness: UnitReadiness
