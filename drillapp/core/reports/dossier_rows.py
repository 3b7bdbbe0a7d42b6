"""What the sections of a dossier share: the rows of one unit alone, and how days are written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from drillapp.core.listing import Condition, Listing, View, keys, rows
from drillapp.core.office import Office
from drillapp.core.reports.dossier import Part
from drillapp.core.units.queries import UnitRow

DAY = 54.0
"""Points of a column with a day in it."""


def own_rows(
    office: Office,
    listing: Listing,
    unit: UnitRow,
    *conditions: Condition,
    sort: tuple[tuple[str, bool], ...] = (),
) -> list[Any]:
    """The rows of a list that are the unit's own, none of those below it."""
    own = Condition("unit_code", "=", unit.code)
    view = View(unit_id=unit.id, conditions=(own, *conditions), sort=sort)
    return rows(office, listing, keys(office, listing, view))


def day_words(day: date | None) -> str:
    """A day, a dash for none."""
    return "—" if day is None else day.isoformat()


def filled(*parts: Part) -> tuple[Part, ...]:
    """The tables that have rows."""
    return tuple(_with_rows(parts))


def _with_rows(parts: Iterable[Part]) -> Iterable[Part]:
    return (part for part in parts if part.rows)
