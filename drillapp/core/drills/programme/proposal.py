"""From duties to the drills of a programme: merged, of a kind each, and spread over the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drillapp.core.drills.programme.hooks import Span
from drillapp.core.drills.programme.merging import Asked, Bundle, KnownPlan, merged
from drillapp.core.drills.programme.spreading import Days, spread
from drillapp.core.i18n import _

_COMPREHENSIVE = ("overall", "comprehensive", "joint")
"""Kinds of plan whose drills have several subjects."""


class Proposed(NamedTuple):
    """A drill as the programme proposes it; with `item_id` only further duties of an item that is there."""

    unit_id: int
    title: str
    plan_id: int | None
    hazard: str | None
    evacuation: bool
    content: str
    form: str
    planned_on: date
    duties: Sequence[Asked]
    item_id: int | None = None


class There(NamedTuple):
    """An item that the programme has already."""

    id: int
    unit_id: int
    planned_on: date
    plan: KnownPlan | None
    hazard: str | None
    evacuation: bool
    content: str | None
    form: str | None


def proposed(
    year: int,
    asked: Iterable[Asked],
    plans: Mapping[int, Sequence[KnownPlan]],
    is_working: Callable[[date], bool],
    there: Iterable[There] = (),
    not_before: date = date.min,
) -> list[Proposed]:
    """The drills that settle these duties, over and above those that are there and settle some of them."""
    bundles = merged(asked, plans, (_bundle_of(one) for one in there), not_before)
    known = [one for one in bundles if one.item_id is not None]
    new = [one for one in bundles if one.item_id is None]
    _settle_kinds(new)
    days = Days(year, is_working, len(bundles))
    days.load.update(one.span.first.month for one in known)
    found = [
        Proposed(
            one.unit_id, _title(one), one.plan.id if one.plan else None, one.hazard, one.evacuation,
            one.content or "single", one.form or "live", day, one.duties,
        )
        for one, day in zip(new, spread(new, days), strict=True)
    ]  # fmt: skip
    return found + [_further(one) for one in known if one.duties]


def _bundle_of(one: There) -> Bundle:
    bundle = Bundle(one.unit_id, Span(one.planned_on, one.planned_on), one.id)
    bundle.plans = None if one.plan is None else [one.plan]
    bundle.hazard = one.hazard or (one.plan.hazard if one.plan else None)
    bundle.evacuation, bundle.content, bundle.form = one.evacuation, one.content, one.form
    return bundle


def _further(one: Bundle) -> Proposed:
    return Proposed(
        one.unit_id, "", None, None, one.evacuation, one.content or "", one.form or "", one.span.first,
        one.duties, one.item_id,
    )  # fmt: skip


def _settle_kinds(bundles: Sequence[Bundle]) -> None:
    """Give each drill its plan, content and form, where no rule does."""
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
    subjects = Counter(_subject(one) for one in bundles)
    begun: set[object] = set()
    for one in sorted(bundles, key=lambda one: one.span):
        subject = _subject(one)
        if one.form is None:
            first_of_many = subjects[subject] > 1 and subject not in begun
            on_paper = first_of_many or (subjects[subject] == 1 and one.content == "comprehensive")
            one.form = "tabletop" if on_paper and not one.evacuation else "live"
        begun.add(subject)


def _subject(one: Bundle) -> object:
    return one.unit_id, one.plan.id if one.plan else one.hazard


def _title(one: Bundle) -> str:
    if one.plan is not None:
        return _("Drill of “{plan}”").format(plan=one.plan.title)
    if one.hazard is not None:
        words = _("{hazard}: evacuation drill") if one.evacuation else _("{hazard}: drill")
        return words.format(hazard=one.hazard)
    return _("Evacuation drill") if one.evacuation else _("Emergency drill")
