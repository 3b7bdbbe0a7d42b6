"""Calendar files that any calendar program reads (RFC 5545): all-day events, their lines folded and ended as it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec

_OCTETS = 75
"""Longest line, without its end."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something on a day."""

    uid: str
    """The same for the same thing, so that a later file puts its event in the place of the earlier one."""
    day: date
    summary: str
    description: str = ""
    location: str = ""
    categories: tuple[str, ...] = ()
    status: str = "CONFIRMED"
    """CONFIRMED, TENTATIVE or CANCELLED."""
    alarm_days: int | None = None
    """A reminder at nine in the morning, so many days (1 or more) before; None for none."""


def calendar_text(name: str, product: str, events: Iterable[Event], now: datetime) -> str:
    """The whole file; `product` is the English name of what wrote it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//drillapp//{product}//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    stamp = f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(folded + "\r\n" for line in lines for folded in _folded(line))


def _event(event: Event, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield stamp
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.categories:
        yield f"CATEGORIES:{','.join(map(_text, event.categories))}"
    yield f"STATUS:{event.status}"
    yield "TRANSP:TRANSPARENT"
    if event.alarm_days is not None:
        yield from _alarm(event, event.alarm_days)
    yield "END:VEVENT"


def _alarm(event: Event, days: int) -> Iterator[str]:
    """An all-day event begins at midnight: nine in the morning of the day before is 15 hours earlier."""
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_text(event.summary)}"
    yield f"TRIGGER:-P{days - 1}DT15H" if days > 1 else "TRIGGER:-PT15H"
    yield "END:VALARM"


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
