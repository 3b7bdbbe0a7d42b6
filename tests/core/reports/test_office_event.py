"""Papers of a real emergency speak of an event and of the response, not of a drill."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.office import Office
from drillapp.core.reports.registry import write_report
from tests.core.reports.paper import read


@pytest.fixture
def event(office: Office) -> Office:
    start = datetime(2026, 7, 20, 2, tzinfo=UTC)
    entry = DrillEntry(
        number="E-1", unit_code="110102", title="地下室进水", planned_on=date(2026, 7, 20), kind="event",
        started_at=start, ended_at=start.replace(hour=5), place="三里河路", leader="李明", third_party=True,
    )  # fmt: skip
    save_drills(office, [entry])
    return office


def test_the_report_on_an_event(event: Office, tmp_path: Path) -> None:
    path = tmp_path / "event.pdf"
    write_report(event, "drill", path, number="E-1")
    said = read(path)
    for words in (
        "在三里河路发生地下室进水",
        "事件名称",
        "启动预案",
        "启动的响应级别",
        "事发地点",
        "总指挥",
        "李明",
        "第三方评估",
    ):
        assert words in said, words
    for words in ("组织开展", "演练内容", "演练形式", "演练名称"):
        assert words not in said, words


def test_the_response_is_assessed(event: Office, tmp_path: Path) -> None:
    path = tmp_path / "assessment.pdf"
    write_report(event, "evaluation_report", path, number="E-1")
    said = read(path)
    for words in (
        "地下室进水应急处置评估报告",
        "事件基本情况",
        "应急处置分析",
        "尚无评估结果，不能评定处置等级。",
    ):
        assert words in said, words
    assert "演练基本情况" not in said
