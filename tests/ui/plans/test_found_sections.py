"""A section found by Ctrl+K is shown with its line, and leads to its place in the text of its plan."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from drillapp.core.plans.versions import versions_of
from drillapp.core.search.hits import Place
from drillapp.ui.destinations import destinations
from drillapp.ui.palette import Entry, Palette
from drillapp.ui.plans.page import PlansPage
from drillapp.ui.session import Session, Target
from tests.ui.filled import numbers, open_tab, settle
from tests.ui.plans.planned import tab_of


def test_a_section_is_shown_with_its_line_and_leads_to_its_place(
    page: PlansPage, session: Session, qtbot: QtBot
) -> None:
    palette = Palette(session, destinations(), page.window())
    palette.show()
    qtbot.keyClicks(palette.line, "27cm")
    settle(session, qtbot)
    qtbot.waitUntil(lambda: palette.list.count() > 0 and palette.list.item(0).text() == "2 Response")
    entry: Entry = palette.list.item(0).data(Qt.ItemDataRole.UserRole)
    first, behind = entry.passage.marks[0]
    assert (entry.passage.text, entry.passage.text[first:behind]) == ("Pump at 27 cm.", "27 cm")
    assert entry.subtitle == "Overall plan P-1 · West street"
    assert not palette.grab().isNull()
    palette.close()
    page.show_target(entry.target)
    settle(session, qtbot)
    assert numbers(page.pane("plans")) == ["P-1"]
    tab: Any = open_tab(page.pane("plans"), "Text", session, qtbot)
    assert tab.outline.current_place() == 2
    assert "Pump at 27 cm." in tab.view.toPlainText()


def test_the_version_that_the_section_stands_in_is_shown_although_another_plan_and_version_were(
    page: PlansPage, draft: int, session: Session, qtbot: QtBot
) -> None:
    assert session.office is not None
    in_force = versions_of(session.office, 1)[-1].id
    page.shown.choose(1, draft)
    tab = tab_of(page, "Text", session, qtbot, 1)
    page.show_target(Target("plans", "plans", 1, section=Place(1, in_force, 2)))
    settle(session, qtbot)
    assert tab.version.id == in_force
    assert tab.outline.current_place() == 2
    assert "Pump at 27 cm." in tab.view.toPlainText()
