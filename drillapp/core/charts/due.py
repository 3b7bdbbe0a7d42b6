"""How much falls due or expires in each month: a bar a month, what is past in one at the left, what is far at the right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from drillapp.core.charts.figure import Figure
from drillapp.core.charts.sheet import BODY, SMALL, Sheet
from drillapp.core.charts.time_axis import HEIGHT, draw_months
from drillapp.core.i18n import _

_SIDE, _TOP = 8.0, 26.0
_FREE = 0.28
"""Part of a bar's place that is left free."""
_SMALLEST = 3.0
"""Height of the smallest bar, in pixels."""
_FAR_MORE = 1.5
"""So many times the highest month what is past or later may be before its bar is cut."""
_TONES = ((30, "orange"), (90, "yellow"))
"""Within so many days a month begins, and in which colour it stands then."""


class Span(NamedTuple):
    """Days from the first on and before the end; None where it is open."""

    begin: date | None
    end: date | None


class Bucket(msgspec.Struct, frozen=True):
    """What falls into a month: its first day, None for all that is past; the last one may stand for all later ones."""

    key: Any
    begin: date | None
    count: int
    detail: str = ""
    """What there is, in words, for the hover; the count where there are none."""
    is_rest: bool = False
    """Whether it stands for this month and all later ones."""


def count_by_month(days: Iterable[date], as_of: date, months: int) -> list[Bucket]:
    """Dated things by month from that of `as_of` on: before `as_of` in a bucket of their own, and all behind the last.

    The key of each bucket is its Span; the first month begins with `as_of` itself.
    """
    firsts = [as_of, *(_month(as_of, ahead) for ahead in range(1, months + 1))]
    counts = [0] * (len(firsts) + 1)
    for day in days:
        counts[bisect_right(firsts, day)] += 1
    found = [Bucket(Span(None, as_of), None, counts[0])]
    for place, begin in enumerate(firsts):
        is_rest = place == months
        end = None if is_rest else firsts[place + 1]
        found.append(Bucket(Span(begin, end), begin, counts[place + 1], is_rest=is_rest))
    return found


class DueAxis(Figure):
    """A spot is a bucket; a month that begins soon stands in its alert colour."""

    def __init__(
        self, buckets: Sequence[Bucket], as_of: date, *, past_words: str = "", empty_words: str = ""
    ) -> None:
        """`past_words` say what is past ('overdue', 'expired'); `empty_words` stand where nothing has a date."""
        self.buckets = tuple(buckets)
        self.as_of = as_of
        self.past_words = past_words or _("overdue")
        self.empty_words = empty_words or _("Nothing there has a date.")

    def count(self) -> int:
        return len(self.buckets)

    def key(self, spot: int) -> Any:
        return self.buckets[spot].key

    def words(self, spot: int) -> str:
        bucket = self.buckets[spot]
        return f"{self._head(bucket)}: {bucket.detail or format(bucket.count, ',')}"

    def summary(self) -> str:
        if not any(bucket.count for bucket in self.buckets):
            return self.empty_words
        return "; ".join(self.words(place) for place, bucket in enumerate(self.buckets) if bucket.count)

    def _head(self, bucket: Bucket) -> str:
        if bucket.begin is None:
            return self.past_words
        month = f"{bucket.begin:%Y-%m}"
        return _("from {month} on").format(month=month) if bucket.is_rest else month

    def draw(self, sheet: Sheet) -> None:
        most = self._most()
        if not most:
            sheet.word(sheet.width / 2, sheet.height / 2, sheet.width, self.empty_words, "muted", size=BODY, side="centre")  # fmt: skip
            return
        bottom = sheet.height - HEIGHT
        sheet.line([(_SIDE, bottom), (sheet.width - _SIDE, bottom)], "border_strong")
        starts = self._starts(sheet)
        for place, bucket in enumerate(self.buckets):
            x, wide = starts[place], starts[place + 1] - starts[place]
            sheet.spot(place, x, 0, wide, sheet.height)
            self._draw_bar(sheet, bucket, x, wide, bottom, most)
        months = [
            (bucket.begin, starts[place] + (starts[place + 1] - starts[place]) / 2)
            for place, bucket in enumerate(self.buckets)
            if bucket.begin is not None and not bucket.is_rest
        ]
        draw_months(sheet, [day for day, _x in months], [x for _day, x in months], bottom)

    def _most(self) -> int:
        """What the highest bar stands for: that of a month, or of what is past or later if that is not far more."""
        months = max((bucket.count for bucket in self.buckets if _is_month(bucket)), default=0)
        others = max((bucket.count for bucket in self.buckets if not _is_month(bucket)), default=0)
        return max(months, others) if others <= _FAR_MORE * months else months or others

    def _starts(self, sheet: Sheet) -> list[float]:
        """Where each bucket begins, and where the last one ends: those with words below them are wider."""
        named = [not _is_month(bucket) for bucket in self.buckets]
        room = sheet.width - 2 * _SIDE
        wanted = max(sheet.measure(text, SMALL, False) for text in (self.past_words, _("later"))) + 12
        even = room / len(named)
        wide = max(even, min(wanted, room / 4))
        usual = (room - wide * sum(named)) / max(1, len(named) - sum(named))
        starts = [_SIDE]
        for is_named in named:
            starts.append(starts[-1] + (wide if is_named else usual))
        return starts

    def _draw_bar(
        self, sheet: Sheet, bucket: Bucket, x: float, wide: float, bottom: float, most: int
    ) -> None:
        middle = x + wide / 2
        if bucket.count:
            height = max(_SMALLEST, (bottom - _TOP) * min(1.0, bucket.count / most))
            bar = min(wide * (1 - _FREE), 40.0)
            sheet.box(middle - bar / 2, bottom - height, bar, height, self._tone(bucket), radius=2)
            if bucket.count > most:
                _break(sheet, middle, bottom - height / 2, bar)
            said = f"{bucket.count:,}"
            if sheet.measure(said, SMALL, False) <= wide + 2:  # else they would run into each other
                sheet.word(middle, bottom - height - 9, wide + 2, said, side="centre")
        if bucket.begin is None or bucket.is_rest:
            text = self.past_words if bucket.begin is None else _("later")
            edge = x + wide if bucket.begin is None else x
            sheet.line([(edge, bottom - 6), (edge, bottom + 8)], "border_strong")
            sheet.word(middle, bottom + 11, wide, text, "muted", side="centre")

    def _tone(self, bucket: Bucket) -> str:
        if bucket.begin is None:
            return "red"
        ahead = (bucket.begin - self.as_of).days
        return next((tone for days, tone in _TONES if ahead < days), "neutral")


def _is_month(bucket: Bucket) -> bool:
    return bucket.begin is not None and not bucket.is_rest


def _break(sheet: Sheet, x: float, y: float, wide: float) -> None:
    """Two cuts through a bar: it is higher than it is drawn."""
    for shift in (-4.0, 4.0):
        left, right = x - wide / 2 - 2, x + wide / 2 + 2
        sheet.line([(left, y + shift + 4), (right, y + shift - 4)], "surface", 3.0)


def _month(day: date, ahead: int) -> date:
    """The first day of the month that many months after that of the day."""
    year, month = divmod(day.year * 12 + day.month - 1 + ahead, 12)
    return date(year, month + 1, 1)
