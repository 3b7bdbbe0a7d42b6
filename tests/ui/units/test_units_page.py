"""Units: the tree sets the scope, the sheet gathers what belongs to a unit."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from drillapp.ui.parts.retire_dialog import RetireDialog
from drillapp.ui.session import Scope, Session, Target
from drillapp.ui.units.page import UnitsPage
from tests.ui.filled import STREET, choose, fill, follow, links, numbers, open_tab, press, settle, shown
from tests.ui.kept import kept_office

office_file = kept_office(fill)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> UnitsPage:
    return shown(session, qtbot, UnitsPage)


def test_clicking_the_tree_shows_that_unit_and_those_below(
    page: UnitsPage, session: Session, qtbot: QtBot
) -> None:
    pane = page.pane("units")
    assert numbers(pane, "code") == ["110102", STREET]
    street = page.model.find(pane.table.model.row(1).id)
    page.tree.clicked.emit(street)
    settle(session, qtbot)
    assert session.scope.code == STREET
    assert numbers(pane, "code") == [STREET]


def test_the_sheet_says_what_is_late_first_with_its_article(
    page: UnitsPage, session: Session, qtbot: QtBot
) -> None:
    pane = page.pane("units")
    choose(pane, session, qtbot, 1)
    tab = open_tab(pane, "Obligations", session, qtbot)
    assert links(tab)[0].startswith("Score: ")
    order = ["overdue", "no data", "due", "met"]
    states = [link.line.mark for link in tab.links() if link.line.mark in order]
    assert states == sorted(states, key=order.index)
    assert {"overdue", "no data"} <= set(states)


def test_an_indicator_of_the_sheet_leads_to_its_rows(page: UnitsPage, session: Session, qtbot: QtBot) -> None:
    pane = page.pane("units")
    choose(pane, session, qtbot, 1)
    tab = open_tab(pane, "Obligations", session, qtbot)
    link = next(link for link in tab.links() if link.line.title.startswith("Drills"))
    with qtbot.waitSignal(session.wanted) as told:
        link.click()
    target = told.args[0]
    assert (target.page, target.kind, target.record_id) == (
        "readiness",
        "obligations",
        pane.table.current_row().id,
    )
    assert target.choices == {"indicator": frozenset({"drills"})}


def test_the_sheet_gathers_the_records_of_the_unit_alone(
    page: UnitsPage, session: Session, qtbot: QtBot
) -> None:
    pane = page.pane("units")
    choose(pane, session, qtbot, 0)
    assert links(open_tab(pane, "Records", session, qtbot)) == []
    choose(pane, session, qtbot, 1)
    titles = links(pane.detail)
    assert {"Overall plan", "Winter drill", "Sirens unheard", "Watch card", "Blanket  50 pieces"} <= set(
        titles
    )


def test_a_record_of_the_sheet_leads_to_it(page: UnitsPage, session: Session, qtbot: QtBot) -> None:
    pane = page.pane("units")
    choose(pane, session, qtbot, 1)
    tab = open_tab(pane, "Records", session, qtbot)
    with qtbot.waitSignal(session.wanted) as wanted:
        follow(tab, "Overall plan", qtbot)
    target = wanted.args[0]
    assert (target.page, target.kind) == ("plans", "plans")


def test_retired_units_leave_the_list_and_come_back(page: UnitsPage, session: Session, qtbot: QtBot) -> None:
    pane = page.pane("units")
    choose(pane, session, qtbot, 1)
    press(pane.toolbar, "Retire", qtbot)
    dialog = pane.findChild(RetireDialog)
    dialog.day.set_value(None)
    dialog.accept()
    assert dialog.problem.text() == "Must not be empty."
    dialog.day.set_value(date(2026, 11, 24))
    dialog.accept()
    settle(session, qtbot)
    assert numbers(pane, "code") == ["110102"]
    pane.filters._retired.click()
    settle(session, qtbot)
    assert numbers(pane, "code") == ["110102", STREET]
    choose(pane, session, qtbot, 1)
    press(pane.toolbar, "Retire", qtbot)
    pane.findChildren(RetireDialog)[-1].accept()
    settle(session, qtbot)
    pane.filters._retired.click()
    settle(session, qtbot)
    assert numbers(pane, "code") == ["110102", STREET]


def test_a_new_unit_stands_below_the_scope(page: UnitsPage, session: Session, qtbot: QtBot) -> None:
    page.show_target(Target("units", "units", action="new"))
    dialog = page.findChild(type(page.pane("units")._form(None)))
    assert dialog.form.editor("parent_code").value() == "110102"


def test_in_a_read_only_office_actions_say_why_they_are_closed(session: Session, qtbot: QtBot) -> None:
    assert session.office is not None
    session.office.is_read_only = True
    page = shown(session, qtbot, UnitsPage)
    closed = [made for action, made in page.pane("units")._buttons if action.writes]
    assert closed
    assert all(not made.isEnabled() and "read-only" in made.toolTip() for made in closed)


def test_the_other_lists_follow_the_scope(page: UnitsPage, session: Session, qtbot: QtBot) -> None:
    posts = page.show_pane("posts")
    settle(session, qtbot)
    assert numbers(posts, "name") == ["Store", "Watch"]
    session.set_scope(Scope(page.pane("units").table.model.key(0), "110102", "x"))
    settle(session, qtbot)
    assert numbers(posts, "name") == ["Store", "Watch"]
