"""Obligations equal what a person would write down one by one, on any day; what falls due is told in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.law import SETTLEMENTS, Settlement
from drillapp.core.office import Office
from drillapp.core.rules.due import due_keys, due_obligations
from drillapp.core.rules.queries import obligations
from drillapp.core.rules.rows import Obligation
from drillapp.core.rules.windows import DATED, day_of, window
from drillapp.core.units.references import unit_id
from tests.core.rules.district import FIRST, LAST, Facts, random_facts
from tests.core.rules.entering import enter
from tests.core.rules.reference import Asked, asked

TODAY = date(2026, 11, 24)


@pytest.fixture(
    params=(1, 179)
)  # districts that show each kind of duty in more than one state on the days below
def facts(request: pytest.FixtureRequest) -> Facts:
    return random_facts(Random(request.param))


@pytest.fixture
def filled(office_location: str, clock: FixedClock, facts: Facts) -> Iterator[Office]:
    with Office.open(office_location, clock=clock) as office:
        enter(office, facts)
        yield office


def days(facts: Facts) -> list[date]:
    """Days on which something happened, the day right after one, last days of months, and today."""
    random = Random(len(facts.drills))
    happened = [drill.planned for drill in facts.drills[:2]]
    month_ends = [date(2024, month, 1) - timedelta(days=1) for month in random.sample(range(1, 13), 2)]
    other = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
    return sorted({*happened, happened[0] + timedelta(days=1), *month_ends, other, TODAY})


def as_asked(row: Obligation) -> Asked:
    return Asked(row.unit, row.rule, row.subject, row.state, row.due_on, row.late)


def test_obligations_are_those_of_a_count_by_hand_on_any_day(filled: Office, facts: Facts) -> None:
    states: dict[Settlement, set[str]] = {}
    for day in days(facts):
        filled.as_of = day
        rows = obligations(filled)
        assert {as_asked(row) for row in rows} == set(asked(facts, day)), day
        assert len(rows) == len({(row.unit_id, row.rule, row.subject_kind, row.subject_id) for row in rows})
        for row in rows:
            states.setdefault(row.settled_by, set()).add(row.state)
    assert states.keys() == set(SETTLEMENTS)
    assert {one: found for one, found in states.items() if len(found) < 2} == {}, "all in more than one state"


def test_what_falls_due_is_all_that_is_late_or_near(filled: Office, facts: Facts) -> None:
    for day in days(facts):
        filled.as_of = day
        near = {
            (row.unit_id, row.settled_by, row.rule, row.subject_id, day_of(row), pressing)
            for row in obligations(filled, settled_by=DATED)
            if (pressing := window(row.settled_by, row.state, row.due_on, day))
            in ("overdue", "due_30", "due_90")
        }
        assert {tuple(key) for key in due_keys(filled, None)} == near, day


@pytest.mark.sqlite_only("rows of obligations() compared with each other, which the two above ask of both")
def test_what_falls_due_comes_in_order_and_can_be_opened(filled: Office) -> None:
    keys = due_keys(filled, None)
    assert keys
    dated = [key.due_on or date.max for key in keys]
    assert dated == sorted(dated)
    rows = due_obligations(filled, keys)
    assert [(row.unit_id, row.settled_by, row.rule, row.subject_id) for row in rows] == [
        key[:4] for key in keys
    ]


@pytest.mark.sqlite_only("rows of obligations() compared with each other, which the two above ask of both")
def test_a_unit_is_asked_with_all_below_it_or_for_itself_alone(filled: Office) -> None:
    with filled.read() as connection:
        street = unit_id(connection, "S")
    everything = obligations(filled)
    below = [row for row in everything if row.unit not in ("110102", "D")]
    assert obligations(filled, street) == below
    assert obligations(filled, street, own_only=True) == [row for row in everything if row.unit == "S"]
    assert {key.unit_id for key in due_keys(filled, street)} <= {row.unit_id for row in below}


@pytest.mark.sqlite_only("rows of obligations() compared with each other, which the two above ask of both")
def test_states_and_days_narrow_what_is_asked(filled: Office) -> None:
    everything = obligations(filled)
    overdue = obligations(filled, states=("overdue",))
    assert overdue == [row for row in everything if row.state == "overdue"]
    within = obligations(filled, within_days=60)
    last = TODAY + timedelta(days=60)
    assert within == [
        row
        for row in everything
        if (row.state != "met" and (row.due_on is None or row.due_on <= last))
        or (row.state == "met" and row.due_on is not None and filled.as_of <= row.due_on <= last)
    ]
    assert 0 < len(within) < len(everything)


@pytest.mark.parametrize(
    ("settled_by", "state", "days_left", "expected"),
    [
        ("drill_held", "overdue", -1, "overdue"),
        ("drill_held", "met", 0, "due_30"),
        ("drill_held", "met", 30, "due_30"),
        ("drill_held", "met", 31, "due_90"),
        ("drill_held", "due", 90, "due_90"),
        ("drill_held", "met", 91, "met"),
        ("drill_held", "due", 91, "later"),
        ("plan_assessed", "met", 10, "due_30"),
        ("finding_corrected", "met", 10, "met"),
        ("finding_corrected", "due", 0, "due_30"),
        ("finding_corrected", "overdue", -400, "overdue"),
        ("plan_in_force", "met", None, "met"),
        ("card_issued", "overdue", None, "overdue"),
    ],
)
def test_how_pressing_something_is(
    settled_by: Settlement, state: str, days_left: int | None, expected: str
) -> None:
    due_on = None if days_left is None else TODAY + timedelta(days=days_left)
    assert window(settled_by, state, due_on, TODAY) == expected
