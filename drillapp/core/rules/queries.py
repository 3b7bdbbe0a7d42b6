"""What can be asked about obligations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Text, type_coerce, union_all

from drillapp.core.database.base import AnySelect
from drillapp.core.database.types import Moment, from_thousandths
from drillapp.core.dates import months_after
from drillapp.core.law import Rule, Settlement, rules
from drillapp.core.localtime import local_day
from drillapp.core.office import Office
from drillapp.core.rules.duties import Duty, Scope, duty
from drillapp.core.rules.rows import ALL, Obligation
from drillapp.core.rules.terms import Term, due_after
from drillapp.core.uncollected import uncollected
from drillapp.core.units.model import Unit


def obligations(
    office: Office,
    unit_id: int | None = None,
    *,
    settled_by: Collection[Settlement] = ALL,
    states: Collection[str] = (),
    within_days: int | None = None,
    own_only: bool = False,
) -> list[Obligation]:
    """The obligations of a unit and those below it, the earliest due first; all states when none is named.

    `within_days` keeps what is not met and due by that many days after the office's date or must always be so, and
    what is met now but must be done again by then.
    """
    scope = Scope(office.as_of, unit_id)
    parts = [
        obligation_columns(duty(one, scope), states, unit_id if own_only else None)
        for one in ALL
        if one in settled_by
    ]
    with office.read() as connection, uncollected():
        rows = [obligation_of(row) for row in connection.execute(union_all(*parts))]
    if within_days is not None:
        last = office.as_of + timedelta(days=within_days)
        rows = [row for row in rows if _is_pending(row, office.as_of, last)]
    rows.sort(key=lambda row: (row.due_on or date.min, row.unit, row.rule, row.subject))
    return rows


def _is_pending(row: Obligation, as_of: date, last: date) -> bool:
    if row.state == "met":
        return row.due_on is not None and as_of <= row.due_on <= last
    return row.due_on is None or row.due_on <= last


def obligation_columns(duty: Duty, states: Collection[str] = (), own_of: int | None = None) -> AnySelect:
    """The rows of one kind of duty with all that `obligation_of` reads; those of one unit itself if it is named."""
    statement: AnySelect = duty.base.with_only_columns(
        duty.unit_id.label("unit_id"), Unit.code.label("unit"), Unit.name.label("unit_name"),
        duty.rule.label("rule"), duty.subject_kind.label("subject_kind"),
        duty.subject_id.label("subject_id"), duty.subject.label("subject"),
        duty.since.label("since"), type_coerce(duty.since_at, Moment).label("since_at"),
        duty.months.label("months"), duty.days.label("days"), duty.state.label("state"),
        type_coerce(duty.evidence, Text).label("evidence"),
    )  # fmt: skip
    if states:
        statement = statement.where(duty.state.in_(list(states)))
    return statement if own_of is None else statement.where(duty.unit_id == own_of)


def obligation_of(row: Any) -> Obligation:
    """A row of `obligation_columns` as people read it."""
    rule = rules()[row.rule]
    due_on = due_day(rule, row.since, row.since_at, row.months, row.days)
    return Obligation(
        row.unit_id, row.unit, row.unit_name, rule.id, rule.title, rule.article, rule.settled_by,
        row.subject_kind, row.subject_id, row.subject, due_on, row.state, _evidence(rule.settled_by, row.evidence),
    )  # fmt: skip


def due_day(rule: Rule, since: date | None, since_at: datetime | None, months: int, days: int) -> date | None:
    """The day by which something is due, from what `Duty` says of the time it has."""
    moment = local_day(since_at) if since_at is not None else None
    if rule.settled_by == "drill_held":
        return due_after(Term.of(rule), moment, since)
    begin = moment or since
    return months_after(begin, months) + timedelta(days=days) if begin is not None else None


def _evidence(settled_by: Settlement, text: str | None) -> list[str]:
    if text is None:
        return []
    if settled_by == "level_met":
        return ["/".join(f"{from_thousandths(int(part)):g}" for part in text.split("/"))]
    return [text]
