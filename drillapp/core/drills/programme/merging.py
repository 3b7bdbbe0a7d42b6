"""Which duties one drill can settle together: pure, from plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from drillapp.core.drills.programme.hooks import Span, hazard_named, hook_of

_OVERDUE_DAYS = 30
"""What should have been drilled already is planned within so many days."""


class Asked(Protocol):
    """A drill that a rule asks of a unit within a period (rules.drill_duties.DrillDuty is one)."""

    @property
    def unit_id(self) -> int: ...
    @property
    def rule(self) -> str: ...
    @property
    def begins_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def plan_id(self) -> int | None: ...
    @property
    def plan_kinds(self) -> tuple[str, ...]: ...
    @property
    def hazards(self) -> tuple[str, ...]: ...
    @property
    def evacuation(self) -> bool: ...
    @property
    def content(self) -> str | None: ...
    @property
    def form(self) -> str | None: ...


class KnownPlan(NamedTuple):
    """A plan of a unit that can be drilled."""

    id: int
    kind: str | None
    hazard: str | None
    title: str


class Bundle:
    """Duties that one drill settles, and what that drill must be like for it."""

    __slots__ = (
        "content",
        "duties",
        "evacuation",
        "form",
        "hazard",
        "item_id",
        "plan",
        "plans",
        "span",
        "unit_id",
    )

    def __init__(self, unit_id: int, span: Span, item_id: int | None = None) -> None:
        self.unit_id = unit_id
        self.span = span
        """When all of its duties ask for it."""
        self.item_id = item_id
        """The item of the programme that it stands for, where there is one already."""
        self.duties: list[Asked] = []
        self.plan: KnownPlan | None = None
        self.plans: list[KnownPlan] | None = None
        """Those of which one must be drilled; None for any, or none."""
        self.hazard: str | None = None
        self.evacuation = False
        self.content: str | None = None
        self.form: str | None = None

    def takes(self, asked: Asked, span: Span, plans: Sequence[KnownPlan]) -> bool:
        """Add a duty, unless one drill could not settle it with those that are there."""
        both = self.span.within(span)
        if both is None or not self._typesagree(asked):
            return False
        chosen = self._plans_with(asked, plans)
        if chosen is not None and not chosen and chosen is not self.plans:
            return False
        hazard = self._hazard_with(asked, chosen)
        if hazard == "":
            return False
        self.span, self.plans, self.hazard = both, chosen, hazard or self.hazard
        self.evacuation |= asked.evacuation
        self.content, self.form = self.content or asked.content, self.form or asked.form
        self.duties.append(asked)
        return True

    def _typesagree(self, asked: Asked) -> bool:
        if asked.content and self.content and asked.content != self.content:
            return False
        form = self.form or asked.form
        if asked.form and form != asked.form:
            return False
        if (self.evacuation or asked.evacuation) and form == "tabletop":
            return False
        if self.item_id is not None and asked.evacuation and not self.evacuation:
            return False
        return all((one.rule, one.plan_id) != (asked.rule, asked.plan_id) for one in self.duties)

    def _plans_with(self, asked: Asked, plans: Sequence[KnownPlan]) -> list[KnownPlan] | None:
        """The plans that still can be drilled with the duty; None for any."""
        if asked.plan_id is None and not asked.plan_kinds and not asked.hazards:
            return self.plans
        chosen = self.plans
        if asked.plan_id is not None or asked.plan_kinds:
            if self.item_id is not None and chosen is None:
                return []  # the item is of no plan
            chosen = [
                one for one in (plans if chosen is None else chosen)
                if (asked.plan_id is None or one.id == asked.plan_id)
                and (not asked.plan_kinds or one.kind in asked.plan_kinds)
                and (self.hazard is None or agree(self.hazard, one.hazard))
            ]  # fmt: skip
        if asked.hazards and chosen is not None:
            chosen = [one for one in chosen if one.hazard is None or names(one.hazard, asked.hazards)]
        return chosen

    def _hazard_with(self, asked: Asked, plans: Sequence[KnownPlan] | None) -> str | None:
        """What must be drilled against with the duty; None for anything, empty when that cannot be."""
        if not asked.hazards:
            return None
        if self.hazard is not None:
            return self.hazard if names(self.hazard, asked.hazards) else ""
        if self.item_id is not None and plans is None:
            return ""
        of_plan = next((one.hazard for one in plans or () if one.hazard), None)
        return of_plan or hazard_named(asked.hazards)


def merged(
    asked: Iterable[Asked], plans: Sequence[KnownPlan], there: Iterable[Bundle], not_before: date
) -> list[Bundle]:
    """All duties of a unit in as few drills as can settle them; those that are there already come first.

    Narrow periods come before wide ones, and what must be of a certain plan or hazard before what may be anything:
    so the wide and the free join what must be anyway.
    """
    own = list(there)
    for duty in sorted(asked, key=_order):
        span = _span(duty, not_before)
        # Which of several it joins is settled by the hook of what it is about.
        if not any(one.takes(duty, span, plans) for one in (own if len(own) < 2 else _preferred(own, duty))):
            own.append(_alone(duty, span, plans))
    return own


def _order(asked: Asked) -> tuple[object, ...]:
    free = not asked.hazards, asked.plan_id is None and not asked.plan_kinds, not asked.evacuation
    width = asked.ends_on - asked.begins_on
    return width, *free, asked.ends_on, asked.rule, asked.plan_id or 0


def _span(asked: Asked, not_before: date) -> Span:
    """When it is to be drilled: in its period, or soon where that is over."""
    if asked.ends_on >= not_before:
        return Span(max(asked.begins_on, not_before), asked.ends_on)
    last = min(not_before + timedelta(days=_OVERDUE_DAYS), date(not_before.year, 12, 31))
    return Span(not_before, last)


def _preferred(own: Sequence[Bundle], asked: Asked) -> Sequence[Bundle]:
    """The bundles with those first that are held near the hook of what the duty is about."""
    hook = hook_of(hazard_named(asked.hazards)) if asked.hazards else None
    if hook is None:
        return own
    preferred = hook.preferred(asked.ends_on.year)
    return sorted(own, key=lambda one: one.span.within(preferred) is None)


def _alone(asked: Asked, span: Span, plans: Sequence[KnownPlan]) -> Bundle:
    """A drill for a duty by itself; where no plan of the unit is as the rule wants it, without one."""
    bundle = Bundle(asked.unit_id, span)
    if not bundle.takes(asked, span, plans):
        bundle.duties.append(asked)
        bundle.plans = []
        bundle.hazard = hazard_named(asked.hazards) if asked.hazards else None
        bundle.evacuation, bundle.content, bundle.form = asked.evacuation, asked.content, asked.form
    return bundle


def names(hazard: str, words: Sequence[str]) -> bool:
    """Whether a hazard is one that a rule asks for by its words."""
    return any(word in hazard for word in words)


def agree(one: str, other: str | None) -> bool:
    """Whether two hazards can be drilled together: one names the other, or nothing is said of the other."""
    return other is None or one in other or other in one
