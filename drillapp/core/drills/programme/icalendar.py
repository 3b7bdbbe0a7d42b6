"""A programme as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from drillapp.core import icalendar
from drillapp.core.drills.programme.queries import items_of
from drillapp.core.drills.programme.rows import ItemRow
from drillapp.core.enumerations import label
from drillapp.core.files import write_whole
from drillapp.core.i18n import _
from drillapp.core.office import Office

_STATUS = {"dropped": "CANCELLED", "planned": "TENTATIVE"}


def write_calendar(office: Office, programme_id: int, path: Path, unit_id: int | None = None) -> int:
    """Write the items, of a unit and those below it or all, as all-day events; returns how many.

    The file appears whole or not at all. Raises Unavailable when it cannot be written.
    """
    items = items_of(office, programme_id, unit_id)
    write_whole(path, calendar_text(items, office.uid, office.name, office.clock.now()).encode())
    return len(items)


def calendar_text(items: Sequence[ItemRow], office_uid: str, office_name: str, now: datetime) -> str:
    """The calendar's text."""
    name = _("{office}: drill programme").format(office=office_name)
    events = (_event(item, office_uid) for item in items)
    return icalendar.calendar_text(name, "drill programme", events, now)


def _event(item: ItemRow, office_uid: str) -> icalendar.Event:
    return icalendar.Event(
        uid=f"programme-item-{item.id}@{office_uid}",
        day=item.planned_on,
        summary=item.title,
        description=_description(item),
        location=item.place or "",
        status=_STATUS.get(item.state, "CONFIRMED"),
    )


def _description(item: ItemRow) -> str:
    parts = [
        item.unit_name, item.plan_title, label("drill_content", item.content), label("drill_form", item.form),
        item.drill_number, label("programme_item_state", item.state),
        "" if item.is_day_fixed or item.drill_number else _("only the month is settled"), item.note,
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)
