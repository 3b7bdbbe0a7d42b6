"""A street's year of drills: from its programme to the correction that a later drill shows to work."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from drillapp.ui import theme
from tests.journeys import street
from tests.journeys.correcting import (
    Evaluating,
    draft,
    pdf_text,
    photograph,
    show_by_later_drill,
    take_step,
)
from tests.journeys.desk import Desk, write
from tests.journeys.drilling import (
    Conduct,
    approve_and_publish,
    choose,
    design,
    more,
    programme,
    schedule,
    shown,
    write_script,
)
from tests.journeys.street import Time

KEY = Qt.Key
FAULTS = {
    "C2.2": "启动响应比时限晚两分钟",
    "C2.13": "接报要素记录不全",
    "C2.18": "各组之间未通报疏散进展",
}
"""What the third party finds, by item of its form."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time(datetime.now(UTC))
    made.go_to(2026, 1, 12)
    for module in ("drillapp.core.office", "drillapp.ui.session"):
        monkeypatch.setattr(f"{module}.SystemClock", lambda: made)
    return made


@pytest.fixture
def desk(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clock: Time) -> Iterator[Desk]:
    # Qt asks for the person's folder once in a process; each test has a person of its own.
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    made = Desk(qapp, monkeypatch, None)
    yield made
    if made.program is not None:
        made.leave()
    theme.apply_theme(qapp, "light")


def test_from_the_programme_of_the_year_to_a_verified_correction(
    desk: Desk, clock: Time, tmp_path: Path
) -> None:
    desk.start()
    street.found(desk, tmp_path / "office.drill")
    street.load(desk, tmp_path)
    plan_the_year(desk)
    prepare(desk, tmp_path)
    before = street.standing(desk)
    assert street.EVERY_TWO_YEARS in before.unknown

    next_day(desk, clock, 2026, 3, 17)
    conduct(desk, clock, tmp_path)
    evaluate(desk)
    report(desk)
    after = street.standing(desk)
    assert street.EVERY_TWO_YEARS not in after.overdue | after.unknown
    assert after.met[street.EVERY_TWO_YEARS] == "2028-03-17"
    assert after.readiness > before.readiness
    assert (before.findings, after.findings) == (0, 3)
    put_right(desk, tmp_path)

    next_day(desk, clock, 2026, 5, 18)
    drill_again(desk)
    assert street.standing(desk).findings == 2
    look_at(whole_file(desk))

    next_day(desk, clock, 2026, 5, 19)
    all_is_there(desk)


def next_day(desk: Desk, clock: Time, year: int, month: int, day: int) -> None:
    """Close the program and open it on another day."""
    desk.leave()
    clock.go_to(year, month, day)
    desk.start(page="drills")


def plan_the_year(desk: Desk) -> None:
    """Twelve duties become seven drills; the street's fire drill is to be a tabletop one."""
    view = programme(desk)
    assert street.asked(view.duties) == street.DUTIES
    assert "应办演练12项" in view.empty.hint.text()
    desk.click("编制年度计划")
    assert sum(item.settles for item in shown(view.items)) == 12
    approve_and_publish(desk)
    assert view.head.state.accessibleName() == "已发布"
    schedule(desk, "火灾事故", form="桌面演练", reason="先桌面后实战")
    desk.open_tab("改动", view.items)
    assert "先桌面后实战" in desk.lines(view.items)
    schedule(desk, "防汛")
    assert [row.state for row in shown(view.items) if row.drill_number] == ["scheduled"] * 2


def prepare(desk: Desk, folder: Path) -> None:
    """The record of the drill, its script from the planner's sheet, its working plan."""
    design(desk, "火灾")
    sheet = folder / "脚本.csv"
    sheet.write_text(street.SHEET, encoding="utf-8-sig")
    assert write_script(desk, "火灾", sheet) == 9
    draft(desk, "火灾", "working_plan")


def conduct(desk: Desk, clock: Time, folder: Path) -> None:
    """Eight injects and one in reserve, one pause."""
    at = Conduct(desk, clock, "火灾")
    for name in ("周敏", "吴刚", "孙丽", "何平", "郑洁", "赵强"):
        at.check_in(name)
    at.hold("开始")
    at.press(KEY.Key_F9)
    at.log("警铃响起，人员就位", "值班长")
    at.wait(minutes=3)
    at.press(KEY.Key_F9)
    at.wait(minutes=4)
    at.press(KEY.Key_F8)  # reported within its five minutes
    at.press(KEY.Key_F9)
    at.wait(minutes=5)
    at.press(KEY.Key_F8)  # the plan was activated two minutes late
    assert (at.states()["2"], at.states()["3"]) == ("按时完成", "超时完成")
    at.hold("暂停")
    at.wait(minutes=20)
    assert (at.window.head.face.time, at.states()["4"]) == ("0:12:00", "应注入")
    at.hold("恢复")
    at.choose("备1")
    at.press(KEY.Key_Space, at.window.injects.list)
    at.press(KEY.Key_F8)
    for _inject in range(5):
        at.wait(minutes=5)
        at.press(KEY.Key_F9)
        at.wait(minutes=1)
        at.press(KEY.Key_F8)
    at.log("总指挥宣布演练结束", "李主任")
    at.hold("结束")
    assert at.window.head.face.time == "0:42:00"
    assert at.states() == {
        "1": "已注入", "2": "按时完成", "3": "超时完成", "4": "按时完成", "5": "按时完成", "6": "按时完成",
        "7": "已注入", "8": "按时完成", "备1": "按时完成",
    }  # fmt: skip
    at.drop(photograph(folder / "现场.jpg"))
    at.close()


def evaluate(desk: Desk) -> None:
    """Two evaluators, one of a third party; what they find becomes three findings."""
    at = Evaluating(desk, "火灾")
    at.add_sheet({}, evaluator="陈静")
    at.add_sheet(
        FAULTS, evaluator="钱江", institution="北京安评技术有限公司", qualification="甲级", contract="HT-2026-07"
    )  # fmt: skip
    at.judge(("met", ""), ("partly", "用时十二分钟"))
    assert at.give_verdict("李主任") == "中"
    assert len(at.make_findings()) == 3
    at.close()


def report(desk: Desk) -> None:
    """The summary is drafted, the drill reported to the district."""
    draft(desk, "火灾", "summary")
    pane = desk.go("演练", "上报与参与").reporting.pane("drill_reports")
    row = choose(desk, pane, "火灾")
    assert (row.state, str(row.due_on), row.missing_papers) == ("due", "2026-03-31", ())
    desk.click("上报…", pane.toolbar)
    write(desk.dialog().who, "西城区应急管理局")
    write(desk.dialog().document, "西长安街办报〔2026〕5号")
    desk.click("登记")
    assert [row.state for row in shown(pane)] == ["reported"]


def put_right(desk: Desk, folder: Path) -> None:
    """One finding is given to somebody, who puts it right and shows how."""
    found = FAULTS["C2.13"]
    take_step(
        desk, found, "下达整改…", action="制定接报流程并培训", owner="周敏", due_on=date(2026, 4, 20)
    )  # fmt: skip
    proof = photograph(folder / "整改后.jpg")
    take_step(desk, found, "整改完成…", who="周敏", note="已培训并张贴流程", proof=proof)


def drill_again(desk: Desk) -> None:
    """The flood drill shows that it works now; somebody else than who put it right says so."""
    choose(desk, desk.pane(), "防汛")
    more(desk, desk.pane(), "演练记录")
    desk.fill_in(started_at="9:00", ended_at="10:00", participants="30")
    desk.click("保存")
    desk.click("关闭")
    at = Evaluating(desk, "防汛")
    at.add_sheet({}, evaluator="陈静", form="yjt9009_tabletop")
    at.close()
    assert show_by_later_drill(desk, FAULTS["C2.13"], "周敏", "C2.13") == "必须由整改人以外的人验证。"
    assert show_by_later_drill(desk, FAULTS["C2.13"], "李主任", "C2.13") == ""


def whole_file(desk: Desk) -> list[str]:
    """The text of the whole file, page by page."""
    desk.go("演练", "全部演练")
    choose(desk, desk.pane(), "火灾")
    desk.click("打印…", desk.pane().toolbar)
    desk.pick("演练档案全卷")
    return pdf_text(desk.dialog())


def look_at(pages: list[str]) -> None:
    """Cover, contents with the pages on which the papers are, and of each paper what the clerk knows."""
    cover, contents, *papers = pages
    assert cover.startswith("应急演练档案")
    assert "110102001-YL-2026-01" in cover
    assert f"—{len(papers)}—" in papers[-1]
    for title, words in street.FILE.items():
        number = contents.split(title)[1]
        first = int("".join(itertools.takewhile(str.isdigit, number)))
        text = "".join(papers[first - 1 :])
        for one in words:
            assert one in text, (title, one)


def all_is_there(desk: Desk) -> None:
    """What the lists say the next morning."""
    said = {row.title: (row.state, row.rating, str(row.reported_on), row.findings) for row in desk.rows()}
    assert said["《西长安街街道火灾事故应急预案》演练"] == ("reported", "fair", "2026-03-17", 3)
    choose(desk, desk.pane(), "火灾")
    desk.open_tab("过程记录")
    assert "警铃响起，人员就位" in desk.lines()
    view = programme(desk)
    assert view.head.strip.words == "已完成2/7次演练"
    desk.go("演练", "发现问题")
    assert sorted(row.state for row in desk.rows()) == ["open", "open", "verified"]
