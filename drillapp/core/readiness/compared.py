"""Two days compared: how a unit and those right below it stand, and what moved the score by how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from sqlalchemy import Connection, select

from drillapp.core.database.base import narrowed
from drillapp.core.errors import NotFound
from drillapp.core.i18n import _
from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.changing import Values, exact_score, with_counts
from drillapp.core.readiness.counting import absent
from drillapp.core.readiness.formula import Formula, Value, formula
from drillapp.core.readiness.moving import CAUSES, Key, Movement, first_rows, movements
from drillapp.core.readiness.queries import of_some, scope_with_below
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.readiness.tree import next_above
from drillapp.core.rules.duty import Scope
from drillapp.core.rules.rows import Obligation
from drillapp.core.uncollected import uncollected
from drillapp.core.units.model import Unit


class Pair(msgspec.Struct, frozen=True):
    """A unit on both days; None on a day on which it was not in effect."""

    before: UnitReadiness | None
    after: UnitReadiness | None

    @property
    def unit(self) -> UnitReadiness:
        """The unit, as it is on whichever of the days it is there."""
        row = self.after or self.before
        if row is None:
            raise ValueError("a unit that is there on neither day is not compared")
        return row


class Moved(msgspec.Struct, frozen=True):
    """Duties of one rule that moved by one cause, and what that did to the score."""

    cause: str
    """A code of the enumeration readiness_cause."""
    indicator: str
    """Its name; empty for what only breaks a floor."""
    title: str
    rule: str
    rule_title: str
    settled_by: Settlement
    count: int
    own: int
    """How many of them are the unit's own."""
    points: float
    """Of the score before it is rounded, where the causes come one after another in the order of CAUSES."""
    rows: tuple[Obligation, ...]
    """The first of them: as they were before when they are gone, else as they are after."""


class Compared(msgspec.Struct, frozen=True):
    """A unit on two days."""

    before_on: date
    after_on: date
    version: str
    whole: Pair
    exact_before: float | None
    """The score before it is rounded; None where there is none, which counts as 0 in the sum of points."""
    exact_after: float | None
    below: tuple[Pair, ...]
    """The units right below."""
    moved: tuple[Moved, ...]
    """What moved the score most first; all points add up to the difference of the exact scores."""


def compared(
    office: Office, unit_id: int, before: date, after: date, version: str | None = None,
    progress: Progress = SILENT,
) -> Compared:  # fmt: skip
    """A unit with all below it on two days, by the same formula.

    Raises NotFound for an unknown version, and for a unit that is in effect on neither day.
    """
    used = formula(version)
    with office.read() as connection, uncollected():
        early, late = (scope_with_below(connection, unit_id, day) for day in (before, after))
        pairs = _pairs(connection, early, late, used, unit_id)
        whole = pairs.pop(unit_id, None)
        if whole is None:
            raise NotFound(_("The unit is there on neither of the days."))
        found: list[tuple[Settlement, str, str, Movement]] = []
        sorts = _settlements(used)
        # Of a unit that is not there nothing is asked, whatever there is below it.
        both = (early if whole.before else None), (late if whole.after else None)
        for done, one in enumerate(sorts):
            progress.step(done, len(sorts), "")
            found += [
                (one, *key, movement) for key, movement in movements(connection, *both, one, unit_id).items()
            ]
        rows = _rows(connection, early, late, found)
        points, last = _points(used, whole, found)
        moved = [_moved(used, late, *each, points[each[1:3]], rows) for each in found]
    moved.sort(key=lambda one: (-abs(one.points), -one.count, one.rule))
    first = exact_score(_values(used, whole))
    return Compared(before, after, used.version, whole, first, last, tuple(pairs.values()), tuple(moved))


def _settlements(used: Formula) -> list[Settlement]:
    """Those that the formula counts, or that break its floors."""
    counted = (one for indicator in used.indicator for one in indicator.settled_by)
    return list(dict.fromkeys((*counted, *(floor.broken_by for floor in used.floor))))


def _pairs(connection: Connection, early: Scope, late: Scope, used: Formula, unit_id: int) -> dict[int, Pair]:
    below = {key for scope in (early, late) for key in _right_below(connection, scope, unit_id)}
    in_order = narrowed(select(Unit.id), Unit.id, below).order_by(Unit.code)
    chosen = [unit_id, *connection.scalars(in_order)]
    before, after = (
        {row.unit_id: row for row in of_some(connection, scope, used, chosen)} for scope in (early, late)
    )
    return {key: Pair(before.get(key), after.get(key)) for key in chosen if key in before or key in after}


def _right_below(connection: Connection, scope: Scope, unit_id: int) -> Iterable[int]:
    """The units below it with none in effect between on the scope's day."""
    missing = dict(connection.execute(absent(scope)).all())
    between = [unit_id, *(one for one in missing if next_above(one, missing) == unit_id)]
    below = connection.scalars(narrowed(select(Unit.id), Unit.parent_id, between))
    return [key for key in below if key not in missing]


def _values(used: Formula, whole: Pair) -> Values:
    """The indicators on the earlier day; of a unit that was not there yet nothing was asked."""
    if whole.before is not None:
        return whole.before.indicators
    share = used.own_share(whole.unit.kind)
    return {one.name: Value(one.weight, 0, 0, 0, 0, 0, 0, share) for one in used.indicator}


def _points(
    used: Formula, whole: Pair, found: Iterable[tuple[Settlement, str, str, Movement]]
) -> tuple[dict[tuple[str, str], float], float | None]:
    """The points of each rule and cause, one after another; and the score that this comes to."""
    values = _values(used, whole)
    indicator_of = {one: each.name for each in used.indicator for one in each.settled_by}
    ordered = sorted(found, key=lambda each: (CAUSES.index(each[2]), each[1]))
    points: dict[tuple[str, str], float] = {}
    score = exact_score(values)
    for settled_by, rule, cause, movement in ordered:
        name = indicator_of.get(settled_by)
        if name is None:
            points[rule, cause] = 0.0
            continue
        values = with_counts(values, name, movement.counts)
        then = exact_score(values)
        points[rule, cause] = (then or 0.0) - (score or 0.0)
        score = then
    return points, score


def _rows(
    connection: Connection, early: Scope, late: Scope, found: Iterable[tuple[Settlement, str, str, Movement]]
) -> Mapping[tuple[bool, Key], Obligation]:
    """The first rows of each movement; True for those that are gone."""
    wanted: dict[tuple[Settlement, bool], list[Key]] = {}
    for settled_by, _rule, cause, movement in found:
        wanted.setdefault((settled_by, cause == "gone"), []).extend(movement.first)
    rows: dict[tuple[bool, Key], Obligation] = {}
    for (settled_by, is_gone), keys in wanted.items():
        named = first_rows(connection, early if is_gone else late, settled_by, keys)
        rows.update({(is_gone, key): row for key, row in named.items()})
    return rows


def _moved(
    used: Formula, scope: Scope, settled_by: Settlement, rule: str, cause: str, movement: Movement, points: float,
    rows: Mapping[tuple[bool, Key], Obligation],
) -> Moved:  # fmt: skip
    indicator = next((one for one in used.indicator if settled_by in one.settled_by), None)
    first = (rows.get((cause == "gone", key)) for key in movement.first)
    return Moved(
        cause, indicator.name if indicator else "", indicator.title if indicator else "", rule,
        scope.book.known[rule].title, settled_by, movement.count, movement.own, points,
        tuple(row for row in first if row is not None),
    )  # fmt: skip
