"""What the reminder notices say: what each unit has overdue, by which article, and what settles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from drillapp.core.enumerations import label
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import _
from drillapp.core.law import Rule
from drillapp.core.office import Office
from drillapp.core.reports.plan_source import scope_of
from drillapp.core.reports.readiness_words import (
    article_words,
    due_words,
    late_words,
    missing_words,
    pressing,
)
from drillapp.core.reports.reminder import Reminder, ReminderLine
from drillapp.core.rules.book import rule_book
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.windows import day_of, is_never_done
from drillapp.core.rules.words import settled_words, term_words

OWN = "own"
"""Instead of a number: only of the unit itself."""
SOON_DAYS = 30
"""What is due within so many days is named too, so that it does not become overdue."""


def reminders(office: Office, unit_code: str | None, number: str | None) -> list[Reminder]:
    """A notice to each unit that has something overdue: of a unit and those below it, or of it alone for `own`.

    Raises NotFound for an unknown unit and where nothing is overdue, InvalidInput for another number than `own`.
    """
    if number not in (None, OWN):
        raise InvalidInput(
            _("'{value}' says nothing here.").format(value=number),
            _("Write own for the unit alone, or leave it out for all units below it too."),
            field="number",
        )
    key, name = scope_of(office, unit_code)
    own_only = number == OWN
    late = obligations(office, key, states=("overdue", "no_data"), own_only=own_only)
    soon = obligations(office, key, states=("due",), within_days=SOON_DAYS, own_only=own_only)
    known = rule_book(office).known
    found = [_reminder(office, of_unit, known) for of_unit in _by_unit(late, soon)]
    if not found:
        raise NotFound(
            _("{unit} has nothing overdue, and nothing without data.").format(unit=name),
            _("There is nobody to remind."),
        )
    return found


def _by_unit(late: Iterable[Obligation], soon: Iterable[Obligation]) -> list[list[Obligation]]:
    """Of units with something overdue or without data, in the order of their codes."""
    units: dict[str, list[Obligation]] = {}
    for row in late:
        units.setdefault(row.unit, []).append(row)
    for row in soon:
        if row.unit in units:
            units[row.unit].append(row)
    return [units[code] for code in sorted(units)]


def _reminder(office: Office, rows: list[Obligation], known: Mapping[str, Rule]) -> Reminder:
    late = pressing([row for row in rows if row.state == "overdue"], office.as_of)
    soon = [row for row in rows if row.state == "due"]
    unknown = [row for row in rows if row.state == "no_data"]
    named = {row.rule: row for row in rows}
    return Reminder(
        office=office.name,
        day=office.as_of,
        unit=rows[0].unit_name,
        code=rows[0].unit,
        late=tuple(_line(row, known[row.rule], office) for row in late),
        soon=tuple(_line(row, known[row.rule], office) for row in soon),
        unknown=tuple(_line(row, known[row.rule], office) for row in unknown),
        is_estimated=any(row.is_estimated for row in rows),
        unverified=tuple(
            _("{rule} ({mark})").format(rule=row.title, mark=label("rule_mark", row.mark))
            for row in named.values()
            if row.mark in ("V2", "M")
        ),
    )


def _line(row: Obligation, rule: Rule, office: Office) -> ReminderLine:
    return ReminderLine(
        asked=row.title,
        about=missing_words(row),
        article=article_words(row.article, row.mark),
        due=due_words(row),
        late=late_words(row, office.as_of),
        settles=_(", ").join(_settling(row, rule)),
    )


def _settling(row: Obligation, rule: Rule) -> Iterator[str]:
    yield settled_words(rule)
    if day_of(row) is not None or is_never_done(row):
        yield term_words(rule)
