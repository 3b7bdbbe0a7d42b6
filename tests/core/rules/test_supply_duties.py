"""Supplies are looked after, counted and brought back in time: to the day, and told apart from what nobody noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from drillapp.core import i18n
from drillapp.core.clock import FixedClock
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.retiring import retire
from drillapp.core.rules.changing import set_term, switch_off
from drillapp.core.rules.queries import obligations
from drillapp.core.supplies.commands import save_items, save_storehouses
from drillapp.core.supplies.entries import ItemEntry, StorehouseEntry
from drillapp.core.supplies.model import Storehouse
from drillapp.core.supplies.stocktake.queries import STOCKTAKES_DUE
from drillapp.core.supplies.upkeep.commands import save_upkeep
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from tests.core.rules.drills_of_record import enter, states, told, unit
from tests.core.supplies.ledger import book, furnish, line
from tests.core.supplies.stocktake.furnished import count, drawn, finish, lines


@pytest.fixture(autouse=True)
def _store(office: Office) -> Iterator[None]:
    before = i18n.language()
    i18n.use_language("en")
    furnish(office)
    save_items(
        office,
        [
            ItemEntry(
                code="PUMP", name="水泵", unit_of_measure="台", inspection_months=1, maintenance_months=12
            )
        ],
    )
    yield
    i18n.use_language(before)


def looked_after(office: Office, day: str, **said: Any) -> None:
    usual = {"kind": "inspection", "storehouse": "S1", "item_code": "PUMP", "result": "passed"}
    entry = UpkeepEntry(**(usual | {"done_on": date.fromisoformat(day)} | said))
    assert save_upkeep(office, [entry]).created == 1


def counted(office: Office, clock: FixedClock, day: str, **said: Any) -> None:
    """A stocktake of S1, in which all is found that the book says."""
    when = date.fromisoformat(day)
    clock.moment = datetime(when.year, when.month, when.day, 2, tzinfo=UTC)
    key = drawn(office, blind=False, **said)
    count(office, key, {position: one.drawn for position, one in lines(office, key).items()})
    finish(office, key)


def retire_store(office: Office, code: str, day: str) -> None:
    with office.read() as connection:
        key = connection.execute(select(Storehouse.id).where(Storehouse.code == code)).scalar_one()
    retire(office, "storehouses", [key], date.fromisoformat(day))


def test_upkeep_is_due_from_when_goods_came_and_then_from_the_last_time(office: Office) -> None:
    book(office, line("in", 2, "2026-01-31", item_code="PUMP"))
    inspection, maintenance = "水泵 · inspection · S1库", "水泵 · maintenance · S1库"
    rows = told(office, "upkeep_done", "2026-02-28")
    assert {name: (row.rule, row.state, row.due_on, row.evidence) for name, row in rows.items()} == {
        inspection: ("SU-02", "due", date(2026, 2, 28), []),
        maintenance: ("SU-02", "due", date(2027, 1, 31), []),
    }
    assert states(office, "upkeep_done", "2026-03-01") == {inspection: "no_data", maintenance: "due"}
    looked_after(office, "2026-03-31")
    assert states(office, "upkeep_done", "2026-03-30") == {inspection: "no_data", maintenance: "due"}
    row = told(office, "upkeep_done", "2026-04-30")[inspection]
    assert (row.state, row.due_on, row.evidence) == ("met", date(2026, 4, 30), ["2026-03-31"])
    assert states(office, "upkeep_done", "2026-05-01") == {inspection: "overdue", maintenance: "due"}


def test_upkeep_is_asked_of_each_storehouse_that_has_something_of_it(office: Office) -> None:
    enter(office, unit("E"))
    save_storehouses(office, [StorehouseEntry(code="S3", name="S3库", unit_code="E")])
    book(
        office,
        line("in", 2, "2026-01-05", item_code="PUMP"),
        line("in", 2, "2026-01-05", item_code="PUMP", storehouse="S2"),
        line("in", 1, "2026-01-05", item_code="PUMP", storehouse="S3"),
        line("in", 9, "2026-01-05"),  # shovels want nothing
    )
    book(office, line("out", 2, "2026-02-01", "D2", item_code="PUMP", storehouse="S2"))
    looked_after(office, "2026-02-05")
    # What was noted of one storehouse of a unit is no data of another unit.
    office.as_of = date(2026, 4, 1)
    rows = obligations(office, settled_by=("upkeep_done",), states=("overdue", "no_data"))
    assert {(row.unit, row.subject, row.state) for row in rows} == {
        ("110102", "水泵 · inspection · S1库", "overdue"),
        ("E", "水泵 · inspection · S3库", "no_data"),
    }
    assert {row.subject_kind for row in rows} == {"upkeep_due"}
    retire_store(office, "S1", "2026-04-01")
    assert {name.split(" · ")[-1] for name in states(office, "upkeep_done", "2026-04-01")} == {"S3库"}


def test_a_storehouse_is_counted_as_a_whole_every_quarter(office: Office, clock: FixedClock) -> None:
    book(office, line("in", 100, "2026-01-31"), line("in", 50, "2026-02-20", "D2"))
    row = told(office, "stocktake_done", "2026-04-30")["S1库"]
    assert (row.rule, row.state, row.due_on) == ("SU-06", "due", date(2026, 4, 30))
    assert states(office, "stocktake_done", "2026-05-01") == {"S1库": "no_data"}
    counted(office, clock, "2026-05-31")
    assert states(office, "stocktake_done", "2026-05-30") == {"S1库": "no_data"}
    row = told(office, "stocktake_done", "2026-08-31")["S1库"]
    assert (row.state, row.due_on, len(row.evidence)) == ("met", date(2026, 8, 31), 1)
    assert states(office, "stocktake_done", "2026-09-01") == {"S1库": "overdue"}


def test_a_part_of_a_storehouse_is_not_the_whole_of_it(office: Office, clock: FixedClock) -> None:
    book(office, line("in", 100, "2026-01-10"), line("in", 50, "2026-01-10", "D2", item_code="TENT"))
    counted(office, clock, "2026-05-31", extent="sample", sample=1)
    assert states(office, "stocktake_done", "2026-06-01") == {"S1库": "no_data"}


def test_an_uncounted_storehouse_of_a_unit_that_counts_is_late(office: Office, clock: FixedClock) -> None:
    book(office, line("in", 1, "2026-01-10"), line("in", 1, "2026-01-10", "D2", storehouse="S2"))
    counted(office, clock, "2026-05-31")
    assert states(office, "stocktake_done", "2026-06-01") == {"S1库": "met", "S2库": "overdue"}
    retire_store(office, "S2", "2026-06-01")
    assert states(office, "stocktake_done", "2026-06-01") == {"S1库": "met"}


def test_the_term_of_the_office_is_that_of_the_list_too(office: Office, clock: FixedClock) -> None:
    book(office, line("in", 100, "2026-01-10"))
    counted(office, clock, "2026-05-31")
    set_term(office, "SU-06", 6)
    row = told(office, "stocktake_done", "2026-11-30")["S1库"]
    assert (row.state, row.due_on) == ("met", date(2026, 11, 30))
    (listed,) = first_rows(office, STOCKTAKES_DUE, View(), 10)
    assert (listed.state, listed.due_on) == ("soon", date(2026, 11, 30))
    assert states(office, "stocktake_done", "2026-12-01") == {"S1库": "overdue"}
    (listed,) = first_rows(office, STOCKTAKES_DUE, View(), 10)
    assert listed.state == "overdue"
    switch_off(office, "SU-06", "本区不要求")
    assert states(office, "stocktake_done", "2026-12-01") == {}
    (listed,) = first_rows(office, STOCKTAKES_DUE, View(), 10)
    assert listed.due_on == date(2026, 11, 30)


def test_a_loan_is_back_by_its_day_or_late(office: Office) -> None:
    book(office, line("in", 100, "2026-01-10"))
    due = date(2026, 3, 31)
    book(
        office,
        line("lend", 5, "2026-02-01", "L1", due_on=due, counterparty="甲"),
        line("lend", 5, "2026-02-01", "L2", due_on=due, counterparty="乙"),
        line("lend", 5, "2026-02-01", "L3", due_on=due, counterparty="丙"),
        line("lend", 5, "2026-02-01", "L4", counterparty="丁"),
    )
    book(
        office,
        line("return", 5, "2026-03-31", "R2", answers="L2/1"),
        line("return", 4, "2026-03-30", "R3", answers="L3/1"),
    )
    row = told(office, "loan_returned", "2026-03-31")["铁锹 · 甲"]
    assert (row.rule, row.state, row.due_on, row.evidence) == ("SU-07", "due", due, ["L1"])
    book(office, line("return", 1, "2026-04-01", "R4", answers="L3/1"))
    rows = told(office, "loan_returned", "2026-04-01")
    assert {name: (one.state, one.late) for name, one in rows.items()} == {
        "铁锹 · 甲": ("overdue", False), "铁锹 · 乙": ("met", False), "铁锹 · 丙": ("met", True),
    }  # fmt: skip
    assert states(office, "loan_returned", "2028-03-30").keys() == rows.keys()
    assert states(office, "loan_returned", "2028-03-31") == {"铁锹 · 甲": "overdue"}, "what is out stays"


def test_a_loan_that_was_taken_back_is_none(office: Office) -> None:
    book(office, line("in", 100, "2026-01-10"))
    book(office, line("lend", 5, "2026-02-01", "L1", due_on=date(2026, 3, 31), counterparty="甲"))
    book(office, line("reverse", 5, "2026-02-01", "L2", reverses="L1/1"))
    assert states(office, "loan_returned", "2026-04-01") == {}
