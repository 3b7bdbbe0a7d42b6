"""The record of a drill beside the list: opened, found, copied, called off."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.core.drills.commands import save_drills
from drillapp.core.drills.entries import DrillEntry
from drillapp.core.drills.record.parts import Design, RecordParts
from drillapp.core.drills.record.saving import save_record
from drillapp.ui.drills.page import DrillsPage
from drillapp.ui.drills.record.dialog import RecordDialog
from drillapp.ui.drills.record.step_dialogs import CancelDialog, CopyDialog
from drillapp.ui.parts import form_dialog
from drillapp.ui.session import Session
from tests.ui.drills.record.recording import DRILL, row, save
from tests.ui.filled import STREET, choose, links, numbers, open_tab, pick, press, settle, shown


def test_the_list_opens_the_record_and_the_panel_shows_it(
    filled: Session, qtbot: QtBot, errors: list[BaseException]
) -> None:
    assert filled.office is not None
    key = row(filled).id
    save_record(filled.office, key, row(filled).revision, RecordParts(design=Design(scenario="Fire")))
    page = shown(filled, qtbot, DrillsPage)
    pane = page.pane("drills")
    choose(pane, filled, qtbot, numbers(pane).index(DRILL))
    assert "Scenario" in links(open_tab(pane, "Design", filled, qtbot))
    open_tab(pane, "Taking part", filled, qtbot)
    open_tab(pane, "Means", filled, qtbot)
    press(pane.toolbar, "Edit", qtbot)
    settle(filled, qtbot)
    (dialog,) = pane.findChildren(RecordDialog)
    assert isinstance(dialog, form_dialog.FormDialog)
    qtbot.keyClicks(dialog.form.editor("place"), "Yard")
    save(dialog, filled, qtbot)
    assert row(filled).place == "Yard"
    assert errors == []


def test_drills_are_found_by_kind_and_whether_they_were_announced(filled: Session, qtbot: QtBot) -> None:
    assert filled.office is not None
    event = DrillEntry(
        number="E-1",
        unit_code=STREET,
        title="Fire",
        planned_on=date(2026, 11, 1),
        kind="event",
        unannounced=True,
        hazard="火灾",
    )
    save_drills(filled.office, [event])
    page = shown(filled, qtbot, DrillsPage)
    pane = page.pane("drills")
    for choices in (
        {"kind": frozenset({"event"})},
        {"unannounced": frozenset({"yes"})},
        {"hazard_category": frozenset({"accident"})},
    ):
        pane.filters.choose("", choices)
        settle(filled, qtbot)
        assert "E-1" in numbers(pane), choices
        assert "D-1" not in numbers(pane), choices


def test_a_drill_is_copied_and_called_off_from_the_list(filled: Session, qtbot: QtBot) -> None:
    page = shown(filled, qtbot, DrillsPage)
    pane = page.pane("drills")
    choose(pane, filled, qtbot, numbers(pane).index(DRILL))
    pick(pane, "Copy …", filled, qtbot, behind="More …")
    (copy,) = pane.findChildren(CopyDialog)
    copy.accept()
    assert copy.problem.text() == "Must not be empty."
    qtbot.keyClicks(copy.day.line, "2027-12-07")
    qtbot.mouseClick(copy.go, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    (number,) = numbers(pane)
    assert row(filled, number).planned_on == date(2027, 12, 7)
    choose(pane, filled, qtbot)
    pick(pane, "Call off …", filled, qtbot, behind="More …")
    (cancel,) = pane.findChildren(CancelDialog)
    cancel.accept()
    settle(filled, qtbot)
    assert cancel.problem.text() == "Say why the drill is called off."
    qtbot.keyClicks(cancel.reason, "Storm")
    qtbot.mouseClick(cancel.go, Qt.MouseButton.LeftButton)
    settle(filled, qtbot)
    assert numbers(pane) == []
