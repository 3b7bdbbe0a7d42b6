"""Counting in calendar years, months and days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or that month's last day."""
    months_since_zero = day.year * 12 + day.month - 1 - months
    year, month = divmod(months_since_zero, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def earliest_begin(day: date, months: int) -> date:
    """The earliest day from which so many months are not over before this day."""
    before = months_before(day, months)
    return before if before.day == day.day else before + timedelta(days=1)


def month_ends(last: date, count: int) -> list[date]:
    """So many days: the last days of the months before the one of `last`, and then `last` itself."""
    firsts = [months_before(last.replace(day=1), back) for back in range(count - 1, -1, -1)]
    return [
        date(first.year, first.month, monthrange(first.year, first.month)[1]) for first in firsts[:-1]
    ] + [last]


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day."""
    return months_before(day, -months)
