"""The rules by the command line: looked at, switched, given terms, entered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.line import Line


def refused(line: Line, *arguments: str) -> str:
    result = line.run(*arguments)
    assert result.exit_code == 1, result.output
    return result.stderr


def asked(line: Line) -> set[str]:
    return {row["rule"] for row in line.json("due")}


def test_all_rules_and_one_of_them(line: Line) -> None:
    rows = {row["rule"]: row for row in line.json("rules", "list")}
    assert rows["DR-05"]["term"] == "each calendar half-year"
    assert (rows["DR-05"]["mark"], rows["DR-05"]["verified"], rows["DR-05"]["state"]) == (
        "V",
        "verified",
        "in_force",
    )
    assert line.json("rules", "show", "DR-05") == rows["DR-05"]
    assert "article\t生产安全事故应急条例第8条第2款" in line.ok("rules", "show", "DR-05").splitlines()
    assert "There is no rule 'DR-99'." in refused(line, "rules", "show", "DR-99")


def test_what_no_rule_asks_is_listed_with_the_reason(line: Line) -> None:
    rows = {row["rule"]: row for row in line.json("rules", "list", "--unasked")}
    assert "height" in rows["DR-16"]["why"]
    assert rows["DR-02"]["asked_by"] == "DR-01"


def test_a_rule_is_switched_off_with_a_reason_and_on_again(line: Line) -> None:
    assert "DR-18" in asked(line)
    assert line.ok("rules", "off", "DR-18", "由街道组织") == "DR-18 is switched off.\n"
    assert "DR-18" not in asked(line)
    assert line.json("rules", "show", "DR-18")["reason"] == "由街道组织"
    assert "Must not be empty." in refused(line, "rules", "off", "DR-18", " ")
    line.ok("rules", "on", "DR-18")
    assert "DR-18" in asked(line)


def test_a_term_is_set_and_given_back(line: Line) -> None:
    line.ok("rules", "term", "SU-06", "6")
    assert line.json("rules", "show", "SU-06")["term"] == "every 6 months"
    line.ok("rules", "term", "SU-06", "--usual")
    assert line.json("rules", "show", "SU-06")["term"] == "every 3 months"
    line.ok("rules", "term", "DR-06", "5")
    assert line.json("drill-report", "days")[0]["days"] == 5
    assert "cannot be set" in refused(line, "rules", "term", "DR-05", "3")
    assert "--usual" in refused(line, "rules", "term", "SU-06")
    assert "--usual" in refused(line, "rules", "term", "SU-06", "3", "--usual")


def test_a_rule_of_the_offices_own_from_entry_to_end(line: Line) -> None:
    line.ok(
        "rules", "local", "add", "LOCAL-1", "街道每季度演练", "京应急发〔2025〕1号第6条", "--kind", "街道", "--window", "cal_quarter",
        "--hazard", "火灾", "--from", "2026-01-01", "--en", "a drill a quarter",
    )  # fmt: skip
    row = line.json("rules", "show", "LOCAL-1")
    assert (row["title"], row["subject"], row["mark"]) == ("a drill a quarter", "sub-district", "L")
    assert row["settled"] == "a drill, for 火灾"
    assert {one["unit"] for one in line.json("due") if one["rule"] == "LOCAL-1"} == {"S1"}
    line.ok("rules", "local", "retire", "LOCAL-1", "--on", "2026-11-23")
    assert "LOCAL-1" not in asked(line)
    assert line.json("rules", "show", "LOCAL-1")["state"] == "ended"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("LOCAL-1", "演练", "", "--months", "6"), "article: Must not be empty."),
        (("LOCAL-1", "演练", "文", "--kind", "castle", "--months", "6"), "'castle' is not allowed"),
        (("LOCAL-1", "演练", "文", "--window", "cal_week"), "'cal_week' is not allowed"),
        (("LOCAL-1", "演练", "文", "--months", "6", "--from", "soon"), "'soon' is not a date"),
        (("X", "", "文", "--months", "6"), "zh: Must not be empty."),
    ],
)
def test_what_cannot_be_is_refused_in_words(line: Line, options: tuple[str, ...], words: str) -> None:
    said = refused(line, "rules", "local", "add", *options)
    assert words.removeprefix("article: ") in said
    assert "LOCAL-1" not in {row["rule"] for row in line.json("rules", "list")}


def test_what_is_due_is_written_as_a_calendar(line: Line, tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    said = line.ok("due", "--unit", "S1", "--ics", str(path))
    count = path.read_bytes().decode().count("BEGIN:VEVENT")
    assert said == f"{count} events written to {path}.\n"
    assert "Written" not in said
    failed = line.run("due", "--ics", str(tmp_path / "nowhere" / "due.ics"))
    assert (failed.exit_code, failed.stdout) == (1, "")
