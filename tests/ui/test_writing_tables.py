"""Tables to write in, and fields one below the other: what is empty says so, Tab goes as the eye does."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from drillapp.ui.parts.checked_fields import CheckedFields
from drillapp.ui.parts.editors import TextEditor
from drillapp.ui.parts.empty_words import EmptyWords
from drillapp.ui.parts.records_editor import RecordsEditor


class Line(NamedTuple):
    what: str


def _line(said: dict[str, Any]) -> Line:
    return Line(said["what"])


def test_an_empty_table_says_what_belongs_there(qtbot: QtBot) -> None:
    editor = RecordsEditor((("what", "What", 120),), _line, "Lines", empty="Nothing yet.")
    qtbot.addWidget(editor)
    editor.show()
    words = editor.findChild(EmptyWords)
    assert words is not None
    assert (words.text(), words.isVisible()) == ("Nothing yet.", True)
    editor.fill([Line("first")])
    assert not words.isVisible()
    editor.fill([])
    assert words.isVisible()
    editor.add_row()
    assert not words.isVisible()


def test_tab_goes_through_fields_in_the_order_they_stand_in(qtbot: QtBot) -> None:
    fields = CheckedFields()
    qtbot.addWidget(fields)
    made_first, made_later = TextEditor(fields), TextEditor(fields)
    fields.add("above", "Above", made_later)
    fields.add("below", "Below", made_first)
    fields.show()
    fields.activateWindow()
    made_later.setFocus()
    QTest.keyClick(made_later, Qt.Key.Key_Tab)
    assert fields.focusWidget() is made_first
