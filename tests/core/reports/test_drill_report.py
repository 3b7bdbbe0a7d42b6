from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from io import BytesIO

import msgspec
import pypdfium2
import pytest

from drillapp.core.i18n import use_language
from drillapp.core.reports.drill_report import (
    DrillFinding,
    DrillReport,
    LogLine,
    Party,
    attendance,
    clock,
    elapsed,
    finding_state,
    render_drill_report,
)
from tests.core.reports.paper import texts

START = datetime(2026, 6, 12, 9, 0, tzinfo=timezone(timedelta(hours=8)))
REPORT = DrillReport(
    office="西城区应急管理局",
    as_of=date(2026, 8, 20),
    number="DS-2026-017",
    title="防汛综合应急演练",
    unit="德胜街道办事处",
    planned_on=date(2026, 6, 12),
    plan="DS-ZX-03 防汛应急预案",
    content="综合演练",
    form="实战演练",
    purpose="检验性",
    started_at=START,
    ended_at=START + timedelta(hours=3, minutes=12),
    place="裕民路",
    leader="王䶮",
    expected=120,
    participants=113,
    rating="良",
    third_party=True,
    reported_on=date(2026, 6, 20),
    parties=(Party("抢险队", "排水", 42), Party("社区居委会", "转移", 18)),
    log=(
        LogLine(START, "宣布开始", "赵𠮷祥"),
        LogLine(START + timedelta(minutes=7, seconds=5), "启动Ⅲ级响应"),
    ),
    evaluation="目标基本实现。\n核对用时较长。",
    findings=(
        DrillFinding(
            "接口不一致", "重大", "统一采购", "刘", date(2026, 7, 31), date(2026, 7, 20), date(2026, 7, 25)
        ),
        DrillFinding("登记用时过长", "一般", "启用二维码", "陈", date(2026, 8, 10)),
        DrillFinding("未穿救生衣", "严重", "培训", "王", date(2026, 9, 30)),
    ),
)


def rendered(report: DrillReport) -> tuple[str, tuple[str, ...]]:
    pdf = BytesIO()
    result = render_drill_report(report, pdf)
    return "".join(texts(pdf)), result.missing


def test_the_report_says_what_happened_and_what_follows() -> None:
    text, missing = rendered(REPORT)
    assert missing == ()
    for part in (
        "德胜街道办事处关于防汛综合应急演练的报告",
        "编号：DS-2026-017",
        "2026年6月12日，德胜街道办事处在裕民路组织开展防汛综合应急演练。",
        "应参加120人，实到113人，参演率94.2%。",
        "演练历时3小时12分钟",
        "演练总指挥王䶮",
        "抢险队排水42",
        "09:07:05+0:07:05启动Ⅲ级响应",
        "演练评估等级为“良”。",
        "演练共发现问题3项。截至2026年8月20日，已完成整改1项，逾期1项。",
        "编制人：",
        "西城区应急管理局2026年8月20日",
    ):
        assert part in text


def test_sections_stand_in_the_order_of_the_usual_report() -> None:
    text, _missing = rendered(REPORT)
    heads = ["一、基本情况", "二、参演单位和人员", "三、演练过程", "四、演练评估", "五、发现问题和整改措施"]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


def test_a_drill_that_has_not_been_held_is_not_said_to_have_been() -> None:
    planned = DrillReport("局", date(2026, 1, 5), "D-1", "消防演练", "某街道", planned_on=date(2026, 3, 1))
    text, _missing = rendered(planned)
    assert "某街道计划于2026年3月1日开展消防演练，目前尚未开展。" in text
    for part in ("参演人数未登记。", "演练尚未开展。", "演练尚未评估。", "尚未登记发现的问题。"):
        assert part in text
    assert "组织开展消防演练" not in text
    assert "未发现问题" not in text


def test_a_drill_that_is_going_on_says_so() -> None:
    text, _missing = rendered(msgspec.structs.replace(REPORT, ended_at=None))
    assert "组织开展防汛综合应急演练。演练尚未结束。" in text


def test_a_rated_drill_without_findings_found_no_problems() -> None:
    text, _missing = rendered(msgspec.structs.replace(REPORT, findings=()))
    assert "五、发现问题和整改措施未发现问题。编制人" in text


@pytest.mark.parametrize(
    ("expected", "present", "words"),
    [
        (120, 113, "应参加120人，实到113人，参演率94.2%。"),
        (120, None, "应参加120人。"),
        (None, 113, "实到113人。"),
        (None, None, "参演人数未登记。"),
    ],
)
def test_as_much_is_said_of_those_present_as_is_known(
    expected: int | None, present: int | None, words: str
) -> None:
    report = msgspec.structs.replace(REPORT, expected=expected, participants=present)
    assert attendance(report) == "演练总指挥为王䶮。" + words


def test_a_log_over_midnight_gives_the_day() -> None:
    start = START.replace(hour=23, minute=59)
    assert clock(start, start) == "23:59:00"
    assert clock(start, start + timedelta(minutes=2)) == "06-13\n00:01:00"


def test_a_title_too_long_for_a_line_breaks_between_who_and_what() -> None:
    report = msgspec.structs.replace(REPORT, unit="北京筠垚物业管理有限公司", office="局")
    pdf = BytesIO()
    render_drill_report(report, pdf)
    lines = pypdfium2.PdfDocument(pdf.getvalue())[0].get_textpage().get_text_bounded().splitlines()
    assert lines[:2] == ["北京筠垚物业管理有限公司", "关于防汛综合应急演练的报告"]


def test_a_finding_is_seen_as_of_the_day() -> None:
    finding = REPORT.findings[0]
    days = (date(2026, 7, 1), date(2026, 7, 21), date(2026, 7, 26))
    assert [finding_state(finding, day).split()[0] for day in days] == ["整改中", "已完成", "已验证"]
    assert finding_state(REPORT.findings[1], date(2026, 8, 10)) == "整改中"
    assert finding_state(REPORT.findings[1], date(2026, 8, 11)) == "逾期"


def test_elapsed_time_counts_from_the_start_both_ways() -> None:
    assert elapsed(START, LogLine(START + timedelta(hours=1, seconds=9), "")) == "+1:00:09"
    assert elapsed(START, LogLine(START - timedelta(minutes=2), "")) == "-0:02:00"
    assert elapsed(START, LogLine(START + timedelta(hours=1), "", seconds=2400)) == "+0:40:00"


def test_a_long_log_keeps_every_line_under_repeated_heads() -> None:
    log = tuple(LogLine(START + timedelta(seconds=30 * number), f"第{number}条记录") for number in range(150))
    pdf = BytesIO()
    render_drill_report(msgspec.structs.replace(REPORT, log=log), pdf)
    pages = texts(pdf)
    assert all(sum(f"第{number}条记录" in page for page in pages) == 1 for number in range(150))
    assert sum("时间历时记录内容记录人" in page for page in pages) >= 4


def test_what_no_font_has_is_reported_by_name() -> None:
    _text, missing = rendered(msgspec.structs.replace(REPORT, place="体育馆🏟"))
    assert missing == ("U+1F3DF STADIUM",)


def test_the_english_report_is_english() -> None:
    use_language("en")
    text, _missing = rendered(REPORT)
    assert "Basicfacts" in text
    assert "Problemsfound:3.By2026-8-20settled:1,overdue:1." in text
