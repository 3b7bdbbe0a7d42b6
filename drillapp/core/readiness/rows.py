"""Readiness as rows."""

from __future__ import annotations

from datetime import date

import msgspec

from drillapp.core.readiness.formula import Value


class UnitReadiness(msgspec.Struct, frozen=True, array_like=True):
    """How ready a unit is, with all units below it; remembered by the thousand, so without the names of its fields."""

    unit_id: int
    parent_id: int | None
    """The unit right above it of those in effect."""
    unit: str
    """The unit's code."""
    unit_name: str
    kind: str
    score: float | None
    """0 to 100; None when nothing is asked, or nothing is known of what is asked."""
    grade: str | None
    """As the floors leave it."""
    indicators: dict[str, Value]
    confidence: float | None = None
    """Of how much of what is asked anything is known, 0 to 1; None when nothing is asked."""
    broken: tuple[str, ...] = ()
    """The floors that the unit itself breaks."""
    units: int = 0
    """Of how many units, itself and those below it, anything is asked."""
    reported: int = 0
    """Of how many of those anything is known."""


class TrendPoint(msgspec.Struct, frozen=True):
    """How ready a unit was on a day."""

    as_of: date
    readiness: UnitReadiness
