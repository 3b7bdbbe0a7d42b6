"""A drill is evaluated by the command line: sheets, disagreement, objectives, rating, verdict."""

from __future__ import annotations

import pytest

from tests.cli.line import Line

HELD = (
    "number,unit_code,title,planned_on,form,started_at,ended_at\n"
    "D1,C1,消防演练,2026-11-20,tabletop,2026-11-20T09:30:00,2026-11-20T10:30:00\n"
)


@pytest.fixture
def held(line: Line) -> Line:
    """A tabletop drill of a community."""
    line.bring("drills", HELD)
    return line


def fill(line: Line, sheet: int, *faults: str) -> None:
    codes = [one["item"] for one in line.json("evaluate", "form", "community_short")]
    line.ok("evaluate", "sheet", "answer", "D1", str(sheet), *(f"{code}=yes" for code in codes), *faults)


def test_the_forms_and_their_items(line: Line) -> None:
    forms = {one["form"]: one for one in line.json("evaluate", "forms")}
    assert forms["yjt9009_live"]["items"] == 100
    assert forms["gbt46792"]["mark"] == "own"
    (item,) = [one for one in line.json("evaluate", "form", "yjt9009_live") if one["item"] == "B4.6"]
    assert (item["mark"], item["answer"]) == ("V", "yes_no")
    assert "gbt46792" in line.run("evaluate", "form", "weather").stderr


def test_from_two_sheets_to_a_verdict(held: Line) -> None:
    add = ("evaluate", "sheet", "add", "D1", "--form", "community_short")
    assert "Sheet 1" in held.ok(*add, "--evaluator", "李")
    held.ok(
        *add, "--evaluator", "王", "--institution", "安评中心", "--contract", "7", "--groups", "S1 S2,S3 S4"
    )
    fill(held, 1)
    fill(held, 2, "S2.2=no 十五分钟才报告")
    held.ok("evaluate", "sheet", "submit", "D1", "1")
    early = held.run("evaluate", "verdict", "D1", "good", "--by", "赵")
    assert early.exit_code == 1
    assert "王 (安评中心)" in early.stderr
    held.ok("evaluate", "sheet", "submit", "D1", "2")
    shown = held.json("evaluate", "show", "D1")
    assert [one["item"] for one in shown["disputed"]] == ["S2.2"]
    assert [one["answer"] for one in shown["disputed"][0]["opinions"]] == ["yes", "no"]
    assert (shown["rating"]["rating"], shown["rating"]["figures"]["critical"]) == ("fair", 1)
    assert "Good: not reached" in held.ok("evaluate", "rating", "D1")
    assert "serious errors" in held.ok("evaluate", "show", "D1")
    assert held.run("evaluate", "verdict", "D1", "good", "--by", "赵").exit_code == 1
    held.ok("evaluate", "verdict", "D1", "good", "--by", "赵", "--reason", "当日设备维修")
    (drill,) = held.json("list", "drills")
    assert (drill["rating"], drill["third_party"]) == ("good", True)
    assert held.json("evaluate", "show", "D1")["verdict"]["computed"] == "fair"
    assert held.run("evaluate", "sheet", "reopen", "D1", "1").exit_code == 1


def test_a_sheet_that_is_not_complete_says_what_is_missing(held: Line) -> None:
    held.ok("evaluate", "sheet", "add", "D1", "--evaluator", "李", "--groups", "C1")
    held.ok("evaluate", "sheet", "answer", "D1", "1", "C1.1=no", "c1.2=基本符合", "--comment", "现场讲评")
    (sheet,) = held.json("evaluate", "show", "D1")["sheets"]
    assert sheet["form"] == "yjt9009_tabletop"  # the one for the drill's form
    assert sheet["answers"]["C1.2"]["answer"] == "mostly"
    assert sheet["comment"] == "现场讲评"
    assert sheet["missing"] == ["C1.1", *(f"C1.{place}" for place in range(3, 11))]
    refused = held.run("evaluate", "sheet", "submit", "D1", "1")
    assert refused.exit_code == 1
    assert "C1.10" in refused.stderr
    held.ok("evaluate", "sheet", "answer", "D1", "1", "C1.1=")
    assert "C1.1" not in held.json("evaluate", "show", "D1")["sheets"][0]["answers"]


def test_a_paper_sheet_is_typed_off(held: Line) -> None:
    held.ok("evaluate", "sheet", "add", "D1", "--evaluator", "李", "--groups", "C1")
    wrong = held.run("evaluate", "sheet", "read", "D1", "1", held.file("bad.txt", "C1.1 是\nC7.1 是\n"))
    assert wrong.exit_code == 1
    assert "Line 2" in wrong.stderr
    assert held.json("evaluate", "show", "D1")["sheets"][0]["answers"] == {}
    rows = "".join(f"C1.{place} 是\n" for place in range(1, 10)) + "C1.10 否 投影仪坏了\n"
    held.ok("evaluate", "sheet", "read", "D1", "1", held.file("good.txt", rows))
    held.ok("evaluate", "sheet", "submit", "D1", "1", "--on", "2026-11-21")
    assert held.json("evaluate", "show", "D1")["sheets"][0]["submitted_on"] == "2026-11-21"
    held.ok("evaluate", "sheet", "reopen", "D1", "1")
    (fault,) = held.json("evaluate", "findings", "D1")
    assert (fault["evaluation_item"], fault["number"]) == ("C1.10", "1")
    held.ok("evaluate", "findings", "D1", "c1.10", "--save")
    (finding,) = held.json("list", "findings")
    assert "投影仪坏了" in finding["text"]
    assert held.json("evaluate", "findings", "D1") == []


def test_a_sheet_goes_out_and_comes_back_as_a_spreadsheet(held: Line) -> None:
    held.ok("evaluate", "sheet", "add", "D1", "--evaluator", "李", "--groups", "C1")
    held.ok("evaluate", "sheet", "answer", "D1", "1", "C1.1=yes", "C1.2=no 目标空泛")
    path = str(held.folder / "sheet.xlsx")
    held.ok("evaluate", "sheet", "export", "D1", "1", "-o", path)
    held.ok("evaluate", "sheet", "add", "D1", "--evaluator", "王", "--groups", "C1")
    held.ok("evaluate", "sheet", "read", "D1", "2", path)
    first, second = held.json("evaluate", "show", "D1")["sheets"]
    assert first["answers"] == second["answers"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("show", "D9"), "D9"),
        (("sheet", "submit", "D1", "1"), "sheet 1"),
        (("sheet", "add", "D1", "--evaluator", " "), "Say who"),
        (("objective", "D1", "3", "met"), "objective 3"),
        (("verdict", "D1", "superb", "--by", "x"), "superb"),
        (("verdict", "D1", "good", "--by", "x"), "nothing to rate"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(held: Line, arguments: tuple[str, ...], word: str) -> None:
    result = held.run("evaluate", *arguments)
    assert result.exit_code == 1
    assert word in result.stderr
    assert "Traceback" not in result.output
