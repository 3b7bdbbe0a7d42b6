"""A finding assigned, put right with a proof, verified by a later drill, opened again: by clicks, keys and dragging."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from drillapp.core.drills.commands import save_drills, save_findings
from drillapp.core.drills.entries import DrillEntry, FindingEntry
from drillapp.core.drills.findings.commands import Assignment, assign, put_right
from drillapp.core.drills.findings.queries import steps_of
from drillapp.core.drills.queries import FINDINGS
from drillapp.core.listing import View, first_rows
from drillapp.core.localtime import BEIJING
from drillapp.core.plans.model import PlanSection
from drillapp.core.plans.queries import PLANS
from drillapp.core.plans.versions import versions_of
from drillapp.ui.drills.findings.acting import take_step
from drillapp.ui.drills.findings.form import FindingDialog
from drillapp.ui.drills.findings.history_tab import HistoryTab
from drillapp.ui.drills.findings.step_dialogs import StepDialog
from drillapp.ui.drills.findings.verify_dialog import VerifyDialog
from drillapp.ui.drills.page import DrillsPage
from drillapp.ui.parts.dialog import Message
from drillapp.ui.parts.list_pane import ListPane
from drillapp.ui.session import Session
from tests.ui.filled import STREET, choose, fill, links, numbers, open_tab, press, settle, shown
from tests.ui.kept import kept_office

office_file = kept_office(fill)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> DrillsPage:
    assert session.office is not None
    held = datetime(2026, 9, 5, 9, tzinfo=BEIJING)
    again = DrillEntry(
        number="D-3", unit_code=STREET, title="Autumn drill", planned_on=date(2026, 9, 5), plan_number="P-1",
        started_at=held, ended_at=held.replace(hour=10),
    )  # fmt: skip
    save_drills(session.office, [again])
    save_findings(
        session.office,
        [
            FindingEntry(drill_number="D-1", number="1", text="Sirens unheard", cause="equipment"),
            FindingEntry(drill_number="D-3", number="1", text="Sirens still weak", cause="equipment"),
        ],
    )
    return shown(session, qtbot, DrillsPage)


@pytest.fixture
def pane(page: DrillsPage, session: Session, qtbot: QtBot) -> ListPane:
    pane = page.show_pane("findings")
    settle(session, qtbot)
    return pane


def asked(parent: Any, session: Session, qtbot: QtBot) -> Any:
    """The dialog of a step."""
    settle(session, qtbot)
    return next(one for one in reversed(parent.findChildren(StepDialog)) if one.isVisible())


def note(dialog: Any, session: Session, qtbot: QtBot) -> None:
    agree = dialog.save if isinstance(dialog, FindingDialog) else dialog.go
    qtbot.mouseClick(agree, Qt.MouseButton.LeftButton)
    settle(session, qtbot)


def finding(session: Session, text: str) -> Any:
    assert session.office is not None
    return next(one for one in first_rows(session.office, FINDINGS, View(), 50) if one.text == text)


def select(pane: ListPane, text: str, session: Session, qtbot: QtBot) -> None:
    choose(pane, session, qtbot, numbers(pane, "text").index(text))


def test_overdue_ones_come_first_and_repeats_can_be_chosen(
    pane: ListPane, session: Session, qtbot: QtBot
) -> None:
    assert numbers(pane, "text")[0] == "Sirens unheard"
    pane.filters.choose(choices={"again": frozenset({"yes"})})
    settle(session, qtbot)
    assert numbers(pane, "text") == ["Sirens still weak"]
    choose(pane, session, qtbot)
    tab = open_tab(pane, "History", session, qtbot)
    assert links(tab) == ["Sirens unheard"]


def test_several_are_assigned_at_once(pane: ListPane, session: Session, qtbot: QtBot) -> None:
    pane.table.grid.selectAll()
    settle(session, qtbot)
    press(pane.toolbar, "Assign …", qtbot)
    dialog = asked(pane, session, qtbot)
    note(dialog, session, qtbot)
    assert dialog.fields.problem("action") == "Must not be empty."
    qtbot.keyClicks(dialog.fields.editor("action"), "Mend it")
    qtbot.keyClicks(dialog.fields.editor("owner"), "Wang")
    dialog.fields.editor("due_on").set_value(date(2026, 12, 31))
    note(dialog, session, qtbot)
    assert {row.owner for row in first_rows(session.office, FINDINGS, View(), 9)} == {"Wang"}  # type: ignore[arg-type]


def test_put_right_with_a_proof_and_verified_by_a_later_drill(
    pane: ListPane, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session.office is not None
    todo = Assignment("Mend the siren", "Wang", date(2026, 8, 1))
    key = finding(session, "Sirens unheard").id
    assign(session.office, [key], todo, day=date(2026, 6, 6))
    pane.reload()
    settle(session, qtbot)
    select(pane, "Sirens unheard", session, qtbot)
    press(pane.toolbar, "Put right …", qtbot)
    dialog = asked(pane, session, qtbot)
    photo = tmp_path / "siren.png"
    photo.write_bytes(b"photograph")
    dialog.proof.take(photo)
    dialog.fields.editor("day").set_value(date(2026, 7, 20))
    note(dialog, session, qtbot)
    select(pane, "Sirens unheard", session, qtbot)
    press(pane.toolbar, "Verify …", qtbot)
    dialog = asked(pane, session, qtbot)
    assert isinstance(dialog, VerifyDialog)
    assert "D-3" in dialog.drill.itemText(1)
    dialog.drill.setCurrentIndex(1)
    dialog.drill.activated.emit(1)
    qtbot.keyClicks(dialog.fields.editor("who"), "Wang")
    qtbot.keyClicks(dialog.effect, "Heard by all")
    note(dialog, session, qtbot)
    assert dialog.fields.problem("who") == "Somebody else than who put it right must verify it."
    dialog.fields.editor("who").set_value("Zhao")
    note(dialog, session, qtbot)
    row = finding(session, "Sirens unheard")
    assert (row.state, row.verified_by, row.verified_drill) == ("verified", "Zhao", "D-3")
    check_history(pane, session, qtbot, monkeypatch)


def check_history(pane: ListPane, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof is opened by a click."""
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    select(pane, "Sirens unheard", session, qtbot)
    tab = open_tab(pane, "History", session, qtbot)
    assert isinstance(tab, HistoryTab)
    proof = next(one for one in tab.findChildren(QPushButton) if one.text() == "siren.png")
    qtbot.mouseClick(proof, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert Path(opened[0]).read_bytes() == b"photograph"


def test_a_step_that_does_not_fit_is_told(pane: ListPane, session: Session, qtbot: QtBot) -> None:
    select(pane, "Door locked", session, qtbot)
    press(pane.toolbar, "Verify …", qtbot)
    settle(session, qtbot)
    message = next(one for one in pane.findChildren(Message) if one.isVisible())
    assert "Only what was put right can be verified." in message.accessibleDescription()
    message.accept()


def test_the_form_leaves_done_and_verified_to_the_steps(
    pane: ListPane, session: Session, qtbot: QtBot
) -> None:
    select(pane, "Door locked", session, qtbot)
    press(pane.toolbar, "Edit", qtbot)
    settle(session, qtbot)
    dialog = next(one for one in pane.findChildren(FindingDialog) if one.isVisible())
    assert {"done_on", "verified_on", "verified_by"}.isdisjoint(dialog.form.values())
    dialog.form.editor("cause").set_value("facility")
    dialog.form.editor("cause").edited.emit()
    note(dialog, session, qtbot)
    assert finding(session, "Door locked").cause == "facility"


def test_a_card_is_pushed_by_keys_or_dropped(page: DrillsPage, session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    page.tabs.setCurrentIndex(2)
    settle(session, qtbot)
    board = page.board
    assert next(card.line.title for card in board.cards("open")) == "Sirens unheard"
    last = board.cards("open")[1]
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    dialog = asked(board, session, qtbot)
    assert dialog.windowTitle() == "Put right"
    dialog.reject()
    key = last.finding.id
    assign(session.office, [key], Assignment("Mend", "Wang", date(2026, 12, 1)), day=date(2026, 11, 1))
    put_right(session.office, [key], day=date(2026, 11, 2), note="Mended")
    board.reload()
    settle(session, qtbot)
    (card,) = board.cards("done")
    board.columns["verified"].area.dropped.emit(card.finding)
    assert isinstance(asked(board, session, qtbot), VerifyDialog)
    board.columns["accepted"].area.dropped.emit(card.finding)
    settle(session, qtbot)
    message = next(one for one in board.findChildren(Message) if one.isVisible())
    assert "put right before" in message.accessibleDescription()
    message.accept()
    assert [one.kind for one in steps_of(session.office, key)] == ["assigned", "done"]


def test_the_rarer_steps(page: DrillsPage, session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    key = finding(session, "Door locked").id
    for kind, typed, state in (
        ("accepted", {"until": date(2026, 12, 31)}, "accepted"),
        ("reopened", {"due_on": date(2026, 12, 1)}, "open"),
    ):
        take_step(session, kind, [finding(session, "Door locked")], page)
        dialog = asked(page, session, qtbot)
        dialog.fields.editor("who").set_value("Sun")
        dialog.fields.editor("note").set_value("Because")
        for name, value in typed.items():
            dialog.fields.editor(name).set_value(value)
        note(dialog, session, qtbot)
        assert finding(session, "Door locked").state == state
    assign(session.office, [key], Assignment("Open it", "Wang", date(2026, 12, 1)), day=session.as_of)
    put_right(session.office, [key], day=session.as_of, note="Opened")
    take_step(session, "rejected", [finding(session, "Door locked")], page)
    dialog = asked(page, session, qtbot)
    dialog.fields.editor("who").set_value("Sun")
    dialog.fields.editor("note").set_value("Locked still")
    note(dialog, session, qtbot)
    kinds = [one.kind for one in steps_of(session.office, key)]
    assert kinds == ["accepted", "reopened", "assigned", "done", "rejected"]


def test_the_section_of_the_plan_is_picked_in_the_form(
    pane: ListPane, session: Session, qtbot: QtBot
) -> None:
    office = session.office
    assert office is not None
    (plan,) = (one for one in first_rows(office, PLANS, View(), 9) if one.number == "P-1")
    section = {
        "version_id": versions_of(office, plan.id)[0].id, "position": 1, "level": 1, "number": "1",
        "title": "Warning", "blocks": "[]", "lineage": "0" * 32,
    }  # fmt: skip
    with office.write("section") as work:
        work.connection.execute(insert(PlanSection).values(section))
    select(pane, "Door locked", session, qtbot)
    press(pane.toolbar, "Edit", qtbot)
    settle(session, qtbot)
    dialog = next(one for one in pane.findChildren(FindingDialog) if one.isVisible())
    assert [dialog.section.itemText(place) for place in range(2)] == ["—", "1 Warning  (Overall plan)"]
    dialog.section.setCurrentIndex(1)
    note(dialog, session, qtbot)
    assert finding(session, "Door locked").section == "Warning"
