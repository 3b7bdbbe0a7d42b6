"""Dates and moments as ledgers write them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from drillapp.core.ledgers.words import word
from drillapp.core.localtime import BEIJING, local_moment

FIRST_YEAR, LAST_YEAR = 1900, 2199
# A spreadsheet counts days from here, except that it believes 1900 to be a leap year; only its later days are taken.
_SPREADSHEET_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of the calendar, not a moment
_FIRST_SERIAL, _LAST_SERIAL = 61, 109_574
_SPREADSHEET_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
"""How the moments of spreadsheets arrive: hardly one is like another, so these are read by the fastest way."""


def read_date(cell: str | float) -> date | None:
    """The date that a cell means, or None when it means none."""
    if not isinstance(cell, str):
        return _numeric_date(cell)
    found = _date_pattern().fullmatch(cell)
    return _date_of(found) if found and not found["zone"] else None


def read_month(cell: str | float, *, last_day: bool) -> date | None:
    """The last or the first day of the month that a text such as 2026-05 or one in words means; None for no month."""
    found = _month_pattern().fullmatch(cell) if isinstance(cell, str) else None
    if found is None:
        return None
    year, month = int(found["y"] or found["Y"]), int(found["m"] or found["M"])
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    return date(year, month, monthrange(year, month)[1] if last_day else 1)


def read_moment(cell: str | float) -> datetime | None:
    """The moment (UTC) that a cell means, or None when it means none; Beijing's unless a zone is given."""
    if not isinstance(cell, str):
        if not _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            return None
        return (
            (_SPREADSHEET_DAY_0 + timedelta(seconds=round(cell * 86400)))
            .replace(tzinfo=BEIJING)
            .astimezone(UTC)
        )
    if _SPREADSHEET_MOMENT.fullmatch(cell):
        return _spreadsheet_moment(cell)
    found = _date_pattern().fullmatch(cell)
    day = _date_of(found) if found else None
    if found is None or day is None:
        return None
    return _moment_of(day, found)


def show_moment(moment: datetime) -> str:
    """A moment in Beijing time, in the form that `read_moment` takes back."""
    return local_moment(moment).replace(tzinfo=None).isoformat(sep=" ")


def _numeric_date(cell: float) -> date | None:
    if _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return (_SPREADSHEET_DAY_0 + timedelta(days=int(cell))).date()
    return read_date(str(int(cell))) if 10_000_000 <= cell < 100_000_000 and cell == int(cell) else None


def _date_of(found: re.Match[str]) -> date | None:
    year = int(found["y"] or found["Y"])
    month = int(found["m"] or found["word_m"] or found["M"])
    day = int(found["d"] or found["word_d"] or found["D"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _spreadsheet_moment(cell: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(f"{cell}+08:00")
    except ValueError:
        return None
    return moment.astimezone(UTC) if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _moment_of(day: date, found: re.Match[str]) -> datetime | None:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    fraction = int((found["fraction"] or "").ljust(6, "0")[:6])
    try:
        moment = datetime(
            day.year, day.month, day.day, hour, minute, second, fraction, tzinfo=_zone(found["zone"])
        )
    except ValueError:
        return None
    return moment.astimezone(UTC)


def _zone(text: str | None) -> timezone:
    if not text:
        return BEIJING
    if text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > 3 else 0
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if text[0] == "+" else -offset)


@cache
def _month_pattern() -> re.Pattern[str]:
    # One digit behind a dot may be a spreadsheet's 2026.10 without its zero, so that says no month.
    year, month = word("year"), word("month")
    return re.compile(
        rf"(?P<y>\d{{4}}) (?: \s*{year}\s* (?P<m>\d{{1,2}}) \s*{month}? )"
        r"| (?P<Y>\d{4}) (?: [-/] (?=\d{1,2}$) | \. (?=\d\d$) ) (?P<M>\d{1,2})",
        re.VERBOSE,
    )


@cache
def _date_pattern() -> re.Pattern[str]:
    year, month, days = word("year"), word("month"), "".join(word("day"))
    hours, minute, second = "".join(word("hour")), word("minute"), word("second")
    return re.compile(
        rf"""
        (?: (?P<y>\d{{4}})
            (?: (?P<sep>\s*[-/.]\s*) (?P<m>\d{{1,2}}) (?P=sep) (?P<d>\d{{1,2}})
              | \s*{year}\s* (?P<word_m>\d{{1,2}}) \s*{month}\s* (?P<word_d>\d{{1,2}}) \s*[{days}]? )
          | (?P<Y>\d{{4}}) (?P<M>\d\d) (?P<D>\d\d) )
        (?: (?: [T\s]+ | (?<=[{days}]) )
            (?P<hour>\d{{1,2}}) [:{hours}] (?P<minute>\d{{1,2}})
            (?: [:{minute}] (?P<second>\d{{1,2}}) (?: \.(?P<fraction>\d{{1,9}}) )? )? [{minute}{second}]?
            \s* (?P<zone> [Zz] | [+-]\d\d(?: :?\d\d )? )? )?
        """,
        re.VERBOSE,
    )
