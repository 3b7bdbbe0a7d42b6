"""From duties to the drills of a programme: merged, of a kind each, and spread over the year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drillapp.core.drills.programme.hooks import Span
from drillapp.core.drills.programme.merging import Asked, Bundle, KnownPlan
from drillapp.core.drills.programme.patterns import Patterns
from drillapp.core.drills.programme.spreading import Days, spread
from drillapp.core.i18n import _


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
    by_unit: dict[int, list[Asked]] = {}
    for duty in asked:
        by_unit.setdefault(duty.unit_id, []).append(duty)
    items: dict[int, list[Bundle]] = {}
    for one in there:
        items.setdefault(one.unit_id, []).append(_bundle_of(one))
    patterns = Patterns(not_before)
    bundles = [
        bundle
        for unit_id, duties in by_unit.items()
        for bundle in patterns.drills(unit_id, duties, plans.get(unit_id, ()), items.get(unit_id, ()))
    ]
    known = [bundle for bundle in bundles if bundle.item_id is not None]
    new = [bundle for bundle in bundles if bundle.item_id is None]
    days = Days(year, is_working, len(bundles))
    days.load.update(bundle.span.first.month for own in items.values() for bundle in own)
    found = [
        Proposed(
            one.unit_id, drill_title(one.plan and one.plan.title, one.hazard, evacuation=one.evacuation),
            one.plan.id if one.plan else None, one.hazard, one.evacuation,
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


def drill_title(plan_title: str | None, hazard: str | None, *, evacuation: bool) -> str:
    """What a drill is called that nobody has named yet."""
    if plan_title is not None:
        return _("Drill of “{plan}”").format(plan=plan_title)
    if hazard is None:
        return _("Evacuation drill") if evacuation else _("Emergency drill")
    words = _("{hazard}: evacuation drill") if evacuation else _("{hazard}: drill")
    return words.format(hazard=hazard)
