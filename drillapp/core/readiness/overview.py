"""Everything the readiness page shows of a unit and those below it, as one remembered figure."""

from __future__ import annotations

from datetime import date

import msgspec

from drillapp.core.dates import months_before
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.months import trend
from drillapp.core.readiness.queries import readiness, readiness_of
from drillapp.core.readiness.rows import TrendPoint, UnitReadiness
from drillapp.core.remembered import recall, remember

QUARTER = 3
"""Months back to the day that figures are compared with."""


class Overview(msgspec.Struct, frozen=True):
    """The readiness of a unit and all below it, and of it and those right below it a quarter earlier."""

    rows: list[UnitReadiness]
    """Superior units first."""
    earlier_on: date
    earlier: list[UnitReadiness]


def overview(office: Office, unit_id: int | None) -> Overview:
    """Worked out now, or as remembered while facts and date are the same."""
    name = f"readiness {unit_id}"
    return recall(office, name, Overview) or remember(office, name, lambda: _overview(office, unit_id))


def remembered_trend(
    office: Office, unit_id: int, months: int, progress: Progress = SILENT
) -> list[TrendPoint]:
    """The trend worked out now, or as remembered while facts and date are the same."""
    name = f"trend {unit_id} {months}"
    known = recall(office, name, list[TrendPoint])
    if known is not None:
        return known
    return remember(office, name, lambda: trend(office, unit_id, months, progress))


def _overview(office: Office, unit_id: int | None) -> Overview:
    rows = readiness(office, unit_id)
    earlier_on = months_before(office.as_of, QUARTER)
    tops = {row.unit_id for row in roots(rows)}
    near = tops | {row.unit_id for row in rows if row.parent_id in tops}
    return Overview(rows, earlier_on, readiness_of(office, unit_id, near, earlier_on))


def roots(rows: list[UnitReadiness]) -> list[UnitReadiness]:
    """Those above which none of the others is."""
    present = {row.unit_id for row in rows}
    return [row for row in rows if row.parent_id not in present]
