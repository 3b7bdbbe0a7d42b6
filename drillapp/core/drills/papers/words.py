"""The Chinese words of drafted documents, as data: they are Chinese whatever language the window speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, cached_property

import msgspec

from drillapp.core.datafile import read_data_file
from drillapp.core.localtime import local_moment
from drillapp.core.resources import load_toml


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The file resources/drills/papers.toml."""

    gap: str
    levels: tuple[str, str, str]
    digits: tuple[str, ...]
    ten: str
    day: str
    moment: str
    list_sign: str
    plan: str
    title: str
    item: str
    clause_sign: str
    end_sign: str
    yuan: str
    people: str
    seconds: str
    minutes: str
    minutes_seconds: str
    announced: str
    unannounced: str
    reserve: str
    after: str
    role_line: str
    log_line: str
    rest_of_log: str
    no_findings: str
    no_late: str
    no_faults: str
    missing: dict[str, str]
    tables: dict[str, tuple[str, ...]]

    @cached_property
    def gap_pattern(self) -> re.Pattern[str]:
        """How a gap looks in a text."""
        before, after = self.gap.split("{what}")
        return re.compile(f"{re.escape(before)}[^{re.escape(after[-1])}]*{re.escape(after)}")


@cache
def words() -> Words:
    """The words; raises Damaged naming file, line and field."""
    return read_data_file("drills/papers.toml", Words)


def gap(name: str) -> str:
    """What stands where the record says nothing about a place."""
    return words().gap.format(what=words().missing[name])


def chinese(enumeration: str, code: str | None) -> str:
    """The Chinese word for a code; empty for none."""
    if code is None:
        return ""
    entry = load_toml("enumerations.toml")[enumeration].get(code)
    return code if entry is None else str(entry["zh"])


def day_in_words(day: date) -> str:
    """A day as official papers write it."""
    return words().day.format(year=day.year, month=day.month, day=day.day)


def moment_in_words(at: datetime) -> str:
    """A moment by Beijing's clock, to the minute."""
    here = local_moment(at)
    return words().moment.format(year=here.year, month=here.month, day=here.day, time=f"{here:%H:%M}")


def span(seconds: float | None) -> str:
    """A length of time in minutes and seconds; empty for none."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return words().seconds.format(seconds=rest)
    if not rest:
        return words().minutes.format(minutes=minutes)
    return words().minutes_seconds.format(minutes=minutes, seconds=rest)


def amount(number: float | None) -> str:
    """A quantity or a sum without a needless fraction; empty for none."""
    return (
        ""
        if number is None
        else f"{number:g}"
        if abs(number) < 1e6
        else f"{number:.2f}".rstrip("0").rstrip(".")
    )


def listed(texts: Iterable[str | None]) -> str:
    """The texts that there are, one behind the other."""
    return words().list_sign.join(filter(None, texts))
