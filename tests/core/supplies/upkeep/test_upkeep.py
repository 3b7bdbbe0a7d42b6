"""What must be looked after by when, and what was done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.upkeep.commands import save_upkeep
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from drillapp.core.supplies.upkeep.queries import UPKEEP, UPKEEP_DUE, UpkeepDueRow
from tests.core.supplies.ledger import book, furnish, line


@pytest.fixture(autouse=True)
def _pumps(office: Office) -> None:
    furnish(office)
    pump = ItemEntry(
        code="PUMP", name="水泵", unit_of_measure="台", inspection_months=1, maintenance_months=12
    )
    save_items(office, [pump, ItemEntry(code="ROPE", name="绳索", inspection_months=6)])
    office.as_of = date(2026, 11, 24)


def done(day: str, **said: Any) -> UpkeepEntry:
    usual = {"kind": "inspection", "storehouse": "S1", "item_code": "PUMP", "result": "passed"}
    return UpkeepEntry(**(usual | {"done_on": date.fromisoformat(day)} | said))


def due(office: Office) -> dict[tuple[str, str, str], UpkeepDueRow]:
    rows: list[UpkeepDueRow] = first_rows(office, UPKEEP_DUE, View(), 100)
    return {(row.storehouse, row.item_code, row.kind): row for row in rows}


def test_the_time_runs_from_when_goods_came_or_were_last_looked_after(office: Office) -> None:
    book(
        office,
        line("in", 2, "2026-01-31", item_code="PUMP"),
        line("in", 4, "2026-11-01", item_code="ROPE", storehouse="S2"),
        line("in", 9, "2026-01-01"),  # shovels want nothing
    )
    rows = due(office)
    assert {key: (row.due_on, row.state) for key, row in rows.items()} == {
        ("S1", "PUMP", "inspection"): (date(2026, 2, 28), "overdue"),
        ("S1", "PUMP", "maintenance"): (date(2027, 1, 31), "due_90"),
        ("S2", "ROPE", "inspection"): (date(2027, 5, 1), "later"),
    }
    save_upkeep(office, [done("2026-10-31"), done("2026-11-20", result="failed", note="漏水", done_by="李")])
    row = due(office)["S1", "PUMP", "inspection"]
    assert (row.last_done_on, row.last_result, row.due_on, row.state, row.quantity) == (
        date(2026, 11, 20), "failed", date(2026, 12, 20), "due_30", 2,
    )  # fmt: skip
    office.as_of = date(2026, 11, 19)  # then the second one had not been done
    assert due(office)["S1", "PUMP", "inspection"].due_on == date(2026, 11, 30)


def test_what_came_after_all_were_inspected_was_not(office: Office) -> None:
    book(office, line("in", 2, "2026-01-31", item_code="PUMP", lot="A"))
    save_upkeep(office, [done("2026-11-20")])
    book(office, line("in", 2, "2026-11-21", "D2", item_code="PUMP", lot="B"))
    assert due(office)["S1", "PUMP", "inspection"].due_on == date(2026, 12, 20)
    save_upkeep(office, [done("2026-11-23", lot="A")])
    assert due(office)["S1", "PUMP", "inspection"].due_on == date(2026, 12, 21)


def test_what_is_not_there_any_more_is_not_due(office: Office) -> None:
    book(
        office,
        line("in", 2, "2026-01-31", item_code="PUMP"),
        line("out", 2, "2026-02-28", "D2", item_code="PUMP"),
    )
    assert due(office) == {}


def test_doing_the_same_twice_is_one_record(office: Office) -> None:
    book(office, line("in", 2, "2026-01-31", item_code="PUMP", lot="A"))
    assert save_upkeep(office, [done("2026-11-20"), done("2026-11-20", lot="A")]).created == 2
    assert save_upkeep(office, [done("2026-11-20"), done("2026-11-20", lot="A")]).unchanged == 2
    listed = first_rows(office, UPKEEP, View(unit_id=office.unit_id), 9)
    assert {(row.lot, row.item_name, row.storehouse_name) for row in listed} == {
        (None, "水泵", "S1库"), ("A", "水泵", "S1库"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"storehouse": "S2"}, "item_code"), ({"lot": "X"}, "lot"), ({"kind": "wash"}, "kind"),
        ({"result": "good"}, "result"), ({"done_on": date(2099, 1, 1)}, "done_on"), ({"item_code": "X"}, "item_code"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(office: Office, said: dict[str, Any], field: str) -> None:
    book(office, line("in", 2, "2026-01-31", item_code="PUMP", lot="A"))
    with pytest.raises(InvalidInput) as refused:
        save_upkeep(office, [done("2026-11-20", **said)])
    assert refused.value.problems[0].field == field
