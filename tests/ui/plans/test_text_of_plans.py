"""A plan's text is read, searched, written, compared, brought in from Word, and its gaps lead to their places."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from drillapp.core.plans.content import Grid, Paragraph
from drillapp.core.plans.document import plan_document
from drillapp.core.plans.papers import papers_of
from drillapp.core.plans.versions import read_content, versions_of
from drillapp.core.plans.word.writing import write_word
from drillapp.core.reports.registry import REPORTS
from drillapp.ui.plans.page import PlansPage
from drillapp.ui.session import Session
from tests.ui.filled import press, settle
from tests.ui.plans.planned import CONTENT, dialog_of, tab_of


def test_the_text_is_read_by_its_outline(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    tab = tab_of(page, "Text", session, qtbot)
    assert "Save lives." in tab.view.toPlainText()
    tab.outline.setFocus()
    tab.outline.choose(2)
    assert "Pump at 27 cm." in tab.view.toPlainText()
    assert "Save lives." not in tab.view.toPlainText()


def test_a_search_within_shows_where_the_words_stand(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    tab = tab_of(page, "Text", session, qtbot)
    tab.search.setFocus()
    qtbot.keyClicks(tab.search, "27 cm")
    assert tab.found.text() == "in 1 sections"
    qtbot.keyClick(tab.search, Qt.Key.Key_Return)
    assert tab.outline.current_place() == 2
    assert tab.view.textCursor().selectedText() == "27 cm"
    tab.search.setText("nowhere")
    assert tab.found.text() == "not found"


def test_an_approved_text_cannot_be_written_and_one_that_is_missing_can(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    tab = tab_of(page, "Text", session, qtbot)
    assert not tab.write.isVisible()
    tab = tab_of(page, "Text", session, qtbot, 1)
    assert tab.empty.isVisible()
    assert tab.write.isVisible()


def test_levels_and_people_are_shown(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    levels = tab_of(page, "Levels", session, qtbot).view.toPlainText()
    assert "Trigger: Red warning" in levels
    assert "30" in levels
    assert "Li" in tab_of(page, "People", session, qtbot).view.toPlainText()


def test_a_draft_is_written_and_saved(page: PlansPage, draft: int, session: Session, qtbot: QtBot) -> None:
    page.shown.choose(1, draft)
    tab = tab_of(page, "Text", session, qtbot)
    press(tab, "Write …", qtbot)
    dialog = dialog_of(page, session, qtbot)
    editor = dialog.text
    editor.tree.choose(1)
    editor.text.moveCursor(editor.text.textCursor().MoveOperation.Start)
    qtbot.keyClicks(editor.text, "First. ")
    editor.tree.choose(2)
    editor.add()
    qtbot.keyClicks(editor.title, "Afterwards")
    dialog.levels.list.setCurrentRow(0)
    dialog.levels.starter.setText("The deputy")
    dialog.roster.add_row()
    dialog.roster.table.item(1, 1).setText("Wang")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    assert session.office is not None
    content = read_content(session.office, draft)
    assert [(one.number, one.title) for one in content.sections][-1] == ("3", "Afterwards")
    assert content.sections[1].blocks == (
        Paragraph("First. Save lives."),
        Grid((("Who", "What"), ("Street", "Pump")), 1),
    )
    assert content.levels[0].starter == "The deputy"
    assert [one.name for one in content.roster] == ["Li", "Wang"]
    assert not dialog.is_touched
    dialog.reject()


def test_minutes_that_are_no_number_are_said_and_nothing_is_saved(
    page: PlansPage, draft: int, session: Session, qtbot: QtBot
) -> None:
    page.shown.choose(1, draft)
    tab = tab_of(page, "Levels", session, qtbot)
    press(tab, "Write …", qtbot)
    dialog = dialog_of(page, session, qtbot)
    assert dialog.tabs.currentIndex() == 1
    dialog.levels.steps.table.item(0, 2).setText("soon")
    dialog.accept()
    assert dialog.problem.text() == "Minutes must be a whole number: soon"
    dialog.is_touched = False
    dialog.reject()


def test_two_versions_side_by_side_mark_what_changed(
    page: PlansPage, draft: int, session: Session, qtbot: QtBot
) -> None:
    tab = tab_of(page, "Versions", session, qtbot)
    assert len(tab.lines) == 2
    press(tab, "Compare", qtbot)
    dialog = dialog_of(page, session, qtbot)
    assert dialog.list.count() == 1
    assert dialog.list.item(0).text() == "≠  2 Response"
    assert "27" in dialog.view.toPlainText()
    cursor = dialog.view.document().find("27")
    assert cursor.charFormat().fontStrikeOut()
    assert dialog.view.document().find("20").charFormat().fontUnderline()
    dialog.reject()


def test_a_new_version_begins_with_the_text_of_the_last(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    tab = tab_of(page, "Versions", session, qtbot)
    press(tab, "New version …", qtbot)
    dialog = dialog_of(page, session, qtbot)
    assert dialog.fields.editor("label").value() == "2026 version"
    dialog.accept()
    settle(session, qtbot)
    assert session.office is not None
    newest = versions_of(session.office, 1)[0]
    assert (newest.label, newest.state) == ("2026 version", "drafting")
    assert [one.title for one in read_content(session.office, newest.id).sections] == [
        "General",
        "Purpose",
        "Response",
    ]
    assert page.pane("plans").detail._tabs.tabText(3) == "Text"
    assert page.pane("plans").detail._tabs.currentIndex() == 3


def test_a_word_plan_is_looked_at_put_right_and_written_as_a_draft(
    page: PlansPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    assert session.office is not None
    path = tmp_path / "plan.docx"
    write_word(plan_document(session.office, versions_of(session.office, 1)[0].id), path)
    tab = tab_of(page, "Versions", session, qtbot, 2)
    press(tab, "From Word …", qtbot)
    dialog = dialog_of(page, session, qtbot)
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.go.isEnabled())
    lines = dialog.model.document.lines
    place = next(i for i, line in enumerate(lines) if line.block == Paragraph("Response"))
    dialog.lines.setCurrentIndex(dialog.model.index(place))
    qtbot.keyClick(dialog.lines, Qt.Key.Key_0)
    assert dialog.go.text() == "Write 2 sections as a draft"
    qtbot.keyClick(dialog.lines, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.lines, Qt.Key.Key_Right)
    dialog.accept()
    settle(session, qtbot)
    written = read_content(session.office, versions_of(session.office, 3)[0].id)
    assert [(one.level, one.title) for one in written.sections] == [
        (1, "General"),
        (2, "Purpose"),
        (2, "Response"),
    ]
    assert written.levels == CONTENT.levels


def test_what_is_no_word_document_says_so(
    page: PlansPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(b"no document")
    tab = tab_of(page, "Versions", session, qtbot)
    press(tab, "From Word …", qtbot)
    dialog = dialog_of(page, session, qtbot)
    dialog.read(path)
    settle(session, qtbot)
    assert "is not a Word document" in dialog.empty._hint.text()
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_documents_are_added_and_listed(
    page: PlansPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "minutes.pdf"
    path.write_bytes(b"%PDF-1.4")
    tab = tab_of(page, "Papers", session, qtbot)
    tab.kind.set_value("review_minutes")
    tab.add_files([path])
    settle(session, qtbot)
    assert [line.paper.name for line in tab.lines] == ["minutes.pdf"]
    assert session.office is not None
    assert papers_of(session.office, versions_of(session.office, 1)[0].id)[0].kind == "review_minutes"


def test_a_gap_leads_to_its_place(page: PlansPage, session: Session, qtbot: QtBot) -> None:
    tab = tab_of(page, "Gaps", session, qtbot)
    for one in tab.links:
        assert one.height() == one.heightForWidth(one.width()), "its sentence is cut off"
    assert max(one.height() for one in tab.links) > min(one.height() for one in tab.links)
    phone = next(one for one in tab.links if "phone" in one.line.mark)
    qtbot.mouseClick(phone, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
    tabs = page.pane("plans").detail._tabs
    assert tabs.tabText(tabs.currentIndex()) == "People"


def test_the_panel_takes_the_whole_page_and_gives_it_back(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    pane = page.pane("plans")
    tab_of(page, "Text", session, qtbot)
    qtbot.mouseClick(pane.detail.wide, Qt.MouseButton.LeftButton)
    assert not pane.table.isVisible()
    assert pane.detail.isVisible()
    qtbot.mouseClick(pane.detail.wide, Qt.MouseButton.LeftButton)
    assert pane.table.isVisible()


def test_a_version_is_saved_as_word(
    page: PlansPage, session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    tab = tab_of(page, "Text", session, qtbot)
    press(tab, "Word …", qtbot)
    settle(session, qtbot)
    assert path.read_bytes().startswith(b"PK")


def test_every_paper_about_plans_can_be_printed(page: PlansPage) -> None:
    offered = {action.done.args[0] for action in page.pane("plans").spec.prints}  # type: ignore[attr-defined]
    about_plans = ("plan", "filing", "response", "revision", "assessment", "contact")
    assert {name for name in REPORTS if name.startswith(about_plans)} <= offered
