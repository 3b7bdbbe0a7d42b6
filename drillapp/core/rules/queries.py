"""What can be asked about obligations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Text, type_coerce, union_all

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import Moment, from_thousandths
from drillapp.core.dates import months_after
from drillapp.core.law import Rule, Settlement
from drillapp.core.localtime import local_day
from drillapp.core.office import Office
from drillapp.core.plans.completeness import incomplete_versions
from drillapp.core.plans.judged import keep_judged
from drillapp.core.rules.book import rule_book_of
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.rules.rows import ALL, Obligation
from drillapp.core.rules.terms import Term, due_after
from drillapp.core.rules.windows import RECURRING
from drillapp.core.uncollected import uncollected
from drillapp.core.units.model import Unit
from drillapp.core.workdays.calendar import Due, calendar_of


def obligations(
    office: Office,
    unit_id: int | None = None,
    *,
    settled_by: Collection[Settlement] = ALL,
    states: Collection[str] = (),
    within_days: int | None = None,
    own_only: bool = False,
    on: date | None = None,
) -> list[Obligation]:
    """The obligations of a unit and those below it, the earliest due first; all states when none is named.

    On the office's date, or another day. `within_days` keeps what is not met and due by that many days after it or must
    always be so, and what is met now but must be done again by then.
    """
    as_of = on or office.as_of
    with office.read() as connection, uncollected():
        scope = scope_of(connection, as_of, unit_id)
        parts = [
            obligation_columns(duty, states, unit_id if own_only else None)
            for one in ALL
            if one in settled_by
            for duty in duties(one, scope)
        ]
        found = connection.execute(union_all(*parts)) if parts else ()
        rows = [obligation_of(row, scope) for row in found]
    keep_judged(office)
    if within_days is not None:
        last = as_of + timedelta(days=within_days)
        rows = [row for row in rows if _is_pending(row, as_of, last)]
    rows.sort(key=lambda row: (row.due_on or date.min, row.unit, row.rule, row.subject))
    return rows


def scope_of(connection: Connection, as_of: date, unit_id: int | None = None) -> Scope:
    """What is asked of a unit and those below it (None: of all units) as of a day, by the rules of the office."""
    find_incomplete = partial(incomplete_versions, connection, unit_id)
    return Scope(as_of, rule_book_of(connection), calendar_of(connection), unit_id, find_incomplete)


def _is_pending(row: Obligation, as_of: date, last: date) -> bool:
    if row.state == "met":
        return row.settled_by in RECURRING and row.due_on is not None and as_of <= row.due_on <= last
    return row.due_on is None or row.due_on <= last


def obligation_columns(duty: Duty, states: Collection[str] = (), own_of: int | None = None) -> AnySelect:
    """The rows of one kind of duty with all that `obligation_of` reads; those of one unit itself if it is named."""
    statement: AnySelect = duty.base.with_only_columns(
        duty.unit_id.label("unit_id"), Unit.code.label("unit"), Unit.name.label("unit_name"),
        duty.rule.label("rule"), duty.subject_kind.label("subject_kind"),
        duty.subject_id.label("subject_id"), duty.subject.label("subject"),
        duty.since.label("since"), type_coerce(duty.since_at, Moment).label("since_at"),
        duty.months.label("months"), duty.days.label("days"), duty.state.label("state"),
        type_coerce(duty.evidence, Text).label("evidence"), duty.is_late.label("late"),
        duty.done_on.label("done_on"),
    )  # fmt: skip
    if states:
        statement = statement.where(duty.state.in_(list(states)))
    return statement if own_of is None else statement.where(duty.unit_id == own_of)


def obligation_of(row: Any, scope: Scope) -> Obligation:
    """A row of `obligation_columns` as people read it."""
    rule = scope.book.known[row.rule]
    due = due_day(rule, scope, row.since, row.since_at, row.months, row.days)
    is_late = row.late or (row.done_on is not None and due is not None and row.done_on > due.day)
    return Obligation(
        row.unit_id, row.unit, row.unit_name, rule.id, rule.title, rule.article, rule.settled_by,
        row.subject_kind, row.subject_id, row.subject, due and due.day, row.state,
        _evidence(rule.settled_by, row.evidence), bool(is_late) and row.state == "met",
        due is not None and due.is_estimated, rule.mark,
    )  # fmt: skip


def due_day(
    rule: Rule, scope: Scope, since: date | None, since_at: datetime | None, months: int, days: int
) -> Due | None:
    """The day by which something is due, from what `Duty` says of the time it has."""
    moment = local_day(since_at) if since_at is not None else None
    if rule.settled_by == "drill_held":
        day = due_after(Term.of(rule), moment, since)
        return Due(day, is_estimated=False) if day is not None else None
    begin = moment or since
    if begin is None or (rule.working_days and not days):
        return None
    if rule.working_days:
        return scope.calendar.after(begin, days)
    return Due(months_after(begin, months) + timedelta(days=days), is_estimated=False)


def _evidence(settled_by: Settlement, text: str | None) -> list[str]:
    if text is None:
        return []
    if settled_by in ("level_met", "critical_stocked"):
        return ["/".join(f"{from_thousandths(int(part)):g}" for part in text.split("/"))]
    return [text]
