"""Documents of a drill by the command line: drafted, written from a text, approved, for Word, the whole file."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from tests.cli.line import Line
from tests.core.reports.paper import read

DRILL = "S1-YL-2026-01"


def refused(line: Line, *arguments: str) -> str:
    """What a command says that is refused."""
    result = line.run(*arguments)
    assert result.exit_code == 1, result.output
    return result.stderr


def test_a_document_from_its_draft_to_word_and_the_file(line: Line, tmp_path: Path) -> None:
    line.bring(
        "drills",
        "number,unit_code,title,planned_on,started_at,ended_at\n"
        f"{DRILL},S1,消防演练,2026-06-05,2026-06-05 09:00,2026-06-05 10:30\n",
    )
    kinds = [one["paper"] for one in line.json("drill", "paper", "list", DRILL)]
    assert kinds[0] == "working_plan"
    assert len(kinds) == 7
    assert "【演练目标待补】" in line.ok("drill", "paper", "draft", DRILL, "观摩手册") + line.ok(
        "drill", "paper", "draft", DRILL, "working_plan"
    )
    text = line.ok("drill", "paper", "show", DRILL, "handbook")
    assert text.startswith("# 时间和地点\n")
    assert "待补" in refused(line, "drill", "paper", "approve", DRILL, "handbook", "--by", "王")
    source = tmp_path / "handbook.txt"
    source.write_text("# 时间和地点\n九点，东门。\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n", encoding="utf-8")
    line.ok("drill", "paper", "write", DRILL, "handbook", str(source))
    assert "removed" in line.ok("drill", "paper", "redraft", DRILL, "handbook", "--dry-run")
    line.ok("drill", "paper", "approve", DRILL, "handbook", "--by", "王", "--on", "2026-06-01")
    (state,) = (one for one in line.json("drill", "paper", "list", DRILL) if one["paper"] == "handbook")
    assert (state["state"], state["approved_by"], state["approved_on"]) == ("approved", "王", "2026-06-01")
    assert refused(line, "drill", "paper", "write", DRILL, "handbook", str(source))
    line.ok("drill", "paper", "withdraw", DRILL, "handbook")
    assert line.json("drill", "paper", "show", DRILL, "handbook", "--json")["approved_on"] is None
    refused(line, "drill", "paper", "draft", DRILL, "poem")

    line.ok("drill", "paper", "discard", DRILL, "working_plan")
    assert refused(line, "drill", "paper", "show", DRILL, "working_plan")

    word = tmp_path / "a.docx"
    line.ok("drill", "paper", "docx", DRILL, "handbook", "-o", str(word))
    assert Document(str(word)).tables[0].rows[1].cells[1].text == "2"
    pdf = tmp_path / "a.pdf"
    line.ok("report", "drill_file", "--number", DRILL, "-o", str(pdf))
    assert "九点，东门。" in read(pdf)
