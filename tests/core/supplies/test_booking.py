"""Lines are booked once and for all, whenever they are said to have occurred, and nothing is taken that is not there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from drillapp.core.clock import FixedClock
from drillapp.core.errors import InvalidInput, Problem
from drillapp.core.i18n import use_language
from drillapp.core.journal.model import JournalEntry
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.progress import Cancelled
from drillapp.core.saving import Saving
from drillapp.core.supplies import booked as booked_lines
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.core.supplies.model import Movement, StockEntry
from drillapp.core.supplies.verifying import wrong_entries
from drillapp.core.work import Origin
from tests.core.supplies.ledger import book, furnish, line, stock

SHOVELS = ("S1", "SHOVEL", None, None)
AFTER = "2026-11-24"


@pytest.fixture(autouse=True)
def _furnished(office: Office) -> None:
    furnish(office)


def refusal(office: Office, *lines: MovementEntry) -> Sequence[Problem]:
    """The problems of lines that must be refused, and that they left no trace."""
    before = booked(office)
    with pytest.raises(InvalidInput) as refused:
        save_movements(office, lines)
    assert booked(office) == before
    return refused.value.problems


def reason(office: Office, *lines: MovementEntry) -> str:
    """The English sentence with which one of the lines is refused."""
    use_language("en")
    try:
        [problem] = refusal(office, *lines)
    finally:
        use_language("zh_CN")
    return problem.message


def booked(office: Office) -> list[tuple[str, int, str, float]]:
    with office.read() as connection:
        statement = select(Movement.document, Movement.line, Movement.kind, Movement.quantity).order_by(
            Movement.id
        )
        return [tuple(row) for row in connection.execute(statement)]


def test_each_kind_adds_takes_or_sets(office: Office) -> None:
    book(
        office,
        line("in", 10, "2026-01-01", "D1"),
        line("out", 2, "2026-01-02", "D2"),
        line("lend", 3, "2026-01-03", "D3"),
        line("return", 1.5, "2026-01-04", "D4"),
        line("scrap", 0.125, "2026-01-05", "D5"),
        line("transfer", 1, "2026-01-06", "D6", to_storehouse="S2"),
        line("count", 4, "2026-01-08", "D7"),
    )
    there = [stock(office, f"2026-01-0{day}").get(SHOVELS) for day in range(1, 9)]
    assert there == [10, 8, 5, 6.5, 6.375, 5.375, 5.375, 4]
    assert stock(office, "2026-01-06")["S2", "SHOVEL", None, None] == 1


def test_a_balance_of_zero_is_not_listed(office: Office) -> None:
    book(office, line("in", 10, "2026-01-01"), line("count", 0, "2026-01-02"))
    assert stock(office, "2026-01-01") == {SHOVELS: 10}
    assert stock(office, "2026-01-02") == {}


def test_more_than_there_is_cannot_be_taken(office: Office) -> None:
    book(office, line("in", 4, "2026-05-01"))
    taking = line("out", 10, "2026-05-01", "D2")
    assert reason(office, taking) == "Takes 10, but only 4 are there on 2026-05-01."
    assert refusal(office, taking)[0].field == "quantity"
    assert (
        reason(office, line("out", 1, "2026-04-30", "D2")) == "Takes 1, but only 0 are there on 2026-04-30."
    )


def test_a_backdated_taking_must_leave_enough_for_what_was_booked_later(office: Office) -> None:
    book(office, line("in", 10, "2026-05-01"), line("out", 8, "2026-05-09", "CK-9"))
    assert reason(office, line("out", 3, "2026-05-04", "D2")) == (
        "Leaves too little for document CK-9 of 2026-05-09, which takes 8: only 7 would be there."
    )
    assert reason(office, line("count", 5, "2026-05-04", "D2")).startswith(
        "Leaves too little for document CK-9"
    )
    book(office, line("out", 2, "2026-05-04", "D2"))


def test_a_count_takes_what_was_booked_before_it_out_of_the_balance_after_it(office: Office) -> None:
    book(
        office,
        line("in", 10, "2026-05-01"),
        line("count", 7, "2026-05-20", "PD"),
        line("in", 1, "2026-05-25", "D3"),
    )
    book(office, line("out", 9, "2026-05-10", "D4"))
    assert stock(office, "2026-05-10") == {SHOVELS: 1}
    assert stock(office, "2026-05-20") == {SHOVELS: 7}
    assert stock(office, AFTER) == {SHOVELS: 8}
    with office.read() as connection:
        assert wrong_entries(connection) == []


def test_lines_of_a_day_follow_the_moment_of_recording_then_document_then_line(office: Office) -> None:
    early, late = datetime(2026, 5, 1, 1, tzinfo=UTC), datetime(2026, 5, 1, 2, tzinfo=UTC)
    assert reason(
        office,
        line("in", 5, "2026-05-01", "A", recorded_at=late),
        line("out", 5, "2026-05-01", "B", recorded_at=early),
    ).startswith("Takes 5, but only 0")
    book(
        office,
        line("out", 5, "2026-05-01", "A", recorded_at=late),
        line("in", 5, "2026-05-01", "B", recorded_at=early),
        line("in", 3, "2026-05-02", "C"),
        line("out", 3, "2026-05-02", "C", reason="抢险"),
    )
    assert refusal(office, line("out", 3, "2026-05-03", "B"), line("in", 3, "2026-05-03", "C", reason="后到"))


def test_new_lines_of_a_document_follow_its_booked_ones(office: Office) -> None:
    book(office, line("in", 3, "2026-05-01"))
    book(office, line("out", 2, "2026-05-01"))
    assert stock(office, "2026-05-01") == {("S1", "SHOVEL", None, None): 1}


def test_what_arrived_by_transfer_can_be_taken_and_counted(office: Office) -> None:
    book(office, line("in", 9, "2026-05-01"), line("transfer", 5, "2026-05-02", "D2", to_storehouse="S2"))
    book(office, line("count", 4, "2026-05-04", "D4", storehouse="S2"))
    book(office, line("out", 5, "2026-05-03", "D3", storehouse="S2"))
    there = {day: stock(office, f"2026-05-0{day}").get(("S2", "SHOVEL", None, None)) for day in (2, 3, 4)}
    assert there == {2: 5, 3: None, 4: 4}


def test_a_movement_is_recorded_now_unless_it_says_when(office: Office, clock: FixedClock) -> None:
    clock.moment += timedelta(microseconds=5)
    book(
        office,
        line("in", 1, "2026-05-01"),
        line("in", 2, "2026-05-01", recorded_at=datetime(2026, 5, 2, microsecond=7, tzinfo=UTC)),
    )
    recorded = {row.quantity: row.recorded_at for row in first_rows(office, MOVEMENTS, View(), 9)}
    assert recorded == {1: clock.moment.replace(microsecond=0), 2: datetime(2026, 5, 2, tzinfo=UTC)}


def test_booking_the_same_again_changes_nothing(office: Office, clock: FixedClock) -> None:
    lines = [
        line("in", 10, "2026-05-01", reason="采购"),
        line("in", 5, "2026-05-01", item_code="TENT", produced_on=date(2026, 1, 31)),
        line("transfer", 3, "2026-05-02", to_storehouse="S2", reference="DB-1"),
        line("out", 2, "2026-05-03", item_code="TENT"),
        line("count", 1, "2026-05-04", lot="L1"),
    ]
    first = save_movements(office, lines)
    clock.moment += timedelta(days=1)
    again = save_movements(office, lines)
    assert (again.created, again.unchanged, again.ids) == (0, 5, first.ids)
    assert not again.changes.kinds
    assert save_movements(office, [line("in", 10, "2026-05-01", reason="捐赠")]).created == 1


def test_it_makes_no_difference_that_a_table_is_read_as_a_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(
        office,
        line("in", 1, "2026-05-01", "Z", item_code="TENT"),
        line("in", 1, "2026-05-01", "Y", storehouse="S2"),
    )
    lines = [line("in", 9, "2026-05-01"), line("transfer", 2, "2026-05-03", to_storehouse="S2")]
    book(office, *lines)
    monkeypatch.setattr(booked_lines, "_MANY", 0)
    saved = save_movements(
        office,
        [*lines, line("out", 8, "2026-05-02", "D2"), line("in", 1, "2026-05-04")],
        Saving(partial=True),
    )
    assert (saved.unchanged, saved.created, [problem.index for problem in saved.problems]) == (2, 1, [2])
    assert [number for document, number, _kind, _quantity in booked(office) if document == "D1"] == [1, 2, 3]


def test_a_list_read_back_from_the_office_is_booked_already(office: Office) -> None:
    book(
        office,
        line("in", 10, "2026-05-01", expires_on=date(2027, 1, 1)),
        line("out", 4, "2026-05-02", reason="抢险"),
        line("transfer", 1, "2026-05-03", to_storehouse="S2"),
    )
    names = MovementEntry.__struct_fields__
    read_back = [
        MovementEntry(**{name: getattr(row, name) for name in names})
        for row in first_rows(office, MOVEMENTS, View(sort=(("id", False),)), 9)
    ]
    assert save_movements(office, read_back).unchanged == 3


def test_a_line_repeated_in_one_file_is_refused_once(office: Office) -> None:
    lines = [
        line("in", 1, "2026-05-01"),
        line("in", 1, "2026-05-01"),
        line("in", 1, "2026-05-01", reason="x"),
    ]
    assert [problem.index for problem in refusal(office, *lines)] == [1]
    assert save_movements(office, lines, Saving(partial=True)).created == 2


def test_lines_are_numbered_on_within_their_document(office: Office) -> None:
    book(
        office,
        line("in", 1, "2026-05-01", "A"),
        line("in", 1, "2026-05-01", "B"),
        line("in", 2, "2026-05-01", "A"),
    )
    book(office, line("in", 3, "2026-04-01", "A"))
    numbers = [(document, number) for document, number, _kind, _quantity in booked(office)]
    assert numbers == [("A", 1), ("B", 1), ("A", 2), ("A", 3)]


def test_with_partial_the_good_lines_are_booked_and_nothing_hangs_in_the_air(office: Office) -> None:
    saved = save_movements(
        office,
        [
            line("in", 5, "2026-05-01"),
            line("transfer", 9, "2026-05-02", to_storehouse="S2"),
            line("out", 1, "2026-05-03", storehouse="S2"),
            line("out", 4, "2026-05-04", "D4"),
            line("out", 1, "2026-05-04", "D5", storehouse="nowhere"),
            line("out", 1, "2026-05-05", "D6"),
        ],
        Saving(partial=True),
    )
    assert saved.created == 3
    assert [(problem.index, problem.field) for problem in saved.problems] == [
        (1, "quantity"), (2, "quantity"), (4, "storehouse"),
    ]  # fmt: skip
    assert [key is None for key in saved.ids] == [False, True, True, False, True, False]
    assert stock(office, AFTER) == {}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (line("in", 0, "2026-05-01"), "quantity"),
        (line("in", -1, "2026-05-01"), "quantity"),
        (line("count", -1, "2026-05-01"), "quantity"),
        (line("in", 0.0005, "2026-05-01"), "quantity"),
        (line("in", float("nan"), "2026-05-01"), "quantity"),
        (line("in", 1e300, "2026-05-01"), "quantity"),
        (line("steal", 1, "2026-05-01"), "kind"),
        (line("in", 1, "2026-05-01", storehouse="S9"), "storehouse"),
        (line("in", 1, "2026-05-01", item_code="X"), "item_code"),
        (line("in", 1, "2026-05-01", document=" "), "document"),
        (line("transfer", 1, "2026-05-01"), "to_storehouse"),
        (line("transfer", 1, "2026-05-01", to_storehouse="S1"), "to_storehouse"),
        (line("transfer", 1, "2026-05-01", to_storehouse="S9"), "to_storehouse"),
        (line("in", 1, "2026-05-01", to_storehouse="S2"), "to_storehouse"),
    ],
)
def test_a_wrong_line_is_refused_at_its_field(office: Office, wrong: MovementEntry, field: str) -> None:
    book(office, line("in", 1, "2026-04-01", "D0"))
    assert {problem.field for problem in refusal(office, wrong)} == {field}


def test_a_dry_run_says_what_would_come_of_it_and_writes_nothing(office: Office) -> None:
    saved = save_movements(office, [line("in", 5, "2026-05-01")], Saving(dry_run=True))
    assert (saved.created, booked(office)) == (1, [])
    with pytest.raises(InvalidInput):
        save_movements(office, [line("out", 5, "2026-05-01")], Saving(dry_run=True))


def test_a_cancelled_booking_leaves_no_trace(office: Office) -> None:
    class Stop:
        def step(self, done: int, total: int | None, text: str) -> None:
            if done:
                raise Cancelled

    with pytest.raises(Cancelled):
        save_movements(
            office, [line("in", 1, f"2026-05-0{day}") for day in range(1, 9)], Saving(progress=Stop())
        )
    assert booked(office) == []


def test_the_journal_tells_what_was_booked(office: Office) -> None:
    book(office, line("in", 5, "2026-05-01", reason="采购"))
    origin = Origin("流水.xlsx", "0" * 64)
    save_movements(office, [line("count", 0, "2026-05-02")], Saving(origin=origin))
    with office.read() as connection:
        statement = (
            select(JournalEntry.command, JournalEntry.content).order_by(JournalEntry.id.desc()).limit(2)
        )
        (_last, imported), (command, typed) = connection.execute(statement).all()
    assert command == "save movements"
    [change] = json.loads(typed)["changed"]
    assert change["fields"]["quantity"] == [None, 5]
    assert change["fields"]["reason"] == [None, "采购"]
    assert json.loads(imported)["file"]["name"] == "流水.xlsx"
    assert json.loads(imported)["created"]["movements"]


def test_changed_stock_entries_are_found(office: Office) -> None:
    book(office, line("in", 5, "2026-05-01"), line("transfer", 2, "2026-05-02", to_storehouse="S2"))
    with office.write("tamper") as work:
        [_first, second] = work.connection.execute(select(Movement.id).order_by(Movement.id)).scalars()
        tampered = update(StockEntry).where(StockEntry.movement_id == second, StockEntry.delta > 0)
        work.connection.execute(tampered.values(delta=3))
    with office.read() as connection:
        assert wrong_entries(connection) == [second]
