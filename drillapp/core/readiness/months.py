"""The readiness of units at each month's end: facts that can be are read once and swept over the months."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import Connection

from drillapp.core.ahead import ahead
from drillapp.core.database.rows import plain_columns
from drillapp.core.dates import month_ends
from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness import sweeping_cards, sweeping_drills, sweeping_held, sweeping_plans
from drillapp.core.readiness.adding import Totals
from drillapp.core.readiness.counting import by_unit
from drillapp.core.readiness.formula import formula
from drillapp.core.readiness.queries import scope_with_below
from drillapp.core.readiness.rows import TrendPoint
from drillapp.core.readiness.sweeping import Span, Sweep
from drillapp.core.rules.book import rule_book_of
from drillapp.core.rules.kept import Kept
from drillapp.core.uncollected import uncollected
from drillapp.core.units.references import or_all
from drillapp.core.workdays.calendar import calendar_of

_SWEEPS: Mapping[Settlement, Callable[[Sweep], Iterator[Span]]] = {
    "plan_in_force": sweeping_plans.in_force,
    "plan_filed": sweeping_plans.filed,
    "plan_assessed": sweeping_plans.assessed,
    "plan_outlined": sweeping_plans.outlined,
    "plan_reviewed": sweeping_plans.reviewed,
    "plan_revised": sweeping_plans.revised,
    "drill_held": sweeping_held.held,
    "drill_attended": sweeping_drills.attended,
    "drill_evaluated": sweeping_drills.evaluated,
    "drill_reported": sweeping_drills.reported,
    "finding_corrected": sweeping_drills.corrected,
    "finding_verified": sweeping_drills.verified,
    "card_issued": sweeping_cards.issued,
    "card_current": sweeping_cards.current,
}
"""What can be told of all days at once; the rest is counted day by day."""
_UNITS_AT_ONCE = 2_500
"""So many are swept together: of all of a large district's together, what is read would take 100 MB."""


class _Counts(NamedTuple):
    """Of a sort of duty the units that have any, and the packed number of each."""

    settled_by: Settlement
    units: array[int]
    numbers: array[int]


def trend(office: Office, unit_id: int, months: int, progress: Progress = SILENT) -> list[TrendPoint]:
    """The readiness of a unit with all below it in so many months: at each month's end, of this one on the office's date.

    It has no point in months in which it is not in effect.
    """
    return _monthly(office, {unit_id}, months, unit_id, progress)[unit_id]


def monthly(
    office: Office, unit_ids: Collection[int], months: int, progress: Progress = SILENT
) -> dict[int, list[TrendPoint]]:
    """The same of many units."""
    return _monthly(office, unit_ids, months, None, progress)


def _monthly(
    office: Office, unit_ids: Collection[int], months: int, top: int | None, progress: Progress
) -> dict[int, list[TrendPoint]]:
    """Of units among one and those below it, or among all."""
    used, days = formula(), month_ends(office.as_of, months)
    with office.read_whole() as connection:
        sweep = Sweep(
            connection, days, rule_book_of(connection), calendar_of(connection), or_all(connection, top)
        )
        totals = Totals(sweep, used, unit_ids)
        swept = [one for one in used.sorts if one in _SWEEPS and _can_be_swept(sweep, one)]
        for part in sweep.parts(_UNITS_AT_ONCE):
            for one in swept:
                with uncollected():  # all that is read for one sort is gone before the next one
                    totals.sweep(one, _SWEEPS[one](part))
    # Its connection is free for those that count.
    asked = [one for one in used.sorts if one not in swept]
    for place, counts in enumerate(ahead(_counting(office, sweep.top, asked), days)):
        progress.step(place, len(days), days[place].isoformat())
        for one, units, numbers in counts:
            totals.count(one, place, zip(units, numbers, strict=True))
    return totals.points()


def _can_be_swept(sweep: Sweep, settled_by: Settlement) -> bool:
    """Whether the same rules are asked on all days; of evaluations no day is known that would tell whether they were late."""
    is_counted_late = settled_by == "drill_evaluated" and any(
        rule.in_time for rule in sweep.rules(settled_by)
    )
    # Which units need cards is told by who must have a plan.
    needed: tuple[Settlement, ...] = (
        (settled_by, "plan_in_force") if settled_by == "card_issued" else (settled_by,)
    )
    return all(map(sweep.has_the_same_rules, needed)) and not is_counted_late


def _counting(
    office: Office, top: int | None, asked: Iterable[Settlement]
) -> Callable[[date], list[_Counts]]:
    """Asks on a connection of its own what is asked of units on a day."""

    def of_day(day: date) -> list[_Counts]:
        with office.read_whole() as connection:
            return list(_counts(connection, top, day, asked))

    return of_day


def _counts(
    connection: Connection, top: int | None, day: date, asked: Iterable[Settlement]
) -> Iterator[_Counts]:
    scope = scope_with_below(connection, top, day)
    scope.kept = Kept()  # each day is asked about once
    for statement in by_unit(scope, asked):
        names = statement.selected_columns.keys()
        units, *numbers = plain_columns(connection, statement)
        for one, column in zip(names[1:], numbers, strict=True):
            yield _Counts(cast(Settlement, one), units, column)
