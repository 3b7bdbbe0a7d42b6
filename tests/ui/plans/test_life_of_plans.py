"""Events are recorded from a plan's life, with what is wrong beside the field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.core.plans.answers import open_findings
from drillapp.core.plans.assessment import newest_assessment
from drillapp.core.plans.life import life_of
from drillapp.ui.plans.page import PlansPage
from drillapp.ui.session import Session
from tests.ui.filled import follow, press, settle
from tests.ui.plans.planned import TODAY, dialog_of, tab_of


def test_an_event_is_recorded_from_the_list_of_possible_ones(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    tab = tab_of(page, "Life", session, qtbot)
    line = next(one for one in tab.next.lines if one.possible.kind == "filed")
    assert line.due.isVisible()
    assert line.due.accessibleName() == f"was due by {line.possible.due_on}"
    qtbot.mouseClick(line.go, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, session, qtbot)
    dialog.fields.editor("authority").clear()
    dialog.accept()
    assert dialog.fields.problem("authority") == "Must not be empty."
    qtbot.keyClicks(dialog.fields.editor("authority"), "District")
    assert dialog.fields.problem("authority") == ""
    dialog.fields.editor("happened_on").set_value(date(2024, 1, 1))
    dialog.accept()
    settle(session, qtbot)
    assert dialog.isVisible()
    assert dialog.fields.problem("happened_on")
    dialog.fields.editor("happened_on").set_value(date(2025, 3, 20))
    dialog.accept()
    settle(session, qtbot)
    assert session.office is not None
    assert [(one.kind, one.authority) for one in life_of(session.office, 1)][-1] == ("filed", "District")
    assert tab.line.points[1].words == "filed"
    answer = next(one for one in tab.next.lines if one.possible.kind == "filing_answered")
    assert answer.due.accessibleName() == f"no answer by {answer.possible.due_on}: filed"


def test_the_last_event_is_withdrawn_with_a_reason(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    tab = tab_of(page, "Life", session, qtbot)
    press(tab, "Withdraw the last event …", qtbot)
    dialog = dialog_of(page, session, qtbot)
    dialog.accept()
    assert dialog.fields.problem("reason") == "Must not be empty."
    qtbot.keyClicks(dialog.fields.editor("reason"), "Wrong plan")
    dialog.accept()
    settle(session, qtbot)
    assert session.office is not None
    assert life_of(session.office, 1) == []


def test_what_cannot_be_recorded_says_why(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    tab = tab_of(page, "Life", session, qtbot, 2)
    waiting = next(one for one in tab.next.lines if one.possible.kind == "filed")
    assert not waiting.go.isVisible()
    assert waiting.words.text()


def test_an_assessment_proposes_what_its_answers_bear_out(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    tab = tab_of(page, "Life", session, qtbot)
    line = next(one for one in tab.next.lines if one.possible.kind == "assessed")
    qtbot.mouseClick(line.go, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, session, qtbot)
    dialog.items[0].box.click()
    assert dialog.fields.editor("conclusion").value() == "revise"
    dialog.accept()
    assert dialog.fields.problem("assessors") == "Must not be empty."
    qtbot.keyClicks(dialog.fields.editor("assessors"), "Li")
    dialog.accept()
    settle(session, qtbot)
    assert session.office is not None
    found = newest_assessment(session.office, 1)
    assert (found.happened_on, found.conclusion, found.answers[0].needs_revision) == (TODAY, "revise", True)


def test_a_finding_is_answered_in_the_new_version(
    page: PlansPage, draft: int, session: Session, qtbot: QtBot
) -> None:
    tab = tab_of(page, "Links", session, qtbot)
    follow(tab, "Sirens unheard", qtbot)
    dialog = dialog_of(page, session, qtbot)
    dialog.accept()
    settle(session, qtbot)
    assert dialog.fields.problem("section_id")
    dialog.fields.editor("section_id").setCurrentIndex(3)
    dialog.accept()
    settle(session, qtbot)
    assert session.office is not None
    answered = next(one for one in open_findings(session.office, 1) if one.text == "Sirens unheard")
    assert answered.decision == "addressed"
    tab = tab_of(page, "Links", session, qtbot)
    assert next(one for one in tab.findings if one.line.title == "Sirens unheard").line.mark == "addressed"
