"""Logging a drill: facts, lines and findings, each line saved as it is added."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.core.clock import FixedClock
from drillapp.core.drills.queries import DRILLS, FINDINGS, LOG
from drillapp.core.listing import Condition, Listing, View, first_rows
from drillapp.core.localtime import BEIJING
from drillapp.ui.drills.conduct.dialogs import CorrectDialog
from drillapp.ui.drills.log_dialog import LogDialog
from drillapp.ui.session import Session
from tests.ui.filled import fill, settle


@pytest.fixture
def dialog(session: Session, qtbot: QtBot, clock: FixedClock) -> LogDialog:
    assert session.office is not None
    clock.moment = datetime(2026, 12, 9, 4, tzinfo=UTC)  # the day after the drill
    fill(session.office)
    made = LogDialog(session, first_rows(session.office, DRILLS, _of("number"), 1)[0])
    qtbot.addWidget(made)
    made.show()
    settle(session, qtbot)
    return made


def _of(column: str = "drill_number") -> View:
    return View(conditions=(Condition(column, "=", "D-2"),))


def _kept(session: Session, listing: Listing) -> list[object]:
    assert session.office is not None
    return first_rows(session.office, listing, _of("number" if listing is DRILLS else "drill_number"), 10)


def test_a_time_alone_is_of_the_drills_day(dialog: LogDialog, session: Session, qtbot: QtBot) -> None:
    for name, time in (("started_at", "9:30"), ("ended_at", "11:05")):
        qtbot.keyClicks(dialog.form.editor(name).line, time)
    dialog.form.editor("participants").set_value(25)
    dialog.form.editor("rating").set_value("good")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    (row,) = _kept(session, DRILLS)
    assert row.started_at == datetime(2026, 12, 8, 9, 30, tzinfo=BEIJING)
    assert (row.participants, row.rating, row.title) == (25, "good", "Winter drill")
    assert dialog.print.isEnabled()


def test_the_facts_can_be_saved_twice(dialog: LogDialog, session: Session, qtbot: QtBot) -> None:
    for place in ("Yard", "Hall"):
        editor = dialog.form.editor("place")
        editor.clear()
        qtbot.keyClicks(editor, place)
        dialog.accept()
        settle(session, qtbot)
    assert _kept(session, DRILLS)[0].place == "Hall"


def test_enter_adds_a_line_and_waits_for_the_next(dialog: LogDialog, session: Session, qtbot: QtBot) -> None:
    entry = dialog.log_entry
    qtbot.keyClicks(entry.editor("at").line, "9:31")
    qtbot.keyClicks(entry.editor("who"), "Li")
    for text in ("Alarm", "Evacuation"):
        qtbot.keyClicks(entry.editor("text"), text)
        entry.submit()
        settle(session, qtbot)
        assert entry.editor("text").value() is None
    rows = _kept(session, LOG)
    assert [(row.text, row.who) for row in rows] == [("Alarm", "Li"), ("Evacuation", "Li")]
    assert [line.text for line in dialog.log.list.lines] == ["Alarm", "Evacuation"]


def test_a_line_without_words_is_refused_beside_the_field(
    dialog: LogDialog, session: Session, qtbot: QtBot
) -> None:
    dialog.log_entry.editor("at").set_value(datetime(2026, 12, 8, 9, tzinfo=BEIJING))
    dialog.log_entry.submit()
    assert dialog.log_entry.problem.text() == "Must not be empty."
    assert _kept(session, LOG) == []


def test_findings_are_numbered_and_due_in_thirty_days(
    dialog: LogDialog, session: Session, qtbot: QtBot
) -> None:
    dialog.tabs.setCurrentIndex(1)
    entry = dialog.finding_entry
    for text in ("Late start", "No torch"):
        qtbot.keyClicks(entry.editor("text"), text)
        qtbot.keyClicks(entry.editor("owner"), "Wu")
        entry.submit()
        settle(session, qtbot)
    rows = _kept(session, FINDINGS)
    assert sorted((row.number, row.text, row.owner) for row in rows) == [
        ("1", "Late start", "Wu"),
        ("2", "No torch", "Wu"),
    ]
    assert {row.due_on for row in rows} == {date(2027, 1, 8)}


def test_a_line_is_put_right_by_a_further_one(dialog: LogDialog, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.log_entry.editor("at").line, "9:31")
    qtbot.keyClicks(dialog.log_entry.editor("text"), "Alarm")
    dialog.log_entry.submit()
    settle(session, qtbot)
    dialog.log.list.setCurrentIndex(dialog.log.list.model_.index(0))
    dialog.log.list.setFocus()
    qtbot.keyClick(dialog.log.list, Qt.Key.Key_Return)
    correction = dialog.log.findChild(CorrectDialog)
    assert correction is not None
    correction.at.setText("9:29:30")
    correction.accept()
    settle(session, qtbot)
    assert [(line.wall, line.is_struck) for line in dialog.log.list.lines] == [
        ("09:29:30", False),
        ("09:31:00", True),
    ]
