"""When an inject is planned, as planners write it: from words to seconds on the drill's clock, and back.

Understood are 'J+1 H+2 M-5' (days, hours, minutes from the start, added up), 'T+15min', 'T+90s', '+00:15' and '+0:15:30',
lengths in words ('15 min', and the Chinese of resources/drills/offsets.toml), and times of day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, time
from functools import cache
from typing import Any, NamedTuple

from drillapp.core.resources import load_toml

_DAY = 24 * 3600
_SIGNED_CLOCK = re.compile(r"(?P<sign>[+-])\s*(?P<first>\d{1,4}):(?P<second>\d{1,2})(?::(?P<third>\d{1,2}))?")
_LETTER = re.compile(
    r"(?P<unit>[JDHMST])(?:\s*(?P<sign>[+-])\s*(?:(?P<hours>\d{1,4}):(?P<minutes>\d{1,2})(?::(?P<seconds>\d{1,2}))?|(?P<count>\d{1,6})))?"
    r"(?=[\s,JDHMST]|$)",
    re.IGNORECASE,
)
_LETTER_SECONDS = {"J": _DAY, "D": _DAY, "H": 3600, "M": 60, "S": 1}
_ISO_LENGTH = re.compile(r"(?P<sign>-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")
"""How the lengths of time of spreadsheets arrive."""
_DATED = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](?P<time>\d{1,2}:\d\d(?::\d\d)?)(?:\.0+)?")


class TimeOfDay(NamedTuple):
    """A time of day, which becomes drill time once the start is known."""

    time: time
    day: date | None = None


Offset = int | TimeOfDay


def read_offset(text: str) -> Offset | None:
    """Seconds from the start, or a time of day; None when the text is neither."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).replace("−", "-")).strip()
    if not plain:
        return None
    for read in (_signed_clock, _iso_length, _letters, _in_words, time_of_day):
        found = read(plain)
        if found is not None:
            return found
    return None


def is_reserve(text: str) -> bool:
    """Whether the words say that an inject has no time."""
    return unicodedata.normalize("NFKC", text).strip().casefold() in {
        unicodedata.normalize("NFKC", word) for word in ("", *_words()["reserve"])
    }


def show_offset(seconds: int) -> str:
    """Drill time as '+0:15:00'; `read_offset` takes it back."""
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else '+'}{hours}:{rest // 60:02}:{rest % 60:02}"


def show_length(seconds: int) -> str:
    """A length of time as '0:05:00'."""
    return show_offset(seconds).removeprefix("+" if seconds < _DAY else "")


def bare_number(text: str, header: str) -> int | None:
    """Seconds of a number alone below a header that names its unit, such as 'minutes'; None for anything else."""
    plain, above = _plain(text), _plain(header).casefold()
    if not re.fullmatch(r"[+-]?\d{1,7}(?:\.\d{1,3})?", plain):
        return None
    for name, unit in (("minutes", 60), ("seconds", 1), ("hours", 3600)):
        if any(word in above for word in _words()[name] if len(word) > 1 or not word.isascii()):
            return round(float(plain) * unit)
    return None


def seconds_of_day(one: TimeOfDay) -> int:
    """Seconds since midnight."""
    return one.time.hour * 3600 + one.time.minute * 60 + one.time.second


def from_times_of_day(times: Sequence[TimeOfDay], start: TimeOfDay) -> list[int]:
    """Drill time of times of day that stand in the order in which things happen.

    Each is taken for the nearest one to the time before it, the first for the nearest to the start: so neither midnight
    nor a second day is an edge. A time that has its date is taken as it is, where the start has one too.
    """
    result = []
    before = 0
    for one in times:
        seconds = seconds_of_day(one) - seconds_of_day(start)
        if one.day is not None and start.day is not None:
            before = seconds + (one.day - start.day).days * _DAY
        else:
            before += (seconds - before + _DAY // 2) % _DAY - _DAY // 2
        result.append(before)
    return result


def time_of_day(text: str) -> TimeOfDay | None:
    """A time of day such as 9:15, 09:15:30, with or without its date, or in Chinese; None for anything else."""
    return _time_of_day(_plain(text))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).replace("−", "-")).strip()


def _time_of_day(text: str) -> TimeOfDay | None:
    day = None
    if dated := _DATED.fullmatch(text):
        text = dated["time"]
        try:
            day = date(int(dated[1]), int(dated[2]), int(dated[3]))
        except ValueError:
            return None
    found = _clock_words().fullmatch(text)
    if found is None:
        return None
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if found["afternoon"] and hour < 12:
        hour += 12
    if hour > 23 or minute > 59 or second > 59:
        return None
    return TimeOfDay(time(hour, minute, second), day)


def _signed_clock(text: str) -> int | None:
    found = _SIGNED_CLOCK.fullmatch(text)
    if found is None:
        return None
    return _signed(found["sign"], _hms(found["first"], found["second"], found["third"]))


def _iso_length(text: str) -> int | None:
    found = _ISO_LENGTH.fullmatch(text)
    if found is None or not any(found.groups()[1:]):
        return None
    counts = (int(count or 0) for count in found.groups()[1:])
    seconds = sum(count * unit for count, unit in zip(counts, (_DAY, 3600, 60, 1), strict=True))
    return _signed(found["sign"], seconds)


def _letters(text: str) -> int | None:
    """'J+1 H+2 M-5'; a letter alone is the start itself."""
    total, position = 0, 0
    while position < len(text):
        found = _LETTER.match(text, position)
        if found is None:
            return None
        seconds = _letter(found)
        if seconds is None:
            return None
        total += seconds
        position = found.end()
        while position < len(text) and text[position] in " ,":
            position += 1
    return total


def _letter(found: re.Match[str]) -> int | None:
    unit = found["unit"].upper()
    if found["hours"] is not None:
        return _signed(found["sign"], _hms(found["hours"], found["minutes"], found["seconds"]))
    if found["count"] is None:
        return 0 if unit in "JDHT" else None
    count = int(found["count"])
    if unit == "T":  # a number alone would be minutes to some and seconds to others; none is the start to all
        return None if count else 0
    return _signed(found["sign"], count * _LETTER_SECONDS[unit])


def _in_words(text: str) -> int | None:
    found = _length_words().fullmatch(text)
    if found is None or not any(found[name] for name in ("d", "h", "half", "m", "s", "start")):
        return None
    if found["before"] and found["sign"]:
        return None
    minutes = 30 if found["half"] else float(found["m"] or 0)
    seconds = (
        int(found["d"] or 0) * _DAY + float(found["h"] or 0) * 3600 + minutes * 60 + int(found["s"] or 0)
    )
    if seconds != int(seconds):
        return None
    return _signed("-" if found["before"] or found["sign"] == "-" else "+", int(seconds))


def _hms(hours: str, minutes: str, seconds: str | None) -> int | None:
    if int(minutes) > 59 or int(seconds or 0) > 59:
        return None
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)


def _signed(sign: str, seconds: int | None) -> int | None:
    return None if seconds is None else -seconds if sign == "-" else seconds


def _words() -> dict[str, Any]:
    return load_toml("drills/offsets.toml")


def _any_of(name: str) -> str:
    words = sorted(_words()[name], key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, words)) + ")"


@cache
def _length_words() -> re.Pattern[str]:
    number = r"\d{1,6}(?:\.\d{1,3})?"
    return re.compile(
        rf"""
        (?P<start> T | {_any_of("start")} )? \s*
        (?: {_any_of("after")} | (?P<before> {_any_of("before")} ) )? \s*
        (?: {re.escape(_words()["ordinal"])} )? \s*
        (?P<sign> [+-] )? \s*
        (?: (?P<d> \d{{1,2}} ) \s* {_any_of("days")} \s* )?
        (?: (?P<h> {number} ) \s* {_any_of("hours")} \s* )?
        (?: (?P<half> {_any_of("half_hour")} ) \s* | (?P<m> {number} ) \s* {_any_of("minutes")} \s* )?
        (?: (?P<s> \d{{1,6}} ) \s* {_any_of("seconds")} \s* )?
        (?: {_any_of("after")} )?
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _clock_words() -> re.Pattern[str]:
    hour, minute, second = _any_of("clock_hour"), _any_of("clock_minute"), _any_of("clock_second")
    return re.compile(
        rf"""
        (?: {_any_of("forenoon")} | (?P<afternoon> {_any_of("afternoon")} ) )? \s*
        (?P<hour> \d{{1,2}} ) \s* (?: : (?= \d) | {hour} ) \s*
        (?: (?P<minute> \d{{1,2}} ) \s* (?: : | {minute} )? \s* (?: (?P<second> \d{{1,2}} ) \s* {second}? )? )?
        """,
        re.VERBOSE,
    )
