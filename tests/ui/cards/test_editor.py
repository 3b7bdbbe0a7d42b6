"""The card editor: begun from a template, drawn while it is written, its steps moved by keyboard, saved with its source."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.core.cards.copy_lists import copies_of
from drillapp.core.cards.queries import CARDS
from drillapp.core.listing import View, first_rows, rows
from drillapp.ui.cards.alarm_editor import AlarmEditor
from drillapp.ui.cards.editor import CardDialog, card_dialog
from drillapp.ui.cards.page import CardsPage
from drillapp.ui.cards.steps_editor import StepsEditor
from drillapp.ui.session import Session
from tests.ui.cards.kitchen import KITCHEN, card_id, fill_kitchen
from tests.ui.filled import settle, shown


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> CardsPage:
    assert session.office is not None
    fill_kitchen(session.office)
    return shown(session, qtbot, CardsPage)


def edited(page: CardsPage, session: Session, qtbot: QtBot, number: str) -> CardDialog:
    assert session.office is not None
    row = rows(session.office, CARDS, [card_id(session.office, number)])[0]
    dialog = card_dialog(session, row, page)
    dialog.begin_edit(row)
    settle(session, qtbot)
    return dialog


def test_a_card_begins_with_the_template_for_its_post_and_keeps_own_words(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    dialog = card_dialog(session, None, page)
    dialog.begin_new({"unit_code": KITCHEN, "post": "后厨", "number": "N-1"})
    settle(session, qtbot)
    assert dialog.template.currentText() == "油锅起火"
    assert dialog.form.editor("title").value() == "油锅起火"
    assert "福顺楼饭店" in dialog.form.editor("alarm").value()
    assert not dialog.preview.picture.pixmap().isNull()
    assert dialog.form.warning("supplies") == "Fill in where ____ stands."
    dialog.form.editor("title").set_value("我的卡")
    dialog.template.setCurrentIndex(2)
    dialog.template.activated.emit(2)
    assert dialog.form.editor("title").value() == "我的卡"
    assert dialog.form.editor("first_action").value() != "关火、关气、关油烟机，盖上锅盖"
    dialog.accept()
    settle(session, qtbot)
    assert session.office is not None
    assert "N-1" in {row.number for row in first_rows(session.office, CARDS, View(), 10)}


def test_looking_at_a_card_and_saving_it_changes_nothing(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    before = rows(session.office, CARDS, [card_id(session.office, "K-1")])[0]
    edited(page, session, qtbot, "K-1").accept()
    settle(session, qtbot)
    assert rows(session.office, CARDS, [before.id])[0] == before


def test_what_does_not_fit_a_pocket_is_said_beside_its_field(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    dialog = edited(page, session, qtbot, "K-3")
    dialog.form.editor("supplies").set_value("灭火毯在灶台右侧" * 90)
    dialog._draw()
    settle(session, qtbot)
    assert "灭火毯" in dialog.form.warning("supplies")
    assert dialog.preview.problem.isVisible()
    dialog.preview.sizes["a4"].click()
    settle(session, qtbot)
    assert not dialog.preview.picture.pixmap().isNull(), "a sheet for the wall has the room"
    assert "灭火毯" in dialog.form.warning("supplies"), "and the pocket still has not"
    dialog.form._touched.clear()
    dialog.reject()


def test_the_section_that_a_card_was_written_from_can_be_renewed_in_the_editor(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    dialog = edited(page, session, qtbot, "K-1")
    section = dialog.form.editor("plan_number").section  # type: ignore[attr-defined]
    assert section.currentText() == "As before: 1 燃气泄漏处置 (version 1)"
    place = section.findText("1 燃气泄漏处置")
    section.setCurrentIndex(place)
    section.activated.emit(place)
    dialog.accept()
    settle(session, qtbot)
    card = rows(session.office, CARDS, [card_id(session.office, "K-1")])[0]
    assert (card.plan_version, card.section) == ("2", "1 燃气泄漏处置")


def test_a_card_changed_in_the_editor_stays_in_the_hands_that_hold_it(
    page: CardsPage, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    dialog = edited(page, session, qtbot, "K-1")
    before = copies_of(session.office, card_id(session.office, "K-1"))
    dialog.form.editor("title").set_value("另一题目")
    dialog.accept()
    settle(session, qtbot)
    card = rows(session.office, CARDS, [card_id(session.office, "K-1")])[0]
    assert (card.title, card.copies, card.version) == ("另一题目", 1, 2)
    assert copies_of(session.office, card.id) == [
        replace(copy, title=card.title, newest=2) for copy in before
    ]


def test_steps_are_added_moved_into_another_block_and_removed_by_keyboard(
    session: Session, qtbot: QtBot
) -> None:
    editor = StepsEditor(session)
    qtbot.addWidget(editor)
    editor.set_value("Call\nShut\n10分钟内\nCount")
    editor.show()
    editor.list.setCurrentRow(2)
    qtbot.keyClick(editor.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    told = [(step.block, step.text) for step in editor.steps()]
    assert told == [("at_once", "Call"), ("within_10", "Shut"), ("within_10", "Count")]
    qtbot.keyClick(editor.list, Qt.Key.Key_Delete)
    assert [step.text for step in editor.steps()] == ["Call", "Count"]
    assert editor.count.text() == "2 of at most 8 steps"
    editor.set_value("\n".join("abcdefgh"))
    assert not editor.add_button.isEnabled()


def test_an_alarm_line_needs_a_name_and_a_real_phone(session: Session, qtbot: QtBot) -> None:
    editor = AlarmEditor(session)
    qtbot.addWidget(editor)
    editor.set_value("消防｜119｜起火")
    assert [field.text() for field in editor.rows[0]] == ["消防", "119", "起火"]
    assert editor.value() == "消防｜119｜起火"
    editor.add_button.click()
    editor.rows[1][1].setText("12")
    with pytest.raises(ValueError, match="who is to be called"):
        editor.value()
    editor.rows[1][0].setText("值班")
    with pytest.raises(ValueError, match="'12' is no telephone number"):
        editor.value()
    editor.rows[1][1].setText("66001234")
    assert editor.value() == "消防｜119｜起火\n值班｜66001234"
