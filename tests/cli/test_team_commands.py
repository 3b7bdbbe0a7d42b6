"""Teams by the command line: kept, put on duty, held against their standard, what lapses told."""

from __future__ import annotations

import pytest

from tests.cli.line import Line

TEAM = "永安站"


@pytest.fixture
def team(line: Line) -> Line:
    line.bring(
        "teams",
        f"unit_code,name,kind,phone,response_minutes\nS1,{TEAM},微型消防站,010-1,3\nC1,{TEAM},volunteer,,\n",
    )
    line.bring(
        "team_members",
        "unit_code,team,name,role,insured_until\n"
        + "".join(
            f"S1,{TEAM},{name},{role},2027-06-30\n"
            for name, role in (("甲", "leader"), ("乙", ""), ("丙", ""))
        ),
    )
    return line


def test_a_team_is_shown_whole(team: Line) -> None:
    team.bring("items", "code,name,unit_of_measure\n1,灭火器,具\n")
    team.bring("storehouses", "code,name,unit_code\nK,站库,S1\n")
    team.bring(
        "movements", "document,kind,storehouse,item_code,quantity,occurred_on\nR,in,K,1,3,2026-01-05\n"
    )
    assert (
        "C1 S1" in team.run("team", "show", TEAM).output or "S1 C1" in team.run("team", "show", TEAM).output
    )
    team.ok(
        "team",
        "set",
        TEAM,
        "--unit",
        "S1",
        "--storehouse",
        "K",
        "--insured-until",
        "2026-12-01",
        "--station",
        "路口",
    )
    team.ok("team", "member", TEAM, "丁", "--role", "队员", "--qualification", "急救员", "--qualified-until", "2026-12-20",
            "--unit", "S1")  # fmt: skip
    team.ok("team", "require", TEAM, "1", "4", "--unit", "S1")
    team.ok("team", "agreement", TEAM, "XY-1", "--partner", "支队", "--until", "2027-01-31", "--unit", "S1")
    team.ok(
        "team", "train", TEAM, "--subject", "水带", "--on", "2026-11-02", "--attended", "4", "--unit", "S1"
    )
    sheet = team.json("team", "show", TEAM, "--unit", "S1")
    assert (sheet["station"], sheet["people"], sheet["state"]) == ("路口", 4, "not_met")
    assert [(row["item_code"], row["quantity"], row["available"]) for row in sheet["equipment"]] == [
        ("1", 4, 3)
    ]
    assert [row["name"] for row in sheet["members"]] == ["甲", "乙", "丙", "丁"]
    assert (sheet["agreements"][0]["partner"], sheet["trainings"][0]["subject"]) == ("支队", "水带")
    assert "# Members" in team.ok("team", "show", TEAM, "--unit", "S1")
    team.ok("team", "require", TEAM, "1", "0", "--unit", "S1")
    assert team.json("team", "show", TEAM, "--unit", "S1")["equipment"] == []
    team.ok("team", "require", TEAM, "1", "4", "--unit", "S1")
    assert len(team.json("team", "show", TEAM, "--unit", "S1")["equipment"]) == 1
    told = team.json("team", "due", "--within", "30")
    assert [(row["what"], row["due_on"]) for row in told] == [
        ("team_insurance", "2026-12-01"), ("qualification", "2026-12-20"),
    ]  # fmt: skip


def test_members_are_put_on_duty_and_the_standard_follows(team: Line) -> None:
    on = ("--unit", "S1")
    assert "1 put" in team.ok("team", "assign", TEAM, "甲", "--shift", "白班", "--lead", *on)
    twice = team.run("team", "assign", TEAM, "甲", "乙", "--shift", "whole", *on)
    assert (twice.exit_code, "甲 would be on duty twice at once on 2026-11-24" in twice.output) == (1, True)
    assert [row["member"] for row in team.json("team", "roster", TEAM, *on)] == ["甲"]
    team.ok("team", "unassign", TEAM, "甲", "--shift", "day", *on)
    unknown = team.run("team", "assign", TEAM, "戊", "--shift", "day", *on)
    assert (unknown.exit_code, "甲 乙 丙" in unknown.output) == (1, True)
    team.ok("team", "rotate", TEAM, "--size", "2", "--from", "2026-11-23", "--to", "2026-11-29", *on)
    assert (
        team.run("team", "copy-week", TEAM, "--from", "2026-11-24", "--to", "2026-11-24", *on).exit_code == 1
    )
    team.ok("team", "copy-week", TEAM, "--from", "2026-11-24", "--to", "2026-12-01", *on)
    refused = team.run("team", "copy-week", TEAM, "--from", "2026-11-24", "--to", "2026-12-01", *on)
    assert (refused.exit_code, "14 shifts" in refused.output) == (1, True)
    assert len(team.json("team", "on-duty")) == 2
    [station] = [one for one in team.json("team", "standard", *on) if one["unit_code"] == "S1"]
    duty = next(one for one in station["clauses"] if one["clause"] == "micro_duty")
    assert (duty["state"], duty["mark"], station["state"]) == ("not_met", "V2", "not_met")
    assert "Fewer than 3 on duty in 14 of 14 half days" in duty["evidence"]
    assert [row["name"] for row in team.json("team", "list", "--state", "not_met")] == [TEAM]


def test_what_is_not_allowed_is_said_in_one_sentence(team: Line) -> None:
    for words, arguments in (
        ("no team '没有'", ("team", "show", "没有")),
        ("is not allowed", ("team", "list", "--kind", "x")),
        ("is not a date", ("team", "train", TEAM, "--subject", "a", "--on", "x", "--unit", "S1")),
        (
            "cannot lie after today",
            ("team", "train", TEAM, "--subject", "a", "--on", "2999-01-01", "--unit", "S1"),
        ),
        ("no storehouse", ("team", "set", TEAM, "--storehouse", "X", "--unit", "S1")),
        (
            "before the first",
            ("team", "assign", TEAM, "甲", "--shift", "day", "--to", "2026-01-01", "--unit", "S1"),
        ),
    ):
        result = team.run(*arguments)
        assert (result.exit_code, words in result.output) == (1, True), result.output
