"""A drill by the command line: its record written part by part, read as a whole, settled, copied, called off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.line import Line

DRILL = "S1-YL-2026-01"


@pytest.fixture
def drill(line: Line) -> Line:
    """A street with a plan in force, a store and a drill that was held."""
    line.bring("plans", "number,title,unit_code,published_on\nP1,火灾预案,S1,2025-03-01\n")
    line.bring("items", "code,name,unit_of_measure\n1,灭火器,具\n")
    line.bring("storehouses", "code,name,unit_code\nK,街道库,S1\n")
    line.bring(
        "movements",
        "document,kind,storehouse,item_code,lot,quantity,occurred_on,expires_on\n"
        "RK1,in,K,1,A,10,2026-01-05,2029-01-01\nRK2,in,K,1,B,4,2026-01-05,2027-01-31\n",
    )
    line.bring(
        "drills",
        "number,unit_code,title,planned_on,plan_number,started_at,ended_at\n"
        f"{DRILL},S1,消防演练,2026-06-05,P1,2026-06-05 09:00,2026-06-05 10:30\n",
    )
    return line


def show(line: Line, *options: str) -> dict[str, object]:
    found: dict[str, object] = line.json("drill", "show", DRILL, *options)
    return found


def test_facts_and_design_are_set_together(drill: Line) -> None:
    drill.ok(
        "drill",
        "set",
        DRILL,
        "unannounced=是",
        "hazard=火灾",
        "scenario=一层起火",
        "budget=500",
        "subjects=疏散；灭火",
    )
    told = show(drill)
    assert (told["unannounced"], told["hazard"], told["scenario"], told["budget"]) == (
        True,
        "火灾",
        "一层起火",
        500,
    )
    assert told["subjects"] == ["疏散", "灭火"]
    drill.ok("drill", "set", DRILL, "scenario=", "title=夜间演练")
    assert (show(drill)["scenario"], show(drill)["title"]) == (None, "夜间演练")
    for wrong in (
        "x=1",
        "planned_on=abc",
        "budget=viel",
        "level=一级",
        "form=x",
        "ended_at=2026-06-04 08:00",
    ):
        refused = drill.run("drill", "set", DRILL, wrong)
        assert (refused.exit_code, "Traceback" in refused.stderr) == (1, False), wrong
    assert drill.run("drill", "set", DRILL, "x").exit_code == 2


def test_parts_are_added_listed_and_taken_away(drill: Line) -> None:
    drill.ok("drill", "party", "add", DRILL, "--unit", "S1", "--role", "player", "--expected", "30")
    drill.ok("drill", "party", "add", DRILL, "--name", "消防救援站", "--role", "evaluator")
    drill.ok("drill", "objective", "add", DRILL, "全部疏散", "--who", "保安", "--standard", "5分钟")
    drill.ok("drill", "objective", "met", DRILL, "1", "partly", "--note", "6分钟")
    drill.ok("drill", "tested", "add", DRILL)
    drill.ok("drill", "cost", "add", DRILL, "compensation", "--actual", "800", "--payee", "某公司")
    told = show(drill)
    assert [(one["line"], one["name"], one["expected"]) for one in told["parties"]] == [
        (1, told["unit_name"], 30), (2, "消防救援站", None),
    ]  # fmt: skip
    assert told["objectives"][0]["met"] == "partly"
    assert told["tested"][0]["plan_number"] == "P1"
    assert told["cost_sums"][-1] == {"kind": "", "planned": 0, "actual": 800}
    drill.ok("drill", "party", "remove", DRILL, "1")
    assert [one["name"] for one in drill.json("drill", "party", "list", DRILL)] == ["消防救援站"]
    assert drill.run("drill", "party", "remove", DRILL, "9").exit_code == 1
    assert drill.run("drill", "party", "add", DRILL, "--unit", "X").exit_code == 1
    assert drill.run("drill", "party", "add", DRILL, "--team", "无").exit_code == 1
    assert drill.run("drill", "cost", "add", DRILL, "compensation").exit_code == 1
    assert drill.run("drill", "tested", "add", DRILL, "--plan", "P9").exit_code == 1


def test_supplies_are_offered_set_aside_and_settled(drill: Line) -> None:
    assert [one["lot"] for one in drill.json("drill", "supply", "offers", DRILL)] == ["B", "A"]
    drill.ok("drill", "supply", "add", DRILL, "1", "6")
    drill.ok("drill", "supply", "add", DRILL, "1", "5")
    assert [(one["lot"], one["reserved"]) for one in show(drill)["supplies"]] == [("B", 4), ("A", 1)]
    assert "14" in drill.run("drill", "supply", "add", DRILL, "1", "99").stderr
    drill.ok("drill", "settle", DRILL, "1=3", "2=0")
    assert [(one["used"], one["document"]) for one in show(drill)["supplies"]] == [
        (3, "CK20260605-01"),
        (0, None),
    ]
    drill.ok("drill", "settle", DRILL, "1=2")
    assert sum(one["quantity"] for one in drill.json("stock", "--item", "1")) == 12
    assert drill.run("drill", "settle", DRILL, "7=1").exit_code == 1
    assert drill.run("drill", "supply", "remove", DRILL, "1").exit_code == 1


def test_the_roll_comes_from_a_list(drill: Line) -> None:
    file = drill.file("签到.csv", "姓名,单位,人数\n张三,物业,\n居民,社区,40\n")
    result = drill.json("drill", "roll", "import", DRILL, file, "--present")
    assert (result["read"], result["created"]) == (2, 2)
    drill.ok("drill", "person", "add", DRILL, "李四", "--role", "observer")
    told = show(drill, "--people")
    assert told["roll"] == {"lines": 3, "people": 42, "present": 41}
    assert told["participants"] == 41
    drill.ok("drill", "person", "remove", DRILL, "3")
    assert len(drill.json("drill", "person", "list", DRILL)) == 2
    wrong = drill.run("drill", "roll", "import", DRILL, drill.file("x.csv", "姓名,人数\n王五,0\n"))
    assert (wrong.exit_code, "2" in wrong.stderr) == (1, True)


def test_files_up_to_the_limit_are_kept(drill: Line) -> None:
    video = Path(drill.file("video.mp4", ""))
    with video.open("wb") as file:
        file.truncate(200_000_000)
    added = drill.run("drill", "file", "add", DRILL, drill.file("现场.jpg", "x"), str(video))
    assert added.exit_code == 1
    assert "20 MB" in added.stderr
    assert [(one["name"], one["kind"]) for one in drill.json("drill", "file", "list", DRILL)] == [
        ("现场.jpg", "photo")
    ]
    out = drill.folder / "out.jpg"
    drill.ok("drill", "file", "take", DRILL, "1", "-o", str(out))
    assert out.read_text() == "x"
    drill.ok("drill", "file", "remove", DRILL, "1")
    assert show(drill)["files"] == []


def test_a_drill_is_copied_and_called_off(drill: Line) -> None:
    copied = drill.json("drill", "copy", DRILL, "2027-06-05")
    assert copied["number"] != DRILL
    drill.ok("drill", "cancel", copied["number"], "--reason", "暴雨")
    assert drill.run("drill", "cancel", copied["number"], "--reason", "暴雨").exit_code == 1
    assert drill.run("drill", "cancel", DRILL, "--reason", "暴雨").exit_code == 1
    assert drill.run("drill", "show", "X").exit_code == 1
