"""Loans that come back broken and consignments that arrive short: booked whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.coming_back import Coming, Part, take_back, take_in
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.core.supplies.open_lines import CONSIGNMENTS, LOANS
from drillapp.core.supplies.quarantine import QUARANTINES
from tests.core.supplies.ledger import book, furnish, line, stock

DAY = date(2026, 11, 24)


@pytest.fixture
def lent(office: Office) -> Office:
    """Ten shovels, all of them lent; six tents, all of them sent to the other store."""
    furnish(office)
    book(
        office,
        line("in", 10, "2026-01-10", "R1"),
        line("lend", 10, "2026-02-10", "L1"),
        line("in", 6, "2026-01-10", "R2", item_code="TENT", lot="A"),
        line("send", 6, "2026-02-10", "C1", item_code="TENT", lot="A", to_storehouse="S2"),
    )
    return office


def test_what_is_broken_is_scrapped_in_the_same_document_or_set_aside(lent: Office) -> None:
    [loan] = first_rows(lent, LOANS, View(), 9)
    came = take_back(lent, [Part(loan.id, 6, 2)], Coming(DAY, "Wang", approved_by="Chief"))
    lines = first_rows(lent, MOVEMENTS, View(text=came.document, sort=(("line", False),)), 9)
    assert [(row.kind, row.quantity, row.cause, row.approved_by) for row in lines] == [
        ("return", 6, None, None), ("scrap", 2, "damaged", "Chief"),
    ]  # fmt: skip
    take_back(lent, [Part(loan.id, 3, 1)], Coming(DAY, quarantined=True))
    [aside] = first_rows(lent, QUARANTINES, View(), 9)
    assert (aside.quantity, aside.kind, aside.reason) == (1, "damaged", "来自单据 L1")
    assert stock(lent, "2026-11-24")["S1", "SHOVEL", None, None] == 7
    assert first_rows(lent, LOANS, View(), 9)[0].outstanding == 1


def test_what_was_lost_on_the_way_is_received_and_scrapped(lent: Office) -> None:
    [sent] = first_rows(lent, CONSIGNMENTS, View(), 9)
    came = take_in(lent, [Part(sent.id, 6, 4)], Coming(DAY, approved_by="Chief"))
    assert came.lines == 2
    assert stock(lent, "2026-11-24") == {("S2", "TENT", "A", None): 2}
    assert first_rows(lent, CONSIGNMENTS, View(), 9)[0].state == "received"


def test_nothing_is_booked_where_anything_is_wrong(lent: Office) -> None:
    [loan] = first_rows(lent, LOANS, View(), 9)
    for parts, words in (
        ([Part(loan.id, 2, 3)], "2"), ([Part(loan.id, 0)], ""), ([Part(loan.id, 11)], "10"),
        ([Part(loan.id, 11, 1)], "10"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput) as refused:
            take_back(lent, parts, Coming(DAY, quarantined=True))
        said = [problem.message for problem in refused.value.problems] or [refused.value.message]
        assert words in " ".join(said)
    with pytest.raises(NotFound):
        take_back(lent, [Part(loan.id + 1, 1)], Coming(DAY))
    assert first_rows(lent, QUARANTINES, View(), 9) == []
    assert first_rows(lent, LOANS, View(), 9)[0].outstanding == 10
