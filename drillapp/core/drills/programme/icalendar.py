"""A programme as a calendar that any calendar program reads (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from drillapp.core.drills.programme.queries import items_of
from drillapp.core.drills.programme.rows import ItemRow
from drillapp.core.enumerations import label
from drillapp.core.files import write_whole
from drillapp.core.i18n import _
from drillapp.core.office import Office

_OCTETS = 75
"""Longest line, without its end."""
_STATUS = {"dropped": "CANCELLED", "planned": "TENTATIVE"}


def write_calendar(office: Office, programme_id: int, path: Path, unit_id: int | None = None) -> int:
    """Write the items, of a unit and those below it or all, as all-day events; returns how many.

    The file appears whole or not at all. Raises Unavailable when it cannot be written.
    """
    items = items_of(office, programme_id, unit_id)
    write_whole(path, calendar_text(items, office.uid, office.name, office.clock.now()).encode())
    return len(items)


def calendar_text(items: Sequence[ItemRow], office_uid: str, office_name: str, now: datetime) -> str:
    """The calendar's text, its lines folded and ended as the norm asks."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//drillapp//drill programme//EN",
        "CALSCALE:GREGORIAN",
    ]
    lines.append(f"X-WR-CALNAME:{_text(_('{office}: drill programme').format(office=office_name))}")
    for item in items:
        lines += _event(item, office_uid, now)
    lines.append("END:VCALENDAR")
    return "".join(folded + "\r\n" for line in lines for folded in _folded(line))


def _event(item: ItemRow, office_uid: str, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:programme-item-{item.id}@{office_uid}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{item.planned_on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{item.planned_on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(item.title)}"
    if item.place:
        yield f"LOCATION:{_text(item.place)}"
    yield f"DESCRIPTION:{_text(_description(item))}"
    yield f"STATUS:{_STATUS.get(item.state, 'CONFIRMED')}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(item: ItemRow) -> str:
    parts = [
        item.unit_name, item.plan_title, label("drill_content", item.content), label("drill_form", item.form),
        item.drill_number, label("programme_item_state", item.state),
        "" if item.is_day_fixed or item.drill_number else _("only the month is settled"), item.note,
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, of which no character is divided; each further one begins with a space."""
    part, room = "", _OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield part
            part, room = " ", _OCTETS - 1
        part += sign
        room -= size
    yield part
