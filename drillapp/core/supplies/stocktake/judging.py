"""What follows from the figures of a line, worked out over whole thousandths: no database, no words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from drillapp.core.database.types import from_thousandths, to_thousandths

_BETWEEN_NAMES = re.compile("[,;/\n\u3001\uff0c\uff1b]")
"""What stands between several people's names in one field."""


def is_beyond(counted: float, book: float, tolerance: float) -> bool:
    """Whether a count is further from the book than so many per cent of it; with nothing booked everything is."""
    apart = abs(to_thousandths(counted) - to_thousandths(book))
    return apart * 100_000 > to_thousandths(tolerance) * abs(to_thousandths(book))


def difference(counted: float, book: float) -> float:
    """How much more was found than booked, exactly; less is negative."""
    return from_thousandths(to_thousandths(counted) - to_thousandths(book))


def total(quantities: Iterable[float]) -> float:
    """The sum, exactly."""
    return from_thousandths(sum(map(to_thousandths, quantities)))


def line_state(
    counted: float | None, book: float, tolerance: float, *, counted_before: bool, again: bool
) -> str:
    """A code of the enumeration stocktake_line_state: not counted, to be counted again, counted."""
    if counted is None:
        return "open"
    if again or (not counted_before and is_beyond(counted, book, tolerance)):
        return "again"
    return "counted"


def same_person(name: str, others: Sequence[str | None]) -> bool:
    """Whether one of the people named in a text is among the others, however their names are written."""
    named = people(name)
    return any(not named.isdisjoint(people(other)) for other in others if other)


def people(text: str) -> set[str]:
    """The names in a text, brought to one form: width, case and spaces make nobody another person."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return {name for part in _BETWEEN_NAMES.split(plain) if (name := "".join(part.split()))}
