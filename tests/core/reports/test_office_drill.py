"""What the report of a drill says when it is written from the office's ledgers."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from drillapp.core.drills.commands import save_drill_log, save_drills
from drillapp.core.drills.entries import DrillEntry, LogEntry
from drillapp.core.office import Office
from drillapp.core.reports.drill_source import drill_report
from drillapp.core.reports.registry import write_report
from tests.core.reports.paper import read, texts
from tests.core.reports.small_office import START


def test_a_drill_report_says_the_facts_at_beijing_time(filled: Office, target: Path) -> None:
    assert write_report(filled, "drill", target, number="D-1") == []
    text = read(target)
    for part in (
        "德胜街道关于防汛综合应急演练的报告编号：D-1",
        "2026年6月12日，德胜街道在裕民路组织开展防汛综合应急演练。",
        "开始时间2026年6月12日09:00",
        "结束时间2026年6月12日11:05",
        "演练历时2小时5分钟",
        "对应预案防汛应急预案P-1",
        "演练内容综合演练",
        "演练总指挥为王䶮。应参加50人，实到48人，参演率96.0%。",
        "09:00:00+0:00:00宣布开始赵𠮷祥",
        "09:07:00+0:07:00启动三级响应",
        "演练评估等级为“良”。",
        "演练共发现问题2项。截至2026年11月24日，已完成整改1项，逾期1项。",
        "集合点没有标志较大补装标志刘洋2026-07-31已完成2026-07-20",
        "名册未更新䶮里社区陈静2026-08-10逾期",
        "德胜街道2026年11月24日",
    ):
        assert part in text


def test_the_offices_own_drill_is_reported_in_the_offices_name(filled: Office) -> None:
    entry = DrillEntry(number="D-9", unit_code="110102", title="全区演练", planned_on=date(2026, 6, 1))
    save_drills(filled, [entry])
    assert drill_report(filled, "D-9").unit == filled.name


def test_a_report_leaves_out_what_happened_after_its_day(filled: Office) -> None:
    filled.as_of = date(2026, 6, 11)
    before = drill_report(filled, "D-1")
    assert (before.started_at, before.log, before.findings, before.participants) == (None, (), (), None)
    assert before.rating == ""
    filled.as_of = date(2026, 6, 12)
    on_the_day = drill_report(filled, "D-1")
    assert (len(on_the_day.log), len(on_the_day.findings)) == (2, 2)
    assert on_the_day.reported_on is None


def test_300_log_lines_are_all_there_under_repeated_heads(filled: Office, target: Path) -> None:
    save_drill_log(
        filled,
        [
            LogEntry(drill_number="D-2", at=START + timedelta(seconds=number), text=f"第{number}条")
            for number in range(300)
        ],
    )
    write_report(filled, "drill", target, number="D-2")
    pages = texts(BytesIO(target.read_bytes()))
    assert all(sum(f"第{number}条" in page for page in pages) == 1 for number in range(300))
    logged = [page for page in pages if "第" in page and "条" in page]
    assert len(logged) > 5
    assert all("时间历时记录内容记录人" in page for page in logged)


def test_characters_that_no_font_has_come_back_by_name(filled: Office, target: Path) -> None:
    save_drills(filled, [DrillEntry(number="D-3", unit_code="S", title="演练🏟", planned_on=date(2026, 6, 1))])
    assert write_report(filled, "drill", target, number="D-3") == ["U+1F3DF STADIUM"]
