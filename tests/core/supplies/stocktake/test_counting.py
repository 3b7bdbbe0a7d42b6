"""A stocktake is drawn up and counted: what is asked, what is refused, what comes of movements in between."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from drillapp.core.clock import FixedClock
from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.numbering import next_document
from drillapp.core.office import Office
from drillapp.core.supplies.stocktake.adding import add_found
from drillapp.core.supplies.stocktake.counting import enter_counts
from drillapp.core.supplies.stocktake.drawing import draw_again, draw_up
from drillapp.core.supplies.stocktake.explaining import explain
from drillapp.core.supplies.stocktake.posting import post_stocktake
from drillapp.core.supplies.stocktake.queries import (
    STOCKTAKES,
    stocktake_named,
    stocktake_view,
)
from drillapp.core.supplies.stocktake.reviewing import cancel, review, send_back, submit
from drillapp.core.supplies.stocktake.rows import Count, Drawing, Found
from tests.core.supplies.ledger import book, line, stock
from tests.core.supplies.stocktake.furnished import (
    COUNTER,
    REVIEWER,
    at,
    count,
    drawn,
    explain_all,
    finish,
    furnish_store,
    lines,
    problems,
    refused,
    shovels,
)


@pytest.fixture(autouse=True)
def _furnished(office: Office, clock: FixedClock) -> None:
    at(clock, -60)
    furnish_store(office)
    at(clock, 0)


# --- drawing up


def test_the_list_has_what_is_there_with_the_book_quantity(office: Office) -> None:
    key = drawn(office, blind=False)
    assert [(one.item, one.lot, one.drawn, one.state) for one in lines(office, key).values()] == [
        ("SHOVEL", None, 100, "open"),
        ("TENT", "A", 50, "open"),
        ("TENT", "B", 20, "open"),
    ]


def test_a_blind_list_does_not_tell_until_a_line_is_counted(office: Office, clock: FixedClock) -> None:
    key = drawn(office, blind=True)
    assert {(one.drawn, one.book, one.difference) for one in lines(office, key).values()} == {
        (None, None, None)
    }
    at(clock, 5)
    count(office, key, {1: 98, 2: 50})
    found = lines(office, key)
    assert (found[2].book, found[2].difference) == (50, 0)
    assert (found[1].state, found[1].book, found[1].difference) == (
        "again",
        None,
        None,
    )  # beyond 0 %: still blind


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_its_number_is_that_of_the_next_count(office: Office) -> None:
    key = drawn(office)
    assert stocktake_view(office, key).header.number == "PD20261124-01"
    assert next_document(office, "count", date(2026, 11, 24)) == "PD20261124-02"
    assert stocktake_named(office, "PD20261124-01") == key
    assert "no stocktake" in refused(NotFound, stocktake_named, office, "PD1")


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_what_cannot_be_drawn_up_is_refused(office: Office) -> None:
    cases: list[tuple[dict[str, object], str]] = [
        ({"storehouse": "S9"}, "no storehouse with the code 'S9'"),
        ({"extent": "half"}, "allowed: whole category sample"),
        ({"extent": "category"}, "Say which category"),
        ({"extent": "category", "category": "Boats"}, "no category 'Boats'"),
        ({"extent": "sample"}, "how many lines"),
        ({"extent": "sample", "sample": 4}, "Only 3 lines"),
        ({"extent": "sample", "sample": 2, "seed": 0}, "Must be 1 to 999999"),
        ({"tolerance": -1}, "0 to 100"),
        ({"tolerance": float("nan")}, "0 to 100"),
    ]
    for said, words in cases:
        drawing = Drawing(**({"storehouse": "S1"} | said))  # type: ignore[arg-type]
        assert words in refused((InvalidInput, NotFound), draw_up, office, drawing)  # type: ignore[arg-type]
    assert first_rows(office, STOCKTAKES, View(), 9) == []


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_lots_that_are_being_counted_are_not_drawn_again(office: Office) -> None:
    key = drawn(office)
    assert "PD20261124-01" in refused(InvalidInput, drawn, office)
    cancel(office, key, "wrong day")
    assert stocktake_view(office, drawn(office)).header.number == "PD20261124-02"


def test_a_sample_is_drawn_again_from_its_seed_whatever_was_booked_since(
    office: Office, clock: FixedClock
) -> None:
    key = drawn(office, extent="sample", sample=2, seed=7)
    at(clock, 5)
    book(office, line("in", 3, "2026-11-10", "RK2", item_code="TENT", lot="C"))
    again = draw_again(office, key)
    assert (again.same, again.gone, again.come) == (True, (), ())
    assert len(lines(office, key)) == 2
    samples = set()
    for seed in range(1, 9):
        cancel(office, key, "once more")
        key = drawn(office, extent="sample", sample=2, seed=seed)
        samples.add(tuple(one.name for one in lines(office, key).values()))
    assert len(samples) > 1


# --- counting


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_not_counted_and_zero_are_two_things(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 0})
    found = lines(office, key)
    assert (found[1].counted, found[1].state) == (0, "counted")
    assert (found[2].counted, found[2].state) == (None, "open")
    count(office, key, {1: None})
    assert lines(office, key)[1].state == "open"


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_all_counts_are_taken_or_none(office: Office, clock: FixedClock) -> None:
    key = drawn(office)
    at(clock, 5)
    wrong = {1: 100.0, 2: -1.0, 3: 0.0001, 9: 1.0}
    found = problems(
        enter_counts, office, key, [Count(one, number) for one, number in wrong.items()], COUNTER
    )
    assert found == [
        "Line 2, 帐篷 A: Must be 0 or more.",
        "Line 3, 帐篷 B: At most three decimals.",
        "The sheet PD20261124-01 has no line 9.",
    ]
    assert {one.state for one in lines(office, key).values()} == {"open"}
    for number in (1e10, float("inf"), float("nan")):
        assert problems(count, office, key, {1: number}) == ["Line 1, 铁锹: The number is too large."]
    assert refused(InvalidInput, count, office, key, {1: 1}, by=" ") == "Must not be empty."


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_a_recount_is_asked_for_beyond_the_tolerance_and_the_first_count_stays(
    office: Office, clock: FixedClock
) -> None:
    key = drawn(office, blind=False, tolerance=2)
    at(clock, 5)
    count(office, key, {1: 98, 2: 48})
    found = lines(office, key)
    assert (found[1].state, found[2].state) == ("counted", "again")  # 2 % and 4 %
    at(clock, 9)
    count(office, key, {2: 48}, by="赵强")
    again = lines(office, key)[2]
    assert (again.state, again.counted, again.counted_by) == ("counted", 48, "赵强")
    assert (again.first_counted, again.first_counted_by) == (48, COUNTER)
    count(office, key, {2: 49})
    assert (lines(office, key)[2].first_counted, lines(office, key)[2].counted) == (48, 49)


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_the_same_count_again_changes_nothing(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=5)
    at(clock, 5)
    count(office, key, {1: 98})
    before = stocktake_view(office, key)
    at(clock, 9)
    count(office, key, {1: 98})
    assert stocktake_view(office, key) == before


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_a_moment_before_the_drawing_or_to_come_is_refused(office: Office, clock: FixedClock) -> None:
    drawing = at(clock, 0.5)
    key = drawn(office)
    now = at(clock, 60)
    for moment, words in (
        (drawing - timedelta(minutes=1), "drawn up later"),
        (now + timedelta(hours=1), "not come"),
    ):
        [message] = problems(count, office, key, {1: 100}, at=moment)
        assert words in message
    count(office, key, {1: 100}, at=drawing.replace(second=0))  # the minute of the drawing is not too early
    assert lines(office, key)[1].counted_on == date(2026, 11, 24)


def test_a_lot_that_is_not_on_the_list_is_added(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    found = Found(item_code="TENT", lot="C", expires_on=date(2027, 9, 1), quantity=7)
    position, _changes = add_found(office, key, found, COUNTER)
    added = lines(office, key)[position]
    assert (position, added.added, added.book, added.counted) == (
        4,
        True,
        None,
        7,
    )  # beyond what is booked: nothing
    count(office, key, {1: 100, 2: 50, 3: 20, 4: 7})
    assert lines(office, key)[4].difference == 7
    finish(office, key)
    assert stock(office, "2026-11-24")["S1", "TENT", "C", "2027-09-01"] == 7


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_a_lot_is_not_added_twice_nor_against_its_dates(office: Office, clock: FixedClock) -> None:
    key = drawn(office)
    at(clock, 5)
    twice = Found(item_code="TENT", lot="A", quantity=1)
    assert "line 2" in refused(InvalidInput, add_found, office, key, twice, COUNTER)
    other = Found(item_code="TENT", lot="A", expires_on=date(2028, 1, 1), quantity=1)
    assert "expires on 2027-05-01" in refused(InvalidInput, add_found, office, key, other, COUNTER)
    assert "BOAT" in refused(NotFound, add_found, office, key, Found(item_code="BOAT", quantity=1), COUNTER)
    lost = Found(item_code="TENT", lot="C", quantity=1, shelf="A-1")
    assert "no shelf 'A-1'" in refused(NotFound, add_found, office, key, lost, COUNTER)
    assert len(lines(office, key)) == 3


# --- movements meanwhile


def test_what_moved_before_the_count_is_in_its_book_and_what_moved_after_comes_on_top(
    office: Office, clock: FixedClock
) -> None:
    key = drawn(office, blind=False)
    at(clock, 10)
    book(office, line("out", 10, "2026-11-24", "CK1"))
    at(clock, 20)
    count(office, key, {1: 88, 2: 50, 3: 20})
    count(office, key, {1: 88})
    at(clock, 30)
    book(office, line("out", 5, "2026-11-24", "CK2"))
    view = stocktake_view(office, key)
    assert [(one.document, one.delta, one.is_after) for one in view.moved_of(1)] == [
        ("CK1", -10, False),
        ("CK2", -5, True),
    ]
    assert view.moved_of(2) == []
    found = view.lines[0]
    assert (found.drawn, found.book, found.difference) == (100, 90, -2)
    at(clock, 40)
    finish(office, key)
    assert shovels(office) == 83
    posted = stocktake_view(office, key)
    assert posted.moved == view.moved
    assert (posted.header.state, posted.header.document) == ("posted", "PD20261124-01")


def test_a_receipt_that_is_booked_back_dated_explains_a_surplus(office: Office, clock: FixedClock) -> None:
    key = drawn(office, blind=False, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 130, 2: 50, 3: 20})
    assert lines(office, key)[1].difference == 30
    explain_all(office, key)
    at(clock, 9)
    book(office, line("in", 30, "2026-11-20", "RK9"))
    view = stocktake_view(office, key)
    assert [(one.document, one.delta, one.is_after) for one in view.moved] == [("RK9", 30, False)]
    assert (view.lines[0].book, view.lines[0].difference) == (130, 0)
    [message] = problems(submit, office, key, COUNTER)
    assert "add up to +30, the difference is 0" in message
    explain(office, key, {1: []})
    finish(office, key)
    assert shovels(office) == 130


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_a_booking_after_the_review_that_changes_a_difference_stops_the_posting(
    office: Office, clock: FixedClock
) -> None:
    key = drawn(office, blind=False, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 98, 2: 50, 3: 20})
    explain_all(office, key)
    submit(office, key, COUNTER)
    review(office, key, REVIEWER, same_seat=True)
    at(clock, 9)
    book(office, line("out", 1, "2026-11-20", "CK9"))
    [message] = problems(post_stocktake, office, key)
    assert "add up to -2, the difference is -1" in message
    assert shovels(office) == 99
    send_back(office, key, REVIEWER, "An issue was booked late")
    count(office, key, {1: 98})
    finish(office, key)
    assert shovels(office) == 98


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_less_found_than_was_issued_since_is_refused_with_the_line_named(
    office: Office, clock: FixedClock
) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 3, 2: 50, 3: 20})
    at(clock, 9)
    book(office, line("out", 10, "2026-11-24", "CK9"))
    explain_all(office, key)
    submit(office, key, COUNTER)
    review(office, key, REVIEWER, same_seat=True)
    [message] = problems(post_stocktake, office, key)
    assert message.startswith("Line 1, 铁锹: Leaves too little for document CK9")
    assert stocktake_view(office, key).header.state == "reviewed"
    assert shovels(office) == 90


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_what_was_booked_in_the_second_of_the_count_stands_before_it(
    office: Office, clock: FixedClock
) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    book(office, line("in", 4, "2026-11-24", "RK5"))
    count(office, key, {1: 104, 2: 50, 3: 20})
    assert lines(office, key)[1].difference == 0
    finish(office, key)
    assert shovels(office) == 104


def test_a_document_of_the_same_second_is_ordered_as_the_ledger_orders_it(
    office: Office, clock: FixedClock
) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 100, 2: 50, 3: 20})
    book(office, line("out", 4, "2026-11-24", "CK5"), line("in", 1, "2026-11-24", "RK5"))
    assert lines(office, key)[1].difference == 4  # CK stands before PD, RK behind it
    finish(office, key)
    assert shovels(office) == 101
