"""What scenarios take, against the same reckoned by hand; which item limits; how far the stock goes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import count
from math import ceil, floor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.levels.commands import save_scenario_rates, save_scenarios
from drillapp.core.supplies.levels.entries import RateEntry, ScenarioEntry
from drillapp.core.supplies.levels.listings import SCENARIO_RATES, SCENARIOS
from drillapp.core.supplies.levels.rows import ScenarioRow
from tests.core.supplies.ledger import book, line
from tests.core.supplies.levels.shelf import furnish

_NUMBERS = count()
_quantities = st.integers(1, 10_000_000).map(lambda thousandths: thousandths / 1000)


@pytest.fixture(autouse=True)
def _streets(office: Office) -> None:
    furnish(office)


def prepare(office: Office, people: int = 5000, hours: int = 72) -> None:
    """Street A prepares for so many people and hours."""
    save_scenarios(
        office, [ScenarioEntry(code="Q", name="转移安置", unit_code="A", people=people, hours=hours)]
    )


def rate(item: str, quantity: float, basis: str) -> RateEntry:
    return RateEntry(scenario="Q", item_code=item, quantity=quantity, basis=basis)


def the_scenario(office: Office) -> ScenarioRow:
    [row] = first_rows(office, SCENARIOS, View(), 9)
    return row


def test_five_thousand_people_for_three_days(office: Office) -> None:
    prepare(office)
    save_scenario_rates(
        office, [rate("WATER", 3, "person_day"), rate("QUILT", 1, "person"), rate("PUMP", 2, "whole")]
    )
    book(
        office,
        line("in", 30_000, "2026-05-01", storehouse="SA", item_code="WATER"),
        line("in", 6_000, "2026-05-01", storehouse="SC", item_code="WATER"),  # of a community below
        line("in", 99_000, "2026-05-01", storehouse="SB", item_code="WATER"),  # of another street
        line("in", 4_500, "2026-05-01", storehouse="SC", item_code="QUILT", expires_on=date(2027, 1, 1)),
        line("in", 500, "2026-05-01", storehouse="SA", item_code="QUILT", expires_on=date(2026, 1, 1)),
        line("in", 2, "2026-05-01", storehouse="SA", item_code="PUMP"),
    )
    rows = {row.item_code: row for row in first_rows(office, SCENARIO_RATES, View(), 9)}
    figures = {
        code: (row.required, row.available, row.missing, row.people_served, row.hours_lasting)
        for code, row in rows.items()
    }
    assert figures == {
        "WATER": (45_000, 36_000, 9_000, 4_000, 57),
        "QUILT": (5_000, 4_500, 500, 4_500, None),
        "PUMP": (2, 2, 0, None, None),
    }
    told = the_scenario(office)
    assert (told.state, told.items, told.short, told.limiting, told.missing) == (
        "short",
        3,
        2,
        "饮用水",
        9_000,
    )
    assert (told.people_served, told.hours_lasting) == (4_000, 57)


def test_a_scenario_without_rates_says_nothing(office: Office) -> None:
    prepare(office)
    told = the_scenario(office)
    assert (told.state, told.items, told.limiting, told.people_served) == (None, 0, None, None)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.integers(1, 10_000_000), hours=st.integers(1, 8_784), by_day=_quantities, by_head=_quantities,
    stock=st.integers(1, 900_000_000),
)  # fmt: skip
def test_the_arithmetic_is_that_of_fractions(
    office: Office, people: int, hours: int, by_day: float, by_head: float, stock: int
) -> None:
    prepare(office, people, hours)
    save_scenario_rates(office, [rate("WATER", by_day, "person_day"), rate("QUILT", by_head, "person")])
    book_stock(office, stock)
    rows = {row.item_code: row for row in first_rows(office, SCENARIO_RATES, View(), 9)}
    daily, once = Fraction(round(by_day * 1000), 1000), Fraction(round(by_head * 1000), 1000)
    needed = daily * people * Fraction(hours, 24)
    water, quilt = rows["WATER"], rows["QUILT"]
    assert round(water.required * 1000) == ceil(needed * 1000)
    assert round(quilt.required * 1000) == once * people * 1000
    assert water.people_served == floor(stock / (daily * Fraction(hours, 24)))
    assert water.hours_lasting == floor(stock / (daily * people) * 24)
    assert quilt.people_served == floor(stock / once)
    assert (water.state == "met") == (stock >= needed)
    told = the_scenario(office)
    assert told.people_served == min(water.people_served, quilt.people_served)
    assert told.short == [water.state, quilt.state].count("short")


def book_stock(office: Office, quantity: int) -> None:
    """Let so much of water and quilts be there, whatever there was before."""
    number = f"{next(_NUMBERS):06}"  # of lines of the same day the one with the later number counts
    lines = [
        line("count", quantity, "2026-05-01", number, storehouse="SA", item_code=item)
        for item in ("WATER", "QUILT")
    ]
    book(office, *lines)


@pytest.mark.parametrize(("people", "hours"), [(0, 72), (10_000_001, 72), (10, 0), (10, 8_785)])
def test_people_and_hours_have_their_bounds(office: Office, people: int, hours: int) -> None:
    with pytest.raises(InvalidInput):
        prepare(office, people, hours)


def test_rates_have_their_bounds(office: Office) -> None:
    prepare(office)
    for wrong in (rate("WATER", 0, "person"), rate("WATER", 10_000.001, "person"), rate("X", 1, "person"), rate("WATER", 1, "day")):  # fmt: skip
        with pytest.raises(InvalidInput):
            save_scenario_rates(office, [wrong])
    with pytest.raises(InvalidInput) as refused:
        save_scenario_rates(office, [RateEntry(scenario="Z", item_code="WATER", quantity=1, basis="person")])
    assert refused.value.problems[0].field == "scenario"
