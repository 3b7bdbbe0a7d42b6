"""Stock as of a day is what the entries up to it add up to, by way of the sums of half-years too."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from drillapp.core.check import check
from drillapp.core.errors import InvalidInput
from drillapp.core.office import Office
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.halves import balances, days_of, half_of, wrong_halves
from tests.core.supplies.ledger import book, furnish, line

DAYS = [
    date(year, month, day)
    for year in (2023, 2024, 2026)
    for month, day in ((1, 1), (3, 31), (4, 2), (6, 30), (7, 1), (9, 30), (10, 2), (12, 31))
]
lines = st.lists(
    st.tuples(
        st.sampled_from(("in", "in", "out", "count", "transfer")),
        st.integers(1, 9),
        st.sampled_from(DAYS),
        st.sampled_from(("A", "B")),
    ),
    max_size=15,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(booked=lines)
def test_stock_as_of_any_day_is_the_sum_of_the_entries_before(
    office: Office, booked: list[tuple[str, int, date, str]]
) -> None:
    with office.write("empty") as work:
        for table in ("stock_halves", "stock_entries", "movements", "holdings"):
            work.connection.execute(text(f"DELETE FROM {table}"))
    furnish(office)
    for number, (kind, quantity, day, lot) in enumerate(booked):
        target = {"to_storehouse": "S2"} if kind == "transfer" else {}
        with suppress(InvalidInput):  # more than is there: the rest stands as it did
            save_movements(office, [line(kind, quantity, str(day), f"D{number}", lot=lot, **target)])
    with office.read() as connection:
        for day in {*DAYS, *(day - timedelta(1) for day in DAYS)}:
            found = {row.id: row.quantity for row in connection.execute(balances(connection, day))}
            assert found == plainly(connection, day), day
        assert wrong_halves(connection) == []


def plainly(connection: Connection, day: date) -> dict[int, int]:
    statement = text(
        "SELECT holding_id, sum(delta) FROM stock_entries WHERE occurred_on <= :day"
        " GROUP BY holding_id HAVING sum(delta) <> 0"
    )
    return {holding: int(total) for holding, total in connection.execute(statement, {"day": day.isoformat()})}


def small_ledger(office: Office) -> None:
    furnish(office)
    book(
        office,
        line("in", 10, "2024-03-01", "D1"),
        line("count", 8, "2025-03-01", "D2"),
        line("transfer", 3, "2026-03-01", "D3", to_storehouse="S2"),
        line("in", 2, "2024-05-01", "D4"),
    )


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE stock_halves SET change = change + 1 WHERE half = 4050",
        "DELETE FROM stock_halves WHERE half = 4048",
        "UPDATE stock_halves SET entries = 3 WHERE half = 4048",
        "INSERT INTO stock_halves (holding_id, half, change, entries) VALUES (1, 4040, 1000, 1)",
    ],
)
def test_a_sum_that_the_entries_do_not_give_is_found(office: Office, tampering: str) -> None:
    small_ledger(office)
    assert check(office).faults == ()
    with office.engine.connect() as connection, connection.begin():
        connection.execute(text(tampering))
    assert {fault.part for fault in check(office).faults} == {"balances"}


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_halves_follow_on_each_other_and_every_day_lies_in_its_own(day: date) -> None:
    half = half_of(day)
    first, last = days_of(half)
    assert first <= day <= last
    assert days_of(half + 1)[0] == last + timedelta(1)
    assert half_of(first) == half_of(last) == half
