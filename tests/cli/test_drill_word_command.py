"""A drill's record in Word on the command line: shown first, then written."""

from __future__ import annotations

from docx import Document

from .line import Line


def record(line: Line) -> str:
    word = Document()
    table = word.add_table(3, 2)
    for place, row in enumerate(
        (("演练名称", "防汛演练"), ("演练时间", "2026年6月1日9:00-10:00"), ("组织单位", "物业部"))
    ):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    path = line.folder / "记录.docx"
    word.save(str(path))
    return str(path)


def test_a_record_is_shown_and_then_written(line: Line) -> None:
    path = record(line)
    shown = line.json("drill", "record-from-word", path, "--dry-run")
    assert shown["values"]["title"] == "防汛演练"
    assert any("物业部" in note for note in shown["notes"])
    assert line.run("drill", "record-from-word", path).exit_code == 1
    assert line.json("list", "drills") == []
    line.ok("drill", "record-from-word", path, "--unit", "S1", "--set", "participants=30")
    [drill] = line.json("list", "drills")
    assert (drill["unit_code"], drill["title"], drill["participants"]) == ("S1", "防汛演练", 30)
    line.ok("drill", "record-from-word", path, "--number", drill["number"], "--set", "leader=王某")
    [drill] = line.json("list", "drills")
    assert (drill["participants"], drill["leader"]) == (30, "王某")
    assert "participants" not in line.json("drill", "record-from-word", path, "--dry-run")["values"]
