"""The readiness of many units at each month's end: facts that can be are read once and swept over the months."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from drillapp.core.ahead import ahead
from drillapp.core.dates import month_ends
from drillapp.core.law import Settlement
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness import sweeping_drills, sweeping_held, sweeping_plans
from drillapp.core.readiness.formula import Formula, formula
from drillapp.core.readiness.queries import all_counted, of_some, rows_of, scope_with_below
from drillapp.core.readiness.rows import TrendPoint
from drillapp.core.readiness.sweeping import Span, Sweep
from drillapp.core.rules.book import rule_book_of
from drillapp.core.uncollected import uncollected
from drillapp.core.workdays.calendar import calendar_of

_Counts = dict[int, int]
"""By unit, packed."""
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
}
"""What can be told of all days at once; the rest is counted day by day."""


def monthly(
    office: Office, unit_ids: Collection[int], months: int, progress: Progress = SILENT
) -> dict[int, list[TrendPoint]]:
    """The readiness of units with all below them in so many months: at each month's end, of this one on the office's date.

    A unit has no point in months in which it is not in effect.
    """
    used, days = formula(), month_ends(office.as_of, months)
    found: dict[int, list[TrendPoint]] = {key: [] for key in unit_ids}
    with office.read() as connection, uncollected():
        sweep = Sweep(connection, days, rule_book_of(connection), calendar_of(connection), None)
        swept = _swept(sweep, used)

        def of_day(told: tuple[date, dict[Settlement, _Counts]]) -> list[TrendPoint]:
            day, counts = told
            with office.read() as own:
                counted = all_counted(own, scope_with_below(own, None, day), used, counts)
            return [TrendPoint(day, row) for row in rows_of(counted, used, unit_ids)]

        # The counts of a day are copied, since they are carried on to the next while it is still being asked.
        told = ((day, {one: dict(next(each)) for one, each in swept.items()}) for day in days)
        for place, points in enumerate(ahead(of_day, told)):
            progress.step(place, len(days), days[place].isoformat())
            for point in points:
                found[point.readiness.unit_id].append(point)
    return found


def trend(office: Office, unit_id: int, months: int, progress: Progress = SILENT) -> list[TrendPoint]:
    """The same of one unit, asked month by month: to keep the facts of all below it would take several 100 MB."""
    points: list[TrendPoint] = []
    days = month_ends(office.as_of, months)
    with office.read() as connection:
        for place, day in enumerate(days):
            progress.step(place, len(days), day.isoformat())
            rows = of_some(connection, scope_with_below(connection, unit_id, day), formula(), {unit_id})
            points += [TrendPoint(day, row) for row in rows]
            gc.collect()  # a statement is several MB of objects that know each other: else those of many months pile up
    return points


def _swept(sweep: Sweep, used: Formula) -> dict[Settlement, Iterator[_Counts]]:
    """For what can be swept the counts of all units, on one day after another."""
    wanted = dict.fromkeys(one for each in used.indicator for one in each.settled_by)
    wanted |= dict.fromkeys(floor.broken_by for floor in used.floor)
    return {
        one: _day_by_day(_SWEEPS[one](sweep), len(sweep.days))
        for one in wanted
        if one in _SWEEPS and _can_be_swept(sweep, one)
    }


def _can_be_swept(sweep: Sweep, settled_by: Settlement) -> bool:
    """Whether the same rules are asked on all days; of evaluations no day is known that would tell whether they were late."""
    is_counted_late = settled_by == "drill_evaluated" and any(
        rule.in_time for rule in sweep.rules(settled_by)
    )
    return sweep.has_the_same_rules(settled_by) and not is_counted_late


def _day_by_day(spans: Iterator[Span], days: int) -> Iterator[_Counts]:
    """The counts on each of the days, from what begins and ends on it."""
    changes: list[dict[int, int]] = [defaultdict(int) for _day in range(days + 1)]
    for unit_id, begin, end, worth in spans:
        changes[begin][unit_id] += worth
        changes[end][unit_id] -= worth
    counts: _Counts = defaultdict(int)
    for of_day in changes[:days]:
        for unit_id, worth in of_day.items():
            counts[unit_id] += worth
        yield counts
