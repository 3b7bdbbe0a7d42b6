"""Of what must always be so, how much is not and of how much nothing is known: by unit and rule, in one statement."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, union_all

from drillapp.core.database.base import AnySelect
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.rules.queries import obligation_columns, obligation_of
from drillapp.core.rules.rows import ALL, Obligation
from drillapp.core.rules.windows import DATED

STATES = ("overdue", "no_data")


def tallies(connection: Connection, scope: Scope) -> Iterator[tuple[int, str, str, int]]:
    """Unit, rule, state (one of STATES) and how many of the unit's own things are in it; those of none are left out.

    Only of what has no day: the rest is told by `due_keys`.
    """
    parts = [_counted(duty) for one in ALL if one not in DATED for duty in duties(one, scope)]
    if parts:
        yield from connection.execute(union_all(*parts))


def first_without_data(connection: Connection, scope: Scope, most: int) -> list[Obligation]:
    """The first few things of which nothing is known, in the order of the kinds of duty and of the units' codes."""
    found: list[Obligation] = []
    for duty in (duty for one in ALL for duty in duties(one, scope)):
        if duty.may_lack_data and len(found) < most:
            rows = obligation_columns(duty, ("no_data",)).order_by("unit", "subject").limit(most - len(found))
            found += [obligation_of(row, scope) for row in connection.execute(rows)]
    return found


def _counted(duty: Duty) -> AnySelect:
    # Named inside and grouped outside: PostgreSQL takes two parameters of the same value for different ones.
    rows = duty.base.with_only_columns(
        duty.unit_id.label("unit_id"), duty.rule.label("rule"), duty.state.label("state")
    ).subquery()
    columns = rows.c.unit_id, rows.c.rule, rows.c.state
    return select(*columns, func.count()).where(rows.c.state.in_(STATES)).group_by(*columns)
