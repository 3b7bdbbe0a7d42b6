"""A stocktake is explained, reviewed by a second person and posted; when a storehouse is due again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from drillapp.core.clock import FixedClock
from drillapp.core.errors import Conflict, InvalidInput, NotFound
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.supplies.model import Movement
from drillapp.core.supplies.stocktake.adding import add_found
from drillapp.core.supplies.stocktake.counting import enter_counts
from drillapp.core.supplies.stocktake.explaining import explain
from drillapp.core.supplies.stocktake.posting import post_stocktake
from drillapp.core.supplies.stocktake.queries import (
    STOCKTAKES,
    STOCKTAKES_DUE,
    stocktake_view,
)
from drillapp.core.supplies.stocktake.reviewing import cancel, review, send_back, submit
from drillapp.core.supplies.stocktake.rows import Count, Found, Part
from drillapp.core.supplies.verifying import wrong_entries
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


# --- reasons, review, posting


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_reasons_add_up_exactly(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 97.5})
    for parts, words in (
        ([Part("lost", -2)], "add up to -2, the difference is -2.5"),
        ([Part("lost", -2), Part("lost", -0.5)], "twice"),
        ([Part("lost", -2.5), Part("used", 0)], "more or less than 0"),
        ([Part("eaten", -2.5)], "'eaten' is not allowed"),
    ):
        [message] = problems(explain, office, key, {1: parts})
        assert words in message
    [message] = problems(explain, office, key, {2: [Part("lost", -1)]})
    assert "not counted to the end" in message
    explain(office, key, {1: [Part("lost", -3.1, "door open"), Part("not_booked", 0.6)]})
    assert [part.quantity for part in lines(office, key)[1].reasons] == [-3.1, 0.6]
    count(office, key, {1: 97})
    assert lines(office, key)[1].reasons == ()  # they explained another difference


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_submitting_names_every_line_that_is_not_ready(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=5)
    assert "Nothing has been counted" in refused(InvalidInput, submit, office, key, COUNTER)
    at(clock, 5)
    count(office, key, {1: 98, 2: 1})
    assert problems(submit, office, key, COUNTER) == [
        "Line 1, 铁锹: The difference -2 has no reason.",
        "Line 2, 帐篷 A: Must be counted again.",
        "Line 3, 帐篷 B: Not counted.",
    ]
    count(office, key, {2: 50})
    finish(office, key, uncounted=True)
    assert stock(office, "2026-11-24")["S1", "TENT", "B", "2027-08-01"] == 20
    with office.read() as connection:
        booked = select(func.count()).where(Movement.kind == "count").select_from(Movement)
        assert connection.execute(booked).scalar() == 2  # what was not counted posts nothing


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_a_second_person_reviews(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 100, 2: 50}, by="王磊、 赵强")
    count(office, key, {3: 20}, by="Li Min")
    submit(office, key, "王磊")
    for name in ("王磊", " 王 磊", "赵强", "LI MIN", "Ｌｉ　Ｍｉｎ", "孙丽，赵强"):
        assert "counted: somebody else reviews" in refused(
            InvalidInput, review, office, key, name, same_seat=True
        )
    assert "same login" in refused(InvalidInput, review, office, key, REVIEWER)
    office.actor = "another"
    review(office, key, REVIEWER, "Looked at")
    header = stocktake_view(office, key).header
    assert (header.state, header.reviewed_by, header.reviewed_login) == ("reviewed", REVIEWER, "another")


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_the_reviewer_sends_lines_back_to_be_counted_again(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 98, 2: 50, 3: 20})
    explain_all(office, key)
    submit(office, key, COUNTER)
    assert refused(InvalidInput, send_back, office, key, REVIEWER, " ") == "Must not be empty."
    assert "no line 9" in problems(send_back, office, key, REVIEWER, "Look again", [9])[0]
    send_back(office, key, REVIEWER, "Look again", [2])
    found = lines(office, key)
    assert {position: one.state for position, one in found.items()} == {
        1: "counted",
        2: "again",
        3: "counted",
    }
    assert stocktake_view(office, key).header.review_note == "Look again"
    assert problems(submit, office, key, COUNTER) == ["Line 2, 帐篷 A: Must be counted again."]
    count(office, key, {2: 50})
    submit(office, key, COUNTER)
    send_back(office, key, REVIEWER, "All that differ")
    assert [one.position for one in lines(office, key).values() if one.state == "again"] == [1]


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_each_step_asks_for_its_state(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    for call, said in ((review, (REVIEWER,)), (send_back, (REVIEWER, "no")), (post_stocktake, ())):
        assert "is in the state “counting”" in refused(InvalidInput, call, office, key, *said)
    count(office, key, {1: 100, 2: 50, 3: 20})
    finish(office, key)
    for call, said in (
        (submit, (COUNTER,)), (review, (REVIEWER,)), (post_stocktake, ()), (cancel, ("no",)),
        (enter_counts, ([Count(1, 1)], COUNTER)), (explain, ({1: []},)),
        (add_found, (Found(item_code="TENT", quantity=1), COUNTER)),
    ):  # fmt: skip
        assert "is in the state “posted”" in refused(InvalidInput, call, office, key, *said)
    assert "not there" in refused(NotFound, stocktake_view, office, 99)


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_a_cancelled_stocktake_leaves_the_book_alone(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 1, 2: 2, 3: 3})
    assert refused(InvalidInput, cancel, office, key, "") == "Must not be empty."
    cancel(office, key, "Counted on the wrong sheet")
    header = stocktake_view(office, key).header
    assert (header.state, header.cancel_reason) == ("cancelled", "Counted on the wrong sheet")
    assert shovels(office) == 100


def test_posting_is_one_document_with_its_cause(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 98, 2: 50, 3: 0})
    finish(office, key)
    with office.read() as connection:
        statement = select(Movement).where(Movement.kind == "count").order_by(Movement.line)
        booked = connection.execute(statement).all()
        assert wrong_entries(connection) == []
    assert [(one.document, one.line, one.quantity, one.cause) for one in booked] == [
        ("PD20261124-01", 1, 98, "stocktake"),
        ("PD20261124-01", 2, 50, "stocktake"),
        ("PD20261124-01", 3, 0, "stocktake"),
    ]
    assert {one.recorded_at for one in booked} == {clock.moment}
    assert {(one.handler, one.approved_by) for one in booked} == {(COUNTER, REVIEWER)}
    assert booked[0].reason == "not known -2"


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_what_was_posted_stays_what_was_signed(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 98, 2: 50, 3: 20})
    finish(office, key)
    before = stocktake_view(office, key)
    at(clock, 90)
    book(office, line("out", 1, "2026-11-20", "CK8"), line("out", 2, "2026-11-24", "CK9"))
    assert stocktake_view(office, key) == before
    assert shovels(office) == 96


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_the_number_of_a_document_that_is_there_already_is_left_alone(
    office: Office, clock: FixedClock
) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    book(office, line("count", 3, "2026-11-24", "PD20261124-01", storehouse="S2"))
    count(office, key, {1: 100, 2: 50, 3: 20})
    finish(office, key)
    assert stocktake_view(office, key).header.document == "PD20261124-02"


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_a_neighbours_count_between_is_no_reason_to_lose_one(office: Office, clock: FixedClock) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 98, 2: 50, 3: 20})
    at(clock, 6)
    book(office, line("count", 97, "2026-11-24", "PD-X"))  # somebody counted later and booked it by hand
    finish(office, key)
    assert shovels(office) == 97
    with office.read() as connection:
        assert wrong_entries(connection) == []


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_an_unexpected_effect_of_posting_is_no_half_of_it(
    office: Office, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = drawn(office, tolerance=100)
    at(clock, 5)
    count(office, key, {1: 98, 2: 50, 3: 20})
    explain_all(office, key)
    submit(office, key, COUNTER)
    review(office, key, REVIEWER, same_seat=True)
    book(
        office, line("out", 4, "2026-11-24", "PD20261124-01")
    )  # takes the number: the ledger's order is another now
    assert "very moment" in refused((Conflict, InvalidInput), post_stocktake, office, key)  # type: ignore[arg-type]
    assert shovels(office) == 96
    assert stocktake_view(office, key).header.state == "reviewed"


# --- when


def test_a_storehouse_is_due_a_quarter_after_its_last_whole_count(office: Office, clock: FixedClock) -> None:
    [first, second] = first_rows(office, STOCKTAKES_DUE, View(), 9)
    assert (first.storehouse, first.due_on, first.state) == ("S1", date(2027, 2, 17), "met")
    assert second.number is None
    office.as_of = date(2027, 1, 20)
    assert {row.state for row in first_rows(office, STOCKTAKES_DUE, View(), 9)} == {"soon"}
    office.as_of = date(2027, 2, 17)
    assert {row.state for row in first_rows(office, STOCKTAKES_DUE, View(), 9)} == {"soon"}
    office.as_of = date(2027, 2, 18)
    assert {row.state for row in first_rows(office, STOCKTAKES_DUE, View(), 9)} == {"overdue"}
    office.as_of = None
    key = drawn(office, tolerance=100)
    assert [row.under_way for row in first_rows(office, STOCKTAKES_DUE, View(), 9)] == ["PD20261124-01", None]
    at(clock, 5)
    count(office, key, {1: 100, 2: 50, 3: 20})
    finish(office, key)
    office.as_of = date(2027, 2, 18)
    rows = {row.storehouse: row for row in first_rows(office, STOCKTAKES_DUE, View(), 9)}
    assert (rows["S1"].number, rows["S1"].counted_on, rows["S1"].due_on, rows["S1"].state) == (
        "PD20261124-01", date(2026, 11, 24), date(2027, 2, 24), "soon",
    )  # fmt: skip
    assert rows["S2"].state == "overdue"


@pytest.mark.sqlite_only("nothing of it is the database's")
def test_a_sample_does_not_put_the_whole_count_off(office: Office, clock: FixedClock) -> None:
    key = drawn(office, extent="sample", sample=1, seed=1, tolerance=100)
    at(clock, 5)
    count(office, key, {1: lines_total(office, key)})
    finish(office, key)
    assert {row.number for row in first_rows(office, STOCKTAKES_DUE, View(), 9)} == {None}


def lines_total(office: Office, key: int) -> float:
    """What was drawn of the only line."""
    count(office, key, {1: 1})
    drawn_quantity = lines(office, key)[1].drawn
    assert drawn_quantity is not None
    return drawn_quantity


def test_the_list_says_how_far_each_is(office: Office, clock: FixedClock) -> None:
    key = drawn(office)
    at(clock, 5)
    count(office, key, {1: 100})
    [row] = first_rows(office, STOCKTAKES, View(text="PD2026"), 9)
    assert (row.number, row.storehouse, row.lines, row.counted, row.state) == (
        "PD20261124-01",
        "S1",
        3,
        1,
        "counting",
    )
    assert row.drawn_up_at == datetime(2026, 11, 24, 1, tzinfo=UTC)
