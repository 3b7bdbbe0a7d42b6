"""A year's programme through the window: drawn up, moved, approved, changed with a reason, scheduled, handed out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from drillapp.core.drills.programme.commands import drop_items
from drillapp.core.drills.programme.queries import items_of, programme_for
from drillapp.core.drills.programme.rows import ItemRow
from drillapp.core.drills.queries import DRILLS
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.ui.drills.page import DrillsPage
from drillapp.ui.drills.programme.dialogs import ProgrammeDialog
from drillapp.ui.drills.programme.uncovered import UncoveredDialog
from drillapp.ui.drills.programme.view import ProgrammeView
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.parts.record_link import RecordLink
from drillapp.ui.session import Scope, Session
from tests.core.drills.programme.street import YEAR, fill, key_of

TAB = "Annual programme"


def settle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.tasks.is_idle)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: session.tasks.is_idle)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> DrillsPage:
    office = session.office
    assert office is not None
    fill(office)
    session.set_scope(Scope(key_of(office, "S"), "S", "德胜街道"))
    page = DrillsPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    labels = [page.tabs.tabText(place) for place in range(page.tabs.count())]
    page.tabs.setCurrentIndex(labels.index(TAB))
    page.programme.show_year(YEAR)
    settle(session, qtbot)
    return page


@pytest.fixture
def view(page: DrillsPage) -> ProgrammeView:
    return page.programme


@pytest.fixture
def drawn(view: ProgrammeView, session: Session, qtbot: QtBot) -> ProgrammeView:
    view.empty.make.click()
    settle(session, qtbot)
    return view


def office_of(view: ProgrammeView) -> Office:
    assert view.session.office is not None
    return view.session.office


def items(view: ProgrammeView) -> list[ItemRow]:
    assert view.programme is not None
    return items_of(office_of(view), view.programme.id)


def choose(view: ProgrammeView, words: str) -> ItemRow:
    """Put the list's cursor on an item."""
    found = next(item for item in items(view) if words in item.title)
    assert view.items.table.choose(found.id)
    return found


def dialog_of(view: ProgrammeView, kind: type[Any]) -> Any:
    return next(dialog for dialog in view.findChildren(kind) if dialog.isVisible())


def give_reason(view: ProgrammeView, session: Session, qtbot: QtBot, reason: str) -> None:
    dialog = dialog_of(view, ProgrammeDialog)
    dialog.fields.editor("reason").set_value(reason)
    dialog.accept()
    settle(session, qtbot)


def test_an_empty_year_says_what_is_asked_and_draws_it_up(
    view: ProgrammeView, session: Session, qtbot: QtBot, errors: list[BaseException]
) -> None:
    assert view.programme is None
    assert view.empty.isVisible()
    asked = len(view.duties)
    assert f"{asked}" in view.empty.hint.text()
    view.empty.make.click()
    settle(session, qtbot)
    assert view.programme is not None
    assert view.calendar.isVisible()
    assert sum(sum(day.values()) for day in view.calendar.days.values()) == len(items(view))
    assert view.items.table.model.rowCount() == len(items(view))
    assert not view.head.banner.isVisible()
    assert view.head.strip.words == f"0 of {len(items(view))} drills held"
    QAbstractItemModelTester(view.items.table.model)
    assert errors == []


def test_a_year_that_is_over_cannot_be_drawn_up(view: ProgrammeView, session: Session, qtbot: QtBot) -> None:
    view.show_year(2025)
    settle(session, qtbot)
    assert not view.empty.make.isEnabled()
    assert "over" in view.empty.make.toolTip()


def test_a_drill_is_dragged_to_another_day_and_onto_a_month(
    drawn: ProgrammeView, session: Session, qtbot: QtBot
) -> None:
    item = choose(drawn, "街道防汛应急预案")
    calendar = drawn.calendar
    drag(
        qtbot,
        calendar,
        calendar.rect_of(item.planned_on).center(),
        calendar.rect_of(date(YEAR, 8, 18)).center(),
    )
    settle(session, qtbot)
    moved = next(one for one in items(drawn) if one.id == item.id)
    assert (moved.planned_on, moved.is_day_fixed) == (date(YEAR, 8, 18), True)
    head = calendar.month_rect(10).topLeft() + QPoint(30, 10)
    drag(qtbot, calendar, calendar.rect_of(date(YEAR, 8, 18)).center(), head)
    settle(session, qtbot)
    moved = next(one for one in items(drawn) if one.id == item.id)
    assert (moved.planned_on.month, moved.is_day_fixed) == (10, False)


def drag(qtbot: QtBot, calendar: Any, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(calendar, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(calendar, start + QPoint(20, 20))
    qtbot.mouseMove(calendar, end)
    QApplication.processEvents()
    qtbot.mouseRelease(calendar, Qt.MouseButton.LeftButton, pos=end)


def test_keys_move_the_drill_under_the_cursor(drawn: ProgrammeView, session: Session, qtbot: QtBot) -> None:
    item = choose(drawn, "街道防汛应急预案")
    drawn.shift(months=1)
    settle(session, qtbot)
    moved = next(one for one in items(drawn) if one.id == item.id)
    assert moved.planned_on.month == item.planned_on.month + 1
    drawn.items.table.choose(item.id)
    drawn.shift(days=1)
    settle(session, qtbot)
    again = next(one for one in items(drawn) if one.id == item.id)
    assert (again.planned_on - moved.planned_on).days == 1
    assert again.is_day_fixed


def test_a_click_on_a_day_shows_its_drills(drawn: ProgrammeView, session: Session, qtbot: QtBot) -> None:
    day = items(drawn)[0].planned_on
    qtbot.mouseClick(drawn.calendar, Qt.MouseButton.LeftButton, pos=drawn.calendar.rect_of(day).center())
    settle(session, qtbot)
    assert drawn.items.table.model.rowCount() == sum(item.planned_on == day for item in items(drawn))
    drawn.calendar.setFocus()
    qtbot.keyClick(drawn.calendar, Qt.Key.Key_Right)
    assert drawn.calendar.cursor_day > day
    assert "Flood season" in drawn.calendar.words(date(YEAR, 7, 1))


def test_after_the_approval_moving_asks_for_a_reason_which_is_kept(
    drawn: ProgrammeView, session: Session, qtbot: QtBot
) -> None:
    drawn.head.approve.click()
    dialog = dialog_of(drawn, ProgrammeDialog)
    dialog.fields.editor("approved_by").set_value("王芳")
    dialog.accept()
    settle(session, qtbot)
    assert drawn.programme is not None
    assert drawn.programme.state == "approved"
    assert not drawn.head.approve.isVisible()
    assert drawn.head.publish.isVisible()
    item = choose(drawn, "街道防汛应急预案")
    drawn.shift(months=1)
    dialog = dialog_of(drawn, ProgrammeDialog)
    dialog.accept()
    assert dialog.fields.problem("reason")
    give_reason(drawn, session, qtbot, "与市级演练错开")
    assert (
        next(one for one in items(drawn) if one.id == item.id).planned_on.month == item.planned_on.month + 1
    )
    drawn.items.table.choose(item.id)
    drawn.items.detail.show_tab("Changes")
    settle(session, qtbot)
    links = [link.line.title for link in drawn.items.detail.findChildren(RecordLink)]
    assert "与市级演练错开" in links
    drawn.head.publish.click()
    dialog_of(drawn, ProgrammeDialog).accept()
    settle(session, qtbot)
    assert drawn.programme.state == "published"


def test_a_drill_is_added_and_edited_in_the_form(
    drawn: ProgrammeView, session: Session, qtbot: QtBot
) -> None:
    count = len(items(drawn))
    drawn.items.enter_new()
    form = dialog_of(drawn, FormDialog)
    form.form.editor("title").set_value("反恐演练")
    form.form.editor("planned_on").set_value(date(YEAR, 9, 7))
    form.accept()
    settle(session, qtbot)
    assert len(items(drawn)) == count + 1
    choose(drawn, "反恐演练")
    drawn.items.edit()
    form = dialog_of(drawn, FormDialog)
    form.form.editor("expected").set_value(80)
    form.form.editor("planned_on").set_value(date(YEAR + 1, 1, 1))
    form.accept()
    settle(session, qtbot)
    assert str(YEAR) in form.form.problem("planned_on")
    form.form.editor("planned_on").set_value(date(YEAR, 9, 8))
    form.accept()
    settle(session, qtbot)
    found = next(item for item in items(drawn) if item.title == "反恐演练")
    assert (found.expected, found.planned_on) == (80, date(YEAR, 9, 8))


def test_drills_are_scheduled_one_by_one_and_by_the_month(
    drawn: ProgrammeView, session: Session, qtbot: QtBot
) -> None:
    item = choose(drawn, "街道防汛应急预案")
    drawn.items.schedule()
    settle(session, qtbot)
    assert next(one for one in items(drawn) if one.id == item.id).state == "scheduled"
    month = next(one.planned_on.month for one in items(drawn) if one.state == "planned")
    drawn.head.month_wanted.emit(month)
    settle(session, qtbot)
    settle(session, qtbot)
    assert all(one.state == "scheduled" for one in items(drawn) if one.planned_on.month == month)
    made = first_rows(office_of(drawn), DRILLS, View(), 100)
    assert len({drill.number for drill in made}) == len(made) > 1


def test_what_is_dropped_shows_as_open_and_is_added_again(
    drawn: ProgrammeView, session: Session, qtbot: QtBot
) -> None:
    choose(drawn, "街道防汛应急预案")
    drawn.items.drop()
    give_reason(drawn, session, qtbot, "取消")
    assert drawn.head.banner.isVisible()
    drawn.head.uncovered_wanted.emit()
    dialog = dialog_of(drawn, UncoveredDialog)
    settle(session, qtbot)
    assert dialog.table.model.rowCount() == len(drawn.duties) > 0
    dialog.accept()
    settle(session, qtbot)
    assert not drawn.head.banner.isVisible()
    assert sum("街道防汛应急预案" in item.title for item in items(drawn)) == 2


def test_a_drill_comes_again_as_the_dialog_says(drawn: ProgrammeView, session: Session, qtbot: QtBot) -> None:
    item = choose(drawn, "街道防汛应急预案")
    drawn.items.repeat()
    dialog = dialog_of(drawn, ProgrammeDialog)
    dialog.fields.editor("recurrence").set_value("half_yearly")
    dialog.accept()
    settle(session, qtbot)
    days = [one.planned_on for one in items(drawn) if one.title == item.title]
    assert len(days) == len(range(item.planned_on.month, 13, 6))


def test_a_unit_below_sees_its_part(drawn: ProgrammeView, session: Session, qtbot: QtBot) -> None:
    office = office_of(drawn)
    session.set_scope(Scope(key_of(office, "E"), "E", "北京加油站"))
    settle(session, qtbot)
    assert drawn.programme is not None
    assert drawn.programme.unit_code == "S"
    assert "德胜街道" in drawn.head.about.text()
    own = [item for item in items(drawn) if item.unit_code == "E"]
    assert drawn.items.table.model.rowCount() == len(own)


def test_the_calendar_file_and_the_paper_are_made(
    drawn: ProgrammeView, session: Session, qtbot: QtBot, tmp_path: Path, errors: list[BaseException]
) -> None:
    path = tmp_path / "drills.ics"
    drawn.write_calendar_file(path)
    settle(session, qtbot)
    assert path.read_bytes().count(b"BEGIN:VEVENT") == len(items(drawn))
    drawn.head.print.click()
    settle(session, qtbot)
    dialog_of(drawn, PdfPreview).reject()
    assert errors == []


def test_what_another_seat_changes_is_shown(drawn: ProgrammeView, session: Session, qtbot: QtBot) -> None:
    office = office_of(drawn)
    found = programme_for(office, session.scope.unit_id, YEAR)
    assert found is not None
    item = items_of(office, found.id)[0]
    session.tasks.run_write(lambda known, _progress: drop_items(known, [item.id], "x"), lambda _changes: None)
    settle(session, qtbot)
    assert drawn.calendar.days[item.planned_on].get("dropped") == 1
