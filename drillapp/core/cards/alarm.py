"""Whom to alarm, under which number and with which words: one a line on a card."""

from __future__ import annotations

import re

import msgspec

_BETWEEN = "\uff5c"
_MARKS = re.compile("[\t|\uff5c]")
_PHONE = re.compile("[\\s:\uff1a,\uff0c]*(\\+?\\d[\\d() -]{1,}\\d|_{3,})[\\s:\uff1a,\uff0c]*")


class AlarmLine(msgspec.Struct, frozen=True):
    """Who is alarmed; phone and words may be left out."""

    who: str
    phone: str = ""
    words: str = ""


def read_alarm(text: str | None) -> tuple[AlarmLine, ...]:
    """The lines of an alarm: parts between bars or tabs, or simply who, number and words one behind the other."""
    return tuple(_read(line.strip()) for line in (text or "").splitlines() if line.strip())


def write_alarm(lines: tuple[AlarmLine, ...]) -> str:
    """The text that `read_alarm` reads as these lines."""
    return "\n".join(_BETWEEN.join((line.who, line.phone, line.words)).rstrip(_BETWEEN) for line in lines)


def _read(line: str) -> AlarmLine:
    if _MARKS.search(line):
        who, phone, words = (*(part.strip() for part in _MARKS.split(line, maxsplit=2)), "", "")[:3]
        return AlarmLine(who, phone, words)
    found = _PHONE.search(line)
    if found is None:
        return AlarmLine(line)
    return AlarmLine(line[: found.start()], found[1].strip(), line[found.end() :])
