"""The few figures of the first page, worked out together and remembered, so that it is there at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import exists, func, select

from drillapp.core.drills.model import Drill
from drillapp.core.drills.queries import FINDINGS, next_drills
from drillapp.core.drills.reporting.queries import late_reports
from drillapp.core.home.figures import WINDOWS, Beginnings, HomeFigures, UnitDue
from drillapp.core.listing import View, counts
from drillapp.core.office import Office
from drillapp.core.plans.model import Plan
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.overview import roots
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.remembered import remember
from drillapp.core.rules.due import DueKey, due_keys, due_obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.supplies.dates.expiry import expiring
from drillapp.core.supplies.model import StockEntry
from drillapp.core.units.model import Unit

_FIRST = 6
_SHELF = 5


def home_figures(office: Office, unit_id: int | None, progress: Progress = SILENT) -> HomeFigures:
    """The figures of a unit with all below it (None: of all units), worked out and remembered."""
    return remember(office, f"home {unit_id}", lambda: _figures(office, unit_id, progress))


def _figures(office: Office, unit_id: int | None, progress: Progress) -> HomeFigures:
    progress.step(0, 4, "")
    rows = readiness(office, unit_id)
    tops = roots(rows)
    progress.step(1, 4, "")
    keys = due_keys(office, unit_id)
    progress.step(2, 4, "")
    shelf = expiring(office, unit_id)
    lots = Counter(row.state for row in shelf)
    progress.step(3, 4, "")
    findings = counts(office, FINDINGS, View(unit_id=unit_id), "state")
    return HomeFigures(
        begun=beginnings(office),
        readiness=tops[0] if len(tops) == 1 else None,
        due=_due(tops, keys),
        soonest=_soonest(office, keys),
        by_unit=_by_unit(rows, tops, keys),
        drills=next_drills(office, unit_id),
        stock={**lots, "short": sum(_short(top) for top in tops)},
        shelf=shelf[:_SHELF],
        findings={state: count for (state,), count in findings.items()},
        late_reports=late_reports(office, unit_id),
    )


def beginnings(office: Office) -> Beginnings:
    """Which first steps were taken."""
    statement = select(
        select(func.count(Unit.id) > 1).scalar_subquery(),
        exists(select(Plan.id)),
        exists(select(StockEntry.holding_id)),
        exists(select(Drill.id)),
    )
    with office.read() as connection:
        return Beginnings(*(bool(value) for value in connection.execute(statement).one()))


def _due(tops: Iterable[UnitReadiness], keys: Iterable[DueKey]) -> dict[str, int]:
    counted = Counter(key.window for key in keys)
    return {
        "overdue": sum(_lacking(top) for top in tops),
        "due_30": counted["due_30"],
        "due_90": counted["due_90"],
    }


def _lacking(row: UnitReadiness) -> int:
    return sum(value.asked - value.met for value in row.indicators.values())


def _short(row: UnitReadiness) -> int:
    """Of how many items there is less than there must be: the rule of the indicator asks once for each."""
    supplies = row.indicators["supplies"]
    return supplies.asked - supplies.met


def _soonest(office: Office, keys: list[DueKey]) -> dict[str, list[Obligation]]:
    chosen = {name: [key for key in keys if key.window == name][:_FIRST] for name in WINDOWS}
    asked = due_obligations(office, [key for some in chosen.values() for key in some])
    found = {(row.unit_id, row.settled_by, row.rule, row.subject_id): row for row in asked}
    return {name: [found[key[:4]] for key in some if key[:4] in found] for name, some in chosen.items()}


def _by_unit(rows: list[UnitReadiness], tops: list[UnitReadiness], keys: list[DueKey]) -> list[UnitDue]:
    top_ids = {top.unit_id for top in tops}
    right_below: dict[int, int] = {}
    for row in rows:  # superior units first, so the one above is there already
        if row.parent_id in top_ids and row.unit_id not in top_ids:
            right_below[row.unit_id] = row.unit_id
        elif row.parent_id in right_below:
            right_below[row.unit_id] = right_below[row.parent_id]
    soon = Counter((right_below.get(key.unit_id), key.window) for key in keys)
    units = [
        UnitDue(
            row.unit_id,
            row.unit,
            row.unit_name,
            _lacking(row),
            soon[row.unit_id, "due_30"],
            soon[row.unit_id, "due_90"],
        )
        for row in rows
        if right_below.get(row.unit_id) == row.unit_id
    ]
    return sorted(units, key=lambda unit: (-unit.overdue, -unit.due_30, -unit.due_90, unit.code))[:_FIRST]
