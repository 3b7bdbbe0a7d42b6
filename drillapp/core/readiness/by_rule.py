"""How much each rule asks of a unit and of those below it, and how much of that is met."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, func, select, union_all

from drillapp.core.database.base import AnySelect
from drillapp.core.law import Settlement
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Duty, Scope

_States = dict[tuple[str, bool], int]


class RuleCount(msgspec.Struct, frozen=True):
    """What one rule adds to an indicator."""

    rule: str
    title: str
    article: str
    mark: str
    """How far the rule was verified, as in `law.Mark`."""
    settled_by: Settlement
    met: int
    known: int
    asked: int
    own_met: int
    own_known: int
    own_asked: int


def counts_by_rule(
    connection: Connection, scope: Scope, unit_id: int, settled_by: Iterable[Settlement]
) -> list[RuleCount]:
    """Of all rules of which anything is asked: the counts of a unit with all below it in the scope, and its own."""
    parts = [_counted(duty, unit_id) for one in settled_by for duty in duties(one, scope)]
    states: dict[str, _States] = {}
    for rule, is_own, state, count in connection.execute(union_all(*parts)) if parts else ():
        of_rule = states.setdefault(rule, {})
        of_rule[state, bool(is_own)] = of_rule.get((state, bool(is_own)), 0) + count
    return [_count(scope, rule, of_rule) for rule, of_rule in states.items()]


def _counted(duty: Duty, unit_id: int) -> AnySelect:
    # Named inside and grouped outside: PostgreSQL takes two parameters of the same value for different ones.
    rows = duty.base.with_only_columns(
        duty.rule.label("rule"),
        (duty.unit_id == unit_id).label("is_own"),
        duty.counted_state.label("state"),
    ).subquery()
    columns = rows.c.rule, rows.c.is_own, rows.c.state
    return select(*columns, func.count()).where(rows.c.state != "due").group_by(*columns)


def _count(scope: Scope, rule_id: str, states: _States) -> RuleCount:
    rule = scope.book.known[rule_id]

    def of(*wanted: str, own: bool) -> int:
        kinds = (True,) if own else (True, False)
        return sum(states.get((state, is_own), 0) for state in wanted for is_own in kinds)

    counts = [
        of(*wanted, own=own)
        for own in (False, True)
        for wanted in (("met",), ("met", "overdue"), ("met", "overdue", "no_data"))
    ]
    return RuleCount(rule.id, rule.title, rule.article, rule.mark, rule.settled_by, *counts)
