"""Findings by the command line: assigned, put right with proof, verified by a later drill, opened again, repeated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.line import Line


@pytest.fixture
def drilled(line: Line) -> Line:
    """Three drills of a street; two of them found the same."""
    line.bring(
        "drills",
        "number,unit_code,title,planned_on,started_at,ended_at\n"
        "YL-0,S1,疏散演练,2025-06-05,2025-06-05 09:00,2025-06-05 10:30\n"
        "YL-1,S1,疏散演练,2026-03-05,2026-03-05 09:00,2026-03-05 10:30\n"
        "YL-2,S1,疏散演练,2026-05-05,2026-05-05 09:00,2026-05-05 10:30\n",
    )
    line.bring(
        "findings",
        "drill_number,number,text,severity,cause,done_on\n"
        "YL-0,1,集合太慢,一般,培训不足,2025-07-01\nYL-1,1,集合太慢,较大,培训,\nYL-1,2,警报不响,一般,equipment,\n",
    )
    return line


def listed(line: Line, *options: str) -> list[str]:
    rows: list[dict[str, Any]] = line.json("finding", "list", *options)
    return [f"{row['drill_number']}/{row['number']}" for row in rows]


def refused(line: Line, *arguments: str) -> str:
    result = line.run(*arguments)
    assert result.exit_code == 1, result.output
    return result.stderr


def test_filters(drilled: Line) -> None:
    assert listed(drilled, "--drill", "YL-1") == ["YL-1/1", "YL-1/2"]
    assert listed(drilled, "--cause", "装备物资不足") == ["YL-1/2"]
    assert listed(drilled, "--state", "done") == ["YL-0/1"]
    assert listed(drilled, "--again") == ["YL-1/1"]
    assert "allowed" in refused(drilled, "finding", "list", "--state", "lost")


def test_from_assigned_to_opened_again(drilled: Line, tmp_path: Path) -> None:
    both = ("YL-1/1", "YL-1/2")
    drilled.ok(
        "finding", "assign", *both, "--action", "复训", "--owner", "王", "--due", "2026-04-01", "--kind", "培训",
        "--on", "2026-03-06",
    )  # fmt: skip
    assert listed(drilled, "--owner", "王") == list(both)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8 photograph")
    drilled.ok("finding", "done", *both, "--proof", str(photo), "--on", "2026-03-20")
    told = refused(
        drilled, "finding", "verify", "YL-1/1", "--by", "王", "--effect", "很快", "--on", "2026-05-06"
    )
    assert "Somebody else" in told
    drilled.ok(
        "finding", "verify", "YL-1/1", "--by", "赵", "--effect", "三分钟到齐", "--drill", "YL-2", "--on",
        "2026-05-06",
    )  # fmt: skip
    drilled.ok("finding", "reject", "YL-1/2", "--by", "赵", "--reason", "仍不响", "--on", "2026-05-06")
    drilled.ok("finding", "reopen", "YL-1/1", "--by", "赵", "--reason", "又慢了", "--on", "2026-06-01")
    drilled.ok(
        "finding", "accept", "YL-1/2", "--by", "孙", "--reason", "另有广播", "--until", "2026-12-31", "--on",
        "2026-06-01",
    )  # fmt: skip
    steps = drilled.json("finding", "steps", "YL-1/1")
    assert [step["kind"] for step in steps] == ["assigned", "done", "verified", "reopened"]
    assert [step["attachment_name"] for step in steps][1] == "photo.jpg"
    assert steps[2]["drill_number"] == "YL-2"


def test_what_is_repeated(drilled: Line) -> None:
    (row,) = drilled.json("finding", "again", "YL-1/1", "YL-1/2")
    assert (row["finding"], row["drill"], row["text"]) == ("YL-1/1", "YL-0", "集合太慢")


def test_names_that_are_none(drilled: Line) -> None:
    assert "YL-1/3" in refused(drilled, "finding", "steps", "YL-1")
    assert "finding list" in refused(drilled, "finding", "steps", "YL-1/9")
    assert "no section" in refused(drilled, "finding", "section", "YL-1/1", "预警")
    assert drilled.json("finding", "section", "YL-1/1", "--list") == []
