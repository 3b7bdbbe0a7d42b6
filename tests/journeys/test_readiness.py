"""An overdue drill from Home to the printed bulletin: one click leads to the form, and the score moves as promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from drillapp.core.readiness.advice import Action
from drillapp.core.readiness.why import Why
from drillapp.ui import theme
from tests.journeys import street
from tests.journeys.correcting import pdf_text
from tests.journeys.desk import Desk

TODAY = date(2026, 11, 24)
PLAN = "西长安街街道总体应急预案"
LEDGERS = {
    ("预案", "全部预案"): (
        f"预案编号,预案名称,单位编码,层级,类别,公布日期\n{street.STREET}-ZT-01,{PLAN},{street.STREET},街道级,总体预案,2025-03-03\n"
    ),
    ("演练", "全部演练"): (
        "演练编号,演练名称,单位编码,计划日期,开始时间,结束时间\n"
        f"{street.STREET}-YL-2024-01,防汛演练,{street.STREET},2024-05-10,2024-05-10 09:00,2024-05-10 10:00\n"
    ),
}
"""The street's last drill was two years and a half ago: since 2026-05-11 the next one is overdue (DR-01)."""


@pytest.fixture
def desk(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    # Qt asks for the person's folder once in a process; each test has a person of its own.
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    made = Desk(qapp, monkeypatch, TODAY)
    yield made
    if made.program is not None:
        made.leave()
    theme.apply_theme(qapp, "light")


def test_an_overdue_drill_is_held_and_the_score_moves_as_promised(desk: Desk, tmp_path: Path) -> None:
    desk.start()
    street.found(desk, tmp_path / "office.drill")
    for number, ((place, tab), content) in enumerate(LEDGERS.items()):
        path = tmp_path / f"{number}.csv"
        path.write_text(content, encoding="utf-8-sig")
        desk.import_ledger(place, tab, path)

    before, promised = why(desk)
    assert score_shown(desk) == f"{promised.score_before:.1f}"
    assert desk.reads(f"+{promised.points:.1f}"), "what would help most names the points"
    term = next(one for one in before.terms if one.indicator == "drills")
    assert term.lost == pytest.approx(promised.exact)
    assert [floor.name for floor in before.floors] == ["no_drill"]

    schedule_from_home(desk)
    log(desk)
    desk.go("首页")
    desk.until(lambda: not overdue_drills(desk), "the drill that was held is gone from Home")

    after, _next = why(desk)
    assert after.exact == pytest.approx((before.exact or 0) + promised.exact)
    assert after.floors == ()
    assert score_shown(desk) == f"{promised.score_after:.1f}"
    assert after.grade == promised.grade_after

    text = bulletin(desk)
    for words in (street.NAME, score_shown(desk), "就绪度"):
        assert words in text, text


def why(desk: Desk) -> tuple[Why, Action]:
    """The arithmetic as the page has it, and the drill among the three things that would help most."""
    page: Any = desk.go("就绪度")
    place = [tab.name for tab in page._tabs].index("why")
    QTest.mouseClick(page.tabs, Qt.MouseButton.LeftButton, pos=page.tabs.tabRect(place).center())
    desk.settle()
    view = page.view("why")
    drills = [one for one in view.help.actions_shown if one.kind == "drill_held"]
    return view.why, drills[0] if drills else view.help.actions_shown[0]


def score_shown(desk: Desk) -> str:
    """The score in the head of the page in front."""
    return str(desk.window.stack.currentWidget().head.score.text())


def overdue_drills(desk: Desk) -> list[QPushButton]:
    """The buttons on Home that lead to the drill which the street owes."""
    page = desk.window.stack.currentWidget()
    wanted = f"安排演练: {street.NAME}"
    return [
        one for one in page.findChildren(QPushButton) if one.isVisible() and one.accessibleName() == wanted
    ]


def schedule_from_home(desk: Desk) -> None:
    """One click on Home opens the form, with the unit in it."""
    desk.go("首页")
    desk.until(lambda: overdue_drills(desk), "the overdue drill stands on Home")
    (settle,) = overdue_drills(desk)
    QTest.mouseClick(settle, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.dialog().form.editor("unit_code").value() == street.STREET
    desk.fill_in(title="火灾应急演练", planned_on="2026-11-24")
    desk.click("保存")


def log(desk: Desk) -> None:
    """When it began and ended; nothing else is needed for it to count."""
    desk.go("演练", "全部演练")
    desk.choose_row([row.title for row in desk.rows()].index("火灾应急演练"))
    desk.click("更多…", desk.pane().toolbar)
    desk.pick("演练记录")
    desk.fill_in(started_at="9:00", ended_at="10:30")
    desk.click("保存")


def bulletin(desk: Desk) -> str:
    """What the printed bulletin says."""
    desk.click("打印…", desk.window.stack.currentWidget())
    desk.pick("就绪度通报（草稿）")
    return "".join(pdf_text(desk.dialog()))
