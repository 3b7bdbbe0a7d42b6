"""Parts of statements, put together once for a day and not anew for each question: that takes longer than asking."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast

from drillapp.core.rules.book import RuleBook
from drillapp.core.workdays.calendar import Calendar

_MOST = 4
"""For so many scopes at once: what is put together for one takes up to 6 MB."""
_Part = TypeVar("_Part")


class Kept:
    """The parts of the statements of one scope."""

    def __init__(self) -> None:
        self._parts: dict[Hashable, tuple[object, Any]] = {}

    def part(self, what: Hashable, make: Callable[[], _Part], depending_on: object = None) -> _Part:
        """What `make` gives, or gave before when it depended on the same besides the scope."""
        found = self._parts.get(what)
        if found is None:
            found = self._parts.setdefault(
                what, (depending_on, make())
            )  # of two threads' both take the first
        if found[0] != depending_on:
            found = self._parts[what] = (depending_on, make())
        return cast("_Part", found[1])


@lru_cache(_MOST)
def kept_for(as_of: date, book: RuleBook, calendar: Calendar, unit_id: int | None, language: str) -> Kept:
    """What is kept for a scope: all that its statements depend on, in a language since they hold words too.

    Rules and calendars are told apart as objects: offices that have the same share one.
    """
    return Kept()
