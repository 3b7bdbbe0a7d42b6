"""Drill records that come as Word tables: what stands beside which label, what it means, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from msgspec.structs import replace

from drillapp.core.check import check
from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.queries import DRILLS, FINDINGS, LOG
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.word_record.draft import FindingDraft, LineDraft, WordRecord
from drillapp.core.drills.word_record.pairs import document_of
from drillapp.core.drills.word_record.problems import findings_of, parted
from drillapp.core.drills.word_record.reading import read_word_record
from drillapp.core.drills.word_record.saving import entry_of, save_word_record
from drillapp.core.drills.word_record.times import When, read_when
from drillapp.core.drills.word_record.understanding import understood
from drillapp.core.errors import Conflict, InvalidInput
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.core.plans.word.raw import RawGrid, RawItem, RawLine
from drillapp.core.units.commands import save_units
from drillapp.core.units.entries import UnitEntry
from tests.journaled import commands

# The usual form of enterprises; a merged cell's text stands once, at its upper left corner.
ENTERPRISE: list[list[str]] = [
    ["预案名称", "火灾专项应急预案", "", "演练地点", "二号车间", ""],
    ["组织部门", "德胜机械厂", "总指挥", "王某", "演练时间", "2024年5月6日14:00-15:30"],
    ["参加部门和单位", "生产部、设备部，应到60人，实到56人", "", "", "", ""],
    ["演练类别", "☑实际演练 □桌面演练 □提问讨论式演练\n□全部预案 ☑部分预案", "", "", "实际演练部分：", "报警、疏散"],
    ["演练过程描述", "14:00 东侧配电箱起火，班长报警\n值班长下令疏散\n14:20 到达集合点", "", "", "", ""],
    ["演练效果评审", "人员到位情况：☑迅速准确 □个别人员不到位", "", "", "", ""],
    [
        "存在问题和改进措施",
        "存在问题：\n1、引导员未佩戴袖标；\n2、二楼应急灯不亮。\n改进措施：\n1、配发袖标；\n2、更换应急灯，每月检查。",
        "", "", "", "",
    ],
    ["记录人", "李某", "评审负责人", "赵某", "时间", "2024年5月7日"],
]  # fmt: skip
SCHOOL: list[list[str]] = [
    ["演练名称", "消防疏散演练", "演练时间", "2025.11.9 上午9:30"],
    ["演 练 地 点：", "教学楼、操场", "天气", "晴"],
    ["参加人员", "全体师生共计863人", "", ""],
    ["演练过程", "9:30", "拉响警报", ""],
    ["", "9:33", "各班到达操场", ""],
    ["演练效果", "良好", "", ""],
    ["存在问题", "无", "", ""],
]


def read(*items: RawItem) -> WordRecord:
    return understood("记录.docx", document_of(items))


def form(rows: list[list[str]], heading: str = "应急预案演练记录表") -> WordRecord:
    return read(RawLine(heading), RawGrid(rows))


def beijing(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_an_enterprises_form_is_understood() -> None:
    record = form(ENTERPRISE)
    assert record.values == {
        "title": "火灾专项应急预案演练", "hazard": "火灾", "planned_on": date(2024, 5, 6),
        "started_at": beijing(2024, 5, 6, 6), "ended_at": beijing(2024, 5, 6, 7, 30), "place": "二号车间",
        "leader": "王某", "expected": 60, "participants": 56, "form": "live", "content": "single",
    }  # fmt: skip
    assert (record.organiser, record.recorder, record.parties) == ("德胜机械厂", "李某", ("生产部", "设备部"))
    assert record.findings == (
        FindingDraft(text="引导员未佩戴袖标", action="配发袖标"),
        FindingDraft(text="二楼应急灯不亮", action="更换应急灯，每月检查"),
    )
    assert record.lines == (
        LineDraft(at="14:00", text="东侧配电箱起火，班长报警\n值班长下令疏散"),
        LineDraft(at="14:20", text="到达集合点"),
    )
    judged = "演练效果评审：人员到位情况：☑迅速准确 □个别人员不到位"
    assert record.judged == judged
    assert any(judged in note for note in record.notes), "shown, since a drill has no field for it"


def test_a_schools_form_with_a_merged_label_is_understood() -> None:
    record = form(SCHOOL, "实验小学演练情况记录")
    assert (record.values["title"], record.values["place"]) == ("消防疏散演练", "教学楼、操场")
    assert (record.values["participants"], record.values["evacuation"]) == (863, True)
    assert (record.values["rating"], record.findings) == ("good", ())
    assert record.lines[:2] == (
        LineDraft(at="09:30", text="拉响警报"),
        LineDraft(at="09:33", text="各班到达操场"),
    )
    assert [one.text for one in record.told if not one.field] == ["晴"]
    assert not any("良好" in note for note in record.notes), "it is the rating"
    assert any("天气" in note for note in record.notes)
    assert any("结束时间" in note for note in record.notes)


def test_a_record_without_a_table_is_understood_line_by_line() -> None:
    lines = (
        "某某社区防汛应急演练记录", "一、演练时间：2024年7月12日9时00分至10时30分", "二、演练地点：社区广场",
        "三、参加人员：社区工作者12人、志愿者30人", "四、演练内容：", "模拟低洼院落积水。", "转移群众。",
        "五、存在问题：", "1.沙袋不足", "2.喇叭无声", "六、整改措施：补充沙袋", "记录人：吴某    审核：周某",
    )  # fmt: skip
    record = read(*map(RawLine, lines))
    assert (record.values["title"], record.values["hazard"]) == ("某某社区防汛应急演练", "洪涝")
    assert (record.values["planned_on"], record.values["participants"]) == (date(2024, 7, 12), 42)
    assert (record.scenario, record.recorder) == ("模拟低洼院落积水。\n转移群众。", "吴某")
    assert [one.text for one in record.findings] == ["沙袋不足", "喇叭无声"]
    assert {one.action for one in record.findings} == {"补充沙袋"}
    assert any("12 + 30" in note for note in record.notes)


@pytest.mark.parametrize(
    ("text", "day", "start", "end"),
    [
        ("2024年5月6日上午9:00—10:30", (2024, 5, 6), (1, 0), (2, 30)),
        ("２０２４年５月６日　下午２点半至４点", (2024, 5, 6), (6, 30), (8, 0)),
        ("2024-05-06 14:00:30", (2024, 5, 6), (6, 0, 30), None),
        ("2024.5.6", (2024, 5, 6), None, None),
        ("2024年13月6日9:00", None, None, None),
        ("5月6日9:00", None, None, None),
        ("", None, None, None),
    ],
)
def test_times(text: str, day: Any, start: Any, end: Any) -> None:
    moments = (None if one is None else datetime(*day, *one, tzinfo=UTC) for one in (start, end))
    assert read_when(text) == When(None if day is None else date(*day), *moments)


def test_what_is_not_clear_is_told_and_not_guessed() -> None:
    record = form([["演练时间", "上周三下午"], ["参加人员", "全体职工"], ["组织单位", "综合科"]])
    assert not record.values.keys() & {"planned_on", "started_at", "participants"}
    assert any("上周三下午" in note for note in record.notes)
    assert any("全体职工" in note for note in record.notes)


def test_labels_above_their_values_are_understood() -> None:
    head = ["演练时间", "演练地点（场所）", "参加人数", "记录人"]
    values = ["2024年3月2日14：00～15：00", "变电站", "35人（其中员工30人，保安5人）", "钱某"]
    rows = [["某厂触电演练记录", "", "", ""], ["编号", "AQ-03", "版本", "A/0"], head, values]
    record = form(
        [*rows, ["演练过程", "", "", ""], ["14：00", "发现触电", "", ""], ["14：10", "断电", "", ""]], ""
    )
    assert (record.values["title"], record.values["place"]) == ("某厂触电演练", "变电站")
    assert (record.values["started_at"], record.values["ended_at"]) == (
        beijing(2024, 3, 2, 6), beijing(2024, 3, 2, 7),
    )  # fmt: skip
    assert (record.values["participants"], record.recorder) == (35, "钱某")
    assert record.lines == (LineDraft(at="14:00", text="发现触电"), LineDraft(at="14:10", text="断电"))


def test_a_table_of_steps_is_the_log() -> None:
    steps = [["时间", "内容", "执行人"], ["9:00", "报警", "张某"], ["9:05", "关阀", "李某"]]
    record = read(RawGrid([["演练地点", "食堂"], ["演练时间", "2024-05-06"]]), RawGrid(steps))
    assert record.values["planned_on"] == date(2024, 5, 6)
    assert record.lines == (
        LineDraft(at="09:00", text="报警 张某"),
        LineDraft(at="09:05", text="关阀 李某"),
    )


def test_what_is_not_known_is_no_part_of_what_stood_before() -> None:
    record = form([["组织部门", "后勤部"], ["经费来源", "自筹", "总指挥", "孙某"]])
    assert record.organiser == "后勤部"
    assert [(one.label, one.text) for one in record.told if not one.field] == [("经费来源", "自筹")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("☑实战演练 □桌面演练", "live"),
        ("实战演练□ 桌面演练☑", "tabletop"),
        ("桌面（ ） 实战（√）", "live"),
        ("形式：□实战 ■桌面", "tabletop"),
        ("桌面推演", "tabletop"),
        ("□实战演练 □桌面演练", None),
        ("☑实战演练 ☑桌面演练", None),
        ("实战演练 □ 桌面演练", None),
        ("实战演练、桌面演练", None),
    ],
)
def test_boxes(text: str, code: str | None) -> None:
    assert form([["演练形式", text]]).values.get("form") == code


def test_of_several_records_the_first_is_read_and_the_others_told() -> None:
    one, other = ([["演练名称", name], ["存在问题", name]] for name in ("甲", "乙"))
    record = read(RawGrid(one), RawGrid(other))
    assert (record.values["title"], record.findings) == ("甲", (FindingDraft(text="甲"),))
    assert any("2 份记录" in note for note in record.notes)


def test_problems_and_measures_are_taken_apart_as_they_were_written() -> None:
    assert parted("存在问题：应急灯不亮。\n整改措施：更换") == ("应急灯不亮。", "更换")
    assert parted("应急灯不亮。") == ("应急灯不亮。", "")
    assert findings_of("灯不亮；门打不开", "") == (FindingDraft(text="灯不亮"), FindingDraft(text="门打不开"))
    assert findings_of("1.5米通道被堵", "清理") == (FindingDraft(text="1.5米通道被堵", action="清理"),)
    assert findings_of("暂无", "加强演练") == ()


def test_what_was_said_of_the_drill_at_a_time_is_a_line_of_the_log() -> None:
    record = form([["演练过程", "9:30 集合"], ["演练点评", "10:20 总指挥：动作迅速"]])
    assert record.lines == (
        LineDraft(at="09:30", text="集合"),
        LineDraft(at="10:20", text="演练点评：总指挥：动作迅速", kind="comment"),
    )
    assert record.judged == ""


def test_lines_without_a_time_are_told() -> None:
    told = "过程记录中有 1 条没有时间"
    assert any(note.startswith(told) for note in form([["演练过程", "集合\n疏散"]]).notes)
    assert not any(note.startswith(told) for note in form([["演练过程", "9:30 集合\n疏散"]]).notes)


@pytest.mark.parametrize(
    ("measure", "action", "owner", "due"),
    [
        ("更换应急灯 责任人：张三 期限：2024年5月", "更换应急灯", "张三", "2024-05-31"),
        ("更换应急灯（责任人：张三，整改期限：2024年5月6日前）", "更换应急灯", "张三", "2024-05-06"),
        ("更换应急灯；责任人：张三、李四；完成时间：2024.2", "更换应急灯", "张三、李四", "2024-02-29"),
        ("更换应急灯。\n责任人: 张三\n完成时限: 2024-12-01", "更换应急灯", "张三", "2024-12-01"),
        ("更换应急灯，限期：2024年12月底前", "更换应急灯", "", "2024-12-31"),
        ("更换应急灯，责任人：张三，期限：尽快", "更换应急灯，期限：尽快", "张三", ""),
        ("更换应急灯，期限：5月底", "更换应急灯，期限：5月底", "", ""),
        ("更换应急灯，期限：2024年13月", "更换应急灯，期限：2024年13月", "", ""),
        ("甲责任人：张三，乙责任人：李四", "甲责任人：张三，乙责任人：李四", "", ""),
        ("明确责任人，加强检查", "明确责任人，加强检查", "", ""),
        ("责任人：应由各部门主要领导亲自担任并每月检查", "责任人：应由各部门主要领导亲自担任并每月检查", "", ""),
    ],
)  # fmt: skip
def test_who_puts_it_right_until_when_is_taken_where_it_is_plainly_written(
    measure: str, action: str, owner: str, due: str
) -> None:
    assert findings_of("灯不亮", measure) == (
        FindingDraft(text="灯不亮", action=action, owner=owner, due=due),
    )


def test_each_measure_has_its_own_owner() -> None:
    measures = "1、配发袖标 责任人：张三\n2、更换应急灯\n责任人：李四 期限：2024年6月1日"
    assert findings_of("1、没有袖标\n2、灯不亮", measures) == (
        FindingDraft(text="没有袖标", action="配发袖标", owner="张三"),
        FindingDraft(text="灯不亮", action="更换应急灯", owner="李四", due="2024-06-01"),
    )
    lines = "配发袖标\n责任人：张三\n更换应急灯\n责任人：李四"
    assert [(one.action, one.owner) for one in findings_of("1、没有袖标\n2、灯不亮", lines)] == [
        ("配发袖标", "张三"),
        ("更换应急灯", "李四"),
    ]


def document(path: Path, rows: list[list[str]], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Path:
    word = Document()
    word.add_paragraph("实验小学演练情况记录")
    table = word.add_table(len(rows), len(rows[0]))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(place, column).text = text
    for top, left, bottom, right in merged:
        text = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = text
    word.save(str(path))
    return path


@pytest.fixture
def school(office: Office) -> Office:
    save_units(office, [UnitEntry(code="X1", name="实验小学", parent_code="110102")])
    return office


def test_a_document_becomes_a_drill_once(school: Office, tmp_path: Path) -> None:
    rows = [*SCHOOL[:-1], ["存在问题", "楼梯口拥挤", "", ""], ["改进措施", "增设疏导教师", "", ""]]
    path = document(tmp_path / "记录.docx", rows, ((3, 0, 4, 0), (2, 1, 2, 3)))
    record = read_word_record(school, path)
    assert (record.values["unit_code"], record.values["number"]) == ("X1", "X1-YL-2025-01")
    saved = save_word_record(school, entry_of(record.values), record, path)
    assert saved.created == 1
    assert commands(school)[-1] == "save drills"
    [drill] = first_rows(school, DRILLS, View(), 10)
    assert (drill.title, drill.unit_code, drill.participants) == ("消防疏散演练", "X1", 863)
    [finding] = first_rows(school, FINDINGS, View(), 10)
    assert (finding.drill_number, finding.text, finding.action) == (
        drill.number,
        "楼梯口拥挤",
        "增设疏导教师",
    )
    told = {row.text for row in first_rows(school, LOG, View(), 10)}
    assert told == {"拉响警报", "各班到达操场"}, "how it went is no line of the log: the paper says no time"
    assert [file.name for file in drill_record(school, drill.id).files] == ["记录.docx"]

    again = read_word_record(school, path)
    assert again.values["number"] == drill.number
    assert any(drill.number in note for note in again.notes)
    save_word_record(school, entry_of(again.values), again, path)
    counts = [len(first_rows(school, listing, View(), 10)) for listing in (DRILLS, FINDINGS, LOG)]
    assert counts == [1, 1, 2]
    assert len(drill_record(school, drill.id).files) == 1
    assert check(school).ok


SCHEDULED = DrillEntry(
    number="YL-7", unit_code="X1", title="秋季消防演练", planned_on=date(2025, 11, 9), leader="校长", expected=900,
    unannounced=True, place="操场",
)  # fmt: skip


def test_the_record_of_a_drill_that_was_scheduled_takes_nothing_from_it(
    school: Office, tmp_path: Path
) -> None:
    save_drills(school, [SCHEDULED])
    path = document(tmp_path / "记录.docx", SCHOOL)
    record = read_word_record(school, path, number="YL-7")
    assert record.differing == {"place": "操场", "evacuation": False}
    assert not record.values.keys() & {"leader", "expected", "unannounced"}
    save_word_record(school, entry_of(record.values), record, path)
    [drill] = first_rows(school, DRILLS, View(), 10)
    assert (drill.number, drill.title, drill.leader, drill.expected) == ("YL-7", "秋季消防演练", "校长", 900)
    assert (drill.unannounced, drill.participants, drill.place) == (True, 863, "教学楼、操场")


def test_a_correction_made_while_the_document_is_looked_at_is_kept(school: Office, tmp_path: Path) -> None:
    save_drills(school, [SCHEDULED])
    path = document(tmp_path / "记录.docx", SCHOOL)
    record = read_word_record(school, path, number="YL-7")
    save_drills(school, [replace(SCHEDULED, leader="副校长", place="体育馆")])
    with pytest.raises(Conflict):
        save_word_record(school, entry_of(record.values), record, path)
    [drill] = first_rows(school, DRILLS, View(), 10)
    assert (drill.leader, drill.place, drill.participants) == ("副校长", "体育馆", None)


def test_a_further_drill_of_a_day_is_a_drill_of_its_own(school: Office, tmp_path: Path) -> None:
    save_drills(school, [SCHEDULED])
    path = document(tmp_path / "记录.docx", SCHOOL)
    record = read_word_record(school, path)
    assert (record.known, [other.number for other in record.others]) == (None, ["YL-7"])
    assert any("秋季消防演练" in note for note in record.notes)
    with pytest.raises(InvalidInput, match="编号"):
        save_word_record(school, entry_of(record.values | {"number": "YL-7"}), record, path)
    save_word_record(school, entry_of(record.values), record, path)
    assert {drill.title for drill in first_rows(school, DRILLS, View(), 10)} == {
        "秋季消防演练", "消防疏散演练",
    }  # fmt: skip


def test_a_record_without_a_title_is_of_the_only_drill_of_its_day(school: Office, tmp_path: Path) -> None:
    save_drills(school, [SCHEDULED])
    rows = [["演练名称", "应急演练"], ["演练时间", "2025年11月9日"], ["组织单位", "实验小学"]]
    record = read_word_record(school, document(tmp_path / "记录.docx", rows))
    assert record.known is not None
    assert (record.known.number, record.values["title"]) == ("YL-7", "秋季消防演练")


@pytest.mark.parametrize("name", ["scenario", "safety", "organiser", "recorder"])
def test_a_text_that_is_too_long_is_refused_and_not_cut(school: Office, name: str) -> None:
    record = replace(form(SCHOOL), **{name: "水" * 4001})
    values = record.values | {"unit_code": "X1", "number": "YL-1"}
    with pytest.raises(InvalidInput, match=r"：.*4000"):
        save_word_record(school, entry_of(values), record, None)
    assert first_rows(school, DRILLS, View(), 10) == []


def test_owners_and_days_that_stand_by_themselves_are_those_of_the_findings() -> None:
    rows = [["存在问题", "1、没有袖标\n2、灯不亮"], ["整改措施", "1、配发\n2、更换，责任人：李四"]]
    record = form([*rows, ["整改责任人", "张三"], ["整改期限", "2024年6月1日前"]])
    assert [(one.action, one.owner, one.due) for one in record.findings] == [
        ("配发", "张三", "2024-06-01"),
        ("更换", "李四", "2024-06-01"),
    ]
    each = form([*rows, ["责任人", "张三\n王五"], ["完成期限", "尽快"]])
    assert [(one.owner, one.due) for one in each.findings] == [("张三", ""), ("李四", "")]
    assert any("完成期限" in note and "责任人" not in note for note in each.notes), (
        "what is not clear is told"
    )
    none = form([["存在问题", "无"], ["责任人", "张三"]])
    assert none.findings == ()
    assert any("责任人" in note for note in none.notes)


def test_owner_and_day_become_those_of_the_finding(school: Office) -> None:
    record = form([*SCHOOL[:-1], ["存在问题", "楼梯口拥挤", "", ""], ["改进措施", "增设疏导教师，责任人：钱某，期限：2025年12月", "", ""]])  # fmt: skip
    values = record.values | {"unit_code": "X1", "number": "YL-1"}
    save_word_record(school, entry_of(values), record, None)
    [finding] = first_rows(school, FINDINGS, View(), 10)
    assert (finding.action, finding.owner, finding.due_on) == ("增设疏导教师", "钱某", date(2025, 12, 31))
    wrong = replace(record, findings=(FindingDraft(text="新问题", due="尽快"),))
    with pytest.raises(InvalidInput, match="尽快"):
        save_word_record(school, entry_of(values | {"number": "YL-2"}), wrong, None)


def test_a_line_with_no_time_of_day_stops_all(school: Office) -> None:
    record = form(SCHOOL)
    values = record.values | {"unit_code": "X1", "number": "YL-1"}
    wrong = replace(record, lines=(LineDraft(at="早饭后", text="集合"),))
    with pytest.raises(InvalidInput, match="早饭后"):
        save_word_record(school, entry_of(values), wrong, None)
    assert first_rows(school, DRILLS, View(), 10) == []


@pytest.mark.sqlite_only("reads a file, whatever the office is kept in")
def test_a_document_about_something_else_is_refused(office: Office, tmp_path: Path) -> None:
    path = document(tmp_path / "通知.docx", [["会议", "周一"], ["主持", "某某"]])
    with pytest.raises(InvalidInput, match="演练记录表"):
        read_word_record(office, path)
