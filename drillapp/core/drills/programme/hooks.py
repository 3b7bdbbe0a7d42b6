"""Days and seasons that drills are best held near, as data from resources/drills/hooks.toml."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import msgspec

from drillapp.core.datafile import BadField, read_data_file
from drillapp.core.i18n import language

_FILE = "drills/hooks.toml"
_YEAR = 2023
"""A common year: days of the file must be there in every year."""


class Hook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day or season of the year; the file's head says what each field means."""

    id: str
    zh: str
    en: str
    shown_from: str
    shown_to: str
    begins: str
    ends: str
    words: tuple[str, ...]
    source: str

    @property
    def title(self) -> str:
        """What it is called in the language spoken now."""
        return self.zh if language() == "zh_CN" else self.en

    def preferred(self, year: int) -> Span:
        """The days of a year on which drills of its hazards are best held."""
        return Span(_day(year, self.begins), _day(year, self.ends))

    def shown(self, year: int) -> Span:
        """The day or season itself in a year."""
        return Span(_day(year, self.shown_from), _day(year, self.shown_to))


class Span(NamedTuple):
    """Days from one to another, both included."""

    first: date
    last: date

    def within(self, other: Span) -> Span | None:
        """What lies in both; None when nothing does."""
        both = Span(max(self.first, other.first), min(self.last, other.last))
        return both if both.first <= both.last else None

    @property
    def days(self) -> list[date]:
        """Each of its days."""
        return [self.first + timedelta(days=one) for one in range((self.last - self.first).days + 1)]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    hook: tuple[Hook, ...]


@cache
def hooks() -> tuple[Hook, ...]:
    """All hooks; raises Damaged when the data file is not well-formed."""
    return read_data_file(_FILE, _File, _check).hook


@cache
def hook_of(hazard: str) -> Hook | None:
    """The hook of a hazard: that of the longest word that occurs in it."""
    found = [(len(word), one) for one in hooks() for word in one.words if word in hazard]
    return max(found, key=lambda pair: pair[0])[1] if found else None


@cache
def hazard_named(words: tuple[str, ...]) -> str:
    """What a hazard that is known by parts of words is called: 火 by 火灾."""
    known = [known for one in hooks() for known in one.words]
    return next((name for word in words for name in known if word in name), words[0])


def _check(file: _File) -> None:
    for place, hook in enumerate(file.hook):
        for name in ("shown_from", "shown_to", "begins", "ends"):
            try:
                _day(_YEAR, getattr(hook, name))
            except ValueError as error:
                raise BadField(f"hook[{place}].{name}", str(error)) from error
        for begin, end in (("begins", "ends"), ("shown_from", "shown_to")):
            if getattr(hook, begin) > getattr(hook, end):
                raise BadField(f"hook[{place}].{end}", f"`{end}` lies before `{begin}`")


def _day(year: int, text: str) -> date:
    return date.fromisoformat(f"{year}-{text}")
