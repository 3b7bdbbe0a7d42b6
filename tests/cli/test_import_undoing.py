"""The command line names the files that were brought in, and takes one back."""

from __future__ import annotations

from .line import Line


def test_a_file_is_listed_and_taken_back(line: Line) -> None:
    [brought] = line.json("imports")
    assert (brought["kind"], brought["file"], brought["created"]) == ("units", "units.csv", 3)
    line.bring("units", "code,name\nE1,加气站\n")
    refusal = line.run("undo-import", str(brought["number"]))
    assert refusal.exit_code == 1
    assert "E1" in refusal.output
    assert "as it was" in line.ok("undo-import", str(line.json("imports")[0]["number"]))
    line.ok("undo-import", str(brought["number"]))
    assert len(line.json("list", "units")) == 1
    assert all(one["undone_at"] for one in line.json("imports"))
