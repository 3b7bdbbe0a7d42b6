"""Moments as people of the office read them: Beijing time, which knows no summer time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

BEIJING = timezone(timedelta(hours=8), "UTC+8")


@lru_cache(10_000)
def local_day(moment: datetime) -> date:
    """The day in Beijing of a moment."""
    return moment.astimezone(BEIJING).date()


def local_moment(moment: datetime) -> datetime:
    """The moment with Beijing's clock."""
    return moment.astimezone(BEIJING)


def end_of_day(day: date) -> datetime:
    """The last moment of a day in Beijing."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), BEIJING) - timedelta(microseconds=1)
