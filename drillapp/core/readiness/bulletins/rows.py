"""Bulletins as rows, as they are entered, and what a bulletin keeps of its figures."""

from __future__ import annotations

from datetime import date

import msgspec

from drillapp.core.changes import Changes
from drillapp.core.readiness.formula import Value
from drillapp.core.readiness.rows import UnitReadiness


class BulletinEntry(msgspec.Struct, frozen=True):
    """A bulletin to be issued."""

    unit_id: int
    """The unit that it is about, with all below it."""
    as_of: date
    compared_with: date | None = None
    """The day that its figures are compared with, before `as_of`."""
    title: str = ""
    """By default its name and the unit's."""
    version: str | None = None
    """Of the formula; by default the one in use."""
    number: str = ""
    """As printed on the paper; by default the next of the unit."""


class Issued(msgspec.Struct, frozen=True):
    """What came of issuing a bulletin."""

    id: int
    number: str
    changes: Changes


class BulletinRow(msgspec.Struct, frozen=True):
    """A bulletin that was issued."""

    id: int
    unit_id: int
    revision: int
    number: str
    title: str
    unit_code: str
    unit_name: str
    as_of: date
    compared_with: date | None
    formula: str
    """The version."""
    issued_on: date
    issued_by: str | None
    has_paper: bool
    """Whether the PDF is kept."""
    retired_on: date | None
    """The day it was withdrawn."""


class UnitFigures(msgspec.Struct, frozen=True, array_like=True):
    """What a bulletin keeps of one unit; of 20,000 units, so without the names of the fields."""

    unit_id: int
    unit: str
    unit_name: str
    score: float | None = None
    grade: str | None = None
    confidence: float | None = None
    units: int = 0
    reported: int = 0
    values: dict[str, float | None] = {}
    """Of the indicators, 0 to 1."""

    @classmethod
    def of(cls, row: UnitReadiness) -> UnitFigures:
        """The figures of a unit."""
        values = {name: _rounded(value) for name, value in row.indicators.items()}
        share = None if row.confidence is None else round(row.confidence, 4)
        return cls(
            row.unit_id, row.unit, row.unit_name, row.score, row.grade, share, row.units, row.reported, values
        )


class Difference(msgspec.Struct, frozen=True):
    """A unit whose figures are no longer those of the bulletin."""

    unit_id: int
    unit: str
    unit_name: str
    score_then: float | None
    score_now: float | None
    grade_then: str | None
    grade_now: str | None
    indicators: tuple[str, ...]
    """Those whose values differ."""


class Recomputed(msgspec.Struct, frozen=True):
    """A bulletin worked out again, for the same day and by the same formula, from what is recorded now."""

    bulletin: BulletinRow
    then: tuple[UnitFigures, ...]
    now: tuple[UnitFigures, ...]
    differences: tuple[Difference, ...]
    """Empty where nothing was entered, or changed, that bears on that day."""


def _rounded(value: Value) -> float | None:
    share = value.value
    return None if share is None else round(share, 4)
