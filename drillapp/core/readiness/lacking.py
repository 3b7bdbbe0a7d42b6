"""What a unit and those below it lack, by unit, rule and state: what could be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, func, select, union_all

from drillapp.core.database.base import AnySelect, narrowed
from drillapp.core.law import Rule, Settlement
from drillapp.core.plans.model import Plan, PlanEvent
from drillapp.core.plans.standing import REVIEWS
from drillapp.core.rules.concerning import concerns
from drillapp.core.rules.duties import duties
from drillapp.core.rules.duty import Duty, Scope
from drillapp.core.units.model import Unit

SETTLED: tuple[Settlement, ...] = (
    "plan_in_force", "plan_filed", "plan_assessed", "plan_outlined", "drill_held", "drill_evaluated",
    "finding_corrected", "finding_verified", "level_met", "upkeep_done", "stocktake_done", "loan_returned",
    "card_issued", "card_current", "team_standard",
)  # fmt: skip
"""What can still be done today and then counts; a review before the signing, or who came to a drill, cannot."""
_TOGETHER: frozenset[Settlement] = frozenset({"drill_held", "level_met", "upkeep_done", "stocktake_done"})
"""Of which a unit has no data until the first of them is done, for whichever of its duties."""
_FOLLOWING: Mapping[Settlement, Settlement] = {
    "plan_in_force": "plan_assessed",
    "card_issued": "card_current",
}
"""What is asked of the new record, and met by it."""
_OPEN = ("overdue", "no_data")

States = dict[str, int]
"""How many duties are in each state: overdue, no_data, and of drills due, which a drill settles with the others."""


class Delta(NamedTuple):
    """Changes of what is met, known and asked."""

    met: int = 0
    known: int = 0
    asked: int = 0

    def plus(self, other: Delta) -> Delta:
        """Both together."""
        return Delta(*(mine + its for mine, its in zip(self, other, strict=True)))


Deltas = dict[Settlement, Delta]


class Lacking:
    """What is not met, by unit and rule, and what would follow from doing something about it."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self.scope = scope
        self.of_units: dict[int, dict[str, States]] = {}
        parts = [_counted(duty, one) for one in SETTLED for duty in duties(one, scope)]
        for unit_id, rule, state, count in connection.execute(union_all(*parts)) if parts else ():
            states = self.of_units.setdefault(unit_id, {}).setdefault(rule, {})
            states[state] = states.get(state, 0) + count
        self._following = {
            one: self._concerned(connection, following) for one, following in _FOLLOWING.items()
        }
        self._to_be_reviewed = self._concerned(connection, "plan_reviewed")
        self._ever_reviewed = self._with_reviews(connection)

    def rule(self, rule_id: str) -> Rule:
        """A rule that is asked."""
        return self.scope.book.known[rule_id]

    def settled(self, unit_id: int, settled_by: Settlement, done: Mapping[str, States]) -> Deltas:
        """What changes when a unit settles these duties, by rule and state, of one kind of fact."""
        delta, rest = Delta(), 0
        for states in done.values():
            for state, count in states.items():
                delta = delta.plus(
                    Delta(count, 0 if state == "overdue" else count, count if state == "due" else 0)
                )
        if settled_by in _TOGETHER:
            for rule, states in self.of_units.get(unit_id, {}).items():
                if self.rule(rule).settled_by == settled_by:
                    rest += states.get("no_data", 0) - done.get(rule, {}).get("no_data", 0)
        deltas = {settled_by: delta.plus(Delta(known=rest))}
        following = _FOLLOWING.get(settled_by)
        if following is not None:
            count = delta.met * self._following[settled_by].get(unit_id, 0)
            deltas[following] = Delta(count, count, count)
        if settled_by == "plan_in_force":
            # A plan that is approved and nothing else was not reviewed before; without any review that is not known.
            count = delta.met * self._to_be_reviewed.get(unit_id, 0)
            deltas["plan_reviewed"] = Delta(0, count if unit_id in self._ever_reviewed else 0, count)
        return deltas

    def _with_reviews(self, connection: Connection) -> frozenset[int]:
        """The units that lack something, of whose plans any review was recorded."""
        statement = (
            select(Plan.unit_id)
            .join(PlanEvent, PlanEvent.plan_id == Plan.id)
            .where(PlanEvent.kind.in_(REVIEWS), PlanEvent.happened_on <= self.scope.as_of)
            .distinct()
        )
        return frozenset(connection.scalars(narrowed(statement, Plan.unit_id, self.of_units)))

    def _concerned(self, connection: Connection, following: Settlement) -> dict[int, int]:
        """By how many rules of a kind each unit that lacks something is concerned."""
        found: dict[int, int] = {}
        for rule in self.scope.rules_settled_by(following):
            statement = narrowed(select(Unit.id).where(concerns(rule)), Unit.id, self.of_units)
            for key in connection.scalars(statement):
                found[key] = found.get(key, 0) + 1
        return found


def _counted(duty: Duty, settled_by: Settlement) -> AnySelect:
    rows = duty.base.with_only_columns(
        duty.unit_id.label("unit_id"), duty.rule.label("rule"), duty.state.label("state")
    ).subquery()
    columns = rows.c.unit_id, rows.c.rule, rows.c.state
    wanted = (*_OPEN, "due") if settled_by == "drill_held" else _OPEN
    return select(*columns, func.count()).where(rows.c.state.in_(wanted)).group_by(*columns)


def added(deltas: Iterable[Deltas]) -> Deltas:
    """All of them together."""
    found: Deltas = {}
    for each in deltas:
        for one, delta in each.items():
            found[one] = found.get(one, Delta()).plus(delta)
    return found
