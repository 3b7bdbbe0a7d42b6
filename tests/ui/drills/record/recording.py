"""The record of one drill of the small office, opened and saved as a person does."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.core.drills.queries import DRILLS
from drillapp.core.drills.record.reading import drill_record
from drillapp.core.drills.record.rows import DrillRecord
from drillapp.core.listing import Condition, View, first_rows
from drillapp.ui.drills.record.dialog import RecordDialog
from drillapp.ui.session import Session
from tests.ui.filled import settle

DRILL = "D-2"


def row(session: Session, number: str = DRILL) -> Any:
    assert session.office is not None
    view = View(conditions=(Condition("number", "=", number),))
    return first_rows(session.office, DRILLS, view, 1)[0]


def kept(session: Session, number: str = DRILL) -> DrillRecord:
    assert session.office is not None
    return drill_record(session.office, row(session, number).id, with_people=True)


def opened(session: Session, qtbot: QtBot, number: str = DRILL) -> RecordDialog:
    made = RecordDialog(session, "Drill")
    qtbot.addWidget(made)
    made.begin_edit(row(session, number))
    settle(session, qtbot)
    return made


def save(dialog: RecordDialog, session: Session, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    settle(session, qtbot)
