"""The drills of one unit, worked out once for all units that are asked the same and have the same kinds of plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from drillapp.core.drills.programme.hooks import Span, hazard_named
from drillapp.core.drills.programme.merging import Asked, Bundle, KnownPlan, agree, merged, names

_COMPREHENSIVE = ("overall", "comprehensive", "joint")
"""Kinds of plan whose drills have several subjects."""
_said = attrgetter(
    "rule", "begins_on", "ends_on", "plan_kinds", "hazards", "evacuation", "content", "form", "plan_id"
)
"""All that decides which drill settles a duty; the plan's key last."""


class _Drill(NamedTuple):
    """A drill of a pattern: its duties and plan by their places, and the rest as it is."""

    duties: tuple[int, ...]
    plan: int | None
    span: Span
    hazard: str | None
    hazard_of: int | None
    """The plan whose hazard it is, where it is one's."""
    evacuation: bool
    content: str | None
    form: str | None


class Patterns:
    """Remembers what units were given: a district has many units and few ways to be asked."""

    def __init__(self, not_before: date) -> None:
        self._not_before = not_before
        self._known: dict[Any, list[_Drill]] = {}

    def drills(
        self, unit_id: int, asked: Sequence[Asked], plans: Sequence[KnownPlan], there: Sequence[Bundle]
    ) -> list[Bundle]:
        """The drills of a unit with their plan, content and form; those that are there first."""
        plans = _concerned(asked, plans)
        if there:
            return self._worked_out(asked, plans, there)
        places = {plan.id: place for place, plan in enumerate(plans)}
        said = tuple((*(one := _said(duty))[:-1], places.get(one[-1], one[-1])) for duty in asked)
        key = said, _alike(plans, {duty.hazards for duty in asked if duty.hazards}) if plans else ()
        if key not in self._known:
            found = self._worked_out(asked, plans, ())
            self._known[key] = [_drill(one, asked, plans) for one in found]
            return found
        return [_bundle(unit_id, one, asked, plans) for one in self._known[key]]

    def _worked_out(
        self, asked: Sequence[Asked], plans: Sequence[KnownPlan], there: Sequence[Bundle]
    ) -> list[Bundle]:
        found = merged(asked, plans, there, self._not_before)
        settle_kinds([one for one in found if one.item_id is None])
        return found


def settle_kinds(bundles: Sequence[Bundle]) -> None:
    """Give each drill of a unit its plan, content and form, where no rule does."""
    drilled: Counter[int] = Counter()
    for one in bundles:
        if one.plans:
            # Of several plans the one that was drilled least so far this year.
            one.plan = min(one.plans, key=lambda plan: drilled[plan.id])
            drilled[one.plan.id] += 1
            if one.plan.hazard and (one.hazard is None or one.hazard in one.plan.hazard):
                one.hazard = one.plan.hazard
        if one.content is None:
            kind = one.plan.kind if one.plan else None
            one.content = "comprehensive" if kind in _COMPREHENSIVE else "single"
    subjects = Counter(map(_subject, bundles))
    begun: set[object] = set()
    for one in sorted(bundles, key=lambda one: one.span):
        subject = _subject(one)
        if one.form is None:
            first_of_many = subjects[subject] > 1 and subject not in begun
            on_paper = first_of_many or (subjects[subject] == 1 and one.content == "comprehensive")
            one.form = "tabletop" if on_paper and not one.evacuation else "live"
        begun.add(subject)


def _subject(one: Bundle) -> object:
    return one.plan.id if one.plan else one.hazard


def _concerned(asked: Sequence[Asked], plans: Sequence[KnownPlan]) -> Sequence[KnownPlan]:
    """The plans that some rule asks to be drilled."""
    if not plans:
        return plans
    kinds = {kind for duty in asked for kind in duty.plan_kinds}
    named = {duty.plan_id for duty in asked}
    return [plan for plan in plans if plan.kind in kinds or plan.id in named]


def _alike(plans: Sequence[KnownPlan], words: Iterable[tuple[str, ...]]) -> tuple[object, ...]:
    """What of plans decides: their kinds, which hazards asked for are theirs, and which of theirs agree."""
    ordered = sorted(words)
    hazards = [plan.hazard for plan in plans]
    return (
        tuple(plan.kind for plan in plans),
        tuple(hazard and tuple(names(hazard, one) for one in ordered) for hazard in hazards),
        tuple(agree(hazard_named(one), hazard) for one in ordered for hazard in hazards),
        tuple(one is not None and agree(one, other) for one in hazards for other in hazards),
    )


def _drill(one: Bundle, asked: Sequence[Asked], plans: Sequence[KnownPlan]) -> _Drill:
    order = {id(duty): place for place, duty in enumerate(asked)}
    ids, hazards = [plan.id for plan in plans], [plan.hazard for plan in plans]
    plan = ids.index(one.plan.id) if one.plan else None
    hazard_of = hazards.index(one.hazard) if one.hazard in hazards else None
    if plan is not None and hazards[plan] == one.hazard:
        hazard_of = plan
    duties = tuple(order[id(duty)] for duty in one.duties)
    return _Drill(duties, plan, one.span, one.hazard, hazard_of, one.evacuation, one.content, one.form)


def _bundle(unit_id: int, one: _Drill, asked: Sequence[Asked], plans: Sequence[KnownPlan]) -> Bundle:
    bundle = Bundle(unit_id, one.span)
    bundle.duties = [asked[place] for place in one.duties]
    bundle.plan = None if one.plan is None else plans[one.plan]
    bundle.hazard = one.hazard if one.hazard_of is None else plans[one.hazard_of].hazard
    bundle.evacuation, bundle.content, bundle.form = one.evacuation, one.content, one.form
    return bundle
