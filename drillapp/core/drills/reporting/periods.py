"""Periods for which reports of drills are counted: a year, a half, a quarter."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from drillapp.core.dates import months_after
from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import _

_WRITTEN = re.compile(r"(\d{4})(?:-?([HQ])([1-4]))?", re.IGNORECASE)
_MONTHS = {"": 12, "H": 6, "Q": 3}


class Period(NamedTuple):
    """A year or a part of it, written like 2026, 2026-H1, 2026-Q3."""

    year: int
    part: str = ""
    """Nothing for the year, H for a half, Q for a quarter."""
    place: int = 1
    """Which half or quarter, from 1."""

    @property
    def begin(self) -> date:
        """Its first day."""
        return date(self.year, (self.place - 1) * _MONTHS[self.part] + 1, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return months_after(self.begin, _MONTHS[self.part]) - timedelta(days=1)

    @property
    def code(self) -> str:
        """As it is written: 2026-H1."""
        return f"{self.year}-{self.part}{self.place}" if self.part else str(self.year)

    @property
    def words(self) -> str:
        """As it is said in the language spoken now."""
        said = {
            "": _("the whole of {year}"),
            "H1": _("first half of {year}"),
            "H2": _("second half of {year}"),
            "Q1": _("first quarter of {year}"),
            "Q2": _("second quarter of {year}"),
            "Q3": _("third quarter of {year}"),
            "Q4": _("fourth quarter of {year}"),
        }
        return said[f"{self.part}{self.place}" if self.part else ""].format(year=self.year)


def read_period(text: str) -> Period:
    """The period that a text means; raises InvalidInput."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is not None:
        part, place = (found[2] or "").upper(), int(found[3] or 1)
        if 1900 <= int(found[1]) <= 2200 and (part != "H" or place <= 2):
            return Period(int(found[1]), part, place)
    raise InvalidInput(
        _("'{value}' is no period; write 2026, 2026-H1 or 2026-Q3.").format(value=text), field="period"
    )


def periods_of(year: int) -> tuple[Period, ...]:
    """A year with its halves and quarters."""
    halves = (Period(year, "H", place) for place in (1, 2))
    return (Period(year), *halves, *(Period(year, "Q", place) for place in (1, 2, 3, 4)))
