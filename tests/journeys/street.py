"""A street with two communities, a restaurant and a snack bar: of them twelve drills are asked in 2026."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from drillapp.core.clock import FixedClock
from tests.journeys.desk import Desk, write

STREET = "110102001"
NAME = "西长安街街道办事处"
FIRE_PLAN = "西长安街街道火灾事故应急预案"
LEDGERS = {
    ("单位", "单位"): (
        "单位编码,单位名称,上级单位编码,单位类型,人员密集场所,成立日期\n"
        f"{STREET},{NAME},,街道,否,2015-01-01\n"
        f"{STREET}01,太仆寺街社区,{STREET},社区,否,2015-01-01\n"
        f"{STREET}02,西单北社区,{STREET},社区,否,2015-01-01\n"
        f"{STREET}03,西单大酒楼,{STREET},企业,是,2015-01-01\n"
        f"{STREET}04,晏垚小吃店,{STREET},企业,否,2018-06-01\n"
    ),
    ("预案", "全部预案"): (
        "预案编号,预案名称,单位编码,层级,类别,事件类型,公布日期\n"
        f"{STREET}-ZX-01,{FIRE_PLAN},{STREET},街道级,专项预案,火灾,2023-05-20\n"
        f"{STREET}-ZX-02,西长安街街道防汛应急预案,{STREET},街道级,专项预案,防汛,2023-07-03\n"
        f"{STREET}03-ZH-01,西单大酒楼综合应急预案,{STREET}03,单位级,综合预案,,2025-03-01\n"
    ),
}
DUTIES = {
    NAME: ["DR-01", "DR-07", "DR-07"],
    "太仆寺街社区": ["DR-18"],
    "西单北社区": ["DR-18"],
    "西单大酒楼": ["DR-03", "DR-05C", "DR-05C", "DR-08", "DR-11"],
    "晏垚小吃店": ["DR-08", "DR-11"],
}
EVERY_TWO_YEARS = "区政府及部门、街道办每两年至少演练一次"
FILE = {
    "演练工作方案": ("五分钟内向区应急管理局报告", "桌面推演，不动用明火"),
    "演练脚本（情景注入表）": ("二层疏散通道被杂物堵塞", "备用注入", "对讲机失灵"),
    "签到表": ("周敏指挥部09:00签到", "赵强"),
    "应急演练记录表": (
        "应参加6人，实到6人",
        "警铃响起，人员就位",
        "09:32:00+0:12:00恢复",
        "总指挥宣布演练结束",
    ),
    "演练照片": ("现场.jpg",),
    "演练评估表": ("钱江", "启动响应比时限晚两分钟"),
    "演练评估报告": ("北京安评技术有限公司作为第三方", "由李主任于2026年3月17日评定"),
    "演练总结报告": ("历时42分（不含暂停）", "各组之间未通报疏散进展"),
    "整改台账": ("制定接报流程并培训", "周敏2026-04-202026-03-17李主任"),
    "演练情况报送单": ("西城区应急管理局", "西长安街办报〔2026〕5号"),
}
"""The papers of the drill's file, each with some of what it says."""
SHEET = (
    "编号,时间,注入人,接收对象,方式,内容,预期行动,完成时限\n"
    "1,T+0,导调组,全体,广播,西单大酒楼三层起火并冒浓烟,,\n"
    "2,T+3min,导调组,指挥部,电话,值班室接到火情报告,报告区应急管理局,5分钟\n"
    "3,+00:06,导调组,指挥部,信息条,三层有人员被困,启动预案并成立现场指挥部,3分钟\n"
    "4,+00:10,导调组,疏散组,对讲机,二层疏散通道被杂物堵塞,清理通道并改走东侧楼梯,5分钟\n"
    "5,H+0 M+15,导调组,保障组,电话,现场缺少防烟面具,调运防烟面具二十具,10分钟\n"
    "6,T+20min,导调组,宣传组,微信,网上出现不实消息,发布权威信息,10分钟\n"
    "7,+00:28,导调组,指挥部,电话,明火已扑灭,,\n"
    "8,+00:32,导调组,指挥部,当面口述,区里要求报送情况,报送书面情况,5分钟\n"
    "备1,备用,导调组,通信组,对讲机,对讲机失灵,改用移动电话联络,\n"
)
"""As planners write it: relative times in several ways, and one inject in reserve."""


class Time(FixedClock):
    """The street's clock, which goes on when the test says so."""

    def go_to(self, year: int, month: int, day: int, hour: int = 9) -> None:
        """Be at an hour of Beijing's day."""
        self.moment = datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=8)

    def pass_by(self, **length: float) -> None:
        """Let time go on."""
        self.moment += timedelta(**length)


def found(desk: Desk, location: Path) -> None:
    """From the welcome page to an empty office of the street."""

    def answer(dialog: Any) -> None:
        write(dialog.name, NAME)
        dialog.level.setCurrentIndex(dialog.level.findData("street"))
        write(dialog.code, STREET)
        write(dialog.file, str(location))
        dialog.make.click()

    desk.in_the_next_dialog(answer)
    desk.click("新建…")


def load(desk: Desk, folder: Path) -> None:
    """Bring the ledgers in."""
    for number, ((place, tab), content) in enumerate(LEDGERS.items()):
        path = folder / f"{number}.csv"
        path.write_text(content, encoding="utf-8-sig")
        desk.import_ledger(place, tab, path)


def asked(duties: Sequence[Any]) -> dict[str, list[str]]:
    """The rules that ask for drills, by unit."""
    found: dict[str, list[str]] = {}
    for duty in duties:
        found.setdefault(duty.unit_name, []).append(duty.rule)
    return {name: sorted(rules) for name, rules in found.items()}


class Standing(NamedTuple):
    """What home and the obligations say about the street."""

    readiness: float
    findings: int
    overdue: set[str]
    """Titles of its own rules that are overdue."""
    unknown: set[str]
    """Titles of its own rules of whose sort nothing was ever recorded."""
    met: dict[str, str]
    """Titles of its own rules that are met, and by when they come again."""


def standing(desk: Desk) -> Standing:
    """Look at home, and from its figure at the obligations behind it."""
    home = desk.go("首页")
    readiness, findings = home.tiles["readiness"].number, home.tiles["findings"].number
    QTest.mouseClick(home.tiles["overdue"], Qt.MouseButton.LeftButton)
    desk.settle()
    view = desk.window.stack.currentWidget().view("obligations")
    table = view.list.table
    overdue = {row.title for row in _own(table)}
    desk.click("清除", view)
    unknown = {row.title for row in _own(table) if row.state == "no_data"}
    met = {row.title: str(row.due_on) for row in _own(table) if row.state == "met"}
    return Standing(float(readiness), int(findings), overdue, unknown, met)


def _own(table: Any) -> list[Any]:
    rows = [table.model.row(place) for place in range(table.model.rowCount())]
    return [row for row in rows if row.unit_code == STREET]
