"""Stocktakes among random bookings, against the plain ledger with the counts at the moments of counting."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count as numbers
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillapp.core.clock import FixedClock
from drillapp.core.errors import InvalidInput
from drillapp.core.localtime import local_day
from drillapp.core.office import Office
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, MovementEntry, StorehouseEntry
from drillapp.core.supplies.queries import stock_as_of
from drillapp.core.supplies.stocktake.posting import post_stocktake
from drillapp.core.supplies.stocktake.queries import stocktake_view
from drillapp.core.supplies.stocktake.reviewing import review, submit
from drillapp.core.supplies.verifying import wrong_entries
from tests.core.supplies.ledger import OWN, Impossible, line, simulate
from tests.core.supplies.stocktake.furnished import (
    COUNTER,
    REVIEWER,
    at,
    count,
    drawn,
    explain_all,
    lines,
)

DAY = date(2026, 11, 24)
_examples = numbers(1)


class Step(NamedTuple):
    """A booking (kind, quantity, days back) or a count (what was found) of one of two lots."""

    kind: str
    lot: int
    quantity: float
    back: int


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(("in", "out", "out", "count", "count")),
        st.sampled_from((0, 1)),
        st.sampled_from((0.5, 1, 4, 10, 30)),
        st.sampled_from((0, 0, 0, 1, 3)),
    ),
    max_size=7,
)


@pytest.mark.sqlite_only("the arithmetic is the program's own; the other tests are run on both")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, steps)
def test_what_is_posted_is_what_was_found_with_later_bookings_on_top(
    office: Office, clock: FixedClock, before: list[Step], after: list[Step]
) -> None:
    name = f"X{next(_examples)}"
    at(clock, 0)
    save_storehouses(office, [StorehouseEntry(code=name, name=name, unit_code=OWN)])
    save_items(office, [ItemEntry(code=name, name=name)])
    booked = [entry(name, Step("in", lot, 20, 9), clock) for lot in (0, 1)]
    assert save_movements(office, booked).created == 2
    key = drawn(office, storehouse=name, tolerance=100)
    counts = run(office, clock, key, name, before, booked)
    if not counts:
        return
    explain_all(office, key)
    for position, found in lines(office, key).items():
        if found.counted is not None:  # the difference is what the plain ledger says it is
            place = name, name, found.lot or ""
            there = simulate(earlier(booked, counts[position - 1])).get(place, Decimal(0))
            assert Decimal(str(found.difference)) == Decimal(str(found.counted)) - there
    submit(office, key, COUNTER, uncounted=True)
    review(office, key, REVIEWER, same_seat=True)
    run(office, clock, key, name, [step for step in after if step.kind != "count" and not step.back], booked)
    try:
        simulate(booked + list(counts.values()))
    except Impossible:
        with pytest.raises(InvalidInput):
            post_stocktake(office, key)
        assert stocktake_view(office, key).header.state == "reviewed"
        counts.clear()
    else:
        post_stocktake(office, key)
    check(office, name, booked + list(counts.values()))


def entry(name: str, step: Step, clock: FixedClock) -> MovementEntry:
    """A booking of the example's own storehouse and item, recorded now."""
    document = f"{name}-{clock.moment:%H%M}-{step.lot}"
    day = (local_day(clock.moment) - timedelta(days=step.back)).isoformat()
    return line(
        step.kind, step.quantity, day, document, storehouse=name, item_code=name, lot=f"L{step.lot}",
        recorded_at=clock.moment,
    )  # fmt: skip


def run(
    office: Office, clock: FixedClock, key: int, name: str, steps: list[Step], booked: list[MovementEntry]
) -> dict[int, MovementEntry]:
    """Do what the steps say, a minute apart; what is refused is refused. Returns the last counts by lot."""
    counts: dict[int, MovementEntry] = {}
    begin = (clock.moment.hour - 1) * 60 + clock.moment.minute
    for minute, step in enumerate(steps, begin + 1):
        at(clock, minute)
        if step.kind == "count":
            # Twice, since what is far from the book is hidden and cannot be explained after one count.
            for again in (False, True):
                count(office, key, {step.lot + 1: step.quantity}, again=again)
            counts[step.lot] = entry(name, step._replace(back=0), clock)
            continue
        made = entry(name, step, clock)
        try:
            simulate([*booked, made])
        except Impossible:
            with pytest.raises(InvalidInput):
                save_movements(office, [made])
        else:
            assert save_movements(office, [made]).created == 1
            booked.append(made)
    at(clock, begin + len(steps) + 1)
    return counts


def earlier(booked: list[MovementEntry], counted: MovementEntry) -> list[MovementEntry]:
    """What stands before a count in the ledger."""
    moment = counted.occurred_on, counted.recorded_at
    return [one for one in booked if (one.occurred_on, one.recorded_at) < moment]  # type: ignore[operator]


def check(office: Office, name: str, ledger: list[MovementEntry]) -> None:
    for back in (10, 9, 3, 1, 0):
        office.as_of = DAY - timedelta(days=back)
        found = {
            (row.storehouse, row.item, row.lot or ""): Decimal(str(row.quantity))
            for row in stock_as_of(office, item_code=name)
        }
        assert found == simulate(ledger, office.as_of)
    office.as_of = None
    with office.read() as connection:
        assert wrong_entries(connection) == []
