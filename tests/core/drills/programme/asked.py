"""Made-up duties, plans and years for the pure part of programmes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from drillapp.core.drills.programme.merging import KnownPlan

YEAR = 2026


class Duty(NamedTuple):
    """What a rule asks of a unit, as rules.drill_duties gives it."""

    unit_id: int = 1
    rule: str = "DR-08"
    begins_on: date = date(YEAR, 1, 1)
    ends_on: date = date(YEAR, 12, 31)
    plan_id: int | None = None
    plan_kinds: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()
    evacuation: bool = False
    content: str | None = None
    form: str | None = None


def is_working(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < 5


def month(number: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = date(YEAR, number, 1)
    after = date(YEAR + number // 12, number % 12 + 1, 1)
    return first, after - timedelta(days=1)


_PERIODS = [
    (date(YEAR, 1, 1), date(YEAR, 12, 31)),
    (date(YEAR, 1, 1), date(YEAR, 6, 30)),
    (date(YEAR, 7, 1), date(YEAR, 12, 31)),
    *(month(number) for number in range(1, 13)),
]
_days = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
_periods = st.sampled_from(_PERIODS) | st.tuples(_days, _days).map(lambda pair: (min(pair), max(pair)))
hazards = st.sampled_from([(), ("火灾", "消防"), ("地震",), ("防汛", "内涝")])


@st.composite
def duties(draw: st.DrawFn) -> Duty:
    """One duty of one of three units."""
    begins_on, ends_on = draw(_periods)
    return Duty(
        unit_id=draw(st.integers(1, 3)),
        rule=draw(st.sampled_from(["DR-01", "DR-04", "DR-08", "DR-12", "DR-13", "DR-15"])),
        begins_on=begins_on,
        ends_on=ends_on,
        plan_id=draw(st.sampled_from([None, None, 11, 12])),
        plan_kinds=draw(st.sampled_from([(), (), ("on_site",), ("comprehensive", "special")])),
        hazards=draw(hazards),
        evacuation=draw(st.booleans()),
        content=draw(st.sampled_from([None, None, "single", "comprehensive"])),
        form=draw(st.sampled_from([None, None, "tabletop", "live"])),
    )


plans = st.builds(
    lambda kinds, dangers: [
        KnownPlan(11 + place, kind, danger, f"{place}")
        for place, (kind, danger) in enumerate(zip(kinds, dangers, strict=True))
    ],
    st.lists(st.sampled_from(["on_site", "comprehensive", "special", None]), min_size=4, max_size=4),
    st.lists(st.sampled_from([None, "火灾", "地震", "防汛"]), min_size=4, max_size=4),
)
