"""When a drill was held, as records write it: a day, a time of day, from and to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from drillapp.core.drills.word_record.labels import pattern, plain
from drillapp.core.localtime import BEIJING
from drillapp.core.resources import load_toml

_NOON = 12
_BEHIND = " :,.-~\u3001\uff0c\uff1a\u2014\u2013\n"


class When(NamedTuple):
    """The day, and the moments (UTC) of the beginning and the end as far as they are told."""

    day: date | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None


def read_all(texts: Sequence[str]) -> When:
    """What several texts tell together: the first with a day, and times of day of the first that has any."""
    dated = next((text for text in texts if read_when(text).day), None)
    if dated is None or read_when(dated).started_at:
        return read_when(dated or "")
    others = [text for text in texts if text != dated and read_when(text).day is None and times_of(text)]
    return read_when("\n".join((dated, *others[:1])))


def read_when(text: str) -> When:
    """What a text tells of a drill's time; a time of day without a day tells nothing."""
    written = plain(text)
    days = [found for found in map(_day, pattern("day").finditer(written)) if found]
    if not days:
        return When()
    times = times_of(written)
    started = _moment(days[0], times[0]) if times else None
    ended = _moment(days[-1], times[1]) if len(times) > 1 else None
    if started and ended and ended < started:
        ended = None
    return When(days[0], started, ended)


def times_of(text: str) -> list[time]:
    """The times of day in a text, in their order; the second is taken for the afternoon's where the first is."""
    rest = pattern("day").sub(" ", plain(text))
    found: list[time] = []
    half = ""
    for match in pattern("time").finditer(rest):
        half = match["half"] or half
        moment = _time(match, half)
        if moment is not None:
            found.append(moment)
    return found


def due_in(text: str) -> date | None:
    """The day until when something is to be done, of a month its last; None where the text is no such day."""
    written = plain(text)
    if (whole := pattern("due_day").fullmatch(written)) is not None:
        return _day(whole)
    month = pattern("due_month").fullmatch(written)
    first = None if month is None else _first_of(int(month["y"]), int(month["m"]))
    return None if first is None else (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _first_of(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 else None


def line_time(text: str) -> tuple[time, str] | None:
    """The time of day that a line of a log begins with, and what follows it."""
    written = plain(text)
    match = pattern("time").match(written)
    moment = None if match is None else _time(match, match["half"] or "")
    if match is None or moment is None:
        return None
    return moment, written[match.end() :].lstrip(_BEHIND)


def at(day: date, moment: time) -> datetime:
    """A time of day in Beijing as a moment (UTC)."""
    return _moment(day, moment)


def _moment(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, BEIJING).astimezone(UTC)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _time(match: re.Match[str], half: str) -> time | None:
    marks = load_toml("word_record.toml")["patterns"]
    hour, minute = int(match["h"]), 30 if match["thirty"] else int(match["min"] or 0)
    if hour < _NOON and (half in marks["afternoon"] or (half in marks["noon"] and hour < 3)):
        hour += _NOON
    try:
        return time(hour, minute, int(match["s"] or 0))
    except ValueError:
        return None


def next_day_if_before(moment: datetime, start: datetime) -> datetime:
    """A line's moment, of the next day where it lies long before the start."""
    return moment + timedelta(days=1) if moment < start - timedelta(hours=6) else moment
