"""Teams in the window: the state of the standard, members entered, the duty roster by clicks and keys, papers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from drillapp.core.teams.commands import save_members, save_teams
from drillapp.core.teams.duty import change_duty
from drillapp.core.teams.entries import MemberEntry, TeamEntry
from drillapp.core.teams.roster import roster
from drillapp.core.teams.shifts import DutyLine
from drillapp.ui.parts.dialog import Message
from drillapp.ui.parts.form_dialog import FormDialog
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.parts.pdf_preview import PdfPreview
from drillapp.ui.session import Session
from drillapp.ui.teams.part_tab import PartTab
from drillapp.ui.teams.roster_dialog import RosterDialog
from drillapp.ui.teams.rotation_dialog import RotationDialog
from drillapp.ui.units.page import UnitsPage
from tests.core.teams.brigade import MONDAY, OWN, STATION, TODAY, make_station, member_ids, stock
from tests.ui.filled import choose, numbers, open_tab, pick, press, settle, shown

SUNDAY = MONDAY + timedelta(days=6)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> UnitsPage:
    assert session.office is not None
    make_station(session.office)
    stock(session.office, A=(4, 4), B=(2, 1))
    save_teams(session.office, [TeamEntry(unit_code=OWN, name="A volunteer team", kind="volunteer")])
    return shown(session, qtbot, UnitsPage)


@pytest.fixture
def pane(page: UnitsPage, session: Session, qtbot: QtBot) -> ListPane:
    pane = page.show_pane("teams")
    settle(session, qtbot)
    choose(pane, session, qtbot, 1)
    assert pane.table.current_row().name == STATION
    return pane


@pytest.fixture
def editor(pane: ListPane, session: Session, qtbot: QtBot) -> RosterDialog:
    press(pane.toolbar, "Duty roster …", qtbot)
    settle(session, qtbot)
    return pane.findChild(RosterDialog)


def told(session: Session, first: date = MONDAY, last: date = SUNDAY) -> list[tuple[int, str, str, bool]]:
    from tests.core.teams.brigade import team_id

    assert session.office is not None
    rows = roster(session.office, team_id(session.office), first, last)
    return [(row.day.day, row.shift, row.member, row.leads) for row in rows]


def words(parent: Any) -> str:
    return " ".join(one.text() for one in parent.findChildren(QLabel) if one.isVisible())


def click(editor: RosterDialog, qtbot: QtBot, row: int, column: int) -> None:
    place = editor.grid.visualRect(editor.model.index(row, column)).center()
    qtbot.mouseClick(editor.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))


def test_the_list_says_who_meets_the_standard_and_the_tab_why(
    pane: ListPane, session: Session, qtbot: QtBot
) -> None:
    assert numbers(pane, "state") == ["no_data", "no_data"]
    tab = open_tab(pane, "Standard", session, qtbot)
    assert "No duty roster from 2026-11-24 to 2026-11-30." in words(tab)
    assert "second-hand" in words(tab)
    assert session.office is not None
    ids = member_ids(session.office, pane.table.current_row().id)
    lines = [DutyLine(TODAY, "whole", ids["李一"])]
    session.tasks.run_write(
        lambda office, _p: change_duty(office, pane.table.current_row().id, lines).changes, print
    )
    settle(session, qtbot)
    assert numbers(pane, "state") == ["no_data", "not_met"]
    assert "Fewer than 3 on duty in 14 of 14 half days" in words(open_tab(pane, "Standard", session, qtbot))


def test_a_member_is_entered_changed_and_counts(pane: ListPane, session: Session, qtbot: QtBot) -> None:
    tab = open_tab(pane, "Members of the team", session, qtbot)
    assert isinstance(tab, PartTab)
    press(tab, "Add a member", qtbot)
    dialog = tab.findChild(FormDialog)
    qtbot.keyClicks(dialog.form.editor("name"), "Chen Qi")
    qtbot.keyClicks(dialog.form.editor("insured_until").line, "2026-10-31")
    press(dialog, "Save", qtbot)
    settle(session, qtbot)
    assert [tab.table.model.row(i).name for i in range(7)][-1] == "Chen Qi"
    assert tab.table.model.row(6).state == "uninsured"
    assert pane.table.model.row(1).people == 7
    tab.table.grid.selectRow(6)
    press(tab, "Edit", qtbot)
    dialog = tab.findChildren(FormDialog)[-1]
    dialog.form.editor("left_on").line.setText("2026-11-01")
    dialog.form.editor("left_on").edited.emit()
    press(dialog, "Save", qtbot)
    settle(session, qtbot)
    assert pane.table.model.row(1).people == 6


def test_equipment_comes_from_the_storehouse(pane: ListPane, session: Session, qtbot: QtBot) -> None:
    tab = open_tab(pane, "Equipment", session, qtbot)
    assert isinstance(tab, PartTab)
    rows = [tab.table.model.row(i) for i in range(2)]
    assert [(row.quantity, row.available, row.state) for row in rows] == [(4, 4, "met"), (2, 1, "not_met")]


def test_the_week_is_filled_by_clicks_and_keys_and_saved_at_once(
    editor: RosterDialog, session: Session, qtbot: QtBot
) -> None:
    assert not editor.keep.isEnabled()
    click(editor, qtbot, 1, 1)  # Monday: day
    click(editor, qtbot, 2, 1)
    click(editor, qtbot, 2, 1)  # night
    qtbot.keyClick(editor.grid, Qt.Key.Key_Right)
    qtbot.keyClick(editor.grid, Qt.Key.Key_W)
    qtbot.keyClick(editor.grid, Qt.Key.Key_L)
    assert told(session) == []
    qtbot.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(session, qtbot)
    assert told(session) == [
        (23, "day", "李一", False), (23, "night", "张二", False), (24, "whole", "张二", True),
    ]  # fmt: skip
    assert not editor.keep.isEnabled()
    qtbot.keyClick(editor.grid, Qt.Key.Key_Delete)
    press(editor, "Save", qtbot)
    settle(session, qtbot)
    assert [line[1] for line in told(session)] == ["day", "night"]


def test_day_and_night_may_be_one_members_but_the_whole_day_takes_their_place(
    editor: RosterDialog, session: Session, qtbot: QtBot
) -> None:
    editor.grid.setCurrentIndex(editor.model.index(0, 3))
    for key in (Qt.Key.Key_D, Qt.Key.Key_N):
        qtbot.keyClick(editor.grid, key)
    assert editor.model.index(0, 3).data() == "day, night"
    assert [editor.model.index(row, 3).data() for row in (6, 7)] == ["1", "1"]
    qtbot.keyClick(editor.grid, Qt.Key.Key_W)
    assert editor.model.index(0, 3).data() == "whole day"
    press(editor, "Save", qtbot)
    settle(session, qtbot)
    assert told(session) == [(25, "whole", "王站长", False)]


def test_last_week_is_copied_and_what_is_odd_is_told(
    editor: RosterDialog, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(editor, qtbot, 1, 1)
    press(editor, "Save", qtbot)
    settle(session, qtbot)
    assert session.office is not None
    save_members(session.office, [MemberEntry(unit_code=OWN, team=STATION, name="李一", insured_until=TODAY)])
    qtbot.keyClick(editor, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle(session, qtbot)
    assert editor.monday == MONDAY + timedelta(days=7)
    press(editor, "Copy last week", qtbot)
    settle(session, qtbot)
    assert told(session, editor.monday, editor.monday + timedelta(days=6)) == [(30, "day", "李一", False)]
    assert editor.told.text() == "2026-11-30 李一: insurance has lapsed"
    monkeypatch.setattr(Message, "exec", lambda _self: QDialog.DialogCode.Accepted)
    press(editor, "Copy last week", qtbot)  # asks whether to replace it
    settle(session, qtbot)
    assert len(told(session, editor.monday, editor.monday + timedelta(days=6))) == 1


def test_groups_take_turns(editor: RosterDialog, session: Session, qtbot: QtBot) -> None:
    press(editor, "Rotate …", qtbot)
    settle(session, qtbot)
    dialog = editor.findChild(RotationDialog)
    dialog.members.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.fields.editor("size").set_value("9")
    press(dialog, "Fill", qtbot)
    settle(session, qtbot)
    assert "fewer than the 9 of a shift" in dialog.fields.problem("size")
    dialog.fields.editor("size").set_value("2")
    press(dialog, "Fill", qtbot)
    settle(session, qtbot)
    assert [line[2] for line in told(session, MONDAY, MONDAY)] == ["李一", "张二"]
    assert "王站长" not in {line[2] for line in told(session)}
    assert editor.model.index(6, 1).data() == "2"


def test_what_was_changed_is_not_lost_without_a_word(
    editor: RosterDialog, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(editor, qtbot, 1, 1)
    answers = [QDialog.DialogCode.Rejected, QDialog.DialogCode.Accepted]
    monkeypatch.setattr(Message, "exec", lambda _self: answers.pop(0))
    press(editor, "Close", qtbot)
    assert editor.isVisible()
    press(editor, "Close", qtbot)
    settle(session, qtbot)
    assert answers == []
    assert told(session) == []


def test_what_lapses_is_listed_and_leads_to_its_team(page: UnitsPage, session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    save_members(session.office, [MemberEntry(unit_code=OWN, team=STATION, name="李一", insured_until=TODAY)])
    lapsing = page.show_pane("team_lapses")
    settle(session, qtbot)
    assert (numbers(lapsing, "subject"), numbers(lapsing, "state")) == (["李一"], ["due_30"])
    choose(lapsing, session, qtbot)
    press(lapsing.toolbar, "Go to the team", qtbot)
    settle(session, qtbot)
    assert numbers(page.pane("teams"), "name") == [STATION]


@pytest.mark.parametrize(
    "paper",
    [
        "Sheet of the team",
        "Duty roster of the month",
        "Call-out list of the scope",
        "Sheets of all teams of the scope",
    ],
)
def test_papers_open_in_the_preview(
    pane: ListPane, session: Session, qtbot: QtBot, paper: str, errors: list[BaseException]
) -> None:
    pick(pane, paper, session, qtbot)
    settle(session, qtbot)
    preview = pane.findChild(PdfPreview)
    assert errors == []
    assert preview is not None
    preview.close()


def test_a_read_only_office_shows_the_roster_but_does_not_change_it(
    pane: ListPane, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    session.office.is_read_only = True
    editor = RosterDialog(session, pane.table.current_row(), pane)
    editor.open()
    settle(session, qtbot)
    click(editor, qtbot, 1, 1)
    assert not editor.model.index(1, 1).data()
    assert not editor.copy.isEnabled()
    session.office.is_read_only = False
