"""An annual programme on the command line, from its drawing up to its calendar file."""

from __future__ import annotations

from pathlib import Path

from tests.cli.line import Line

PLANS = """\
number,title,unit_code,kind,hazard,published_on
E-1,加油站火灾现场处置方案,E1,on_site,火灾,2024-03-01
"""
EARLY = "2026-11-24"


def test_a_programme_is_drawn_up_changed_scheduled_and_handed_out(line: Line) -> None:
    line.bring("plans", PLANS)
    drawn = line.json("programme", "create", "2027", "--unit", "S1")
    assert drawn["added"] >= 3
    assert drawn["settled"] >= drawn["added"]
    assert line.json("programme", "uncovered", "2027", "--unit", "S1") == []
    items = line.json("programme", "items", "2027", "--unit", "S1")
    assert all(item["rules"] for item in items)
    fire = next(item for item in items if item["plan_number"] == "E-1")
    line.ok("programme", "approve", "2027", "--unit", "S1", "--on", EARLY, "--by", "王芳")
    refused = line.run("programme", "change", str(fire["item"]), "--on", "2027-06-17")
    assert refused.exit_code == 1
    assert "say why" in refused.stderr
    line.ok(
        "programme", "change", str(fire["item"]), "--on", "2027-06-17", "--set", "place=油站", "--set",
        "expected=20", "--reason", "Works",
    )  # fmt: skip
    [change] = line.json("programme", "changes", "2027", "--unit", "S1")
    assert change["reason"] == "Works"
    assert change["fields"]["planned_on"][1] == "2027-06-17"
    line.ok("programme", "publish", "2027", "--unit", "S1", "--document", "8")
    scheduled = line.json("programme", "schedule", "2027", str(fire["item"]), "--unit", "S1")
    assert scheduled == {"numbers": ["E1-YL-2027-01"], "refused": []}
    [drill] = line.json("list", "drills")
    assert (drill["place"], drill["expected"], drill["planned_on"]) == ("油站", 20, "2027-06-17")
    months = line.json("programme", "progress", "2027", "--unit", "S1")
    assert months[5]["scheduled"] == 1
    assert line.json("programme", "show", "2027", "--unit", "S1")["state"] == "published"
    assert [row["year"] for row in line.json("programme", "list")] == [2027]
    path = line.folder / "drills.ics"
    line.ok("programme", "ics", "2027", "--unit", "S1", "-o", str(path))
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    pdf = line.folder / "plan.pdf"
    line.ok("report", "annual_programme", "--unit", "S1", "--number", "2027", "-o", str(pdf))
    assert Path(pdf).read_bytes().startswith(b"%PDF")


def test_items_are_added_repeated_dropped_and_put_back(line: Line) -> None:
    line.json("programme", "create", "2027", "--unit", "S1")
    said = line.ok(
        "programme", "add", "2027", "Stampede", "--on", "2027-04", "--unit", "S1", "--set", "form=桌面", "--set",
        "budget=99.5",
    )  # fmt: skip
    item = said.split()[-1].rstrip(".")
    line.ok("programme", "repeat", item, "quarterly")
    found = [
        one for one in line.json("programme", "items", "2027", "--unit", "S1") if one["title"] == "Stampede"
    ]
    assert [one["planned_on"][:7] for one in found] == ["2027-04", "2027-07", "2027-10"]
    assert {(one["form"], one["budget"], one["is_day_fixed"]) for one in found} == {("tabletop", 99.5, False)}
    line.ok("programme", "drop", item, "--reason", "Enough")
    line.ok("programme", "restore", item)
    month = line.json("programme", "schedule", "2027", "--month", "4", "--unit", "S1")
    assert len(month["numbers"]) >= 1


def test_what_is_wrong_is_said_in_a_sentence(line: Line) -> None:
    for arguments, words in (
        (("show", "2027"), "no drill programme for 2027"),
        (("create", "1999"), "1999 is not a year"),
        (("create", "2020"), "2020 is over"),
        (("drop", "9", "--reason", "x"), "no item 9"),
        (("change", "9"), "no item 9"),
    ):
        refused = line.run("programme", *arguments)
        assert refused.exit_code == 1, arguments
        assert words in refused.stderr
    line.json("programme", "create", "2027", "--unit", "S1")
    for arguments, words in (
        (("add", "2027", "x", "--on", "soon", "--unit", "S1"), "neither a day"),
        (("add", "2027", "x", "--on", "2027-04", "--unit", "S1", "--set", "colour=red"), "not FIELD=VALUE"),
        (("add", "2027", "x", "--on", "2027-04", "--unit", "S1", "--set", "expected=many"), "expected"),
        (("schedule", "2027", "--month", "13", "--unit", "S1"), "1 to 12"),
    ):
        refused = line.run("programme", *arguments)
        assert refused.exit_code == 1, arguments
        assert words in refused.stderr, refused.stderr
    assert line.run("programme", "schedule", "2027").exit_code == 2
