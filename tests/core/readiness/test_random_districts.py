"""Obligations and readiness of random districts: as counted by hand, as of any day, whatever order they were entered in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from drillapp.core.clock import FixedClock
from drillapp.core.office import Office
from drillapp.core.readiness.queries import readiness
from drillapp.core.readiness.rows import UnitReadiness
from drillapp.core.rules.queries import obligations
from tests.core.readiness.reference import Count, Ready, ready
from tests.core.rules.district import FIRST, LAST, Facts, random_facts
from tests.core.rules.entering import enter
from tests.core.rules.reference import Asked, asked, is_there

NewOffice = Callable[[], AbstractContextManager[Office]]
SEEDS = st.integers(0, 10**6)
DAYS = st.dates(date(FIRST.year + 1, 1, 1), LAST)
# A smaller number is no smaller district: to shrink it would only take time.
_AS_DRAWN = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
_numbers = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_office(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> NewOffice:
    """Opens a new office each time it is called."""
    make = _in_file if request.param == "sqlite" else _on_server
    return lambda: make(request, tmp_path, clock)


@contextmanager
def _in_file(request: pytest.FixtureRequest, folder: Path, clock: FixedClock) -> Iterator[Office]:
    template: Path = request.getfixturevalue("template_file")
    home = folder / str(next(_numbers))
    shutil.copytree(template.parent, home)
    with Office.open(home / template.name, clock=clock) as opened:
        yield opened


@contextmanager
def _on_server(request: pytest.FixtureRequest, _folder: Path, clock: FixedClock) -> Iterator[Office]:
    server: Any = request.getfixturevalue("postgres_server")
    name = f"district_{next(_numbers)}"
    location = server.create(name, request.getfixturevalue("template_database"))
    with Office.open(location, clock=clock) as opened:
        yield opened
    server.drop(name)


def told(office: Office, day: date) -> list[Asked]:
    """What the program says is asked, in an order of its own."""
    rows = obligations(office, on=day)
    return sorted(
        (Asked(row.unit, row.rule, row.subject, row.state, row.due_on, row.late) for row in rows), key=str
    )


def as_ready(row: UnitReadiness) -> Ready:
    """What the program says of a unit, without its weights."""
    counts = {
        name: (
            Count(value.met, value.known, value.asked),
            Count(value.own_met, value.own_known, value.own_asked),
        )
        for name, value in row.indicators.items()
    }
    confidence = None if row.confidence is None else pytest.approx(row.confidence)
    return Ready(row.score, row.grade, confidence, row.broken, row.units, row.reported, counts)


def readied(facts: Facts, day: date) -> dict[str, Ready]:
    """The readiness counted by hand."""
    there = [unit for unit in facts.units if is_there(unit, day)]
    return ready(facts.units, there, asked(facts, day))


@settings(_AS_DRAWN, max_examples=3)
@given(seed=SEEDS, days=st.lists(DAYS, min_size=1, max_size=1))
def test_all_is_as_counted_by_hand(new_office: NewOffice, seed: int, days: list[date]) -> None:
    facts = random_facts(Random(seed))
    with new_office() as office:
        enter(office, facts)
        for day in (*days, LAST):
            assert told(office, day) == sorted(asked(facts, day), key=str), day
            found = {row.unit: as_ready(row) for row in readiness(office, on=day)}
            assert found == readied(facts, day), day


@settings(_AS_DRAWN, max_examples=2)
@given(seed=SEEDS, day=DAYS)
def test_as_of_a_day_is_what_a_ledger_says_that_ends_with_it(
    new_office: NewOffice, seed: int, day: date
) -> None:
    facts = random_facts(Random(seed))
    with new_office() as whole, new_office() as cut:
        enter(whole, facts)
        enter(cut, facts.until(day))
        _compare(whole, cut, day)


@settings(_AS_DRAWN, max_examples=1)
@given(seed=SEEDS, day=DAYS)
def test_the_order_of_entry_does_not_matter(new_office: NewOffice, seed: int, day: date) -> None:
    facts = random_facts(Random(seed))
    with new_office() as one, new_office() as other:
        enter(one, facts)
        enter(other, facts, Random(seed + 1))
        _compare(one, other, day)


def _compare(one: Office, other: Office, day: date) -> None:
    assert told(one, day) == told(other, day)
    ready_of_one, ready_of_other = (
        {row.unit: as_ready(row) for row in readiness(office, on=day)} for office in (one, other)
    )
    assert ready_of_one == ready_of_other


@given(seed=SEEDS, day=DAYS)
def test_the_count_by_hand_looks_at_nothing_after_its_day(seed: int, day: date) -> None:
    facts = random_facts(Random(seed))
    assert sorted(asked(facts.until(day), day), key=str) == sorted(asked(facts, day), key=str)


def test_random_districts_show_each_kind_of_duty_in_every_state_it_has() -> None:
    seen = {
        (row.rule, row.state)
        for seed in range(40)
        for day in (date(2024, 2, 29), date(2025, 9, 30), LAST)
        for row in asked(random_facts(Random(seed)), day)
    }
    states: dict[str, set[str]] = {}
    for rule, state in seen:
        states.setdefault(rule, set()).add(state)
    assert {rule: found for rule, found in states.items() if len(found) < 2} == {}
