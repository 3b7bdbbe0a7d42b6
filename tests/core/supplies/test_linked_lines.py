"""Loans and their returns, consignments and their receipts, and lines that take back others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from drillapp.core.errors import InvalidInput
from drillapp.core.i18n import use_language
from drillapp.core.ledgers.exporting import export_ledger
from drillapp.core.ledgers.importing import import_ledger
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.saving import Saving
from drillapp.core.supplies.book import save_movements
from drillapp.core.supplies.entries import MovementEntry
from drillapp.core.supplies.listings import MOVEMENTS
from drillapp.core.supplies.verifying import wrong_entries
from tests.core.supplies.ledger import book, furnish, line, stock

SHOVELS = ("S1", "SHOVEL", None, None)
THERE = ("S2", "SHOVEL", None, None)


@pytest.fixture(autouse=True)
def _furnished(office: Office) -> None:
    furnish(office)
    book(office, line("in", 10, "2026-05-01", "IN"))


def refusal(office: Office, *lines: MovementEntry) -> str:
    """Field and English sentence with which one of the lines is refused."""
    use_language("en")
    try:
        with pytest.raises(InvalidInput) as refused:
            save_movements(office, lines)
    finally:
        use_language("zh_CN")
    [problem] = refused.value.problems
    return f"{problem.field}: {problem.message}"


def reversal(
    of: str, quantity: float, day: str = "2026-06-01", kind: str = "reverse", **said: object
) -> MovementEntry:
    return line(kind, quantity, day, f"R-{of}".replace("/", "-"), reverses=of, **said)


def check(office: Office) -> None:
    with office.read() as connection:
        assert wrong_entries(connection) == []


def test_what_is_sent_is_nowhere_until_it_is_received_in_parts(office: Office) -> None:
    book(office, line("send", 6, "2026-05-02", "DC", to_storehouse="S2"))
    assert stock(office, "2026-05-02") == {SHOVELS: 4}
    book(office, line("receive", 4, "2026-05-03", "DR", storehouse="S2", answers="DC/1"))
    assert stock(office, "2026-05-03") == {SHOVELS: 4, THERE: 4}
    wrong = line("receive", 3, "2026-05-04", "DR2", storehouse="S2", answers="DC/1")
    assert refusal(office, wrong) == "quantity: Of line DC/1 only 2 are still to come."
    book(office, line("receive", 2, "2026-05-04", "DR2", storehouse="S2", answers="DC/1"))
    assert stock(office, "2026-05-04") == {SHOVELS: 4, THERE: 6}
    check(office)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (line("receive", 1, "2026-05-03", "X", storehouse="S2"), "answers: Name the line of the consignment that arrives: DOCUMENT/LINE."),
        (line("receive", 1, "2026-05-03", "X", answers="DC/1"), "storehouse: Line DC/1 was sent to another storehouse."),
        (line("receive", 1, "2026-05-01", "X", storehouse="S2", answers="DC/1"), "occurred_on: Lies before line DC/1 of 2026-05-02, which it names."),
        (line("receive", 1, "2026-05-03", "X", storehouse="S2", answers="IN/1"), "answers: Line IN/1 is no consignment."),
        (line("receive", 1, "2026-05-03", "X", storehouse="S2", answers="DC/2"), "answers: There is no line DC/2 in the ledger: DOCUMENT/LINE."),
        (line("receive", 1, "2026-05-03", "X", storehouse="S2", answers="DC"), "answers: 'DC' names no line: DOCUMENT/LINE."),
        (line("receive", 1, "2026-05-03", "X", storehouse="S2", item_code="TENT", answers="DC/1"), "item_code: Says otherwise than line DC/1, which it names."),
        (line("receive", 1, "2026-05-03", "X", storehouse="S2", lot="L1", answers="DC/1"), "lot: Line DC/1, which it names, is of another lot."),
        (line("return", 1, "2026-05-03", "X", answers="DC/1"), "answers: Line DC/1 is no loan."),
        (line("in", 1, "2026-05-03", "X", answers="DC/1"), "answers: Only a return or a receipt of a consignment answers another line."),
        (line("in", 1, "2026-05-03", "X", reverses="DC/1"), "reverses: Only a line of the kind 'reverse' reverses another one."),
        (line("reverse", 6, "2026-05-03", "X"), "reverses: Name the line that is reversed: DOCUMENT/LINE."),
        (line("reverse", 5, "2026-05-03", "X", reverses="DC/1"), "quantity: Says otherwise than line DC/1, which it names."),
        (line("reverse", 6, "2026-05-01", "X", reverses="DC/1"), "occurred_on: Lies before line DC/1 of 2026-05-02, which it names."),
        (line("send", 1, "2026-05-03", "X"), "to_storehouse: A transfer needs the storehouse that receives."),
        (line("out", 1, "2026-05-03", "X", due_on=date(2026, 6, 1)), "due_on: Only what is lent has a day to be back by."),
        (line("lend", 1, "2026-05-03", "X", due_on=date(2026, 5, 2)), "due_on: Lies before the loan, 2026-05-03."),
    ],
)  # fmt: skip
@pytest.mark.sqlite_only("the rules are the program's own")
def test_a_line_that_does_not_fit_the_one_it_names_is_refused(
    office: Office, wrong: MovementEntry, said: str
) -> None:
    book(office, line("send", 6, "2026-05-02", "DC", to_storehouse="S2"))
    assert refusal(office, wrong) == said


def test_a_loan_comes_back_in_parts_and_never_more_than_was_lent(office: Office) -> None:
    book(office, line("lend", 5, "2026-05-02", "JC", due_on=date(2026, 5, 9), counterparty="街道办"))
    book(
        office,
        line("return", 2, "2026-05-03", "GH", answers="JC/1"),
        line("return", 1, "2026-05-04", "GH", answers="JC/1"),
    )
    assert refusal(office, line("return", 3, "2026-05-05", "G2", answers="JC/1")) == (
        "quantity: Of line JC/1 only 2 are still to come."
    )
    book(office, line("return", 2, "2026-05-05", "G2", answers="JC/1"), line("return", 1, "2026-05-06", "G3"))
    assert stock(office, "2026-05-06") == {SHOVELS: 11}


def test_a_loan_and_its_return_may_come_in_one_file_in_any_order(office: Office) -> None:
    book(
        office,
        line("return", 2, "2026-05-03", "GH", answers="JC/2"),
        line("lend", 1, "2026-05-02", "JC"),
        line("lend", 5, "2026-05-02", "JC"),
    )
    answers = {row.document: row.answers for row in first_rows(office, MOVEMENTS, View(), 9)}
    assert answers == {"GH": "JC/2", "JC": None, "IN": None}
    saved = save_movements(
        office,
        [line("lend", 99, "2026-05-05", "J2"), line("return", 1, "2026-05-06", "G2", answers="J2/1")],
        Saving(partial=True),
    )
    assert (saved.created, [problem.index for problem in saved.problems]) == (0, [0, 1])


def test_reversed_lines_never_were(office: Office) -> None:
    book(
        office,
        line("out", 4, "2026-05-02", "CK"),
        line("transfer", 3, "2026-05-03", "DB", to_storehouse="S2"),
        line("count", 1, "2026-05-04", "PD"),
        line("in", 5, "2026-05-05", "RK"),
    )
    book(office, reversal("CK/1", 4), reversal("DB/1", 3))
    assert stock(office, "2026-05-03") == {SHOVELS: 10}
    assert stock(office, "2026-05-05") == {SHOVELS: 6}
    check(office)
    book(office, reversal("PD/1", 1))
    assert stock(office, "2026-05-04") == {SHOVELS: 10}
    assert stock(office, "2026-06-02") == {SHOVELS: 15}
    check(office)
    rows = {row.document: row for row in first_rows(office, MOVEMENTS, View(), 20)}
    assert [name for name, row in rows.items() if row.is_reversed] == ["PD", "DB", "CK"]
    assert rows["R-DB-1"].reverses == "DB/1"
    assert rows["R-DB-1"].to_storehouse == "S2"
    book(office, line("out", 15, "2026-05-06", "C2"))
    again = line("reverse", 4, "2026-06-02", "X", reverses="CK/1")
    assert refusal(office, again) == "reverses: Line CK/1 was reversed already."
    assert refusal(office, line("reverse", 4, "2026-06-02", "X", reverses="R-CK-1/1")).startswith(
        "reverses: Line R-CK-1/1 is a reversal itself"
    )


def test_what_later_lines_need_cannot_be_reversed(office: Office) -> None:
    book(office, line("out", 8, "2026-05-09", "CK"))
    assert refusal(office, reversal("IN/1", 10)).startswith("quantity: Leaves too little for document CK")
    book(office, line("lend", 2, "2026-05-10", "JC"), line("return", 1, "2026-05-11", "GH", answers="JC/1"))
    assert (
        refusal(office, reversal("JC/1", 2)) == "reverses: Other lines answer line JC/1: reverse them first."
    )
    book(office, reversal("JC/1", 2), reversal("GH/1", 1), reversal("CK/1", 8))
    assert stock(office, "2026-06-01") == {SHOVELS: 10}
    check(office)
    assert refusal(office, line("return", 1, "2026-05-12", "G", answers="JC/1")) == (
        "answers: Line JC/1 was reversed."
    )


def test_counts_after_a_reversed_line_follow(office: Office) -> None:
    book(office, line("out", 4, "2026-05-02", "CK"), line("count", 5, "2026-05-04", "PD"))
    book(office, reversal("CK/1", 4))
    assert stock(office, "2026-05-03") == {SHOVELS: 10}
    assert stock(office, "2026-05-04") == {SHOVELS: 5}
    check(office)


def test_a_ledger_with_all_kinds_is_read_back_as_it_was(
    office: Office, other_office: Office, tmp_path: Path
) -> None:
    book(
        office,
        line("send", 6, "2026-05-02", "DC", to_storehouse="S2", handler="张三", cause="allocation"),
        line("receive", 4, "2026-05-03", "DR", storehouse="S2", answers="DC/1"),
        line(
            "lend",
            3,
            "2026-05-04",
            "JC",
            due_on=date(2026, 6, 4),
            counterparty="物业公司",
            approved_by="李四",
        ),
        line("return", 1, "2026-05-05", "GH", answers="JC/1"),
        line("return", 2, "2026-05-06", "GH", answers="JC/1"),
        line("in", 9, "2026-05-07", "RK"),
        line("out", 8, "2026-05-08", "RK"),
        reversal("RK/2", 8),
        reversal("GH/2", 2),
        reversal("RK/1", 9),
        line("scrap", 1, "2026-05-09", "BF", item_code="SHOVEL", cause="damaged"),
    )
    before = first_rows(office, MOVEMENTS, View(sort=(("id", False),)), 99)
    assert {row.recorded_by for row in before} == {office.actor}
    export_ledger(office, "movements", tmp_path / "all.csv")
    assert import_ledger(office, "movements", tmp_path / "all.csv").unchanged == len(before)
    now = stock(office, "2026-06-30")
    furnish(other_office)
    result = import_ledger(other_office, "movements", tmp_path / "all.csv")
    assert (result.created, result.rejected) == (len(before), 0)
    after = first_rows(other_office, MOVEMENTS, View(sort=(("id", False),)), 99)
    names = [name for name in MovementEntry.__struct_fields__ if name not in ("recorded_at",)]
    assert [[getattr(row, name) for name in (*names, "line", "is_reversed")] for row in after] == [
        [getattr(row, name) for name in (*names, "line", "is_reversed")] for row in before
    ]
    assert stock(other_office, "2026-06-30") == now
    check(other_office)


@pytest.mark.sqlite_only("the rules are the program's own")
def test_expired_goods_are_counted_moved_and_scrapped_but_not_issued(office: Office) -> None:
    book(office, line("in", 9, "2026-01-01", "TE", item_code="TENT", lot="L1", expires_on=date(2026, 3, 31)))

    def tents(kind: str, quantity: float, day: str, **said: object) -> MovementEntry:
        return line(kind, quantity, day, f"{kind}{day}", item_code="TENT", lot="L1", **said)

    book(office, tents("out", 1, "2026-03-31"))
    for kind in ("out", "lend"):
        assert refusal(office, tents(kind, 1, "2026-04-01")) == (
            "lot: Expired on 2026-03-31: it can be counted, moved and scrapped, but not issued or lent."
        )
    book(
        office,
        tents("transfer", 1, "2026-04-01", to_storehouse="S2"),
        tents("send", 1, "2026-04-01", to_storehouse="S2"),
        tents("scrap", 1, "2026-04-02"),
        tents("count", 3, "2026-04-03"),
    )
    assert stock(office, "2026-04-03")["S1", "TENT", "L1", "2026-03-31"] == 3
