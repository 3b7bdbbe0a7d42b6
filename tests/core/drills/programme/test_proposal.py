"""Duties become drills: each settled once, in its period, in order, near its hook, evenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.drills.programme.hooks import Span, hook_of, hooks
from drillapp.core.drills.programme.merging import KnownPlan
from drillapp.core.drills.programme.proposal import Proposed, There, proposed
from drillapp.core.drills.programme.spreading import rank
from tests.core.drills.programme.asked import YEAR, Duty, duties, is_working, month, plans


def drawn(
    asked: Sequence[Duty], known: Sequence[KnownPlan] = (), not_before: date = date(YEAR, 1, 1)
) -> list[Proposed]:
    return proposed(YEAR, asked, {unit: known for unit in (1, 2, 3)}, is_working, (), not_before)  # noqa: C420


def span(one: Proposed, not_before: date) -> Span:
    return Span(
        max(not_before, *(duty.begins_on for duty in one.duties)), min(duty.ends_on for duty in one.duties)
    )


def settles(one: Proposed, duty: Duty, known: Sequence[KnownPlan]) -> bool:
    """Whether a drill is what the duty asks for, said anew and plainly."""
    plan = next((each for each in known if each.id == one.plan_id), None)
    return (
        one.unit_id == duty.unit_id
        and duty.begins_on <= one.planned_on <= duty.ends_on
        and (duty.plan_id is None or duty.plan_id == one.plan_id)
        and (not duty.plan_kinds or (plan is not None and plan.kind in duty.plan_kinds))
        and (not duty.hazards or any(word in (one.hazard or "") for word in duty.hazards))
        and (not duty.evacuation or one.evacuation)
        and (duty.content is None or duty.content == one.content)
        and (duty.form is None or duty.form == one.form)
    )


def is_possible(duty: Duty, known: Sequence[KnownPlan]) -> bool:
    """Whether any drill of a plan of the unit could settle a duty."""
    if duty.evacuation and duty.form == "tabletop":
        return False
    if duty.plan_id is None and not duty.plan_kinds:
        return True
    return any(
        (duty.plan_id is None or plan.id == duty.plan_id)
        and (not duty.plan_kinds or plan.kind in duty.plan_kinds)
        and (not duty.hazards or plan.hazard is None or any(word in plan.hazard for word in duty.hazards))
        for plan in known
    )


@given(st.lists(duties(), max_size=25), plans)
def test_every_duty_is_settled_by_one_drill_in_its_period(asked: list[Duty], known: list[KnownPlan]) -> None:
    found = drawn(asked, known)
    assert Counter(duty for one in found for duty in one.duties) == Counter(asked)
    for one in found:
        for duty in one.duties:
            assert duty.begins_on <= one.planned_on <= duty.ends_on
            if is_possible(duty, known):
                assert settles(one, duty, known)


@given(st.lists(duties(), max_size=25), plans)
def test_one_drill_never_counts_twice_for_a_rule(asked: list[Duty], known: list[KnownPlan]) -> None:
    for one in drawn(asked, known):
        assert len({(duty.rule, duty.plan_id) for duty in one.duties}) == len(one.duties)


@given(st.lists(duties(), max_size=25), plans, st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31)))
def test_single_comes_before_comprehensive_and_tabletop_before_live(
    asked: list[Duty], known: list[KnownPlan], not_before: date
) -> None:
    open_yet = [duty for duty in asked if duty.ends_on >= not_before]
    found = drawn(open_yet, known, not_before)
    for one in found:
        for other in found:
            together = one.unit_id == other.unit_id and span(one, not_before) == span(other, not_before)
            if together and rank(one.content, one.form) < rank(other.content, other.form):
                assert one.planned_on <= other.planned_on


@given(st.lists(duties(), max_size=15), plans)
def test_drills_are_on_working_days_where_the_period_has_any(
    asked: list[Duty], known: list[KnownPlan]
) -> None:
    for one in drawn(asked, known):
        if any(map(is_working, span(one, date(YEAR, 1, 1)).days)) and len(drawn(one.duties, known)) == 1:
            alone = drawn(one.duties, known)[0]
            assert is_working(alone.planned_on)


def test_a_weekend_before_the_flood_season_gives_way_to_the_working_day_after_it() -> None:
    duty = Duty(
        1, "DR-01", date(YEAR, 5, 30), date(YEAR, 6, 1), None, (), ("防汛", "内涝"), False, None, None
    )
    [one] = drawn([duty])
    assert one.planned_on == date(YEAR, 6, 1)


@given(st.lists(duties(), max_size=15), plans, st.dates(date(YEAR, 1, 1), date(YEAR, 12, 1)))
def test_nothing_is_planned_for_days_that_are_over(
    asked: list[Duty], known: list[KnownPlan], not_before: date
) -> None:
    found = drawn(asked, known, not_before)
    assert all(one.planned_on >= not_before for one in found)
    late = [one for one in found if any(duty.ends_on < not_before for duty in one.duties)]
    assert all((one.planned_on - not_before).days <= 30 for one in late)


@given(st.lists(duties(), max_size=15), plans)
def test_drawing_up_again_finds_room_in_what_is_there(asked: list[Duty], known: list[KnownPlan]) -> None:
    """What a programme has already settles the same duties again, but for those that nothing can settle."""
    possible = [duty for duty in asked if is_possible(duty, known)]
    by_id = {plan.id: plan for plan in known}
    first = drawn(possible, known)
    there = [
        There(
            place, one.unit_id, one.planned_on, by_id.get(one.plan_id or 0), one.hazard, one.evacuation,
            one.content, one.form,
        )
        for place, one in enumerate(first)
    ]  # fmt: skip
    again = proposed(YEAR, possible, {unit: known for unit in (1, 2, 3)}, is_working, there)  # noqa: C420
    assert sum(one.item_id is None for one in again) <= len(first)
    assert Counter(duty for one in again for duty in one.duties) == Counter(possible)


def test_a_school_drills_fire_and_earthquake_within_its_monthly_evacuations() -> None:
    monthly = [
        Duty(rule="DR-13", begins_on=month(n)[0], ends_on=month(n)[1], evacuation=True) for n in range(1, 13)
    ]
    halves = [
        Duty(rule="DR-12", begins_on=date(YEAR, 1, 1), ends_on=date(YEAR, 6, 30), hazards=("火灾", "消防")),
        Duty(rule="DR-12", begins_on=date(YEAR, 7, 1), ends_on=date(YEAR, 12, 31), hazards=("火灾", "消防")),
    ]
    earthquake = Duty(rule="DR-15", hazards=("地震",), evacuation=True)
    found = drawn([*halves, earthquake, *monthly])
    assert len(found) == 12
    by_hazard = {one.hazard: one for one in found if one.hazard == "地震"}
    assert by_hazard["地震"].planned_on.month == 5
    fires = sorted(one.planned_on.month for one in found if one.hazard == "火灾")
    assert len(fires) == 2
    assert fires[1] == 11


def test_hooks_draw_drills_to_them_but_not_all_of_a_district() -> None:
    lone = drawn([Duty(hazards=("防汛", "内涝"))])
    assert date(YEAR, 5, 4) <= lone[0].planned_on <= date(YEAR, 5, 31)
    many = [Duty(unit_id=unit, hazards=("火灾",)) for unit in range(1, 601)]
    found = proposed(YEAR, many, {}, is_working)
    by_month = Counter(one.planned_on.month for one in found)
    assert by_month[11] == max(by_month.values())
    assert by_month[11] <= 2 * 600 / 12 + 1
    assert min(by_month[number] for number in range(1, 13)) >= 30


def test_drills_without_hook_are_even_over_months_and_days() -> None:
    found = proposed(YEAR, [Duty(unit_id=unit) for unit in range(1, 1201)], {}, is_working)
    by_month = Counter(one.planned_on.month for one in found)
    assert set(by_month.values()) == {100}
    assert max(Counter(one.planned_on for one in found).values()) <= 6


def test_a_plan_is_drilled_on_paper_first_and_then_live() -> None:
    plan = KnownPlan(11, "on_site", "火灾", "Fire")
    halves = [
        Duty(rule="DR-04", begins_on=date(YEAR, 1, 1), ends_on=date(YEAR, 6, 30), plan_kinds=("on_site",)),
        Duty(rule="DR-04", begins_on=date(YEAR, 7, 1), ends_on=date(YEAR, 12, 31), plan_kinds=("on_site",)),
    ]
    found = sorted(drawn(halves, [plan]), key=lambda one: one.planned_on)
    assert [(one.plan_id, one.form) for one in found] == [(11, "tabletop"), (11, "live")]


def test_of_several_plans_each_has_its_turn() -> None:
    known = [KnownPlan(11, "on_site", None, "A"), KnownPlan(12, "on_site", None, "B")]
    found = drawn(
        [
            Duty(
                rule="DR-04", begins_on=date(YEAR, 1, 1), ends_on=date(YEAR, 6, 30), plan_kinds=("on_site",)
            ),
            Duty(
                rule="DR-04", begins_on=date(YEAR, 7, 1), ends_on=date(YEAR, 12, 31), plan_kinds=("on_site",)
            ),
        ],
        known,
    )
    assert sorted(one.plan_id or 0 for one in found) == [11, 12]


def test_the_hooks_name_their_source_and_lie_in_the_year() -> None:
    for hook in hooks():
        assert hook.source
        assert hook.preferred(YEAR).first <= hook.preferred(YEAR).last
    fire, flood = hook_of("火灾"), hook_of("防汛防内涝")
    assert fire is not None
    assert fire.id == "fire"
    assert flood is not None
    assert flood.shown(YEAR) == Span(date(YEAR, 6, 1), date(YEAR, 9, 15))
    assert hook_of("踩踏") is None


@given(st.lists(duties(), max_size=10), st.lists(plans, min_size=3, max_size=3))
def test_units_that_are_asked_the_same_get_what_they_would_get_alone(
    asked: list[Duty], known: list[list[KnownPlan]]
) -> None:
    """What is remembered of one unit and used for another makes no difference."""
    own = dict(zip((1, 2, 3), known, strict=True))
    each = {unit: [duty._replace(unit_id=unit) for duty in asked] for unit in own}
    together = proposed(YEAR, [duty for unit in own for duty in each[unit]], own, is_working)
    for unit in own:
        alone = proposed(YEAR, each[unit], own, is_working)
        assert [one for one in map(_without_day, together) if one.unit_id == unit] == list(
            map(_without_day, alone)
        )


def _without_day(one: Proposed) -> Proposed:
    return one._replace(planned_on=date(YEAR, 1, 1))
