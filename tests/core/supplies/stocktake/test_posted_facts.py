"""What a stocktake leaves behind: shelves said to the journal, a number of its own day, what was under way when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import select

from drillapp.core.clock import FixedClock
from drillapp.core.journal.model import JournalEntry
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.stocktake.adding import add_found
from drillapp.core.supplies.stocktake.queries import STOCKTAKES_DUE, stocktake_view
from drillapp.core.supplies.stocktake.reviewing import cancel
from drillapp.core.supplies.stocktake.rows import Found
from drillapp.core.supplies.stores.commands import save_shelves
from drillapp.core.supplies.stores.entries import ShelfEntry
from tests.core.supplies.ledger import book, line
from tests.core.supplies.stocktake.furnished import COUNTER, at, count, drawn, finish, furnish_store


@pytest.fixture(autouse=True)
def _furnished(office: Office, clock: FixedClock) -> None:
    at(clock, -60)
    furnish_store(office)
    at(clock, 0)


def test_the_shelf_on_which_a_lot_was_found_is_said_to_the_journal(office: Office, clock: FixedClock) -> None:
    save_shelves(office, [ShelfEntry(storehouse="S1", code="A-1")])
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 100, 2: 50, 3: 20})
    add_found(office, key, Found(item_code="TENT", lot="C", quantity=1, shelf="A-1"), COUNTER)
    count(office, key, {4: 1})  # with nothing booked it is counted twice
    finish(office, key)
    with office.read() as connection:
        said = select(JournalEntry.content).order_by(JournalEntry.id.desc()).limit(1)
        content = msgspec.json.decode(connection.execute(said).scalar_one())
    [moved] = [one["fields"] for one in content["changed"] if one["kind"] == "holdings"]
    assert moved["shelf_id"][0] is None
    assert moved["shelf_id"][1] is not None


def test_where_its_number_is_taken_it_gets_the_next_one_of_its_own_day(
    office: Office, clock: FixedClock
) -> None:
    clock.moment = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # half past seven in the morning of the 25th
    key = drawn(office, tolerance=100)
    book(office, line("count", 5, "2026-11-25", "PD20261125-01", storehouse="S2"))
    clock.moment += timedelta(minutes=5)
    count(office, key, {1: 100, 2: 50, 3: 20})
    finish(office, key)
    assert stocktake_view(office, key).header.document == "PD20261125-02"


def test_what_was_under_way_is_told_as_of_the_day(office: Office, clock: FixedClock) -> None:
    first = drawn(office, tolerance=100)
    at(clock, 2 * 24 * 60)
    count(office, first, {1: 100, 2: 50, 3: 20})
    finish(office, first)
    second = drawn(office, extent="sample", sample=1, seed=1)
    at(clock, 4 * 24 * 60)
    cancel(office, second, "改日")

    def under_way(day: int) -> str | None:
        office.as_of = date(2026, 11, day)
        rows = first_rows(office, STOCKTAKES_DUE, View(), 9)
        return next(row.under_way for row in rows if row.storehouse == "S1")

    assert [under_way(day) for day in (23, 24, 25, 26, 27, 28)] == [
        None, "PD20261124-01", "PD20261124-01", "PD20261126-01", "PD20261126-01", None,
    ]  # fmt: skip
