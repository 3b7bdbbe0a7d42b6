"""From when to when, as one cell of a ledger has it: 2023.1.1-2025.12.31, 2023年5月6日至8日, 2025年底前 is none."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from drillapp.core.ledgers.dates import read_date, read_moment, read_month
from drillapp.core.ledgers.words import word


class Span(NamedTuple):
    """From when to when, as texts that `read_date` or `read_moment` take, or a month; '' where an end is not said."""

    start: str
    end: str
    is_endless: bool = False
    """Whether it is said to have no end."""


def is_endless(text: str) -> bool:
    """Whether a text says that a validity does not end."""
    return text.casefold() in _endless()


def read_span(text: str) -> Span | None:
    """What a text says of a beginning and an end; None when it says neither, or may be read in two ways.

    The ends are in order where both are said.
    """
    if is_endless(text):
        return Span("", "", is_endless=True)
    found = {span for at in _to().finditer(text) if (span := _split(text[: at.start()], text[at.end() :]))}
    if len(found) == 1:
        return found.pop()
    return None if found else _one_end(text)


def first_day(text: str) -> date | None:
    """The first day that a date or a month means."""
    return read_date(text) or _month(text, last_day=False)


def last_day(text: str) -> date | None:
    """The last day that a date or a month means."""
    return read_date(text) or _month(text, last_day=True)


def _month(text: str, *, last_day: bool) -> date | None:
    # Beside another date, 2023.1 is no number that may have lost its zero.
    return read_month(text.replace(".", "-"), last_day=last_day)


def _split(left: str, right: str) -> Span | None:
    start, right = _trimmed(left, "since"), right.strip()
    begins = first_day(start)
    if begins is None:
        return None
    if is_endless(right):
        return Span(start, "", is_endless=True)
    end = _completed(start, _trimmed(right, "until"))
    ends = last_day(end)
    return Span(start, end) if ends and begins <= ends and not _ends_first(start, end) else None


def _ends_first(start: str, end: str) -> bool:
    """Whether the hours of the same day are the wrong way round."""
    moments = read_moment(start), read_moment(end)
    return moments[0] is not None and moments[1] is not None and moments[0] > moments[1]


def _completed(start: str, end: str) -> str:
    """The end of a range with what it leaves to the beginning: year and month of '8日', the day of '11:30'."""
    if last_day(end) is not None:
        return end
    found = _lead().match(start)
    if found is None:
        return end
    # What begins with a day ends with one, too: '2023-05-06 - 08' does not mean August.
    read = read_date if read_date(start) else last_day
    whole = {read(found[part] + end): found[part] + end for part in ("year", "month", "day") if end}
    whole.pop(None, None)
    if len(whole) == 1:
        return whole.popitem()[1]
    return end


def _one_end(text: str) -> Span | None:
    until, since = _trimmed(text, "until"), _trimmed(text, "since")
    if until != text and last_day(until):
        return Span("", until)
    if since != text and first_day(since):
        return Span(since, "")
    return None


def _trimmed(text: str, side: str) -> str:
    """A text without the words before and behind it that say which end it is."""
    found = _around(side).fullmatch(text.strip())
    return found["inner"].strip() if found else text.strip()


@cache
def _endless() -> frozenset[str]:
    return frozenset(word("endless"))


@cache
def _to() -> re.Pattern[str]:
    return re.compile(r"\s*(?:" + "|".join(map(re.escape, word("to"))) + r")+\s*")


@cache
def _around(side: str) -> re.Pattern[str]:
    before, behind = (_any(f"{side}_{place}") for place in ("before", "behind"))
    return re.compile(rf"(?:{before})?(?P<inner>.*?)(?:{behind})?", re.DOTALL)


def _any(name: str) -> str:
    return "|".join(sorted(map(re.escape, word(name)), key=len, reverse=True))


@cache
def _lead() -> re.Pattern[str]:
    """Up to the year, up to the month, and the whole day of a date; later ones contain the earlier."""
    year, month, day = word("year"), word("month"), "".join(word("day"))
    return re.compile(
        rf"(?P<day>(?P<month>(?P<year>\d{{4}}\s*[-/.{year}]\s*)\d{{1,2}}\s*(?:[-/.{month}]\s*)?)(?:\d{{1,2}}\s*[{day}]?)?)"
    )
