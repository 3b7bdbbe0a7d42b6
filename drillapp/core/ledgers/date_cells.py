"""From what stands in a cell to the date or moment that a field means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from msgspec import UNSET

from drillapp.core.i18n import _
from drillapp.core.ledgers import date_order, dates
from drillapp.core.ledgers.cells import Fault, Told, Unclear, empty, is_nothing, plain, refused
from drillapp.core.ledgers.date_ranges import first_day, last_day, read_span
from drillapp.core.ledgers.layout import Field
from drillapp.core.ledgers.shapes import Cell
from drillapp.core.ledgers.words import word
from drillapp.core.localtime import local_moment

TYPES = frozenset({"date", "moment", "expiry", "production"})
_DAY_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_PLAUSIBLE_DAY_NUMBERS = range(30_000, 73_051)
"""From 1982 to 2099; other texts of five digits are rather a slip than a day."""
_YEAR = re.compile(r"\d{4}\s*\D?")
_YEAR_AND_MONTH = re.compile(r"\d{4}\.\d")
_LONGEST_DAY = len("2026-05-06")
"""A text that says no more than a day is not longer."""
_NO_YEAR = re.compile(r"\d{1,2}\s*[^\d\s]\s*\d{1,2}\s*[^\d\s]?")


class DateCells:
    """Reads the cells of one field's column."""

    def __init__(self, field: Field, *, is_1904: bool = False, is_shared: bool = False) -> None:
        """`is_shared`: the column feeds the beginning and the end of a range, and so holds both."""
        self._field = field
        self._is_1904 = is_1904
        self._is_shared = is_shared
        self._is_end = field.type == "expiry" or field.name in word("ends")

    def read(self, cell: Cell) -> Any:
        """The date or moment, UNSET, a Fault, or one of these and what is told of it."""
        if not isinstance(cell, str):
            return self._of_number(cell)
        text = plain(cell)
        value = self._whole(text)
        if value is not None:
            if self._is_shared:
                return Fault(_("Must be a range, from when until when."))
            return value if self._field.type == "moment" else _without_clock(value, text)
        if is_nothing(cell):
            return empty(self._field)
        for read in (self._of_month, self._of_day_number, self._of_span, self._of_unordered):
            value = read(text)
            if value is not None:
                return value
        return refused(cell, self._what_is_wrong(text))

    def settle(self, unclear: Mapping[Cell, Unclear]) -> dict[Cell, Any]:
        """What all the unclear cells of the column mean, seen together."""
        by_mark: dict[str, dict[Cell, Unclear]] = {}
        for cell, one in unclear.items():
            by_mark.setdefault(one.found.mark, {})[cell] = one
        return {cell: value for alike in by_mark.values() for cell, value in self._settle(alike).items()}

    def _settle(self, unclear: Mapping[Cell, Unclear]) -> dict[Cell, Any]:
        found = [one.found for one in unclear.values()]
        order = date_order.settle(found)
        if order is not None:
            return {cell: self._settled(one.found.full[order]) for cell, one in unclear.items()}
        if not date_order.is_contradictory(found):
            return {cell: self._if_certain(one) for cell, one in unclear.items()}
        message = _(
            "The dates of this column have day and month in different orders, so none of them is certain: write them as 2026-05-06."
        )
        return dict.fromkeys(unclear, Fault(message))

    def _whole(self, text: str) -> date | datetime | None:
        if self._field.type == "moment":
            return dates.read_moment(text)
        return dates.read_date(text) or dates.read_date(dates.without_half(text))

    def _of_number(self, cell: float) -> Any:
        if self._field.type == "moment":
            value: date | None = dates.read_moment(cell, is_1904=self._is_1904)
        elif dates.FIRST_YEAR <= cell <= dates.LAST_YEAR + 1:
            # 2027.5 is a year and a month, of which 10 looks like 1; nothing here is of 1905, which the number would mean.
            return Fault(_("A year and a month as one number are unclear: write 2026-05."))
        else:
            value = dates.read_date(cell, is_1904=self._is_1904)
        if value is None or self._is_shared:
            return refused(cell, self._what_is_wrong(plain(cell)))
        return value if cell > 10_000_000 else Told(value, _told_of_day_number(value, is_1904=self._is_1904))

    def _of_month(self, text: str) -> Any:
        if self._field.type == "moment" or self._is_shared:
            return None
        day = dates.read_month(text, last_day=self._is_end)
        if day is None or self._field.type != "date":
            # An expiry is always the month's last day and a production its first: labels have months alone.
            return day
        told = _("A month, taken as its last day.") if self._is_end else _("A month, taken as its first day.")
        return Told(day, told)

    def _of_day_number(self, text: str) -> Any:
        if (
            self._is_shared
            or not _DAY_NUMBER.fullmatch(text)
            or int(float(text)) not in _PLAUSIBLE_DAY_NUMBERS
        ):
            return None
        return self._of_number(float(text))

    def _of_span(self, text: str) -> Any:
        span = read_span(text)
        if span is None:
            return None
        if span.is_endless and self._is_end:
            return empty(self._field) if self._field.required else Told(None, _("Taken as: without an end."))
        said = span.end if self._is_end else span.start
        if not said:
            return self._of_other_end()
        value = self._whole(said)
        if value is None and self._field.type != "moment":
            value = last_day(said) if self._is_end else first_day(said)
        if value is None or self._is_shared or not (span.start and (span.end or span.is_endless)):
            return value
        return Told(value, _("A range, of which the end counts here.") if self._is_end else _("A range, of which the beginning counts here."))  # fmt: skip

    def _of_other_end(self) -> Any:
        if self._is_shared and not self._field.required:
            return UNSET
        if self._is_end:
            return Fault(_("This says from when, not until when: write a date such as 2026-05-06."))
        return Fault(_("This says until when, not from when: write a date such as 2026-05-06."))

    def _of_unordered(self, text: str) -> Any:
        found = None if self._is_shared else date_order.read_unordered(text)
        if found is None:
            return None
        message = _("This may mean {dates}, and nothing in the column decides: write it as 2026-05-06.")
        return Unclear(message.format(dates=date_order.meanings(found)), found)

    def _if_certain(self, one: Unclear) -> Any:
        """What a date means that is the same whichever of its numbers is the day, as 6/6/2026."""
        meanings = set(one.found.full.values())
        return self._settled(meanings.pop()) if len(meanings) == 1 else one

    def _settled(self, full: str) -> Any:
        value = self._whole(full)
        if value is None:
            return Fault(self._what_is_wrong(full))
        return Told(value, _("Read as {date}: all that is written in this column fits so.").format(date=full))

    def _what_is_wrong(self, text: str) -> str:
        if self._is_shared:
            return _("Must be a range of dates, such as 2026.1.1-2026.12.31.")
        if dates.has_wrong_weekday(text):
            return _("The day of the week is not that of the date: write it as 2026-05-06.")
        if _YEAR_AND_MONTH.fullmatch(text):
            return _("A year and a month as one number are unclear: write 2026-05.")
        if _YEAR.fullmatch(text):
            return _("A year alone is no date: write the day, such as 2026-05-06.")
        if _NO_YEAR.fullmatch(text):
            return _("The year is missing: write it as 2026-05-06.")
        if self._field.type == "moment":
            return _("Must be a date and time, such as 2026-05-06T09:30:00 or 2026/5/6 9:30.")
        return _("Must be a date of the calendar, such as 2026-05-06, 2026/5/6 or 20260506.")


def _without_clock(day: date, text: str) -> date | Told:
    """The day, with a word about the time of day that a text says beside it."""
    if len(text) <= _LONGEST_DAY:
        return day
    moment = dates.read_moment(text)
    clock = local_moment(moment).time() if moment is not None else time.min
    if clock == time.min:
        return day
    return Told(day, _("The time of day, {time}, is left out.").format(time=clock.isoformat("minutes")))


def _told_of_day_number(value: date, *, is_1904: bool) -> str:
    day = dates.show_moment(value) if isinstance(value, datetime) else value.isoformat()
    first = 1904 if is_1904 else 1900
    return _("The number of a day, read as {date} (days counted from {year}).").format(date=day, year=first)
