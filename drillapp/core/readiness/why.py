"""Why a unit has its score: the arithmetic term by term, each with the rules behind it, and the floors that cap the grade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.readiness.by_rule import RuleCount, counts_by_rule
from drillapp.core.readiness.changing import sums
from drillapp.core.readiness.formula import Floor, Formula, Indicator, Value, formula
from drillapp.core.readiness.queries import of_some, scope_with_below
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation


class Term(msgspec.Struct, frozen=True):
    """What one indicator adds to a score."""

    indicator: str
    title: str
    value: Value
    """Counts, weight and own share."""
    share: float | None
    """The indicator's value, 0 to 1; None when nothing is known, and then it is left out."""
    product: float
    """100 x weight x value."""
    points: float
    """Of the score before it is rounded: the points of all terms add up to it."""
    lost: float
    """The points that would be added if everything known were met."""
    rules: tuple[RuleCount, ...]
    """By rule; they add up to the counts of the value."""


class BrokenFloor(msgspec.Struct, frozen=True):
    """A failure of the unit itself that caps its grade, and what breaks it."""

    name: str
    title: str
    cap: str
    """The best grade that it leaves."""
    settled_by: Settlement
    """What would lift it."""
    duties: tuple[Obligation, ...]


class Why(msgspec.Struct, frozen=True):
    """A unit's readiness taken apart."""

    readiness: UnitReadiness
    as_of: date
    version: str
    """Of the formula."""
    terms: tuple[Term, ...]
    total: float
    """The sum of the products."""
    weight: float
    """The sum of the weights of the terms of which anything is known."""
    exact: float | None
    """Total / weight; the score is this, rounded to one decimal."""
    earned: str | None
    """The grade that the score would have without floors."""
    floors: tuple[BrokenFloor, ...]
    confidence: str | None
    """A code of the enumeration readiness_confidence; None where nothing is asked."""

    @property
    def score(self) -> float | None:
        """0 to 100, one decimal."""
        return self.readiness.score

    @property
    def grade(self) -> str | None:
        """As the floors leave it."""
        return self.readiness.grade


def why(office: Office, unit_id: int, on: date | None = None, version: str | None = None) -> Why:
    """The arithmetic behind a unit's score, on the office's date by the formula in use, or on another day by another.

    Raises NotFound for a unit that is not in effect on the day, and for an unknown version of the formula.
    """
    used, day = formula(version), on or office.as_of
    with office.read() as connection:
        scope = scope_with_below(connection, unit_id, day)
        found = of_some(connection, scope, used, {unit_id})
        if not found:
            raise NotFound(_("The unit is not there on {day}.").format(day=day))
        sorts = dict.fromkeys(one for indicator in used.indicator for one in indicator.settled_by)
        rules = counts_by_rule(connection, scope, unit_id, sorts)
    (row,) = found
    weight, total = sums(row.indicators.values())
    return Why(
        row, day, used.version, tuple(_term(one, row, rules, weight) for one in used.indicator), total, weight,
        total / weight if weight else None, used.grade_of(row.score), _floors(office, used, row, day),
        None if row.confidence is None else used.confidence_of(row.confidence),
    )  # fmt: skip


def _term(one: Indicator, row: UnitReadiness, rules: Sequence[RuleCount], weight: float) -> Term:
    value = row.indicators[one.name]
    share = value.value
    product = 0.0 if share is None else 100 * one.weight * share
    lost = 0.0 if share is None else 100 * one.weight * (1 - share) / weight
    return Term(
        one.name, one.title, value, share, product, product / weight if weight else 0.0, lost,
        tuple(sorted((rule for rule in rules if rule.settled_by in one.settled_by), key=lambda rule: rule.rule)),
    )  # fmt: skip


def _floors(office: Office, used: Formula, row: UnitReadiness, day: date) -> tuple[BrokenFloor, ...]:
    return tuple(_broken(office, floor, row, day) for floor in used.floor if floor.name in row.broken)


def _broken(office: Office, floor: Floor, row: UnitReadiness, day: date) -> BrokenFloor:
    missed = obligations(
        office,
        row.unit_id,
        settled_by=(floor.broken_by,),
        states=("overdue", "no_data"),
        own_only=True,
        on=day,
    )
    return BrokenFloor(floor.name, floor.title, floor.cap, floor.broken_by, tuple(missed))
