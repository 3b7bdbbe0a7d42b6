"""The command line keeps its contract: names, JSON keys, exit codes, nothing half-done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.line import UNITS, Line

MOVEMENTS = """\
document,kind,storehouse,item_code,lot,quantity,occurred_on,recorded_at,to_storehouse,expires_on
D1,in,W1,I1,L1,100,2026-01-01,2026-01-01T10:00:00,,2027-01-01
D2,out,W1,I1,L1,30,2026-02-01,2026-02-01T10:00:00,,
D3,count,W1,I1,L1,65,2026-03-01,2026-03-01T10:00:00,,
D4,transfer,W1,I1,L1,15,2026-04-01,2026-04-01T10:00:00,W2,
"""


def stock_line(line: Line) -> None:
    line.bring("items", "code,name\nI1,帐篷\n")
    line.bring("storehouses", "code,name,unit_code\nW1,库一,S1\nW2,库二,C1\n")
    line.bring("movements", MOVEMENTS)


def test_init_makes_an_office_once(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.ok("init", "--name", "西城区", "--level", "district", "--code", "110102")
    assert [row["code"] for row in line.json("list", "units")] == ["110102"]
    again = line.run("init", "--name", "西城区", "--level", "district")
    assert again.exit_code == 1
    assert "exists already" in again.stderr
    assert line.run("init", "--name", "x", "--level", "kingdom").exit_code == 1


def test_wrong_usage_ends_with_2(line: Line) -> None:
    assert line.run("frobnicate").exit_code == 2
    assert line.run("list").exit_code == 2
    assert line.run("list", "units", as_of="yesterday").exit_code == 2


def test_an_import_tells_what_came_of_it_and_changes_nothing_the_second_time(line: Line) -> None:
    assert line.bring("units", UNITS) == {
        "read": 3, "created": 0, "updated": 0, "unchanged": 3, "rejected": 0, "dry_run": False, "ignored": [],
        "errors": [], "notes": [],
    }  # fmt: skip


def test_bad_rows_are_named_and_nothing_is_written(line: Line) -> None:
    path = line.file("bad.csv", "code,name,parent_code\nN1,新一,S1\nN2,新二,ZZ\n")
    result = line.run("import", "units", path, "--json")
    assert result.exit_code == 1
    (error,) = json.loads(result.stdout)["errors"]
    assert (error["row"], error["column"], error["value"]) == (3, "parent_code", "ZZ")
    assert "ZZ" in result.stderr
    assert len(line.json("list", "units")) == 4
    partial = line.json("import", "units", path, "--partial")
    assert (partial["created"], partial["rejected"]) == (1, 1)


def test_columns_that_nobody_understands_are_named(line: Line) -> None:
    result = line.run(
        "import", "units", line.file("more.csv", "code,name,颜色,kind\nN1,新,红,street\n"), "--json"
    )
    assert json.loads(result.stdout)["ignored"] == ["颜色"]
    assert "颜色" in result.stderr


def test_a_dry_run_writes_nothing(line: Line) -> None:
    path = line.file("more.csv", "code,name\nN1,新\n")
    assert line.json("import", "units", path, "--dry-run")["created"] == 1
    assert len(line.json("list", "units")) == 4


def test_columns_can_be_mapped(line: Line) -> None:
    path = line.file("odd.csv", "甲,乙\nN1,新\n")
    assert line.run("import", "units", path).exit_code == 1
    assert line.json("import", "units", path, "--map", "甲=code", "--map", "乙=name")["created"] == 1


def test_a_list_has_the_fields_of_the_kind_and_includes_units_below(line: Line) -> None:
    rows = line.json("list", "units", "--unit", "S1")
    assert {row["code"] for row in rows} == {"S1", "C1", "E1"}
    assert list(rows[0])[:4] == ["code", "name", "parent_code", "kind"]
    assert len(line.json("list", "units", "--limit", "2")) == 2
    assert line.run("list", "units", "--unit", "nowhere").exit_code == 1


def test_stock_follows_counts_transfers_and_the_date(line: Line) -> None:
    stock_line(line)
    assert [(row["storehouse"], row["item"], row["lot"], row["quantity"]) for row in line.json("stock")] == [
        ("W1", "I1", "L1", 50),
        ("W2", "I1", "L1", 15),
    ]
    assert [row["quantity"] for row in line.json("stock", as_of="2026-02-15")] == [70]
    assert [row["storehouse"] for row in line.json("stock", "--unit", "C1")] == ["W2"]
    assert line.json("stock", "--item", "I1")[0]["expires_on"] == "2027-01-01"


def test_more_than_there_is_cannot_be_taken(line: Line) -> None:
    stock_line(line)
    path = line.file("m2.csv", "document,kind,storehouse,item_code,lot,quantity,occurred_on\n"
                               "D9,out,W1,I1,L1,51,2026-05-01\n")  # fmt: skip
    result = line.run("import", "movements", path)
    assert result.exit_code == 1
    assert "only 50 are there on 2026-05-01" in result.stderr


def test_due_and_readiness_explain_themselves(line: Line) -> None:
    due = line.json("due", "--unit", "E1")
    assert {"unit", "rule", "article", "subject", "due_on", "state", "evidence"} <= due[0].keys()
    assert {row["state"] for row in due} == {"no_data"}
    assert {
        row["due_on"] for row in due if row["subject_kind"] == "units" and row["rule"].startswith("DR-")
    } == {None}
    (before,) = line.json("readiness", "--unit", "E1")
    line.bring(
        "drills",
        "number,unit_code,title,hazard,planned_on,started_at,ended_at\n"
        "D1,E1,消防演练,火灾,2026-11-20,2026-11-20T09:00:00,2026-11-20T10:00:00\n",
    )
    (after,) = line.json("readiness", "--unit", "E1")
    assert before["score"] is None, "nothing was known of it"
    assert after["score"] == 100
    drills = after["indicators"]["drills"]
    # One drill settles three rules: every half-year, every year, a fire drill every year. How many came is not noted.
    assert (drills["value"], drills["met"], drills["asked"]) == (1.0, 3, 4)
    assert {row["rule"]: row["by"] for row in drills["evidence"]} == {
        "DR-05": ["D1"], "DR-08": ["D1"], "DR-11": ["D1"], "DR-21": ["D1"]
    }  # fmt: skip
    values = [one for one in after["indicators"].values() if one["value"] is not None]
    weighted = sum(one["weight"] * one["value"] for one in values) / sum(one["weight"] for one in values)
    assert after["score"] == round(100 * weighted, 1)


def test_a_trend_goes_by_month_end(line: Line) -> None:
    points = line.json("readiness", "--unit", "E1", "--trend", "3")
    assert [point["as_of"] for point in points] == ["2026-09-30", "2026-10-31", "2026-11-24"]


def test_search_finds_by_chinese_and_initials(line: Line) -> None:
    for text in ("德胜", "dsjd", "desheng", "S1"):
        assert "德胜街道" in {row["title"] for row in line.json("search", text)}


def test_moments_come_back_as_they_were_written(line: Line) -> None:
    line.bring(
        "drills", "number,unit_code,title,planned_on,started_at\nD1,E1,x,2026-11-20,2026-11-20T09:00:00\n"
    )
    assert line.json("list", "drills")[0]["started_at"] == "2026-11-20T09:00:00+08:00"


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_is_exported_comes_back_unchanged(line: Line, suffix: str) -> None:
    stock_line(line)
    for kind in ("units", "items", "storehouses", "movements"):
        target = line.folder / f"{kind}-out.{suffix}"
        line.ok("export", kind, str(target))
        result = line.json("import", kind, str(target))
        assert (result["created"], result["updated"], result["rejected"]) == (0, 0, 0), result


@pytest.mark.sqlite_only("a server is backed up by its own tools")
def test_check_backup_and_restore(line: Line) -> None:
    assert line.json("check")["ok"] is True
    copy = line.folder / "copy.drill"
    line.ok("backup", str(copy))
    line.bring("units", "code,name\nN1,后来的\n")
    line.ok("restore", str(copy))
    assert "N1" not in {row["code"] for row in line.json("list", "units")}
    line.ok("check")


def test_check_finds_a_changed_journal(line: Line) -> None:
    from drillapp.core.office import Office

    with Office.open(line.office) as office, office.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE journal SET actor = 'nobody' WHERE id = 2")
    result = line.run("check", "--json")
    assert result.exit_code == 1
    assert {fault["part"] for fault in json.loads(result.stdout)["faults"]} == {"journal"}


def test_a_missing_office_is_said_in_a_sentence(tmp_path: Path) -> None:
    result = Line(tmp_path).run("list", "units")
    assert result.exit_code == 1
    assert "There is no office file" in result.stderr
    assert "Traceback" not in result.stderr
