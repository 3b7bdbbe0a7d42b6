"""Items that come again: every month, every quarter, every half-year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.rrule import MONTHLY, WEEKLY, rrule
from sqlalchemy import select

from drillapp.core.changes import Changes
from drillapp.core.drills.programme.model import ProgrammeItem
from drillapp.core.drills.programme.queries import item_named
from drillapp.core.drills.programme.writing import FIELDS, add_items, refuse_without_reason, standing
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.workdays.calendar import calendar_of

_RULES: dict[str, tuple[int, int]] = {
    "weekly": (WEEKLY, 1), "monthly": (MONTHLY, 1), "quarterly": (MONTHLY, 3), "half_yearly": (MONTHLY, 6),
}  # fmt: skip
"""By the codes of the enumeration recurrence."""
_LAST_EVERYWHERE = 28


def repeat_item(
    office: Office, item_id: int, recurrence: str, *, until: date | None = None, reason: str | None = None
) -> Changes:
    """Add the same drill again for each further period until a day, by default the year's end.

    The days are those of the rule, or the working day after where they are none. Raises InvalidInput for a rule that
    there is not, a last day that leaves nothing to add, without a reason once the programme is approved.
    """
    item = item_named(office, item_id)
    last = min(until or date.max, date(item.planned_on.year, 12, 31))
    with office.write("repeat programme item") as work:
        programme = standing(work.connection, item.programme_id)
        refuse_without_reason(programme, reason)
        days = recurring_days(item.planned_on, recurrence, last, calendar_of(work.connection).is_working)
        if not days:
            raise InvalidInput(
                _("Nothing comes again between {day} and {last}.").format(day=item.planned_on, last=last),
                _("Choose a shorter period or a later last day."),
                field="until",
            )
        columns = [ProgrammeItem.__table__.c[name] for name in FIELDS]
        row = work.connection.execute(select(*columns).where(ProgrammeItem.id == item_id)).one()
        copies: dict[str, list[Any]] = {name: [getattr(row, name)] * len(days) for name in FIELDS}
        add_items(office, work, programme, copies | {"planned_on": days}, reason)
        return work.changes


def recurring_days(
    first: date, recurrence: str, last: date, is_working: Callable[[date], bool]
) -> list[date]:
    """The days after the first on which it comes again, moved off days that nobody works."""
    if recurrence not in _RULES:
        raise InvalidInput(
            _("'{value}' is not allowed; allowed: {codes}").format(value=recurrence, codes=" ".join(_RULES)),
            field="recurrence",
        )
    frequency, interval = _RULES[recurrence]
    begin = datetime.combine(first, time())
    options: dict[str, Any] = {}
    if frequency == MONTHLY and first.day > _LAST_EVERYWHERE:
        # The 31st is the last day of months that have none.
        options = {"bymonthday": range(_LAST_EVERYWHERE, first.day + 1), "bysetpos": -1}
    found = rrule(
        frequency, dtstart=begin, interval=interval, until=datetime.combine(last, time()), **options
    )
    return [_working(moment.date(), last, is_working) for moment in found if moment.date() > first]


def _working(day: date, last: date, is_working: Callable[[date], bool]) -> date:
    """The day, or the next that is worked; the one before where the year or the month would be left."""
    for step in (1, -1):
        moved = day
        while not is_working(moved) and moved.month == day.month and moved <= last:
            moved += timedelta(days=step)
        if moved.month == day.month and moved <= last:
            return moved
    return day
