"""A drill by the command line: its script from a sheet, its conduct, a line put right, a paper record entered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from drillapp.core.localtime import local_moment
from tests.cli.line import Line

SCRIPT = """\
序号,时间,对象,内容,预期行动,时限（分钟）
1,+0:00,指挥部,三层起火,启动预案,5
2,T+15min,疏散组,楼道浓烟,组织疏散,10
R1,备用,通信组,断电,,
"""
RECORD = """\
时间,类别,内容,注入序号
23:50,开始,,
00:05,注入,,1
0:09,行动完成,已启动预案,1
00:30,结束,,
23:55,,集合完毕,
"""


@pytest.fixture
def drill(line: Line) -> Line:
    line.bring("drills", "number,unit_code,title,planned_on\nD1,S1,火灾桌面演练,2026-11-20\n")
    line.ok("inject", "import", "D1", line.file("script.csv", SCRIPT))
    return line


def test_a_script_comes_from_a_sheet_is_shifted_and_goes_back_to_one(drill: Line) -> None:
    rows = drill.json("inject", "list", "D1")
    assert [(row["number"], row["offset"], row["within_seconds"]) for row in rows] == [
        ("1", "+0:00:00", 300), ("2", "+0:15:00", 600), ("R1", None, None),
    ]  # fmt: skip
    drill.ok("inject", "shift", "D1", "5min", "--from", "2")
    drill.ok("inject", "shift", "D1", "+0:01")
    shifted = drill.json("inject", "list", "D1")
    assert [row["offset_seconds"] for row in shifted] == [60, 1260, None]
    for suffix in (".xlsx", ".csv"):
        path = str(drill.folder / f"out{suffix}")
        drill.ok("inject", "export", "D1", path)
        drill.ok("inject", "import", "D1", path)
        assert drill.json("inject", "list", "D1") == shifted


def test_a_wrong_sheet_names_sheet_row_and_column(drill: Line) -> None:
    before = drill.json("inject", "list", "D1")
    bad = "序号,时间,内容,时限,前置注入\n1,马上,起火,5分钟,\n2,+0:10,浓烟,-5分钟,\n3,+0:10,断电,,9\n3,+0:20,通报,,\n"
    result = drill.run("inject", "import", "D1", drill.file("bad.csv", bad))
    assert result.exit_code == 1
    for place in (
        "bad.csv:2:时间",
        "bad.csv:3:时限",
        "bad.csv:4:前置注入",
        "bad.csv:5:序号",
    ):
        assert place in result.stderr
    assert drill.json("inject", "list", "D1") == before


def test_a_drill_is_conducted(drill: Line) -> None:
    drill.ok("conduct", "start", "D1")
    drill.ok("conduct", "release", "D1", "1")
    drill.ok("conduct", "log", "D1", "烟雾报警", "--who", "王芳")
    drill.ok("conduct", "pause", "D1")
    drill.ok("conduct", "resume", "D1")
    drill.ok("conduct", "done", "D1", "1")
    drill.ok("conduct", "correct", "D1", "3", "--text", "烟感报警")
    drill.ok("conduct", "check-in", "D1", "社区居民", "--count", "30")
    drill.ok("conduct", "stop", "D1", "暴雨")
    told = drill.json("conduct", "state", "D1")
    assert told["state"] == "stopped"
    assert told["checked_in"] == 30
    assert [one["state"] for one in told["injects"]] == ["done", "waiting", "reserve"]
    assert [(one["line"], one["text"]) for one in told["lines"] if one["struck"]] == [(3, "烟雾报警")]
    (row,) = drill.json("list", "drills")
    assert row["participants"] == 30
    again = drill.run("conduct", "pause", "D1")
    assert again.exit_code == 1
    assert "over" in again.stderr
    (answered,) = drill.json("conduct", "responses", "D1")["injects"]
    assert (answered["inject"], answered["late"]) == ("1", False)


def test_a_paper_record_is_entered_across_midnight(drill: Line) -> None:
    drill.ok("conduct", "enter", "D1", drill.file("record.csv", RECORD))
    told = drill.json("conduct", "state", "D1")
    assert [one["at"][:16] for one in told["lines"]] == [
        "2026-11-20T23:50", "2026-11-20T23:55", "2026-11-21T00:05", "2026-11-21T00:09", "2026-11-21T00:30",
    ]  # fmt: skip
    assert told["seconds"] == 40 * 60
    twice = drill.run("conduct", "enter", "D1", drill.file("record.csv", RECORD))
    assert twice.exit_code == 1
    assert "record.csv:2:" in twice.stderr


def test_what_has_not_happened_yet_is_not_logged(drill: Line) -> None:
    tomorrow = local_moment(datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")
    refused = drill.run("conduct", "start", "D1", "--at", tomorrow)
    assert refused.exit_code == 1
    assert "not come yet" in refused.stderr
