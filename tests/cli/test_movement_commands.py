"""The stock ledger by the command line: documents, what depends on them, loans, consignments, quarantine, cards."""

from __future__ import annotations

import pytest

from tests.cli.line import Line


@pytest.fixture
def stored(line: Line) -> Line:
    """Two storehouses, a lot of water that expires, and ten quilts."""
    line.bring("items", "code,name,unit_of_measure\nW,饮用水,瓶\nQ,棉被,床\n")
    line.bring("storehouses", "code,name,unit_code\nK1,街道库,S1\nK2,社区点,C1\n")
    line.bring(
        "movements",
        "document,kind,storehouse,item_code,lot,quantity,occurred_on,expires_on\n"
        "R1,in,K1,W,A,100,2026-01-05,2026-10-31\nR1,in,K1,Q,,10,2026-01-05,\n",
    )
    return line


def refused(line: Line, *arguments: str) -> str:
    result = line.run("movement", *arguments)
    assert result.exit_code == 1, result.output
    return result.stderr


def stock(line: Line, item: str = "Q") -> dict[str, float]:
    return {row["storehouse"]: row["quantity"] for row in line.json("stock", "--item", item)}


def test_a_loan_goes_out_and_comes_back_in_parts(stored: Line) -> None:
    done = stored.json(
        "movement", "book", "lend", "--storehouse", "K1", "--line", "Q=4", "--due", "2026-11-20", "--on", "2026-11-01",
        "--counterparty", "物业",
    )  # fmt: skip
    assert done == {"document": "JC20261101-01", "lines": 1}
    [loan] = stored.json("movement", "loans")
    assert (loan["counterparty"], loan["outstanding"], loan["state"]) == ("物业", 4, "overdue")
    assert "Nothing is open of line 2" in refused(stored, "return", "JC20261101-01", "--line", "2=1")
    stored.ok("movement", "return", "JC20261101-01", "--line", "1=3", "--handler", "王五")
    assert stock(stored) == {"K1": 9}
    stored.ok("movement", "return", "JC20261101-01")
    assert stored.json("movement", "loans") == []
    assert [row["state"] for row in stored.json("movement", "loans", "--all")] == ["returned"]
    assert "still out or under way" in refused(stored, "return", "JC20261101-01")


def test_goods_under_way_are_in_no_storehouse(stored: Line) -> None:
    stored.ok(
        "movement", "book", "send", "--storehouse", "K1", "--to", "K2", "--line", "Q=6", "--document", "DC1"
    )
    assert stock(stored) == {"K1": 4}
    stored.ok("movement", "receive", "DC1", "--line", "1=2")
    [under_way] = stored.json("movement", "transit")
    assert (under_way["to_storehouse"], under_way["under_way"], under_way["received"]) == ("K2", 4, 2)
    stored.ok("movement", "receive", "DC1")
    assert stock(stored) == {"K1": 4, "K2": 6}
    assert stored.json("movement", "transit") == []


def test_a_document_is_taken_back_only_when_nothing_needs_it(stored: Line) -> None:
    stored.ok(
        "movement",
        "book",
        "out",
        "--storehouse",
        "K1",
        "--line",
        "Q=8",
        "--document",
        "C1",
        "--on",
        "2026-11-02",
    )
    found = stored.json("movement", "preview", "reverse", "--of", "R1/2")
    assert [problem["value"] for problem in found["problems"]] == ["C1/1"]
    assert "out C1, line 1, of 2026-11-02: 棉被 8 at 街道库" in refused(
        stored, "reverse", "R1/2", "--reason", "错"
    )
    assert stored.json("movement", "reverse", "C1", "R1/2", "--reason", "错")["lines"] == 2
    assert stock(stored) == {}
    card = stored.json("movement", "card", "Q", "--storehouse", "K1")
    assert [(row["document"], row["reversed"], row["balance"]) for row in card["rows"][:2]] == [
        ("R1", True, 0), ("C1", True, 0),
    ]  # fmt: skip
    assert "no document 'X'" in refused(stored, "reverse", "X", "--reason", "错")
    assert stored.json("check")["ok"]


def test_a_preview_shows_what_a_late_entry_changes(stored: Line) -> None:
    stored.ok(
        "movement",
        "book",
        "count",
        "--storehouse",
        "K1",
        "--line",
        "Q=9",
        "--document",
        "PD",
        "--on",
        "2026-06-30",
    )
    found = stored.json(
        "movement", "preview", "in", "--storehouse", "K1", "--line", "Q=2", "--on", "2026-03-01"
    )
    [change] = found["holdings"]
    assert (change["today_before"], change["today_after"], change["later_counts"]) == (9, 9, 1)
    assert (change["counts"][0]["difference_before"], change["counts"][0]["difference_after"]) == (-1, -3)
    told = stored.ok("movement", "preview", "in", "--storehouse", "K1", "--line", "Q=2", "--on", "2026-03-01")
    assert "PD/1 count 9: -1 -> -3" in told
    assert stock(stored) == {"K1": 9}


def test_expired_and_quarantined_goods_are_not_issued(stored: Line) -> None:
    water = ("--storehouse", "K1", "--line", "W=1,lot=A")
    assert "Expired on 2026-10-31" in refused(stored, "book", "out", *water)
    stored.ok("movement", "book", "scrap", *water, "--approved-by", "李四")
    number = stored.json(
        "movement", "quarantine", "--storehouse", "K1", "--item", "Q", "--quantity", "7", "--kind", "damaged"
    )["id"]
    assert "7 are in quarantine" in refused(stored, "book", "out", "--storehouse", "K1", "--line", "Q=4")
    [row] = stored.json("movement", "quarantine")
    assert (row["id"], row["quantity"], row["state"]) == (number, 7, "in_force")
    stored.ok("movement", "release", str(number), "--by", "赵六", "--quantity", "1")
    stored.ok("movement", "book", "out", "--storehouse", "K1", "--line", "Q=4")
    assert len(stored.json("movement", "quarantine", "--all")) == 2
    assert "--storehouse, --item" in refused(stored, "quarantine", "--quantity", "7")


def test_the_card_ends_with_the_stock_of_the_day(stored: Line) -> None:
    for day, quantity in (("02-01", 1), ("03-01", 2.5), ("04-01", 0.5)):
        stored.ok(
            "movement",
            "book",
            "out",
            "--storehouse",
            "K1",
            "--line",
            f"Q={quantity}",
            "--on",
            f"2026-{day}",
            "--cause",
            "event",
        )
    for day in ("2026-01-31", "2026-02-28", "2026-03-01", "2026-12-31"):
        card = stored.json("movement", "card", "Q", as_of=day)
        assert card["closing"] == sum(
            row["quantity"] for row in stored.json("stock", "--item", "Q", as_of=day)
        )
    newest = stored.json("movement", "card", "Q", "--limit", "1", "--newest-first")
    assert (newest["total"], newest["rows"][0]["balance"], newest["rows"][0]["cause"]) == (4, 6, "event")
    assert newest["rows"][0]["recorded_at"].endswith("+08:00")


@pytest.mark.parametrize("text", ["Q", "Q=x", "Q=1,color=red", "Q=1,lot", "Q=1,expires=soon"])
def test_a_line_that_cannot_be_read_is_refused(stored: Line, text: str) -> None:
    said = "'soon' is not a date" if text.endswith("soon") else f"'{text}' is no line"
    assert said in refused(stored, "book", "in", "--storehouse", "K1", "--line", text)
    assert stock(stored) == {"K1": 10}
