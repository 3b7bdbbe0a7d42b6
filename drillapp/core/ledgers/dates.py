"""Dates and moments as ledgers write them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from drillapp.core.ledgers.words import word
from drillapp.core.localtime import BEIJING, local_moment

FIRST_YEAR, LAST_YEAR = 1900, 2199
# A spreadsheet counts days from here, except that it believes 1900 to be a leap year; only its later days are taken.
_SPREADSHEET_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of the calendar, not a moment
_FIRST_SERIAL, _LAST_SERIAL = 61, 109_574
_FROM_1900_TO_1904 = 1462
_SPREADSHEET_MOMENTS = re.compile(r"(?:(?:19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})+")
"""How the moments of spreadsheets arrive: hardly one is like another, so these are read by the fastest way."""
_LENGTH = len("2026-05-06T09:30:00")
_AHEAD_OF_UTC = BEIJING.utcoffset(None)
"""Beijing's clock: taken off, it gives a moment three times as fast as a change of the zone."""


def read_date(cell: str | float, *, is_1904: bool = False) -> date | None:
    """The date that a cell means, or None when it means none; numbers count days, in some files from 1904."""
    if not isinstance(cell, str):
        return _numeric_date(cell, is_1904=is_1904)
    found = _date_pattern().fullmatch(cell)
    if found is None or found["zone"]:
        return None
    day = _date_of(found)
    return day if day and _is_weekday(day, found) else None


def has_wrong_weekday(text: str) -> bool:
    """Whether a text names a date and beside it a day of the week that is not its own."""
    found = _date_pattern().fullmatch(text)
    day = _date_of(found) if found else None
    return found is not None and day is not None and not _is_weekday(day, found)


def without_half(text: str) -> str:
    """A text without the half of the day behind it: 2026年5月6日上午."""
    half = next((half for half in (*word("morning"), *word("afternoon")) if text.endswith(half)), "")
    return text.removesuffix(half).rstrip()


def read_month(cell: str | float, *, last_day: bool) -> date | None:
    """The last or the first day of the month that a text such as 2026-05 or one in words means; None for no month."""
    found = _month_pattern().fullmatch(cell) if isinstance(cell, str) else None
    if found is None:
        return None
    year, month = int(found["y"] or found["Y"]), int(found["m"] or found["M"])
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    return date(year, month, monthrange(year, month)[1] if last_day else 1)


def read_moment(cell: str | float, *, is_1904: bool = False) -> datetime | None:
    """The moment (UTC) that a cell means, or None when it means none; Beijing's unless a zone is given."""
    if not isinstance(cell, str):
        moment = _counted(cell, is_1904=is_1904)
        return moment and moment.replace(tzinfo=BEIJING).astimezone(UTC)
    if usual := spreadsheet_moments((cell,)):
        return usual[0]
    found = _date_pattern().fullmatch(cell)
    day = _date_of(found) if found else None
    if found is None or day is None or not _is_weekday(day, found):
        return None
    return _moment_of(day, found)


def spreadsheet_moments(cells: Sequence[str]) -> list[datetime] | None:
    """The moments (UTC) of cells that are all written as spreadsheets have them; None when any is written otherwise."""
    if {*map(len, cells)} != {_LENGTH} or not _SPREADSHEET_MOMENTS.fullmatch("".join(cells)):
        return None
    read = datetime.fromisoformat
    try:
        return [read(f"{cell}Z") - _AHEAD_OF_UTC for cell in cells]
    except ValueError:
        return None


def show_moment(moment: datetime) -> str:
    """A moment in Beijing time, in the form that `read_moment` takes back."""
    return local_moment(moment).replace(tzinfo=None).isoformat(sep=" ")


def _numeric_date(cell: float, *, is_1904: bool) -> date | None:
    moment = _counted(cell, is_1904=is_1904)
    if moment is not None:
        return moment.date()
    return read_date(str(int(cell))) if 10_000_000 <= cell < 100_000_000 and cell == int(cell) else None


def _counted(cell: float, *, is_1904: bool) -> datetime | None:
    """The moment that a number of days means, to the second."""
    days = cell + _FROM_1900_TO_1904 if is_1904 else cell
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return None
    return _SPREADSHEET_DAY_0 + timedelta(seconds=round(days * 86400))


def _is_weekday(day: date, found: re.Match[str]) -> bool:
    """Whether the day of the week that stands beside a date is its own; so it is when none does."""
    said = found["weekday"]
    if not said:
        return True
    weekdays: list[str] = word("weekdays")
    return weekdays.index(weekdays[-1] if said == word("sunday") else said) == day.weekday()


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


def _moment_of(day: date, found: re.Match[str]) -> datetime | None:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    hour = _in_half(hour, (found["half"] or found["half_behind"] or "").casefold())
    fraction = int((found["fraction"] or "").ljust(6, "0")[:6])
    try:
        moment = datetime(
            day.year, day.month, day.day, hour, minute, second, fraction, tzinfo=_zone(found["zone"])
        )
    except ValueError:
        return None
    return moment.astimezone(UTC)


def _in_half(hour: int, half: str) -> int:
    """The hour of the day, when one of the first or of the second half is said; 24 where there is no such hour."""
    if not half:
        return hour
    if half in word("morning"):
        return hour % 12 if hour <= 12 else 24
    return hour + 12 if hour < 12 else hour


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
    week, weekdays = "|".join(word("week")), "".join(word("weekdays")) + word("sunday")
    # Only in the form of ISO 8601 a minus begins a zone: 9:00-11:00 are the hours from when to when.
    return re.compile(
        rf"""
        (?: (?P<y>\d{{4}})
            (?: (?P<sep>\s*[-/.]\s*) (?P<m>\d{{1,2}}) (?P=sep) (?P<d>\d{{1,2}})
              | \s*{year}\s* (?P<word_m>\d{{1,2}}) \s*{month}\s* (?P<word_d>\d{{1,2}}) \s*[{days}]? )
          | (?P<Y>\d{{4}}) (?P<M>\d\d) (?P<D>\d\d) )
        (?: \s* \(? \s* (?:{week}) (?P<weekday>[{weekdays}]) \s* \)? )?
        (?: (?: (?P<iso>T) | [T\s]+ | (?<=[{days}{weekdays})]) )
            {_time()} \s* (?P<zone> [Zz] | (?(iso) [+-] | [+] ) \d\d(?: :?\d\d )? )? )?
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def _time() -> str:
    hours, minute, second = "".join(word("hour")), word("minute"), word("second")
    halves = "|".join([*word("morning"), *word("afternoon")])
    return rf"""
        (?: (?P<half>{halves}) \s* )?
        (?P<hour>\d{{1,2}})
        (?: [:{hours}] (?P<minute>\d{{1,2}})
            (?: [:{minute}] (?P<second>\d{{1,2}}) (?: \.(?P<fraction>\d{{1,9}}) )? )? [{minute}{second}]?
            (?: \s* (?P<half_behind>{halves}) )?
          | [{"".join(word("hour"))}] )
        """
