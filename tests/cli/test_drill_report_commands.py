"""Reports upward and taking part on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.line import Line
from tests.core.reports.paper import read


@pytest.fixture
def drilled(line: Line) -> Line:
    """A drill of a street that was to be reported by 19 March, and one of June."""
    line.bring(
        "drills",
        "number,unit_code,title,planned_on,started_at,ended_at,participants\n"
        "YL-1,S1,疏散演练,2026-03-05,2026-03-05 09:00,2026-03-05 10:30,60\n"
        "YL-2,E1,灭火演练,2026-06-05,2026-06-05 09:00,2026-06-05 10:30,12\n",
    )
    line.bring("people", "unit_code,name\nE1,王强\n")
    return line


def refused(line: Line, *arguments: str) -> str:
    result = line.run(*arguments)
    assert result.exit_code == 1, result.output
    return result.stderr


def listed(line: Line, *options: str) -> list[str]:
    return [row["number"] for row in line.json("drill-report", "list", *options)]


def test_the_list_is_narrowed_by_state_and_by_what_is_missing(drilled: Line) -> None:
    assert listed(drilled, "--unit", "E1") == ["YL-2"]
    assert sorted(listed(drilled, "--state", "逾期未报")) == ["YL-1", "YL-2"]
    assert sorted(listed(drilled, "--missing", "photo")) == ["YL-1", "YL-2"]
    (row,) = drilled.json("drill-report", "list", "--unit", "E1")
    assert (row["due_on"], row["rule"]) == ("2026-06-22", "DR-06")
    assert row["missing"] == "plan,sign_in,log,photo,evaluation,summary"
    assert "allowed" in refused(drilled, "drill-report", "list", "--state", "lost")


def test_from_reported_to_accepted(drilled: Line) -> None:
    told = refused(drilled, "drill-report", "accept", "YL-1", "--by", "区局")
    assert "has not been reported yet" in told
    drilled.ok("drill-report", "report", "YL-1", "--to", "区局", "--on", "2026-03-10", "--document", "1号")
    drilled.ok("drill-report", "return", "YL-1", "--by", "区局", "--note", "补照片", "--on", "2026-03-11")
    assert listed(drilled, "--state", "returned") == ["YL-1"]
    drilled.ok("drill-report", "report", "YL-1", "--to", "区局", "--on", "2026-03-12")
    assert "accepted" in drilled.ok("drill-report", "accept", "YL-1", "--by", "区局", "--on", "2026-03-13")
    steps = drilled.json("drill-report", "steps", "YL-1")
    assert [step["kind"] for step in steps] == ["reported", "returned", "reported", "accepted"]
    assert steps[0]["document"] == "1号"


def test_rates_by_period_and_their_paper(drilled: Line, tmp_path: Path) -> None:
    drilled.ok("drill-report", "report", "YL-1", "--to", "区局", "--on", "2026-03-10")
    rates = {row["unit"]: row for row in drilled.json("drill-report", "rates", "2026-H1", "--unit", "S1")}
    assert (rates["S1"]["expected"], rates["S1"]["received"], rates["S1"]["on_time"]) == (2, 1, 1)
    assert (rates["E1"]["expected"], rates["E1"]["received_rate"]) == (1, 0.0)
    assert rates["C1"]["received_rate"] is None
    assert drilled.json("drill-report", "rates", "2026-Q4", "--unit", "S1")[0]["expected"] == 0
    assert "no period" in refused(drilled, "drill-report", "rates", "2026-H3")
    paper = tmp_path / "rates.pdf"
    drilled.ok("report", "reporting_rates", "--unit", "S1", "--number", "2026-H1", "-o", str(paper))
    said = read(paper)
    for words in ("德胜街道:drillsreportedupward", "firsthalfof2026", "Reportsexpected", "50.0"):
        assert words in said, words


def test_days_of_the_office(drilled: Line) -> None:
    assert {row["rule"]: row["days"] for row in drilled.json("drill-report", "days")}["DR-06"] == 10
    drilled.ok("drill-report", "days", "DR-06", "3")
    (row,) = drilled.json("drill-report", "list", "--unit", "E1")
    assert row["due_on"] == "2026-06-10"
    assert "Between 1 and 365" in refused(drilled, "drill-report", "days", "DR-06", "0")
    assert "no rule" in refused(drilled, "drill-report", "days", "XX", "3")
    assert "how many" in refused(drilled, "drill-report", "days", "DR-06")


def test_signs_for_the_reviewer(drilled: Line) -> None:
    assert [row["sign"] for row in drilled.json("drill-report", "signs", "YL-1")] == ["no_finding"]


def test_participation_is_told_exported_and_printed(drilled: Line, tmp_path: Path) -> None:
    units = {row["unit"]: row for row in drilled.json("participation", "units", "--unit", "S1")}
    assert (units["S1"]["drills"], units["S1"]["attendances"], units["C1"]["drills"]) == (1, 60, 0)
    assert drilled.json("participation", "units", "--unit", "E1", "--year", "2025")[0]["drills"] == 0
    assert [row["name"] for row in drilled.json("participation", "people", "--never")] == ["王强"]
    table, people = tmp_path / "units.csv", tmp_path / "people.csv"
    drilled.ok("participation", "export", "--unit", "S1", "-o", str(table))
    assert "E1,加油站,1,12,,,1,0" in table.read_text(encoding="utf-8-sig")
    drilled.ok("participation", "export", "--never", "-o", str(people))
    assert "E1,加油站,王强,,no,0," in people.read_text(encoding="utf-8-sig")
    paper = tmp_path / "participation.pdf"
    drilled.ok("report", "participation", "--unit", "S1", "-o", str(paper))
    said = read(paper)
    for words in ("加油站", "3units,1ofthemwithoutadrill;1peoplenevertookpartinone."):
        assert words in said, words
