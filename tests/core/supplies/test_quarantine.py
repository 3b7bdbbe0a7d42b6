"""What is set aside is there and set aside once, whatever day it is said for; what failed is withdrawn at once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.journal.model import JournalEntry
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.commands import save_items
from drillapp.core.supplies.entries import ItemEntry
from drillapp.core.supplies.quarantine import QUARANTINES, holding_named, release, set_aside
from drillapp.core.supplies.upkeep.entries import UpkeepEntry
from drillapp.core.supplies.upkeep.failing import note_failed, withdraw_failed
from drillapp.core.supplies.upkeep.queries import UPKEEP
from tests.core.supplies.ledger import book, furnish, line


@pytest.fixture(autouse=True)
def _furnished(office: Office) -> None:
    furnish(office)
    save_items(office, [ItemEntry(code="PUMP", name="水泵", inspection_months=1)])
    office.as_of = date(2026, 11, 24)


def shovels(office: Office) -> int:
    book(office, line("in", 10, "2026-05-01", "RK"))
    return holding_named(office, "S1", "SHOVEL")


def entries_of_journal(office: Office) -> int:
    with office.read() as connection:
        return int(connection.execute(select(func.count()).select_from(JournalEntry)).scalar_one())


def test_nothing_is_set_aside_twice_because_the_second_time_begins_earlier(office: Office) -> None:
    held = shovels(office)
    key = set_aside(office, held, 8, "damaged", day=date(2026, 6, 1))
    with pytest.raises(InvalidInput) as refused:
        set_aside(office, held, 3, "suspect", day=date(2026, 5, 15))
    assert refused.value.field == "quantity"
    set_aside(office, held, 2, "suspect", day=date(2026, 5, 15))
    release(office, key, "李", day=date(2026, 7, 1))
    set_aside(office, held, 8, "suspect", day=date(2026, 7, 1))


def test_what_is_taken_later_is_not_set_aside(office: Office) -> None:
    held = shovels(office)
    book(office, line("out", 4, "2026-08-01", "CK"), line("in", 9, "2026-09-01", "RK2"))
    with pytest.raises(InvalidInput):
        set_aside(office, held, 7, "damaged", day=date(2026, 6, 1))
    set_aside(office, held, 6, "damaged", day=date(2026, 6, 1))
    with pytest.raises(InvalidInput):
        set_aside(office, held, 1, "damaged", day=date(2026, 4, 30))  # nothing is there yet


@pytest.mark.parametrize("said", ["\0", "x" * 100_000])
def test_a_text_that_cannot_be_stored_is_refused_at_its_field(office: Office, said: str) -> None:
    held = shovels(office)
    with pytest.raises(InvalidInput) as refused:
        set_aside(office, held, 1, "damaged", reason=said)
    assert refused.value.field == "reason"
    key = set_aside(office, held, 1, "damaged")
    with pytest.raises(InvalidInput) as refused:
        release(office, key, said)
    assert refused.value.field == "by"


def test_all_lots_that_failed_are_withdrawn_by_one_command(office: Office) -> None:
    book(
        office,
        line("in", 2, "2026-05-01", "RK", item_code="PUMP", lot="A"),
        line("in", 3, "2026-05-01", "RK", item_code="PUMP", lot="B"),
    )
    before = entries_of_journal(office)
    withdrawn = withdraw_failed(office, "S1", "PUMP", None, "漏水")
    assert withdrawn.lots == 2
    assert "quarantines" in withdrawn.changes.kinds
    assert {(row.lot, row.quantity) for row in first_rows(office, QUARANTINES, View(), 9)} == {
        ("A", 2),
        ("B", 3),
    }
    assert entries_of_journal(office) == before + 1


def test_an_inspection_is_noted_with_what_it_withdraws_or_not_at_all(office: Office) -> None:
    book(office, line("in", 2, "2026-05-01", "RK", item_code="PUMP", lot="A"))
    failed = UpkeepEntry(
        kind="inspection",
        storehouse="S1",
        item_code="PUMP",
        done_on=date(2026, 11, 20),
        result="failed",
        note="漏水",
    )
    before = entries_of_journal(office)
    assert note_failed(office, failed).lots == 1
    assert entries_of_journal(office) == before + 1
    book(office, line("scrap", 2, "2026-11-21", "BF", item_code="PUMP", lot="A", approved_by="李"))
    with pytest.raises(NotFound):
        note_failed(office, UpkeepEntry(**{name: getattr(failed, name) for name in failed.__struct_fields__}
                                        | {"done_on": date(2026, 11, 22)}))  # fmt: skip
    assert [row.done_on for row in first_rows(office, UPKEEP, View(), 9)] == [date(2026, 11, 20)]
