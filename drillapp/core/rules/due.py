"""What falls due soon, counted and listed without looking at everything that is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, or_, type_coerce, union_all

from drillapp.core.database.base import AnySelect
from drillapp.core.database.months import later
from drillapp.core.database.types import Moment
from drillapp.core.dates import months_before
from drillapp.core.law import Rule, Settlement
from drillapp.core.localtime import end_of_day
from drillapp.core.office import Office
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.rules.queries import due_day, obligation_columns, obligation_of, scope_of
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.terms import Term, due_by
from drillapp.core.rules.windows import DATED, LATER, RECURRING, window
from drillapp.core.uncollected import uncollected


class DueKey(NamedTuple):
    """Something asked of a unit, by keys only."""

    unit_id: int
    settled_by: Settlement
    rule: str
    subject_id: int
    due_on: date | None
    window: str
    """A code of the enumeration due_window."""


def due_keys(
    office: Office, unit_id: int | None, windows: Collection[str] = ("overdue", "due_30", "due_90")
) -> list[DueKey]:
    """What has to be done by a day and is overdue, or due within 90 days, of a unit and those below it.

    With `no_data` among the windows also that of which nothing is known. The earliest due first; what was never done,
    so that its day is not known, last.
    """
    with office.read_whole() as connection, uncollected():
        scope = scope_of(connection, office.as_of, unit_id)
        return sorted(each_due_key(connection, scope, windows), key=in_time)


def each_due_key(connection: Connection, scope: Scope, windows: Collection[str]) -> Iterator[DueKey]:
    """The same as they are read, in no order: of a large district there are a hundred thousand."""
    # In one statement, so that what several of them look up is worked out once.
    parts = [
        _near_rows(one, settled_by, scope, windows)
        for settled_by in DATED
        for one in duties(settled_by, scope)
    ]
    rows = connection.execute(union_all(*parts)) if parts else ()
    return (key for key in _keys(rows, scope) if key.window in windows)


def in_time(key: DueKey) -> tuple[date, int, int, str]:
    """The order of what has a day: the earliest first, what was never done last."""
    return key.due_on or date.max, key.unit_id, key.subject_id, key.rule


def due_obligations(office: Office, keys: Collection[DueKey]) -> list[Obligation]:
    """The obligations with these keys, in their order."""
    found: dict[tuple[int, str, int], Obligation] = {}
    with office.read() as connection:
        scope = scope_of(connection, office.as_of)
        for settled_by in {key.settled_by for key in keys}:
            chosen = [key for key in keys if key.settled_by == settled_by]
            for duty in duties(settled_by, scope):
                for row in _chosen(connection, duty, chosen, scope):
                    found[row.unit_id, row.rule, row.subject_id] = row
    wanted = ((key.unit_id, key.rule, key.subject_id) for key in keys)
    return [found[key] for key in wanted if key in found]


def _chosen(
    connection: Connection, asked: Duty, keys: Sequence[DueKey], scope: Scope
) -> Iterable[Obligation]:
    statement = obligation_columns(asked).where(
        asked.unit_id.in_({key.unit_id for key in keys}),
        asked.subject_id.in_({key.subject_id for key in keys}),
    )
    return [obligation_of(row, scope) for row in connection.execute(statement)]


def _near_rows(asked: Duty, settled_by: Settlement, scope: Scope, windows: Collection[str]) -> AnySelect:
    """What of a kind of duty is late, or may be due within 90 days; where that is wanted also what is without data."""
    states = [state for state in ("overdue", "no_data") if state in windows]
    return asked.base.with_only_columns(
        asked.unit_id, asked.rule, asked.subject_id, asked.since, type_coerce(asked.since_at, Moment),
        asked.months, asked.days, asked.state,
    ).where(or_(asked.state.in_(states), _is_near(asked, settled_by, scope)))  # fmt: skip


def _keys(rows: Iterable[Any], scope: Scope) -> Iterator[DueKey]:
    as_of, known = scope.as_of, scope.book.known
    for unit, rule, subject, since, since_at, months, days, state in rows:
        settled_by = known[rule].settled_by
        never_done = settled_by == "drill_held" and since_at is None and state in ("overdue", "no_data")
        due = None if never_done else due_day(known[rule], scope, since, since_at, months, days)
        due_on = due and due.day
        yield DueKey(unit, settled_by, rule, subject, due_on, window(settled_by, state, due_on, as_of))


def _is_near(asked: Duty, settled_by: Settlement, scope: Scope) -> ColumnElement[bool]:
    """Whether it may be due within 90 days; a little too wide: days after the months are left to Python.

    So are working days, which take at least as many days.
    """
    states = ("met", "due") if settled_by in RECURRING else ("due",)
    last = scope.as_of + timedelta(days=LATER)
    if settled_by == "drill_held":
        near = [_is_near_by_rule(asked, rule, last) for rule in scope.rules_settled_by(settled_by)]
    elif settled_by == "upkeep_done":
        near = [later(asked.since, asked.months) <= last]  # each item has months of its own
    else:
        months = sorted({0, *(rule.months for rule in scope.rules_settled_by(settled_by))})
        near = [_is_near_by_months(asked, one, last) for one in months]
    return and_(asked.state.in_(states), or_(*near))


def _is_near_by_months(asked: Duty, months: int, last: date) -> ColumnElement[bool]:
    day = months_before(last, months) + timedelta(days=3)
    since_at = type_coerce(asked.since_at, Moment)
    began = or_(since_at <= end_of_day(day), and_(since_at.is_(None), asked.since <= day))
    return and_(asked.months == months, began)


def _is_near_by_rule(asked: Duty, rule: Rule, last: date) -> ColumnElement[bool]:
    day = due_by(Term.of(rule), last)
    since_at = type_coerce(asked.since_at, Moment)
    return and_(
        asked.rule == rule.id,
        or_(since_at.is_(None), since_at <= end_of_day(day)),
        or_(asked.since.is_(None), asked.since <= day + timedelta(days=1)),
    )
