"""A plan with a text, and how tests reach its tabs and dialogs."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from drillapp.core.office import Office
from drillapp.core.plans.content import Content, Grid, Level, LevelAction, Named, Paragraph, Section
from drillapp.core.plans.versions import begin_version, read_content, write_content
from drillapp.ui.parts.dialog import Dialog
from drillapp.ui.plans.page import PlansPage
from drillapp.ui.session import Session
from tests.ui.filled import choose, open_tab, settle

CONTENT = Content(
    (
        Section(1, "General", "1"),
        Section(
            2, "Purpose", "1.1", (Paragraph("Save lives."), Grid((("Who", "What"), ("Street", "Pump")), 1))
        ),
        Section(1, "Response", "2", (Paragraph("Pump at 27 cm."),)),
    ),
    (Level("Level I", "Red warning", "The head", (LevelAction("Pump", "Street", 30),)),),
    (Named("Li", "Head", "Street", "12"),),
)


def begun(office: Office | None) -> int:
    """Begin a version that says something else about the response."""
    assert office is not None
    key = begin_version(office, 1, label="Second", summary="Earlier pumping")
    content = read_content(office, key)
    response = Section(1, "Response", "2", (Paragraph("Pump at 20 cm."),), content.sections[2].lineage)
    changed = Content((*content.sections[:2], response), content.levels, content.roster)
    write_content(office, key, 1, changed)
    return key


def tab_of(page: PlansPage, label: str, session: Session, qtbot: QtBot, place: int = 0) -> Any:
    """A tab of a plan's panel."""
    choose(page.pane("plans"), session, qtbot, place)
    return open_tab(page.pane("plans"), label, session, qtbot)


def dialog_of(parent: QWidget, session: Session, qtbot: QtBot) -> Any:
    """The dialog that opened last."""
    settle(session, qtbot)
    return next(one for one in reversed(parent.window().findChildren(Dialog)) if one.isVisible())


TODAY = date(2026, 11, 24)
