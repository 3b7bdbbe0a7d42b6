"""What is due as a calendar file: each thing an all-day event on its day, with a reminder before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from drillapp.core.enumerations import label
from drillapp.core.files import write_whole
from drillapp.core.i18n import _
from drillapp.core.icalendar import Event, calendar_text
from drillapp.core.office import Office
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.windows import day_of, window

ALARM_DAYS = 7
"""So many days before is reminded; of what is due sooner there is no reminder."""


def write_due_calendar(
    office: Office, path: Path, unit_id: int | None = None, within_days: int | None = None
) -> int:
    """Write what has a day, of a unit and those below it (None: of all), as all-day events; returns how many.

    What is overdue stands on the office's date, where it is seen, and says since when and how late it is. With
    `within_days` only what is overdue or due by then.
    The file appears whole or not at all. Raises Unavailable when it cannot be written.
    """
    rows = [row for row in obligations(office, unit_id, within_days=within_days) if day_of(row) is not None]
    text = due_calendar_text(rows, office.uid, office.name, office.as_of, office.clock.now())
    write_whole(path, text.encode())
    return len(rows)


def due_calendar_text(
    rows: Iterable[Obligation], office_uid: str, office_name: str, as_of: date, now: datetime
) -> str:
    """The text of a calendar of things that have a day; those without one are left out."""
    name = _("{office}: what is due").format(office=office_name)
    events = (_event(row, day, office_uid, as_of) for row in rows if (day := day_of(row)) is not None)
    return calendar_text(name, "obligations", events, now)


def _event(row: Obligation, day: date, office_uid: str, as_of: date) -> Event:
    subject = "" if row.subject == row.unit_name else row.subject
    summary = " · ".join(part for part in (row.unit_name, row.title, subject) if part)
    is_late, days_left = row.state == "overdue", (day - as_of).days
    late = ""
    if is_late:
        late = _("It was due on {day}: {days} days late.").format(day=day.isoformat(), days=f"{-days_left:,}")
        summary = _("Overdue by {days} days: {what}").format(days=f"{-days_left:,}", what=summary)
    told = (
        late,
        f"{row.rule} {row.article}", label("rule_mark", row.mark),
        label("due_window", window(row.settled_by, row.state, row.due_on, as_of)),
        _("The day is estimated: the holidays of that year are not announced yet.") if row.is_estimated else "",
        " ".join(row.evidence),
    )  # fmt: skip
    return Event(
        uid=f"due-{row.rule}-{row.unit_id}-{row.subject_kind}-{row.subject_id}@{office_uid}",
        day=as_of if is_late else day,  # on its own day, perhaps years ago, nobody would come across it
        summary=summary,
        description="\n".join(part for part in told if part),
        categories=(label("settlement", row.settled_by), row.rule),
        alarm_days=ALARM_DAYS if days_left >= ALARM_DAYS else None,
    )
