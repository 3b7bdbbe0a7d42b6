"""Documents booked whole, reversed with all that depends on them named, and looked at before they are booked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drillapp.core.errors import InvalidInput, NotFound
from drillapp.core.i18n import use_language
from drillapp.core.ledgers.exporting import export_ledger
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.listing import View, first_rows, keys, rows
from drillapp.core.office import Office
from drillapp.core.supplies.answering import consignments_of, loans_of, receipt_lines, return_lines
from drillapp.core.supplies.card import ledger_card, lot_named
from drillapp.core.supplies.documents import book_document
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.core.supplies.open_lines import CONSIGNMENTS, LOANS
from drillapp.core.supplies.preview import preview
from drillapp.core.supplies.quarantine import QUARANTINES, holding_named, release, set_aside
from drillapp.core.supplies.quarantine_ledger import QuarantineEntry, save_quarantines
from drillapp.core.supplies.reversing import dependents_in, lines_named, reversal_entries, reverse_movements
from drillapp.core.supplies.verifying import wrong_entries
from tests.core.supplies.ledger import book, furnish, line, stock

SHOVELS = ("S1", "SHOVEL", None, None)


@pytest.fixture(autouse=True)
def _furnished(office: Office) -> None:
    furnish(office)
    book(office, line("in", 10, "2026-05-01", "IN"))


def ids(office: Office, *names: str) -> list[int]:
    return [key for name in names for key in lines_named(office, name)]


def english(call: object, *arguments: object, **said: object) -> InvalidInput:
    """What a call is refused with, said in English."""
    use_language("en")
    try:
        with pytest.raises(InvalidInput) as refused:
            call(*arguments, **said)  # type: ignore[operator]
    finally:
        use_language("zh_CN")
    return refused.value


def check(office: Office) -> None:
    with office.read() as connection:
        assert wrong_entries(connection) == []


def test_a_document_gets_the_next_number_and_is_booked_whole_or_not_at_all(office: Office) -> None:
    first = book_document(
        office, [line("out", 2, "2026-05-03", ""), line("out", 1, "2026-05-03", "", reason="x")]
    )
    second = book_document(office, [line("out", 1, "2026-05-03", "")])
    assert (first.document, second.document) == ("CK20260503-01", "CK20260503-02")
    refused = english(
        book_document, office, [line("out", 2, "2026-05-04", ""), line("out", 5, "2026-05-04", "")]
    )
    assert [(problem.index, problem.message) for problem in refused.problems] == [
        (1, "Takes 5, but only 4 are there on 2026-05-04.")
    ]
    assert stock(office, "2026-05-05") == {SHOVELS: 6}
    with pytest.raises(InvalidInput):
        book_document(office, [])


def test_all_that_depends_on_a_line_is_named_at_once(office: Office) -> None:
    book(
        office,
        line("transfer", 6, "2026-05-02", "DB", to_storehouse="S2"),
        line("lend", 5, "2026-05-03", "JC", storehouse="S2"),
        line("return", 2, "2026-05-04", "GH", storehouse="S2", answers="JC/1"),
        line("in", 4, "2026-05-05", "RK"),
        line("out", 3, "2026-05-06", "CK"),
        line("send", 2, "2026-05-07", "DC", to_storehouse="S2"),
        line("receive", 1, "2026-05-08", "DR", storehouse="S2", answers="DC/1"),
    )
    booked = ids(office, "IN")
    with office.read() as connection:
        named = [
            (one.document, one.line, one.day.isoformat(), one.quantity)
            for one in dependents_in(connection, booked)
        ]
    assert named == [
        ("DB", 1, "2026-05-02", 6), ("JC", 1, "2026-05-03", 5), ("GH", 1, "2026-05-04", 2), ("DC", 1, "2026-05-07", 2),
        ("DR", 1, "2026-05-08", 1),
    ]  # fmt: skip
    refused = english(reverse_movements, office, ids(office, "IN"), "wrong")
    assert refused.message.startswith(
        "What was booked later depends on it: transfer DB, line 1, of 2026-05-02: "
    )
    assert len(refused.problems) == 5
    assert english(reverse_movements, office, ids(office, "IN"), " ").field == "reason"
    before = stock(office, "2026-05-09")
    done = reverse_movements(
        office, ids(office, "IN", "DB", "JC", "GH", "DC", "DR"), "错登", day=date(2026, 5, 9)
    )
    assert (done.document, done.saved.created) == ("CX20260509-01", 6)
    assert before[SHOVELS] == 3
    assert stock(office, "2026-05-09") == {SHOVELS: 1}
    rows = {row.document: row for row in first_rows(office, MOVEMENTS, View(), 20)}
    assert (rows[done.document].reason, rows[done.document].cause) == ("错登", "correction")
    check(office)
    with pytest.raises(NotFound):
        lines_named(office, "NO")
    assert lines_named(office, "IN") == []
    assert (
        english(reverse_movements, office, lines_named(office, "IN/1"), "x").problems[0].field == "reverses"
    )


def test_a_reversed_line_does_not_keep_the_rest_of_its_document(office: Office) -> None:
    book(office, line("out", 1, "2026-05-02", "CK"), line("out", 2, "2026-05-02", "CK"))
    reverse_movements(office, lines_named(office, "CK/1"), "错")
    assert stock(office, "2026-05-02") == {SHOVELS: 8}
    assert len(lines_named(office, "CK")) == 1


def test_a_preview_tells_what_follows_and_writes_nothing(office: Office) -> None:
    book(
        office,
        line("out", 4, "2026-05-03", "CK"),
        line("count", 5, "2026-05-05", "PD"),
        line("out", 1, "2026-05-06", "C2"),
        line("in", 3, "2026-12-31", "R2"),
    )
    found = preview(office, [line("in", 2, "2026-05-02", "")])
    assert found.problems == ()
    [change] = found.holdings
    assert (change.storehouse, change.item, change.today_before, change.today_after) == ("S1", "SHOVEL", 4, 4)
    assert [(one.document, one.before, one.after) for one in change.lines] == [("CK", 6, 8)]
    assert (change.later_lines, change.later_counts, change.differs_from) == (1, 1, date(2026, 5, 2))
    [count] = change.counts
    assert (count.document, count.found, count.difference_before, count.difference_after) == ("PD", 5, -1, -3)
    after = preview(office, [line("in", 2, "2026-05-05", "Z", recorded_at=None)], most=1).holdings[0]
    assert (after.today_after, after.later_lines, [one.document for one in after.lines]) == (6, 2, ["C2"])
    assert stock(office, "2026-05-31") == {SHOVELS: 4}


def test_a_preview_of_a_reversal_names_all_that_depends_on_it(office: Office) -> None:
    book(
        office,
        line("out", 4, "2026-05-03", "CK"),
        line("out", 6, "2026-05-04", "C2"),
        line("count", 2, "2026-05-05", "PD"),
    )
    found = preview(office, reversal_entries(office, ids(office, "CK"), "x"))
    [change] = found.holdings
    assert [(one.document, one.before, one.after) for one in change.lines] == [("C2", 0, 4)]
    assert [(one.difference_before, one.difference_after) for one in change.counts] == [(2, -2)]
    assert (change.today_before, change.today_after) == (2, 2)
    refused = preview(office, reversal_entries(office, ids(office, "IN"), "x"))
    assert [problem.value for problem in refused.problems] == ["CK/1", "C2/1"]
    assert refused.holdings == ()


def test_what_is_lent_and_what_is_under_way_is_told_as_of_a_day(office: Office) -> None:
    book(
        office,
        line("lend", 3, "2026-05-02", "JC", due_on=date(2026, 5, 9), counterparty="物业"),
        line("lend", 1, "2026-05-02", "JC", reason="长期"),
        line("return", 1, "2026-05-04", "GH", answers="JC/1"),
        line("send", 4, "2026-05-03", "DC", to_storehouse="S2"),
        line("receive", 3, "2026-05-05", "DR", storehouse="S2", answers="DC/1"),
        line("lend", 1, "2026-05-06", "J3"),
    )
    reverse_movements(office, ids(office, "J3"), "错")

    def loans(day: str) -> list[tuple[str, int, float, str]]:
        office.as_of = date.fromisoformat(day)
        return [
            (row.document, row.line, row.outstanding, row.state)
            for row in first_rows(office, LOANS, View(), 9)
        ]

    def under_way(day: str) -> list[tuple[float, float, str]]:
        office.as_of = date.fromisoformat(day)
        return [
            (row.received, row.under_way, row.state) for row in first_rows(office, CONSIGNMENTS, View(), 9)
        ]

    assert loans("2026-05-01") == []
    assert loans("2026-05-03") == [("JC", 1, 3, "outstanding"), ("JC", 2, 1, "outstanding")]
    assert loans("2026-05-10") == [("JC", 1, 2, "overdue"), ("JC", 2, 1, "outstanding")]
    assert under_way("2026-05-04") == [(0, 4, "under_way")]
    assert under_way("2026-05-05") == [(3, 1, "under_way")]

    office.as_of = date(2026, 6, 1)
    back = return_lines(loans_of(office, "JC"), date(2026, 6, 1), handler="张三")
    book_document(office, back)
    book_document(office, receipt_lines(consignments_of(office, "DC"), date(2026, 6, 1)))
    assert {state for _document, _line, _out, state in loans("2026-06-01")} == {"returned"}
    assert under_way("2026-06-01") == [(4, 0, "received")]
    assert stock(office, "2026-06-01") == {SHOVELS: 6, ("S2", "SHOVEL", None, None): 4}
    with pytest.raises(NotFound):
        loans_of(office, "JC")


def test_what_is_in_quarantine_is_moved_but_not_issued_until_it_is_freed(office: Office) -> None:
    office.as_of = date(2026, 5, 10)
    holding = holding_named(office, "S1", "SHOVEL")
    assert english(set_aside, office, holding, 11, "damaged").message == (
        "Of it 10 are there from 2026-05-10 on and not in quarantine."
    )
    assert english(set_aside, office, holding, 1, "damaged", day=date(2026, 4, 30)).field == "quantity"
    assert english(set_aside, office, holding, 1, "lost").field == "kind"
    key = set_aside(office, holding, 8, "damaged", reason="受潮")
    taking = line("out", 3, "2026-05-10", "CK")
    assert english(book_document, office, [taking]).message == (
        "Takes 3, but of the 10 on 2026-05-10 8 are in quarantine."
    )
    book(office, line("out", 2, "2026-05-09", "C0"), line("in", 2, "2026-05-09", "R0"))
    book(office, line("out", 2, "2026-05-10", "C1"))
    for kind, more in (("lend", {}), ("out", {})):
        assert english(book_document, office, [line(kind, 1, "2026-05-11", "C2", **more)]).field == "quantity"
    assert english(release, office, key, "", day=date(2026, 5, 12)).field == "by"
    assert english(release, office, key, "王", day=date(2026, 5, 9)).field == "day"
    assert english(release, office, key, "王", quantity=9).field == "quantity"
    release(office, key, "王五", quantity=3, day=date(2026, 5, 12))
    assert english(release, office, key, "王五").field == "day"
    book(office, line("out", 3, "2026-05-12", "C3"))
    assert english(book_document, office, [line("out", 1, "2026-05-12", "C4")]).field == "quantity"
    book(
        office,
        line("transfer", 1, "2026-05-12", "DB", to_storehouse="S2"),
        line("scrap", 1, "2026-05-12", "BF"),
        line("count", 3, "2026-05-13", "PD"),
    )
    office.as_of = date(2026, 5, 13)
    listed = [
        (row.quantity, row.state, row.released_by) for row in first_rows(office, QUARANTINES, View(), 9)
    ]
    assert sorted(listed) == [(5, "in_force", None), (8, "released", "王五")]


def test_a_card_tells_lines_in_order_with_the_balance_that_the_stock_has(office: Office) -> None:
    lines = [
        line("in", 5, "2026-05-02", "RK", lot="L1", expires_on=date(2027, 1, 1)),
        line("out", 4, "2026-05-03", "CK", cause="drill"),
        line("transfer", 3, "2026-05-04", "DB", lot="L1", to_storehouse="S2"),
        line("count", 7, "2026-05-05", "PD"),
        line("out", 1, "2026-05-05", "C2", recorded_at=None),
        line("in", 99, "2027-05-06", "FUTURE"),
    ]
    book(office, *lines)
    reverse_movements(office, ids(office, "CK"), "错", day=date(2026, 5, 6))
    office.as_of = date(2026, 5, 31)
    card = ledger_card(office, "SHOVEL", storehouse="S1", newest_first=False)
    assert [(row.document, row.taken_in, row.taken_out, row.balance, row.reversed) for row in card.rows] == [
        ("IN", 10, 0, 10, False), ("RK", 5, 0, 15, False), ("CK", 0, 0, 15, True), ("DB", 0, 3, 12, False),
        ("C2", 0, 1, 11, False), ("PD", 0, 2, 9, False), ("CX20260506-01", 0, 0, 9, False),
    ]  # fmt: skip
    assert (card.total, card.opening, card.closing, card.rows[-1].reverses) == (7, 0, 9, "CK/1")
    assert (card.rows[3].other_storehouse, card.rows[2].cause, card.rows[5].quantity) == ("S2库", "drill", 7)
    for size in (1, 2, 3):
        pages = [
            row
            for offset in range(0, 8, size)
            for row in ledger_card(office, "SHOVEL", storehouse="S1", offset=offset, limit=size).rows
        ]
        assert tuple(reversed(pages)) == card.rows
    part = ledger_card(office, "SHOVEL", storehouse="S1", since=date(2026, 5, 3), until=date(2026, 5, 4))
    assert (part.opening, part.closing, part.total, part.rows[0].balance) == (15, 12, 2, 12)
    both = ledger_card(office, "SHOVEL", newest_first=False)
    assert [(row.storehouse, row.balance) for row in both.rows if row.document == "DB"] == [
        ("S1", 12),
        ("S2", 15),
    ]
    lot = ledger_card(office, "SHOVEL", lot_id=lot_named(office, "SHOVEL", "L1"))
    assert (lot.closing, lot.total) == (5, 3)
    with pytest.raises(NotFound):
        ledger_card(office, "NONE")
    with pytest.raises(NotFound):
        ledger_card(office, "SHOVEL", storehouse="S9")
    assert ledger_card(office, "TENT").rows == ()


def test_a_card_closes_with_the_stock_of_the_day(office: Office) -> None:
    def entry(kind: str, quantity: float, day: int, **said: object) -> MovementEntry:
        return line(kind, quantity, f"2026-05-{day:02}", f"{kind}{day}", **said)

    book(office, entry("out", 2, 4), entry("in", 3, 6, lot="L1"), entry("count", 4, 8), entry("lend", 1, 9))
    for day in range(1, 12):
        expected = sum(stock(office, f"2026-05-{day:02}").values())
        assert ledger_card(office, "SHOVEL", limit=1).closing == expected


def test_quarantines_are_read_back_from_their_own_export(
    office: Office, other_office: Office, tmp_path: Path
) -> None:
    book(office, line("in", 4, "2026-05-02", "RT", item_code="TENT", lot="L1", expires_on=date(2027, 1, 1)))
    office.as_of = date(2026, 5, 10)
    set_aside(office, holding_named(office, "S1", "TENT", "L1"), 2.5, "inspection", reason="待送检")
    key = set_aside(office, holding_named(office, "S1", "SHOVEL"), 8, "damaged")
    release(office, key, "王五", quantity=3, day=date(2026, 5, 12))
    told = rows(office, QUARANTINES, keys(office, QUARANTINES, View()))
    export_ledger(office, "quarantines", tmp_path / "all.csv")
    assert import_ledger(office, "quarantines", tmp_path / "all.csv").unchanged == 3
    export_ledger(office, "movements", tmp_path / "movements.csv")
    furnish(other_office)
    import_ledger(other_office, "movements", tmp_path / "movements.csv")
    assert import_ledger(other_office, "quarantines", tmp_path / "all.csv").created == 3
    other_office.as_of = office.as_of
    found = rows(other_office, QUARANTINES, keys(other_office, QUARANTINES, View()))
    names = (
        "storehouse",
        "item_code",
        "lot",
        "quantity",
        "from_on",
        "until_on",
        "reason",
        "released_by",
        "state",
    )
    assert [[getattr(row, name) for name in names] for row in found] == [
        [getattr(row, name) for name in names] for row in told
    ]
    wrong = [
        QuarantineEntry(storehouse="S2", item_code="TENT", quantity=1, kind="damaged", from_on=date(2026, 5, 3)),
        QuarantineEntry(storehouse="S1", item_code="TENT", quantity=0, kind="damaged", from_on=date(2026, 5, 3)),
        QuarantineEntry(
            storehouse="S1", item_code="TENT", quantity=1, kind="damaged", from_on=date(2026, 5, 3), until_on=date(2026, 5, 2)
        ),
    ]  # fmt: skip
    problems = english(save_quarantines, office, wrong).problems
    assert [(problem.index, problem.field) for problem in problems] == [
        (0, "item_code"),
        (1, "quantity"),
        (2, "until_on"),
    ]
