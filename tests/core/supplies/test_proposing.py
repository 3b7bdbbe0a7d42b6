"""What a document is told while it is written: lots by expiry, shared out among its lines; packs as typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillapp.core.office import Office
from drillapp.core.supplies.proposing import ItemThere, LotThere, Wanted, items_there, share_out
from drillapp.core.supplies.quantities import in_own_unit
from drillapp.core.supplies.quarantine import holding_named, set_aside
from tests.core.supplies.ledger import book, furnish, line

DAY = date(2026, 11, 24)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5),
    st.lists(st.tuples(st.integers(1, 60), st.none() | st.integers(0, 4)), max_size=6),
)
def test_no_lot_gives_more_than_is_free_and_the_first_is_emptied_first(
    lots: list[tuple[int, int]], lines: list[tuple[int, int | None]]
) -> None:
    there = tuple(
        LotThere(f"L{i}", None, DAY + timedelta(i), free + more, free) for i, (free, more) in enumerate(lots)
    )
    wanted = [
        Wanted("A", quantity, None if lot is None else (f"L{lot}", DAY + timedelta(lot)))
        for quantity, lot in lines
    ]
    shares = share_out(wanted, {"A": ItemThere("A", "A", None, None, {}, there)})
    free = {lot.key: lot.free for lot in there}
    for one in wanted:  # those that name a lot come first
        if one.lot in free:
            free[one.lot] -= one.quantity
    for one, parts in zip(wanted, shares, strict=True):
        if one.lot is not None:
            assert [part.quantity for part in parts] == ([one.quantity] if one.lot in free else [])
            continue
        left, expected = one.quantity, []
        for lot in there:
            taken = max(min(left, free[lot.key]), 0)
            if taken:
                expected.append((lot.lot, taken))
                free[lot.key] -= taken
                left -= taken
        assert [(part.lot.lot, part.quantity) for part in parts] == expected


def test_what_is_there_says_what_of_it_may_be_issued(office: Office) -> None:
    furnish(office)
    old, new = {"item_code": "TENT", "lot": "OLD"}, {"item_code": "TENT", "lot": "NEW"}
    book(
        office,
        line("in", 5, "2025-01-10", "R1", expires_on=date(2026, 1, 10), **old),
        line("in", 8, "2026-05-10", "R2", expires_on=date(2027, 5, 10), **new),
        line("in", 2, "2026-05-10", "R3"),
    )
    set_aside(office, holding_named(office, "S1", "TENT", "NEW"), 3, "suspect", day=date(2026, 6, 1))
    found = items_there(office, ["TENT", "SHOVEL", "NONE"], "S1", DAY)
    assert [(lot.lot, lot.quantity, lot.free) for lot in found["TENT"].lots] == [("OLD", 5, 0), ("NEW", 8, 5)]
    assert (found["TENT"].quantity, found["SHOVEL"].quantity, "NONE" in found) == (13, 2, False)
    assert items_there(office, ["TENT"], "S2", DAY)["TENT"].lots == ()
    assert items_there(office, ["TENT"], None, DAY)["TENT"].unit_of_measure == "顶"


@pytest.mark.parametrize(
    ("text", "number", "problem"),
    [
        ("12", 12, ""), ("１２．５", 12.5, ""), ("1,200", 1200, ""), ("3箱", 72, ""), ("20瓶", 20, ""), ("2箱(24瓶/箱)", 48, ""),
        ("2箱(20瓶/箱)", None, "24"), ("3桶", None, "桶"), ("much", None, "数"), ("-", None, "数"),
    ],
)  # fmt: skip
def test_a_typed_quantity_is_understood_in_packs(text: str, number: float | None, problem: str) -> None:
    found, words = in_own_unit(text, "瓶", {"箱": 24_000})
    assert found == number
    assert (problem in words) if problem else words == ""
