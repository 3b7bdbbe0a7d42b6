"""A drill with objectives, and its evaluation on the screen."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from drillapp.core.drills.queries import DRILLS
from drillapp.core.drills.record.model import DrillObjective
from drillapp.core.listing import View, first_rows
from drillapp.core.office import Office
from drillapp.ui.drills.evaluation.dialog import EvaluationDialog
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.session import Session
from tests.ui.filled import fill, settle


def with_objectives(office: Office | None) -> Any:
    """The drill that was held, with two objectives; gives its row."""
    assert office is not None
    fill(office)
    (row,) = (one for one in first_rows(office, DRILLS, View(), 5) if one.number == "D-1")
    with office.write("objectives") as work:
        for position, task in enumerate(("Report in five minutes", "Evacuate in ten"), 1):
            values = {"drill_id": row.id, "position": position, "task": task}
            work.connection.execute(insert(DrillObjective).values(values))
    return row


def opened(session: Session, row: Any, qtbot: QtBot) -> EvaluationDialog:
    """The evaluation of a drill."""
    dialog = EvaluationDialog(session, row)
    qtbot.addWidget(dialog)
    dialog.open()
    settle(session, qtbot)
    return dialog


def over(parent: QWidget, session: Session, qtbot: QtBot) -> Any:
    """The dialog that opened over another."""
    settle(session, qtbot)
    return next(one for one in reversed(parent.findChildren(Dialog)) if one.isVisible())
