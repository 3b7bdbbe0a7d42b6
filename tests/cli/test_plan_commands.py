"""A plan by the command line: from Word to filing right to the day, the next version, what differs, what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.line import Line
from tests.core.plans.word.documents import SENTENCE, written

PLAN = "S1-ZT-01"
TEXT = ("1　总则", "1.1　编制目的", SENTENCE, "2　运行机制", SENTENCE, "3　应急保障", SENTENCE)


@pytest.fixture
def plan(line: Line) -> Line:
    """A street with a plan of which nothing is written."""
    line.bring("plans", f"number,title,unit_code,tier,kind\n{PLAN},德胜街道总体应急预案,S1,street,overall\n")
    return line


def in_force(line: Line) -> None:
    """Written, reviewed, approved, published before the National Day."""
    line.ok("plan", "word-in", PLAN, str(written(line.folder / "plan.docx", TEXT)))
    for kind in ("risk_assessment", "resource_survey"):
        line.ok("plan", "add-paper", PLAN, kind, line.file(f"{kind}.txt", "调查结果"))
    for event in (
        ("drafted", "2026-08-03"), ("risk_assessed", "2026-08-10"), ("resources_surveyed", "2026-08-11"),
        ("reviewed", "2026-09-01", "--person", "王五", "--conclusion", "passed"), ("approved", "2026-09-10"),
        ("published", "2026-09-24"),
    ):  # fmt: skip
        line.ok("plan", "record", PLAN, event[0], "--on", *event[1:])


def test_a_dry_run_shows_what_becomes_a_heading_and_a_clerk_says_otherwise(plan: Line) -> None:
    file = str(written(plan.folder / "plan.docx", TEXT))
    headings = plan.json("plan", "word-in", PLAN, file, "--dry-run")
    assert [(one["level"], one["number"], one["title"]) for one in headings] == [
        (1, "1", "总则"), (2, "1.1", "编制目的"), (1, "2", "运行机制"), (1, "3", "应急保障"),
    ]  # fmt: skip
    assert plan.json("plan", "show", PLAN) == []
    plan.ok("plan", "word-in", PLAN, file, "--level", f"{headings[1]['line']}=0")
    assert [one["title"] for one in plan.json("plan", "show", PLAN)] == ["总则", "运行机制", "应急保障"]
    assert plan.run("plan", "word-in", PLAN, file, "--level", "99=1").exit_code == 2


def test_filing_is_due_to_the_working_day_across_the_national_day(plan: Line) -> None:
    in_force(plan)
    (filed,) = [one for one in plan.json("plan", "next", PLAN) if one["kind"] == "filed"]
    assert (filed["allowed"], filed["due_on"], filed["due_is_estimated"]) == (True, "2026-10-29", False)
    refused = plan.run("plan", "record", PLAN, "drafted", "--on", "2026-10-01")
    assert refused.exit_code == 1
    assert "Traceback" not in refused.stderr
    plan.ok(
        "plan", "record", PLAN, "filed", "--on", "2026-10-20", "--reference", "备-1", "--authority", "区局"
    )
    assert [one["kind"] for one in plan.json("plan", "events", PLAN)][-1] == "filed"
    plan.ok("plan", "withdraw", PLAN, "--reason", "记错")
    assert [one["kind"] for one in plan.json("plan", "events", PLAN)][-1] == "published"


def test_a_table_of_days_moves_what_is_due(plan: Line) -> None:
    after = ("workdays", "after", "2026-09-24", "20")
    assert plan.json(*after) == [{"day": "2026-10-29", "is_estimated": False}]
    plan.ok("workdays", "import", plan.file("days.csv", "date,name,day off\n2026-10-10,国庆节,yes\n"))
    assert plan.json(*after)[0]["day"] == "2026-10-30"
    assert plan.run("workdays", "import", plan.file("bad.csv", "a,b\n1,2\n")).exit_code == 1
    assert plan.run("workdays", "after", "soon", "20").exit_code == 1


def test_a_new_version_is_compared_with_the_one_before(plan: Line) -> None:
    in_force(plan)
    plan.ok("plan", "begin", PLAN, "--label", "2026版", "--summary", "机构改革")
    path = Path(plan.file("content.json", plan.ok("plan", "content", PLAN)))
    said = json.loads(path.read_text(encoding="utf-8"))
    said["sections"][-1]["blocks"][0]["text"] = "改为二十四小时值守。"
    path.write_text(json.dumps(said), encoding="utf-8")
    plan.ok("plan", "content", PLAN, "--write", str(path))
    (difference,) = plan.json("plan", "compare", PLAN)
    assert (difference["how"], difference["name"]) == ("changed", "3 应急保障")
    assert "应急保障" in plan.ok("plan", "compare", PLAN, "--old", "1", "--new", "2026版")
    states = {one["ordinal"]: one["state"] for one in plan.json("plan", "versions", PLAN)}
    assert states == {1: "in_force", 2: "drafting"}
    assert "2026版" in plan.run("plan", "show", PLAN, "--version", "1999").stderr


def test_the_text_in_force_is_found_with_its_line(plan: Line) -> None:
    in_force(plan)
    found = [one for one in plan.json("search", "职责分工") if one["passage"]]
    assert {one["title"] for one in found} == {"1.1 编制目的", "2 运行机制", "3 应急保障"}
    assert found[0]["passage"] == SENTENCE


def test_an_approved_version_is_not_written(plan: Line) -> None:
    in_force(plan)
    path = plan.file("content.json", plan.ok("plan", "content", PLAN))
    refused = plan.run("plan", "content", PLAN, "--write", path)
    assert refused.exit_code == 1
    assert "approved" in refused.stderr
    broken = plan.run("plan", "content", PLAN, "--write", plan.file("broken.json", '{"sections": 1}'))
    assert broken.exit_code == 1
    assert "broken.json" in broken.stderr


def test_a_finding_is_answered_before_the_revision_is_approved(plan: Line) -> None:
    in_force(plan)
    plan.bring(
        "drills",
        "number,unit_code,title,plan_number,planned_on,started_at,ended_at\n"
        f"D1,S1,疏散演练,{PLAN},2026-10-20,2026-10-20T09:00:00,2026-10-20T10:00:00\n",
    )
    plan.bring("findings", f"drill_number,number,text,plan_number\nD1,1,值守电话不通,{PLAN}\n")
    plan.ok("plan", "begin", PLAN)
    (finding,) = plan.json("plan", "findings", PLAN)
    assert finding["decision"] is None
    plan.ok("plan", "answer-finding", PLAN, "D1", finding["number"], "addressed", "--section", "应急保障")
    assert [one["decision"] for one in plan.json("plan", "findings", PLAN)] == ["addressed"]
    assert plan.run("plan", "answer-finding", PLAN, "D1", "77", "declined").exit_code == 1


def test_what_a_plan_lacks_who_gets_it_and_how_it_goes_out(plan: Line) -> None:
    in_force(plan)
    assert {one["kind"] for one in plan.json("plan", "gaps", PLAN)}
    assert plan.json("plan", "authorities", PLAN)[0]["filed_with"]
    assert [one["kind"] for one in plan.json("plan", "papers", PLAN)] == [
        "risk_assessment",
        "resource_survey",
    ]
    plan.ok("plan", "take-paper", PLAN, "risk_assessment.txt", "-o", str(plan.folder / "taken.txt"))
    assert (plan.folder / "taken.txt").read_text(encoding="utf-8") == "调查结果"
    plan.ok("plan", "pdf", PLAN, "-o", str(plan.folder / "plan.pdf"))
    assert (plan.folder / "plan.pdf").read_bytes().startswith(b"%PDF")
    plan.ok("plan", "word-out", PLAN, "-o", str(plan.folder / "out.docx"))
    again = plan.json("plan", "word-in", PLAN, str(plan.folder / "out.docx"), "--dry-run")
    assert [one["title"] for one in again] == ["总则", "编制目的", "运行机制", "应急保障"]


def test_an_assessment_by_its_form(plan: Line) -> None:
    in_force(plan)
    items = [one["item"] for one in plan.json("plan", "assessment-form")]
    said = {
        "happened_on": "2026-11-20", "assessors": "王五", "conclusion": "keep",
        "answers": [{"item": item, "needs_revision": False} for item in items],
    }  # fmt: skip
    plan.ok("plan", "assess", PLAN, plan.file("form.json", json.dumps(said)))
    assert [one["conclusion"] for one in plan.json("plan", "events", PLAN)][-1] == "keep"
    wrong = plan.run("plan", "assess", PLAN, plan.file("wrong.json", '{"happened_on": "soon"}'))
    assert wrong.exit_code == 1
    assert "wrong.json" in wrong.stderr


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_document_is_refused_in_a_sentence(plan: Line, content: bytes) -> None:
    path = plan.folder / "bad.docx"
    path.write_bytes(content)
    refused = plan.run("plan", "word-in", PLAN, str(path))
    assert refused.exit_code == 1
    assert "bad.docx" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert plan.json("plan", "show", PLAN) == []


def test_a_draft_is_called_otherwise_and_what_many_plans_lack_is_one_list(plan: Line) -> None:
    assert [(one["number"], one["gaps"]) for one in plan.json("plan", "lacking")] == [(PLAN, "no_content")]
    assert plan.json("plan", "lacking", "--unit", "S1") == plan.json("plan", "lacking")
    plan.ok("plan", "describe", PLAN, "--label", "2026版")
    plan.ok("plan", "describe", PLAN, "--summary", "新编")
    (version,) = plan.json("plan", "versions", PLAN)
    assert (version["label"], version["summary"]) == ("2026版", "新编")
    in_force(plan)
    refused = plan.run("plan", "describe", PLAN, "--label", "另一版")
    assert refused.exit_code == 1
    assert "Traceback" not in refused.stderr


def test_unknown_plans_versions_and_events_are_named(plan: Line) -> None:
    assert "ZZ" in plan.run("plan", "gaps", "ZZ").stderr
    assert "frobnicated" in plan.run("plan", "record", PLAN, "frobnicated").stderr
    assert "soon" in plan.run("plan", "record", PLAN, "drafted", "--on", "soon").stderr
    assert plan.run("plan", "withdraw", PLAN, "--reason", "x").exit_code == 1
