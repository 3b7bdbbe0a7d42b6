"""What a drill had best be that is to settle a rule, and others with it: what its form begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from drillapp.core.database.base import still, table_of
from drillapp.core.drills.programme.merging import names
from drillapp.core.drills.programme.proposal import drill_title
from drillapp.core.law import Rule
from drillapp.core.office import Office
from drillapp.core.plans.events import has_come_into_force
from drillapp.core.plans.model import Plan
from drillapp.core.readiness.one_drill import OneDrill, drills_for
from drillapp.core.rules.duties import duties
from drillapp.core.rules.queries import scope_of

_OPEN = ("overdue", "no_data")


class _Plan(NamedTuple):
    """A plan of the unit in force."""

    id: int
    number: str
    title: str
    kind: str | None
    hazard: str | None


class _Asked(NamedTuple):
    """A drill that a rule asks of the unit and that was not held."""

    rule: str
    state: str
    subject_kind: str
    subject_id: int


def proposed_drill(office: Office, rule_id: str, unit_id: int, plan_id: int | None = None) -> dict[str, Any]:
    """Fields of a drill by which a unit would settle a rule: title, plan, hazard, evacuation, content, form.

    Of the drills that settle the rule the one that settles most others with it, as "what would help most" counts them.
    `plan_id` where the rule asks for a drill of that plan; else of fitting plans sooner one that is asked to be drilled
    itself, then the newest in force. Without the fields of which nothing is said; empty for an unknown rule.
    """
    with office.read() as connection:
        scope = scope_of(connection, office.as_of, unit_id)
        known = scope.book.known
        if rule_id not in known:
            return {}
        asked = [
            _Asked(*row)
            for duty in duties("drill_held", scope)
            for row in connection.execute(
                duty.base.with_only_columns(duty.rule, duty.state, duty.subject_kind, duty.subject_id).where(
                    duty.unit_id == unit_id, duty.state.in_((*_OPEN, "due"))
                )
            )
        ]
        plans = _plans_of(connection, office, unit_id, plan_id)
    drill, plan = _best(known[rule_id], asked, known, plans, plan_id)
    return _fields(drill, plan, [known[rule_id], *(known[one] for one in drill.rules)])


def _best(
    rule: Rule,
    asked: Sequence[_Asked],
    known: Mapping[str, Rule],
    plans: Sequence[_Plan],
    plan_id: int | None,
) -> tuple[OneDrill, _Plan | None]:
    """The drill for a rule that settles most, with the plan to be drilled; that of the rule alone where no plan fits more."""
    open_rules = {one.rule for one in asked if one.state in _OPEN}
    drills = drills_for(dict.fromkeys([rule.id, *(one.rule for one in asked)]), known)
    fitting = [drill for drill in drills if rule.id in drill.rules]
    for drill in sorted(fitting, key=lambda one: -len(open_rules.intersection(one.rules))):
        plan = _plan_for(drill, asked, plans)
        if plan is not None or not (drill.plan_kinds or plan_id):
            return drill, plan
    alone = OneDrill(rule.plan_kinds, rule.hazards, rule.evacuation, (rule.id,))
    of_kind = (one for one in plans if plan_id is not None or one.kind in rule.plan_kinds)
    return alone, next(of_kind, None)


def _plan_for(drill: OneDrill, asked: Sequence[_Asked], plans: Sequence[_Plan]) -> _Plan | None:
    """A plan of the drill's kinds and not against another hazard, sooner one that is asked to be drilled itself."""
    wanted = {
        one.subject_id: one.state not in _OPEN
        for one in asked
        if one.subject_kind == "plans" and one.rule in drill.rules
    }
    fitting = (
        one for one in plans
        if one.kind in drill.plan_kinds
        and (not drill.hazards or one.hazard is None or names(one.hazard, drill.hazards))
    )  # fmt: skip
    return min(fitting, key=lambda one: (one.id not in wanted, wanted.get(one.id, False)), default=None)


def _fields(drill: OneDrill, plan: _Plan | None, rules: Sequence[Rule]) -> dict[str, Any]:
    hazard = next(iter(drill.hazards), None)
    if hazard is not None and plan is not None and plan.hazard and names(plan.hazard, drill.hazards):
        hazard = plan.hazard
    forms = (rule.form for rule in rules if rule.form and not (drill.evacuation and rule.form == "tabletop"))
    values = {
        "title": drill_title(plan and plan.title, hazard, evacuation=drill.evacuation),
        "plan_number": plan and plan.number, "hazard": hazard, "evacuation": drill.evacuation or None,
        "content": next((rule.content for rule in rules if rule.content), None), "form": next(forms, None),
    }  # fmt: skip
    return {name: value for name, value in values.items() if value is not None}


def _plans_of(connection: Connection, office: Office, unit_id: int, plan_id: int | None) -> list[_Plan]:
    """The unit's plans in force, the newest first; where one is named, that one."""
    statement = select(Plan.id, Plan.number, Plan.title, Plan.kind, Plan.hazard)
    if plan_id is not None:
        statement = statement.where(Plan.id == plan_id)
    else:
        statement = statement.where(
            Plan.unit_id == unit_id, has_come_into_force(table_of(Plan), office.as_of), still(Plan.retired_on, office.as_of)
        )  # fmt: skip
    return [_Plan(*row) for row in connection.execute(statement.order_by(Plan.id.desc()))]
