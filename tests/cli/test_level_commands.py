"""Levels, scenarios, what expires, what to look after: by the command line, from entry to paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.line import Line


@pytest.fixture
def stored(line: Line) -> Line:
    """A street with water, quilts and pumps, some of which expire."""
    line.bring(
        "items",
        "code,name,unit_of_measure,packs,warning_days,inspection_months\n"
        "W,饮用水,瓶,箱=24,60,\nQ,棉被,床,,,\nP,水泵,台,,,3\n",
    )
    line.bring("storehouses", "code,name,unit_code\nK1,街道库,S1\n")
    line.bring(
        "movements",
        "document,kind,storehouse,item_code,lot,quantity,occurred_on,expires_on\n"
        "R1,in,K1,W,A,100,2026-01-05,2026-12-31\nR1,in,K1,W,B,50,2026-01-05,2027-06-30\nR1,in,K1,W,C,9,2026-01-05,2026-10-01\n"
        "R1,in,K1,Q,,5,2026-01-05,\nR1,in,K1,P,,2,2026-01-05,\n",
    )
    return line


def refused(line: Line, *arguments: str) -> str:
    result = line.run(*arguments)
    assert result.exit_code == 1, result.output
    return result.stderr


def test_levels_from_interval_to_purchase_list(stored: Line, tmp_path: Path) -> None:
    stored.ok("level", "set", "W", "300-500", "--kind", "街道", "--source", "区标准")
    stored.ok("level", "set", "Q", "5", "--unit", "S1")
    stored.ok("level", "set", "P", "3", "--storehouse", "K1")
    rows = stored.json("level", "fulfilment", "--short")
    assert [(row["item"], row["storehouse"], row["required"], row["available"], row["missing"]) for row in rows] == [
        ("P", "K1", 3, 2, 1), ("W", None, 300, 150, 150),
    ]  # fmt: skip
    [unit] = stored.json("level", "units")
    assert (unit["limiting"], unit["share"], unit["items"], unit["short"]) == ("饮用水", 50, 3, 2)
    water = stored.json("purchase-list")[1]
    assert (water["missing"], water["order"], water["packs"][0]["count"], water["sources"]) == (
        150, 168, 7, ["区标准"],
    )  # fmt: skip
    sheet = tmp_path / "buy.xlsx"
    stored.ok("purchase-list", "-o", str(sheet))
    book = load_workbook(sheet)
    cells = list(book.active.values)
    book.close()
    assert [row[0] for row in cells[1:]] == ["P", "W"]
    assert cells[2][4:8] == (150, 1, "7 箱", 168)
    paper = tmp_path / "buy.pdf"
    stored.ok("purchase-list", "--unit", "S1", "-o", str(paper))
    assert paper.read_bytes().startswith(b"%PDF")
    assert "allowed" in refused(stored, "level", "set", "W", "1", "--kind", "planet")
    assert "quantity" in refused(stored, "level", "set", "W", "many", "--unit", "S1")


def test_scenarios(stored: Line) -> None:
    stored.ok(
        "scenario", "set", "ZJ", "--name", "转移安置", "--unit", "S1", "--people", "20", "--hours", "72"
    )
    stored.ok("scenario", "rate", "ZJ", "W", "2.5", "--basis", "每人每天")
    stored.ok("scenario", "rate", "ZJ", "Q", "1", "--basis", "person", "--source", "导则")
    [told] = stored.json("scenario", "list")
    assert (told["people_served"], told["hours_lasting"], told["limiting"], told["missing"]) == (
        5,
        72,
        "棉被",
        15,
    )
    water = next(row for row in stored.json("scenario", "show", "ZJ") if row["item_code"] == "W")
    assert (water["required"], water["available"], water["state"]) == (150, 150, "met")
    [quilts] = stored.json("purchase-list", "--scenario", "ZJ")
    assert (quilts["item"], quilts["missing"], quilts["sources"]) == ("Q", 15, ["导则"])
    assert "ZJ" in refused(stored, "scenario", "show", "X")
    wrong = ("scenario", "set", "ZJ", "--name", "-", "--unit", "S1", "--people", "0", "--hours", "1")
    assert "1 to 10000000" in refused(stored, *wrong)


def test_what_expires_and_what_to_use_first(stored: Line) -> None:
    assert [row["lot"] for row in stored.json("expiry", "list")] == ["C", "A"]
    assert [row["lot"] for row in stored.json("expiry", "list", "--within", "20")] == ["C"]
    past, _november, december, *_rest = stored.json("expiry", "months", "--ahead", "3")
    assert (past["first_day"], past["lots"], december["first_day"], december["lots"]) == (
        None,
        1,
        "2026-12-01",
        1,
    )
    picks = stored.json("expiry", "first", "K1", "W", "120")
    assert [(pick["lot"], pick["quantity"]) for pick in picks] == [("A", 100), ("B", 20)]


def test_what_expires_is_set_aside_for_a_drill(stored: Line) -> None:
    stored.bring(
        "drills",
        "number,unit_code,title,planned_on\nYL-1,S1,疏散演练,2026-12-10\nYL-2,E1,消防演练,2026-12-12\n"
        "YL-3,S1,防汛演练,2027-07-10\n",
    )
    rows = stored.json("expiry", "rotation")
    assert [(row["lot"], row["drill"], row["free"]) for row in rows] == [
        ("A", "YL-1", 100),
        ("A", "YL-2", 100),
    ]
    stored.ok("expiry", "set-aside", "YL-1", "K1", "W", "A", "30")
    stored.ok("expiry", "set-aside", "YL-1", "K1", "W", "A", "10")
    assert [row["free"] for row in stored.json("expiry", "rotation")] == [60, 60]
    assert "too many" in refused(stored, "expiry", "set-aside", "YL-1", "K1", "W", "A", "61")
    stored.ok("expiry", "set-aside", "YL-2", "K1", "W", "2026-12-31")
    assert stored.json("expiry", "rotation") == []
    assert "Nothing is suggested" in refused(stored, "expiry", "set-aside", "YL-3", "K1", "W", "A")


def test_upkeep(stored: Line) -> None:
    [row] = stored.json("upkeep", "due")
    assert (row["item_code"], row["due_on"], row["state"]) == ("P", "2026-04-05", "overdue")
    told = stored.ok(
        "upkeep",
        "done",
        "检查",
        "K1",
        "P",
        "--result",
        "failed",
        "--by",
        "李",
        "--note",
        "漏水",
        "--on",
        "2026-11-20",
    )
    assert "quarantine" in told
    [row] = stored.json("upkeep", "due")
    assert (row["due_on"], row["last_result"], row["state"]) == ("2027-02-20", "failed", "due_90")
    [done] = stored.json("upkeep", "list")
    assert (done["done_by"], done["note"], done["done_on"]) == ("李", "漏水", "2026-11-20")
    again = (
        "upkeep",
        "done",
        "maintenance",
        "K1",
        "P",
        "--result",
        "不合格",
        "--on",
        "2026-11-21",
        "--quarantine",
    )
    assert "1 lots are in quarantine" in stored.ok(*again)
    assert stored.json("expiry", "first", "K1", "P", "1") == []
    assert "future" in refused(stored, "upkeep", "done", "检查", "K1", "P", "--result", "passed", "--on", "2099-01-01")  # fmt: skip


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("fulfilment", ()),
        ("expiry_list", ("--number", "180")),
        ("upkeep_plan", ()),
        ("purchase_list", ("--unit", "S1")),
    ],
)
def test_the_papers(stored: Line, tmp_path: Path, name: str, options: tuple[str, ...]) -> None:
    stored.ok("level", "set", "W", "300", "--kind", "street")
    path = tmp_path / "paper.pdf"
    stored.ok("report", name, "-o", str(path), *options)
    assert path.read_bytes().startswith(b"%PDF")


def test_a_paper_wants_a_number_of_days(stored: Line, tmp_path: Path) -> None:
    told = refused(stored, "report", "expiry_list", "-o", str(tmp_path / "x.pdf"), "--number", "soon")
    assert "soon" in told
