"""Two days of a unit compared, from the office's ledgers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from drillapp.core.dates import months_before
from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.office import Office
from drillapp.core.progress import SILENT, Progress
from drillapp.core.readiness.compared import Compared, Moved, Pair, compared
from drillapp.core.readiness.overview import QUARTER
from drillapp.core.reports.comparison import Comparison, MovedLine
from drillapp.core.reports.plan_source import scope_of
from drillapp.core.reports.readiness_charts import Placed, grouped
from drillapp.core.reports.readiness_words import capital, gain_words, missing_words, subject_words

LISTED = 20
"""So many causes are listed; of the others their number and sum are given."""
_EXAMPLES = 2
_RANGE = ".."


def comparison(
    office: Office, unit_code: str | None, number: str | None, progress: Progress = SILENT
) -> Comparison:
    """What the paper about a unit on two days says; by default a quarter before the office's date, and that.

    `number` is the earlier day, or both with two dots between them. Raises NotFound for an unknown unit and one that is
    not there on the later day, InvalidInput for what are no two days one after the other.
    """
    before, after = days_of(office, number)
    key, name = scope_of(office, unit_code)
    found = compared(office, key, before, after, progress=progress)
    whole = placed_of(found.whole)
    if whole is None:
        raise NotFound(_("The unit is not there on {day}.").format(day=after))
    moved = [one for one in found.moved if one.count]
    rest = moved[LISTED:]
    return Comparison(
        office=office.name,
        unit=name,
        before_on=before,
        after_on=after,
        version=found.version,
        whole=whole,
        below=grouped(filter(None, map(placed_of, found.below))),
        moved=tuple(map(moved_line, moved[:LISTED])),
        more=len(rest),
        more_points=gain_words(sum(one.points for one in rest)),
        sum_words=_sum_words(found),
    )


def days_of(office: Office, number: str | None) -> tuple[date, date]:
    """The two days that are meant; raises InvalidInput."""
    if number is None:
        return months_before(office.as_of, QUARTER), office.as_of
    first, dots, last = number.partition(_RANGE)
    try:
        before = date.fromisoformat(first.strip())
        after = date.fromisoformat(last.strip()) if dots else office.as_of
    except ValueError:
        raise InvalidInput(
            _("'{value}' says no two days.").format(value=number),
            _("Write 2026-06-30, or 2026-06-30..2026-09-30."),
            field="number",
        ) from None
    if before >= after:
        raise InvalidInput(
            _("The day to compare with, {before}, is not before {after}.").format(before=before, after=after),
            _("Write the earlier day first."),
            field="number",
        )
    return before, after


def placed_of(pair: Pair) -> Placed | None:
    """A unit that is there on the later day; None for one that is not any more."""
    return None if pair.after is None else Placed(pair.after, pair.before)


def moved_line(moved: Moved) -> MovedLine:
    """What moved by one cause, in words."""
    words = subject_words if moved.cause in ("met", "gone") else missing_words
    examples = [f"{row.unit_name}: {words(row)}" for row in moved.rows[:_EXAMPLES]]
    if moved.count > len(examples):
        examples.append(_("and {count} more").format(count=f"{moved.count - len(examples):,}"))
    return MovedLine(
        label("readiness_cause", moved.cause), moved.title or "—", capital(moved.rule_title), moved.count,
        points_words(moved.points), gain_words(moved.points), tuple(examples),
    )  # fmt: skip


def points_words(points: float) -> str:
    """Points with their sign, to two decimals since many are small."""
    return f"{points:+.2f}".replace("-", "−") if round(points, 2) else "0"


def causes(moved: Iterable[Moved], rising: bool, most: int = 2) -> str:
    """What moved a score most in one direction, in words; empty where nothing did."""
    chosen = [one for one in moved if (one.points > 0) == rising and round(one.points, 2)][:most]
    words = _("{rule}: {cause} {count}, {points}")
    return _("; ").join(
        words.format(
            rule=one.rule_title, cause=label("readiness_cause", one.cause), count=one.count,
            points=gain_words(one.points),
        )
        for one in chosen
    )  # fmt: skip


def _sum_words(found: Compared) -> str:
    if found.exact_before is None or found.exact_after is None:
        return ""
    return _("All causes together: {points}, from {before} to {after} before rounding.").format(
        points=gain_words(found.exact_after - found.exact_before),
        before=f"{found.exact_before:.2f}",
        after=f"{found.exact_after:.2f}",
    )
