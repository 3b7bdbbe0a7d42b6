"""Drills: scheduling, the board, the calendar, and printing."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.ui.drills.page import DrillsPage
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session
from tests.ui.filled import STREET, choose, fill, follow, links, numbers, open_tab, pick, press, settle, shown
from tests.ui.kept import kept_office

office_file = kept_office(fill)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> DrillsPage:
    return shown(session, qtbot, DrillsPage)


def test_scheduling_asks_for_what_is_known_before_the_drill(
    page: DrillsPage, session: Session, qtbot: QtBot
) -> None:
    press(page.pane("drills").toolbar, "Schedule a drill", qtbot)
    settle(session, qtbot)
    dialog = page.findChild(FormDialog)
    form = dialog.form
    assert form.editor("planned_on").value() == date(2026, 11, 24)
    assert "started_at" not in form._fields
    form.editor("unit_code").set_value(STREET)
    form.editor("number").set_value("D-9")
    qtbot.keyClicks(form.editor("title"), "Autumn drill")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert numbers(page.pane("drills")) == ["D-2", "D-9", "D-1"]


def test_the_board_has_a_column_for_each_state(page: DrillsPage, session: Session, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(2)
    settle(session, qtbot)
    assert [link.line.title for link in page.board.cards("open")] == ["Sirens unheard", "Door locked"]
    follow(page.board, "Sirens unheard", qtbot)
    settle(session, qtbot)
    assert page.tabs.currentIndex() == 1
    assert numbers(page.pane("findings"), "text") == ["Sirens unheard"]


def test_the_calendar_shows_each_days_drills_and_opens_them(
    page: DrillsPage, session: Session, qtbot: QtBot
) -> None:
    page.tabs.setCurrentIndex(3)
    settle(session, qtbot)
    year = page.calendar.year_view
    assert year.days == {date(2026, 6, 5): {"held": 1}, date(2026, 12, 8): {"planned": 1}}
    assert year.words(date(2026, 6, 5)) == "2026-06-05  held 1"
    for day in (date(2026, 1, 1), date(2026, 6, 5), date(2026, 12, 31)):
        middle = year.rect_of(day).center()
        assert year.day_at(middle.x(), middle.y()) == day
    qtbot.mouseClick(year, Qt.MouseButton.LeftButton, pos=year.rect_of(date(2026, 12, 8)).center())
    settle(session, qtbot)
    assert page.tabs.currentIndex() == 0
    assert numbers(page.pane("drills")) == ["D-2"]


def test_the_calendar_can_be_walked_by_keys(page: DrillsPage, session: Session, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(3)
    settle(session, qtbot)
    year = page.calendar.year_view
    assert year.cursor_day == date(2026, 11, 24)
    qtbot.keyClick(year, Qt.Key.Key_Down)
    qtbot.keyClick(year, Qt.Key.Key_Left)
    assert "2026-11-30" in year.accessibleName()
    with qtbot.waitSignal(year.chosen) as chosen:
        qtbot.keyClick(year, Qt.Key.Key_Return)
    assert chosen.args == [date(2026, 11, 30)]


def test_another_year_shows_its_own_drills(page: DrillsPage, session: Session, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(3)
    page.calendar.show_year(2025)
    settle(session, qtbot)
    assert page.calendar.year_view.days == {}
    assert page.calendar._total.text() == "0 drills"


def test_a_drills_findings_and_plan_are_beside_it(page: DrillsPage, session: Session, qtbot: QtBot) -> None:
    pane = page.pane("drills")
    choose(pane, session, qtbot, 1)
    tab = open_tab(pane, "Findings", session, qtbot)
    assert links(tab) == ["Sirens unheard", "Door locked", "Overall plan"]


def test_the_report_is_shown_as_it_will_be_printed(page: DrillsPage, session: Session, qtbot: QtBot) -> None:
    pane = page.pane("drills")
    choose(pane, session, qtbot, 1)
    pick(pane, "Report on the drill", session, qtbot)
    preview = pane.findChild(PdfPreview)
    assert preview is not None
    assert len(preview.pages.sizes) >= 1
    preview.close()
