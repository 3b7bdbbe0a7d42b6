"""What is asked, by the command line: with what nearly settles it."""

from __future__ import annotations

from tests.cli.line import Line


def test_what_nearly_settles_it_is_named_with_the_reason(line: Line) -> None:
    line.bring(
        "drills",
        "number,unit_code,title,hazard,planned_on,started_at,ended_at\n"
        "D1,E1,疏散演练,地震,2026-11-20,2026-11-20T09:00:00,2026-11-20T10:00:00\n",
    )
    rows = {row["rule"]: row for row in line.json("due", "--unit", "E1", "--why")}
    fire = next(row for row in rows.values() if row["state"] == "overdue" and "D1" in str(row["nearly"]))
    (told,) = fire["nearly"]
    assert told == {
        "kind": "drills", "name": "D1", "on": "2026-11-20", "why": "it was held against 地震",
    }  # fmt: skip
    assert {"late", "is_estimated", "mark"} <= fire.keys()
    assert all(row["nearly"] == [] for row in rows.values() if row["state"] == "met")
    assert "nearly" not in line.json("due", "--unit", "E1")[0]
    assert "D1: it was held against 地震" in line.ok("due", "--unit", "E1", "--why")
