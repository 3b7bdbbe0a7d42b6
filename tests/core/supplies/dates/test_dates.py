"""Expiry by the item's own lead, by month, and which lots to issue first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.dates.expiry import expiring, expiry_by_month
from drillapp.core.supplies.dates.picking import suggest_lots
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.model import Holding, Lot, Quarantine
from drillapp.core.supplies.queries import stock_as_of
from tests.core.supplies.ledger import book, furnish, line

TODAY = date(2026, 11, 24)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.fixture(autouse=True)
def _furnished(office: Office) -> None:
    furnish(office)
    office.as_of = TODAY


@pytest.mark.parametrize(
    ("lead", "days", "state", "reported"),
    [
        (None, 90, "due_90", True), (None, 91, "due_180", False), (None, 181, "in_date", False),
        (10, 11, "in_date", False), (10, 10, "due_30", True), (10, 0, "due_30", True), (10, -1, "expired", True),
        (400, 401, "in_date", False), (400, 400, "warned", True), (400, 91, "warned", True), (400, 60, "due_60", True),
        (0, 0, "due_30", True), (0, 1, "in_date", False),
    ],
)  # fmt: skip
def test_an_item_is_reported_by_its_own_lead(
    office: Office, lead: int | None, days: int, state: str, reported: bool
) -> None:
    save_items(office, [ItemEntry(code="TENT", name="帐篷", warning_days=lead)])
    book(office, line("in", 1, "2026-05-01", item_code="TENT", lot="L", expires_on=after(days)))
    assert [row.state for row in stock_as_of(office)] == [state]
    assert bool(expiring(office, None)) == reported


def test_goods_without_a_date_are_never_reported(office: Office) -> None:
    save_items(office, [ItemEntry(code="SHOVEL", name="铁锹", warning_days=10)])
    book(office, line("in", 1, "2026-05-01"))
    assert [row.state for row in stock_as_of(office)] == ["in_date"]
    assert expiring(office, None) == []


def test_months_count_what_is_there(office: Office) -> None:
    days = (date(2025, 1, 1), after(-1), TODAY, date(2026, 11, 30), date(2026, 12, 1), date(2028, 1, 1))
    book(
        office,
        *(line("in", 1, "2026-05-01", lot=f"L{i}", expires_on=day) for i, day in enumerate(days)),
        line("in", 1, "2026-05-01", item_code="TENT", lot="T", expires_on=date(2026, 12, 31)),
        line("out", 1, "2026-06-01", "D2", lot="L3"),
    )
    past, november, december, january = expiry_by_month(office, office.unit_id, 3)
    assert (past.first_day, past.last_day, past.lots, past.items) == (None, after(-1), 2, 1)
    assert (november.first_day, november.last_day, november.lots) == (TODAY, date(2026, 11, 30), 1)
    assert (december.first_day, december.lots, december.items) == (date(2026, 12, 1), 2, 2)
    assert (january.first_day, january.last_day, january.lots) == (date(2027, 1, 1), date(2027, 1, 31), 0)


def picked(office: Office, quantity: float, day: date = TODAY) -> list[tuple[str | None, float]]:
    return [(one.lot, one.quantity) for one in suggest_lots(office, "S1", "SHOVEL", quantity, day)]


def test_what_expires_first_is_issued_first(office: Office) -> None:
    book(
        office,
        line("in", 5, "2026-05-01", lot="OLD", expires_on=after(-1)),
        line("in", 5, "2026-05-01", lot="LATE", expires_on=after(90)),
        line("in", 5, "2026-05-01", lot="SOON", expires_on=after(5)),
        line("in", 5, "2026-05-01", lot="EVER"),
        line("in", 5, "2026-12-01", "D2", lot="AHEAD", expires_on=after(10)),
        line("out", 3, "2026-12-02", "D3", lot="LATE"),
        line("in", 5, "2026-05-01", storehouse="S2", lot="ELSEWHERE", expires_on=after(1)),
    )
    assert picked(office, 6) == [("SOON", 5), ("LATE", 1)]
    # Of LATE two are booked out later on; of what comes only then nothing can be taken now.
    assert picked(office, 100) == [("SOON", 5), ("LATE", 2), ("EVER", 5)]
    assert picked(office, 7, after(6)) == [("LATE", 2), ("EVER", 5)]
    assert picked(office, 7, after(8)) == [("AHEAD", 5), ("LATE", 2)]
    assert picked(office, 0) == []
    assert suggest_lots(office, "S1", "X", 1, TODAY) == []


def put_aside(office: Office, lot: str, quantity: float) -> None:
    with office.write("test") as work:
        holding = select(Holding.id).join(Lot, Lot.id == Holding.lot_id).where(Lot.code == lot)
        row: dict[str, Any] = {"uid": "1" * 32, "owner_id": office.id, "revision": 1, "kind": "suspect"}
        row |= {"holding_id": work.connection.execute(holding).scalar_one(), "quantity": quantity}
        work.connection.execute(insert(Quarantine).values(row | {"from_on": TODAY}))


def test_what_is_in_quarantine_is_not_suggested(office: Office) -> None:
    book(
        office,
        line("in", 5, "2026-05-01", lot="A", expires_on=after(5)),
        line("in", 5, "2026-05-01", lot="B", expires_on=after(9)),
    )
    put_aside(office, "A", 4)
    assert picked(office, 3) == [("A", 1), ("B", 2)]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(-3, 20), st.integers(1, 9)), max_size=5), st.integers(1, 30))
def test_as_much_as_can_be_is_suggested_and_no_more(
    office: Office, lots: list[tuple[int, int]], wanted: int
) -> None:
    day = after(
        100 * len(_BOOKED)
    )  # each example has days of its own, on which nothing of the others is good
    _BOOKED.append(lots)
    number = f"R{len(_BOOKED)}"
    if lots:
        book(
            office,
            *(
                line("in", quantity, day.isoformat(), number, lot=f"{number}-{i}", expires_on=day + timedelta(days=ahead))
                for i, (ahead, quantity) in enumerate(lots)
            ),
        )  # fmt: skip
    picks = suggest_lots(office, "S1", "SHOVEL", wanted, day)
    good = sum(quantity for ahead, quantity in lots if ahead >= 0)
    assert sum(pick.quantity for pick in picks) == min(wanted, good)
    days = [pick.expires_on for pick in picks]
    assert days == sorted(days, key=lambda one: one or date.max)
    assert all(pick.quantity == pick.available for pick in picks[:-1])


_BOOKED: list[list[tuple[int, int]]] = []
